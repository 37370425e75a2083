import Unrolled

/// The hidden state after each token, and which prefixes have like ones.
func hiddenStates(_ page: Page, _ data: ReviewData, _ trained: TrainedModel) {
  let encoder = trained.model.encoder
  trained.model.train(false)
  func states(_ text: String) -> (tokens: [String], states: Tensor) {
    let tokens = Tokenizer()(text)
    encoder.reset()
    defer { encoder.reset() }
    let h = withoutGradients { encoder(data.vocabulary.numbers(of: tokens), rows: 1) }
    return (tokens, h.reshaped([tokens.count, -1]))
  }
  page.say(
    """
    **The hidden state.** The notes say that the encoder creates and updates hidden states, and so understands sentences. After each word the encoder's last LSTM has \
    48 numbers; they are all that the rest of the model ever sees of the text so far. Here are twelve of them:
    """)
  let (tokens, rows) = page.run {
    let (tokens, rows) = states("The story isn't dull. It is")
    page.show("states", shape: rows.shape)
    for (token, row) in zip(tokens, rows.values.chunked(48)) {
      page.print(
        token.padding(to: 7)
          + row.prefix(12).map { text($0, 2).padding(to: 6, left: true) }
          .joined())
    }
    return (tokens, rows.values.chunked(48).map { $0.map(Double.init) })
  }
  page.plot(
    Plot(
      "text-states", "The hidden state after each token",
      alt: "A row of 48 coloured cells for each token; most rows differ from the one before.",
      x: Axis("number of the state"),
      y: Axis("token", categories: tokens),
      layers: [
        .heatmap(
          rows, x: 0...48, y: -0.5...(Double(tokens.count) - 0.5), diverging: true)
      ]))

  page.say(
    """
    **Which texts look alike to it?** The last state of each beginning below, compared with all others by the cosine of their angle:
    """)
  let prefixes = [
    "The music is not", "The story isn't really", "The music is", "The cast is very",
    "In the first scene the", "Anna plays the", "My mother and I saw it",
    "My cousin and I saw it", "This western is", "Hugo plays the tenor who", "You won't",
    "You will",
  ]
  let last = prefixes.map { Array(states($0).states.values.suffix(48)) }
  page.table(
    "Nearest states", columns: ["beginning", "nearest other", "cosine", "least like it"],
    rows: prefixes.indices.map { i in
      let others = prefixes.indices.filter { $0 != i }
        .sorted { cosine(last[i], last[$0]) > cosine(last[i], last[$1]) }
      return [
        prefixes[i] + " …", prefixes[others[0]] + " …", text(cosine(last[i], last[others[0]]), 2),
        prefixes[others[others.count - 1]] + " …",
      ]
    })
  let (near, chance) = agreement(data, encoder)
  page.check(
    "text/states/next",
    "times more often than chance that the nearest state is followed by the same word",
    near / chance, equals: (2 + 1 / chance) / 2, within: (1 / chance - 2) / 2,
    because:
      "at least twice as often as chance, or states would not say what comes; at most 1 / chance, \(text(1 / chance, 1)), as often as if it were always the same",
    source: "the same share among all pairs of places, counted")
}

/// Among 400 places in the reviews kept apart: how often the place with the nearest state, behind another word, has the same
/// next word; and how often any place behind another word has.
private func agreement(_ data: ReviewData, _ encoder: AWDLSTM) -> (near: Double, chance: Double) {
  var places: [(state: [Float], word: Int, next: Int)] = []
  for text in data.valid.numbers.prefix(40) {
    encoder.reset()
    let states = withoutGradients { encoder(text, rows: 1) }.values.chunked(48)
    for i in stride(from: 3, to: text.count - 1, by: 6) where places.count < 400 {
      places.append((states[i], text[i], text[i + 1]))
    }
  }
  encoder.reset()
  let matrix = Tensor(places.flatMap(\.state), shape: [places.count, 48])
  let unit = matrix / (matrix * matrix).sum(axes: [1]).sqrt().reshaped([places.count, 1])
  let angles = matmul(unit, unit.transposed()).values.chunked(places.count)
  var near = 0
  var same = 0
  var pairs = 0
  for (i, place) in places.enumerated() {
    let others = places.indices.filter { places[$0].word != place.word }
    if let nearest = others.max(by: { angles[i][$0] < angles[i][$1] }),
      places[nearest].next == place.next
    {
      near += 1
    }
    same += others.count { places[$0].next == place.next }
    pairs += others.count
  }
  return (Double(near) / Double(places.count), Double(same) / Double(pairs))
}

private func cosine(_ a: [Float], _ b: [Float]) -> Float {
  func dot(_ a: [Float], _ b: [Float]) -> Float { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
  return dot(a, b) / (dot(a, a) * dot(b, b)).squareRoot()
}

extension Array {
  /// Pieces of one length.
  fileprivate func chunked(_ size: Int) -> [[Element]] {
    stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
  }
}

extension String {
  /// Filled up with spaces to a width.
  fileprivate func padding(to width: Int, left: Bool = false) -> String {
    let spaces = String(repeating: " ", count: max(0, width - count))
    return left ? spaces + self : self + spaces
  }
}
