import Unrolled

/// cat[x, Conv2(Conv1(x))]: the block that grows and keeps its input.
func denseBlock(_ page: Page) throws {
  page.question("What if the input is kept beside the result instead of added to it?")
  page.say(
    """
    Then the block is a *dense block*, and nets of such blocks are DenseNets (Huang et al. 2017). The only change is the merge: a concatenation along the channels where \
    the plus was.
    """)
  page.formula(
    #"x + \mathrm{Conv2}(\mathrm{Conv1}(x)) \quad\to\quad \mathrm{cat}[x,\ \mathrm{Conv2}(\mathrm{Conv1}(x))]"#,
    plain: "x + Conv2(Conv1(x))  →  cat[x, Conv2(Conv1(x))]")
  page.source(
    of: "public final class DenseBlock", file: "Sources/NeuralNetworks/Layers/DenseBlock.swift")
  let x = Tensor.normal([2, 8, 7, 7], from: page.seed)
  page.run {
    let f = Tensor.normal([2, 8, 7, 7], from: page.seed + 1)
    page.show("x + F(x)", shape: Merge.add.callAsFunction(x, f).shape)
    page.show("cat[x, F(x)]", shape: Merge.concatenate.callAsFunction(x, f).shape)
  }
  page.say(
    """
    The sum keeps the number of channels and forgets which part came from where. The concatenation has all of x in its first channels, bit for bit. After three blocks they are still there:
    """)
  let (outputs, blocks) = page.run {
    var generator = SeededGenerator(seed: page.seed)
    var y = x
    var outputs = [x]
    var blocks: [DenseBlock] = []
    for number in 1...3 {
      let block = DenseBlock(y.shape[1], using: &generator)
      y = block(y)
      let kept = y.sliced(axis: 1, 0..<8)
      page.print(
        "after block \(number): \(y.shape[1]) channels; largest |first 8 − x| \(difference(kept, x))"
      )
      outputs.append(y)
      blocks.append(block)
    }
    return (outputs, blocks)
  }
  for number in 1...3 {
    page.check(
      "dense/kept\(number)", "largest |first 8 channels − x| after \(number) blocks",
      difference(outputs[number].sliced(axis: 1, 0..<8), x), equals: 0, within: 0,
      because: "the numbers are copied, not computed", source: "the definition of concatenation")
  }
  let (doubling, growing) = page.run {
    var generator = SeededGenerator(seed: page.seed)
    func channels(growth: Int?) -> [Int] {
      var channels = [8]
      for _ in 0..<6 {
        let block = DenseBlock(channels[channels.count - 1], growth: growth, using: &generator)
        channels.append(block(.zeros([2, channels[channels.count - 1], 1, 1])).shape[1])
      }
      return channels
    }
    return (channels(growth: nil), channels(growth: 4))
  }
  page.show("channels, the notes' form", "\(doubling)")
  page.show("channels, growth 4", "\(growing)")
  page.plot(
    Plot(
      "dense-channels", "Channels after each block",
      alt:
        "Bars: the notes' form doubles from 8 to 512 in six blocks; with a growth of 4 it goes from 8 to 32; a residual net stays at 8.",
      x: Axis("blocks", categories: (0...6).map(String.init)), y: Axis("channels"),
      layers: [
        .bars("dense, the notes' form", doubling.map(Double.init)),
        .bars("dense, growth 4", growing.map(Double.init)),
        .bars("residual", [Double](repeating: 8, count: 7)),
      ]))
  page.say(
    """
    "Bigger and bigger": the form in the notes adds as many channels as came in, so it doubles. DenseNets add a small fixed number instead, the *growth rate*, \
    and that is where their few parameters come from. The notes' picture, drawn from the three blocks that ran. The blue and purple boxes are as wide as they have channels:
    """)
  page.draw(denseDrawing(outputs.map { $0.shape[1] }, blocks))
  page.say(
    "And one block of each kind as the engine traced it, with what it costs for one image of 7 × 7:"
  )
  var generator = SeededGenerator(seed: page.seed)
  let image = Tensor.zeros([1, 8, 7, 7])
  page.draw(
    Drawing(
      of: ModelTrace(ResBlock(8, using: &generator), on: image), id: "traced-residual",
      title: "A residual block, traced"))
  page.draw(
    Drawing(
      of: ModelTrace(DenseBlock(8, using: &generator), on: image), id: "traced-dense",
      title: "A dense block, traced"))
  page.seen(
    """
    Adding mixes old and new, joining keeps both apart. The price is width: every later layer reads everything before it. Exercise 7.6 has you write one.
    """)
}
