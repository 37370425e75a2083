import NeuralNetworks
import Tensors
import Testing

/// Layers of convolution and pooling with all that the operations take.
@Suite struct ConvolutionLayerTests {
  @Test func aGroupedLayerHasAWeightForEachChannelOfItsGroup() {
    var generator = SeededGenerator(seed: 42)
    let layer = Convolution2d(
      6, 8, kernel: [3, 1], stride: [2, 1], padding: [1, 0], dilation: [1, 2], groups: 2,
      using: &generator)
    #expect(layer.weight.shape == [8, 3, 3, 1])
    #expect(layer.parameterCount == 8 * 3 * 3 + 8)
    #expect(layer(.ones([2, 6, 7, 5])).shape == [2, 8, 4, 5])
    #expect(layer.stride == HeightAndWidth(2, 1) && layer.groups == 2)
    // ±1/√(3·3·1)
    let s = layer.weight.statistics
    #expect(s.maximum <= 1 / 3 && s.minimum >= -1 / 3 && s.maximum - s.minimum > 0.6)
    let depthwise = Convolution2d(
      5, 5, kernel: 3, padding: 1, groups: 5, hasBias: false, using: &generator)
    #expect(depthwise.parameterCount == 45)
    #expect(depthwise(.ones([1, 5, 4, 4])).shape == [1, 5, 4, 4])
  }

  @Test func aTransposedLayerUndoesTheSizeOfAConvolution() {
    var generator = SeededGenerator(seed: 42)
    let down = Convolution2d(3, 6, kernel: 3, stride: 2, padding: 1, using: &generator)
    let up = TransposedConvolution2d(
      6, 3, kernel: 3, stride: 2, padding: 1, outputPadding: [0, 1], using: &generator)
    let x = Tensor.ones([2, 3, 7, 8])
    #expect(up(down(x)).shape == x.shape)
    #expect(up.namedParameters.map(\.name) == ["weight", "bias"])
    #expect(up.weight.shape == [6, 3, 3, 3] && up.parameterCount == 6 * 27 + 3)
    // ±1/√(3·9), by PyTorch's rule for the weight's shape: filters, not channels.
    let s = up.weight.statistics
    #expect(s.maximum <= 0.19246 && s.maximum > 0.18 && s.minimum < -0.18)
    let doubled = TransposedConvolution2d(
      4, 2, kernel: 2, stride: 2, groups: 2, hasBias: false, using: &generator)
    #expect(doubled(.ones([1, 4, 3, 5])).shape == [1, 2, 6, 10])
    #expect(doubled.parameterCount == 4 * 1 * 4)
  }

  @Test func theCoursesLayerIsAThreeByThreeThatKeepsTheSize() {
    var (first, second) = (SeededGenerator(seed: 42), SeededGenerator(seed: 42))
    let plain = ConvLayer(4, 6, stride: 2, using: &first)
    let spelled = ConvLayer(4, 6, kernel: [3, 3], stride: [2, 2], padding: 1, using: &second)
    #expect(plain.convolution.weight == spelled.convolution.weight)
    let x = Tensor.ones([2, 4, 6, 7])
    #expect(plain(x).shape == [2, 6, 3, 4])
    for (kernel, dilation) in [(1, 1), (5, 1), (3, 3)] {
      let layer = ConvLayer(4, 6, kernel: kernel, dilation: dilation, using: &first)
      #expect(layer(x).shape == [2, 6, 6, 7], "kernel \(kernel), dilation \(dilation)")
    }
    #expect(ConvLayer(4, 6, kernel: [1, 5], groups: 2, using: &first)(x).shape == [2, 6, 6, 7])
  }

  @Test func multiplyAddsCountTheGroupsAlone() {
    var generator = SeededGenerator(seed: 42)
    let net = Sequential(
      Convolution2d(4, 8, kernel: [3, 2], padding: [1, 0], groups: 2, using: &generator),
      MaxPool2d([2, 1], ceilMode: true),
      TransposedConvolution2d(8, 6, kernel: 2, stride: 2, groups: 2, using: &generator),
      AveragePool2d(3, stride: 2, padding: 1, ceilMode: true, countsPadding: false))
    let trace = ModelTrace(net, on: .zeros([1, 4, 5, 6]))
    #expect(
      trace.steps.map(\.output) == [[1, 8, 5, 5], [1, 8, 3, 5], [1, 6, 6, 10], [1, 6, 4, 6]])
    // 8·5·5 outputs of 2·3·2 products; 8·3·5 inputs of 3·2·2.
    #expect(trace.steps.map(\.multiplyAdds) == [200 * 12, 0, 120 * 12, 0])
  }

  @Test func poolingOverTheWholeImageTakesNoImageToo() {
    #expect(GlobalAveragePool()(.zeros([0, 3, 4, 5])).shape == [0, 3])
    #expect(GlobalConcatPool()(.zeros([0, 3, 4, 5])).shape == [0, 6])
    #expect(Flatten()(.zeros([0, 3, 4, 5])).shape == [0, 60])
  }
}
