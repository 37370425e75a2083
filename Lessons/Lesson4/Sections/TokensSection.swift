import Unrolled

/// From a text to numbers: tokens, special tokens, the vocabulary.
func tokens(_ page: Page, _ runs: ReviewRuns) {
  page.question("How does a text become numbers without losing who shouted?")
  page.say(
    """
    A net reads numbers. A text becomes some in two steps: **tokenise**, cut it into words and signs, and **numericalise**, \
    give each of them its number in a vocabulary. A word and the same word in capitals should not be two strangers, so \
    words are made small, and what that would lose is kept in **special tokens** of its own.
    """)
  let text =
    "<br />NOT bad!!!! Isn't it GREAT? Oh no, no, no, no, no: Zorro's 2nd-best film &amp; mine."
  let stages = page.run {
    let prepared = TextRules.prepared(text)
    let tokens = Tokenizer()(text)
    page.show("text", text)
    page.show("prepared", prepared.debugDescription)
    page.show("tokens", tokens.map { $0 == "\n " ? "↵" : $0 }.joined(separator: " "))
    return tokens
  }
  page.table(
    "The special tokens", columns: ["token", "stands for", "above"],
    rows: [
      ["xxunk", "a word that is not in the vocabulary", "(numbers, below)"],
      ["xxpad", "nothing: fills short rows of a batch", "(batches of texts, below)"],
      ["xxbos", "a text begins", "the first token"],
      ["xxfld", "the next field of a record, as title and body", "(one field only)"],
      ["xxmaj", "the next word had a capital", "xxmaj no"],
      ["xxup", "the next word was all capitals", "xxup great"],
      ["xxrep", "n times the next sign", "xxrep 4 !"],
      ["xxwrep", "n times the next word with its signs", "xxwrep 4 no ,"],
    ])
  page.check(
    "text/tokens/count", "tokens of that text", Double(stages.count), equals: 34, within: 0,
    because: "a count",
    source: "fastai 1.0.61 with spaCy 3.8's splitter, on the same text")
  page.say(
    """
    The rules are fastai's, one after the other, oddities included: `&amp;` becomes two &, since one rule writes & for `amp;` and leaves the & \
    that was there. The word splitter follows the rules of spaCy, which fastai uses. On 65 awkward texts of ours both give the same tokens \
    (a test holds them); on the 1,000 reviews of the IMDB sample 319,752 of 319,755 tokens agree, and 998 reviews throughout.
    """)

  let data = runs(page)
  page.say(
    """
    **Reviews to learn from.** The lesson runs without a download, so its reviews are written by a grammar of ours: \
    \(data.train.reviews.count) to learn from and \(data.valid.reviews.count) to check with. A writer has seen a film of one of six genres and liked it or not; neither is ever \
    said. What is known about a grammar is known exactly: below, a language model is compared with what anybody could know.
    """)
  for review in data.train.reviews.prefix(2) {
    page.say(
      "> \(review.text)\n\n*\(Reviews.genres[review.genre]), \(review.isPositive ? "liked" : "disliked")*"
    )
  }
  let words = data.vocabulary
  page.say(
    """
    **The vocabulary** has the special tokens first, then the words of the training texts, the most frequent first; a word that comes \
    only once (`min_freq` 2) is left out: it could not be learned, and `xxunk` has to be met in training, or the model would not know what to do with it.
    """)
  page.run {
    let tokens = Tokenizer()(data.train.reviews.map(\.text))
    let vocabulary = Vocabulary(tokens.joined(), minimum: 2)
    page.show("texts", tokens.count)
    page.show("tokens", data.train.count)
    page.show("vocabulary", vocabulary.count)
    page.print(vocabulary.words.prefix(24).joined(separator: " ") + " …")
  }
  let counts = Dictionary(data.train.tokens.joined().map { ($0, 1) }, uniquingKeysWith: +)
  let ranked = words.words.dropFirst(Vocabulary.special.count).map { Double(counts[$0] ?? 0) }
  page.check(
    "text/vocabulary/order", "words that come more often than the one before them",
    Double(zip(ranked, ranked.dropFirst()).count { $0 < $1 }), equals: 0, within: 0,
    because: "a count", source: "a second count of the same tokens, by a dictionary")
  page.plot(
    Plot(
      "text-frequencies", "How often each word of the vocabulary comes",
      alt: "A falling line: few words come often, most of them rarely.",
      x: Axis("number in the vocabulary"), y: Axis("times in the training texts", scale: .log),
      layers: [.line("reviews", ranked.enumerated().map { (x: Double($0 + 8), y: $1) })]))

  let example = "The tenor plays a kazoo in Vienna."
  let exampleTokens = Tokenizer()(example)
  let numbers = words.numbers(of: exampleTokens)
  page.table(
    "A text at each stage", columns: ["token", "number", "back in words"],
    rows: zip(exampleTokens, numbers).map { ["\($0)", "\($1)", words.words[$1]] })
  page.say(
    """
    No review mentions a kazoo, so it is number 0, `xxunk`, and does not come back. The rest does, and xxmaj with it: the text could be written out again but for that word.
    """)
  page.check(
    "text/unknown", "tokens of that sentence that are unknown",
    Double(numbers.count { $0 == Vocabulary.unknown }), equals: 1, within: 0, because: "a count",
    source: "the grammar's list of words, which has no kazoo")
  batches(page, data)
  page.seen(
    """
    Tokens, then numbers: \(data.train.count) of them, from a vocabulary of \(words.count). From here on a text is a list of whole numbers, and every number \
    a row of an embedding.
    """)
}

/// The two kinds of batches of texts.
private func batches(_ page: Page, _ data: ReviewData) {
  page.say(
    """
    **Two kinds of batches.** A language model reads all texts as one line, cut into rows side by side (lesson 7 shows it). A classifier needs whole texts: \
    those of about one length go into a batch, and the shorter ones are filled up with `xxpad`, at the *front*, so that the last step of every row is a word.
    """)
  let share = page.run {
    let texts = TextBatches(data.train.numbers, labels: data.train.labels, size: 32)
    var generator = SeededGenerator(seed: page.seed)
    let batches = texts.shuffled(using: &generator)
    let batch = batches[1]
    page.show("batches", batches.count)
    page.show("lengths of the texts in one", "\(batch.texts.map { texts.texts[$0].count })")
    let row = batch.words.suffix(batch.length)
    page.show("a row", "\(Array(row.prefix(8))) …")
    let places = batches.reduce(0) { $0 + $1.words.count }
    return Double(places - data.train.count) / Double(places)
  }
  let lengths = data.train.numbers.map(\.count)
  let random = stride(from: 0, to: lengths.count, by: 32).reduce(0) { sum, start in
    let part = lengths[start..<min(start + 32, lengths.count)]
    return sum + part.count * (part.max() ?? 0)
  }
  page.table(
    "Padding", columns: ["order of the texts", "share of places that is padding"],
    rows: [
      ["as they come", text(100 * Double(random - data.train.count) / Double(random), 1) + " %"],
      ["nearly sorted (SortishSampler)", text(100 * share, 1) + " %"],
    ])
}
