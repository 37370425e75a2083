import NeuralNetworks
import Tensors
import Testing

/// Shapes that belong together are held to each other: what is changed in place, gradients, recurrent layers.
@Suite struct FittingShapeTests {
  private func expectMessage(_ result: ExitTest.Result?, _ sentence: String) {
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains(sentence), "printed: \(text)")
  }

  @Test func whatIsChangedKeepsItsShape() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var w = Tensor([1, 2])
        w -= Tensor([[1, 1], [2, 2]])
      },
      "-=: shape [2, 2] does not fit into [2], which is changed in place")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var w = Tensor([[1], [2]])
        w += Tensor([[1, 1]])
      },
      "+=: shape [1, 2] does not fit into [2, 1]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        @Parameter var w = Tensor([1, 2])
        w += Tensor([1, 2, 3])
      },
      "+=: shape [3] does not fit into [2]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        @Parameter var w = Tensor([1, 2])
        $w.value = .ones([100_000])
      },
      "a parameter keeps its shape: [2] cannot become [100000]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        @Parameter var w = Tensor([1, 2])
        w = Tensor([[1, 2]])
      },
      "a parameter keeps its shape: [2] cannot become [1, 2]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        @Parameter var w = Tensor.zeros([1_000_000])
        $w.grad = Tensor([1])
      },
      "the gradient of a parameter of shape [1000000] cannot have shape [1]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        BatchNorm(2).$runningMean.value = .ones([3])
      },
      "a buffer keeps its shape: [2] cannot become [3]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        @Parameter var w = Tensor([1, 2])
        let y = w.square().recorded("doubled", from: w) { _ in Tensor([1]) }
        y.sum().backward()
      },
      "backward(): doubled gave a gradient of shape [1] for an input of shape [2]")
  }

  @Test func recurrentLayers() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let w = RecurrentWeights(
          input: .ones([3, 4]), hidden: .ones([3, 4]), inputBias: .ones([3]),
          hiddenBias: .ones([3]))
        _ = rnnLayer(.ones([2, 5, 4]), h: .ones([2, 3]), w, isTanh: true)
      },
      "rnnLayer expects W_ih, W_hh, b_ih, b_hh of shapes [[3, 4], [3, 3], [3], [3]] for x [2, 5, 4] and h [2, 3], got [[3, 4], [3, 4], [3], [3]]"
    )
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let w = RecurrentWeights(
          input: .ones([9, 4]), hidden: .ones([9, 3]), inputBias: .ones([9]),
          hiddenBias: .ones([1]))
        _ = gruLayer(.ones([2, 5, 4]), h: .ones([2, 3]), w)
      },
      "gruLayer expects W_ih, W_hh, b_ih, b_hh of shapes")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let w = RecurrentWeights(
          input: .ones([9, 4]), hidden: .ones([9, 3]), inputBias: .ones([9]),
          hiddenBias: .ones([9]))
        _ = gruLayer(.ones([2, 4]), h: .ones([2, 3]), w)
      },
      "gruLayer expects x [n, time, inputs] and h [n, hidden], got [2, 4] and [2, 3]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let w = RecurrentWeights(
          input: .ones([9, 4]), hidden: .ones([9, 3]), inputBias: .ones([9]),
          hiddenBias: .ones([9]))
        _ = gruLayer(.ones([2, 1, 4]), h: .ones([1, 3]), w)
      },
      "gruLayer expects x [n, time, inputs] and h [n, hidden], got [2, 1, 4] and [1, 3]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let w = RecurrentWeights(
          input: .ones([12, 4]), hidden: .ones([12, 3]), inputBias: .ones([12]),
          hiddenBias: .ones([12]))
        _ = lstmLayer(.ones([2, 0, 4]), h: .ones([2, 3]), c: .ones([2, 3]), w)
      },
      "lstmLayer expects at least one step, got x [2, 0, 4]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let w = RecurrentWeights(
          input: .ones([12, 4]), hidden: .ones([12, 3]), inputBias: .ones([12]),
          hiddenBias: .ones([12]))
        _ = lstmLayer(.ones([2, 1, 4]), h: .ones([2, 3]), c: .ones([1]), w)
      },
      "lstmLayer expects a c of the shape of h, [2, 3], got [1]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var generator = SeededGenerator(seed: 42)
        _ = LSTM(3, 4, using: &generator)(.ones([2, 0, 3]))
      },
      "LSTM expects at least one step, got [2, 0, 3]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var generator = SeededGenerator(seed: 42)
        _ = RNN(3, 4, using: &generator)(Tensor(1))
      },
      "RNN expects [n, time, 3], got []")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var generator = SeededGenerator(seed: 42)
        let net = LSTM(3, 4, using: &generator)
        _ = net.step(
          .ones([2, 16]), [.ones([2, 4])],
          RecurrentWeights(
            input: .ones([16, 3]), hidden: .ones([16, 4]), inputBias: .ones([16]),
            hiddenBias: .ones([16])))
      },
      "LSTM expects a state of 2 tensors, got 1")
  }

  @Test func statisticsAndLengths() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.ones([2, 3]).batchNormalized(
          gamma: .ones([3]), beta: .ones([3]), mean: .ones([2]), variance: .ones([3]), epsilon: 0)
      },
      "batchNormalized expects a mean and a variance of shape [3], got [2] and [3]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = SingularValueDecomposition(.zeros([0, 3]))
      },
      "SingularValueDecomposition expects a matrix, got shape [0, 3]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var generator = SeededGenerator(seed: 42)
        _ = Tensor.heUniform([2], inputs: 1, slope: .nan, using: &generator)
      },
      "heUniform expects a finite slope, got nan")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var generator = SeededGenerator(seed: 42)
        _ = Tensor.uniform([2], in: -Float.infinity..<0, using: &generator)
      },
      "uniform expects a range of finite width, got -inf..<0.0")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var generator = SeededGenerator(seed: 42)
        _ = Tensor.normal([2], deviation: -1, using: &generator)
      },
      "normal expects a deviation of 0 or more, got -1.0")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = icnr(.ones([2, 1]), factor: 1 << 33)
      },
      "icnr: shape [9223372036854775807] needs ")
  }
}
