import NeuralNetworks
import Tensors
import Testing

/// Outputs and gradients against PyTorch: `ModelReferenceTests`.
@Suite struct ClassifierHeadTests {
  /// The sizes are those that the course's pets notebook prints behind a ResNet34: BatchNorm1d(1024), Linear(1024, 512),
  /// BatchNorm1d(512), Linear(512, 37). By hand they have 2·1024, 1025·512, 2·512 and 513·37 = 18,981 parameters.
  @Test(arguments: [2, 10, 37]) func theSecondMatrixHasAColumnForEachClass(classes: Int) {
    var generator = SeededGenerator(seed: 42)
    let head = ClassifierHead(features: 512, classes: classes, using: &generator)
    let counts = [head.norm1, head.linear1, head.norm2, head.linear2].map(\.parameterCount)
    #expect(counts == [2048, 524_800, 1024, 513 * classes])
    #expect(head.parameterCount == counts.reduce(0, +))
    #expect(head.linear1.weight.shape == [1024, 512])
    #expect(head.linear2.weight.shape == [512, classes])
    if classes == 37 { #expect(counts[3] == 18_981) }
    #expect([head.dropout1.p, head.dropout2.p] == [0.25, 0.5])
  }

  @Test func itsFirstNumbersAreMaximaThenMeans() {
    let x = Tensor([1, 2, 3, 6, -1, -1, -5, -1], shape: [1, 2, 2, 2])
    #expect(GlobalConcatPool()(x).values == [6, -1, 3, -2])
  }
}
