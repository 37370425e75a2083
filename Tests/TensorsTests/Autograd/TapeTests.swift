import Tensors
import Testing

@Suite struct TapeTests {
  @Test func aValueUsedTwiceGetsBothShares() {
    // c = b + b, b = a + a: without a sorted tape the answer is 6.
    @Parameter var a = Tensor(3)
    let b = a + a
    (b + b).backward()
    #expect($a.grad.item == 4)
  }

  @Test func gradientsAddUpUntilZeroed() {
    @Parameter var w = Tensor(2)
    w.square().backward()
    w.square().backward()
    #expect($w.grad.item == 8)
    $w.zeroGrad()
    #expect(!$w.hasGrad)
    w.square().backward()
    #expect($w.grad.item == 4)
  }

  @Test func aWeightChangedAfterForwardDoesNotSpoilBackward() {
    @Parameter var w = Tensor([1, 2])
    let loss = w.square().sum()
    w -= Tensor([10, 10])
    loss.backward()
    #expect($w.grad.values == [2, 4])
  }

  @Test func updatesStayInTheirBuffer() {
    @Parameter var w = Tensor.zeros([100])
    $w.grad = .ones([100])
    w -= 0.1 * $w.grad
    let values = w
    w -= 0.1 * $w.grad
    #expect(values.values[0] == -0.1)  // a copy keeps its numbers
    #expect(w.values[0] == -0.2)
  }

  @Test func nothingIsRecordedWithoutGradients() {
    @Parameter var w = Tensor(2)
    let y = withoutGradients { w.square() }
    let z = w.square().detached() + 1
    (w + y + z).backward()
    #expect($w.grad.item == 1)
  }

  @Test func aFrozenParameterGetsNoGradient() {
    @Parameter var frozen = Tensor(2)
    @Parameter var free = Tensor(3)
    $frozen.isFrozen = true
    (frozen * free).backward()
    #expect(!$frozen.hasGrad)
    #expect($free.grad.item == 2)
  }

  @Test func aChainOfAHundredThousandDoesNotOverflowTheStack() {
    @Parameter var w = Tensor(0)
    var y = w + 1
    for _ in 0..<100_000 { y = y + 1 }
    y.backward()
    #expect($w.grad.item == 1)
    var unused = w + 1
    for _ in 0..<100_000 { unused = unused + 1 }
    #expect(unused.item == 100_001)  // freed without backward at the end of the test
  }

  @Test func theSnapshotShowsGradientsOnlyAfterBackward() throws {
    @Parameter var w = Tensor(3)
    let y = (w * 2).named("double").square()
    let tape = Tape(of: y, parameters: [("w", $w)])
    #expect(tape.entries.map(\.operation) == ["parameter", "*", "square"])
    #expect(tape.entries.map(\.value) == [3, 6, 36])
    #expect(tape.entries.map(\.name) == ["w", "double", nil])
    #expect(tape.entries.allSatisfy { $0.gradient == nil })
    y.backward()
    #expect(tape.entries.map(\.gradient) == [24, 12, 1])
  }

  @Test func thirtyTwoBitMicrogradAgrees() {
    // README of karpathy/micrograd: 24.7041, 138.8338, 645.5773
    @Parameter var a = Tensor(-4)
    @Parameter var b = Tensor(2)
    var c = a + b
    var d = a * b + b.pow(3)
    c += c + 1
    c += 1 + c + (-a)
    d += d * 2 + (b + a).relu()
    d += 3 * d + (b - a).relu()
    let f = (c - d).square()
    var g = f / 2
    g += 10 / f
    g.backward()
    #expect(abs(g.item - 24.7041) < 6e-5)
    #expect(abs($a.grad.item - 138.8338) < 6e-5)
    #expect(abs($b.grad.item - 645.5773) < 6e-5)
  }
}
