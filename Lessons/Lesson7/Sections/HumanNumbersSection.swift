import Unrolled

/// The data: numbers in words, their tokens, and how a text is cut into batches.
func humanNumbers(_ page: Page) {
  page.question("What does a language look like whose next word can nearly always be known?")
  page.say(
    """
    The smallest useful language: the numbers from 1 to 9,999 in words, joined by commas. The first 7,999 are for training, \
    8,001 to 9,999 for validation. The text is made by rule here, and equals the course's files word for word.
    """)
  page.run {
    page.print(HumanNumbers.train.prefix(14).joined(separator: " ") + " …")
    page.print("… " + HumanNumbers.valid.suffix(11).joined(separator: " "))
    page.show("8115", HumanNumbers.words(8115).joined(separator: " "))
  }
  let bytes = Array(
    (HumanNumbers.train + HumanNumbers.valid).joined(separator: " ").utf8)
  page.used(
    data: "human numbers", kind: .generated, records: 7999 + 1999,
    sha256: SHA256.digest(bytes), licence: "made by rule, free of rights")
  let notebook = "the course's notebook lesson7-human-numbers"
  for (id, label, value, printed) in [
    ("train", "training tokens", HumanNumbers.train.count, 50_079),
    ("valid", "validation tokens", HumanNumbers.valid.count, 13_017),
    ("words", "words of the vocabulary", HumanNumbers.vocabulary.count, 38),
  ] {
    page.check(
      "hn/data/\(id)", label, Double(value), equals: Double(printed), within: 0,
      because: "a count", source: notebook)
  }

  page.say(
    """
    A **vocabulary** gives each word a number: special tokens first, then the words of the training text, the most \
    frequent first.
    """)
  let counts = Dictionary(HumanNumbers.train.map { ($0, 1) }, uniquingKeysWith: +)
  page.table(
    "The vocabulary, in order", columns: ["from", "words", "times each in the training text"],
    rows: [(0, 8), (8, 9), (9, 10), (10, 11), (11, 18), (18, 20), (20, 28), (28, 38)].map {
      let words = HumanNumbers.vocabulary[$0..<$1]
      return [
        "\($0)", words.joined(separator: " "),
        Set(words.map { counts[$0, default: 0] }).sorted(by: >).map { "\($0)" }
          .joined(separator: ", "),
      ]
    })
  page.say(
    """
    The eight special tokens are the tokenizer's signs for what plain lower-case words cannot say. Of them this \
    text uses one, `xxbos`, once. They stay in the vocabulary, so the model has eight outputs it never needs.
    """)
  let sentence = "NASA said No!!!! and then four four four four"
  let tokens = page.run {
    page.print(SpecialTokens.tokens(sentence).joined(separator: " "))
    page.show("numbers of: one million", "\(HumanNumbers.numbers(of: ["one", "million"]))")
    return SpecialTokens.tokens(sentence)
  }
  page.table(
    "The special tokens", columns: ["token", "stands for", "above"],
    rows: [
      ["xxunk", "a word that is not in the vocabulary", "million is number 0"],
      ["xxpad", "nothing: fills short rows of a batch", "not here: rows have one length"],
      ["xxbos", "a text begins", "first token"],
      ["xxfld", "the next field of a record, as title and body", "not here: one field"],
      ["xxmaj", "the next word had a capital", "xxmaj no"],
      ["xxup", "the next word was all capitals", "xxup nasa"],
      ["xxrep", "n times the next sign", "xxrep 4 !"],
      ["xxwrep", "n times the next word", "xxwrep 4 four"],
    ])
  page.check(
    "hn/data/special", "tokens of that sentence", Double(tokens.count), equals: 14, within: 0,
    because: "a count", source: "by hand: xxbos, 2 + 1 + 2 + 3 + 2 tokens, and 3")

  page.say(
    """
    **Batches.** The text is one long line. It is cut into 64 rows that are read side by side; row i starts at ⌊i·N/64⌋. A batch \
    takes the next few words of every row as x, and the same moved on by one word as y. Row r of a batch goes on \
    where row r of the batch before stopped. The number of words at a time is called *bptt*, for back propagation through time.
    """)
  page.source(
    of: "public subscript(batch: Int)", file: "Sources/DataPipeline/Text/LanguageModelBatches.swift"
  )
  page.run {
    let (x, y) = NextWordTraining.train(length: 3).words(0)
    for row in [0, 1, 63] {
      page.print(
        "row \(row)  x: \(x.text(row: row).joined(separator: " "))   y: \(y.text(row: row).joined(separator: " "))"
      )
    }
  }
  let (xs, ys) = NextWordTraining.valid(length: 70).words(2)
  page.show(
    "the last row of validation runs on into the start",
    xs.text(row: 63).suffix(8).joined(separator: " "))
  page.check(
    "hn/data/elements", "numbers in the three validation batches of 70",
    Double(3 * xs.numbers.count), equals: 13_440, within: 0, because: "a count", source: notebook)
  page.check(
    "hn/data/moved", "places where x, moved by one, differs from y",
    Double(
      zip(xs.numbers.indices.dropLast(), ys.numbers).count { i, y in
        i % 70 < 69 && xs.numbers[i + 1] != y
      }), equals: 0, within: 0, because: "a count", source: "the definition of a next word")
  for (length, train, valid, denominator) in [(3, 261, 68, 4352), (20, 40, 11, 14_080)] {
    let found = NextWordTraining.valid(length: length).count
    page.check(
      "hn/data/train-\(length)", "training batches of \(length) words",
      Double(NextWordTraining.train(length: length).count), equals: Double(train), within: 0,
      because: "a count", source: notebook)
    page.check(
      "hn/data/valid-\(length)", "validation batches of \(length) words", Double(found),
      equals: Double(valid), within: 0, because: "a count", source: notebook)
    page.check(
      "hn/data/targets-\(length)",
      length == 3
        ? "words that Models 0 and 1 are asked for" : "words that Models 2 to 5 are asked for",
      Double(found * 64 * (length == 3 ? 1 : length)), equals: Double(denominator), within: 0,
      because: "a count",
      source: "every accuracy that the notebook prints is a whole number over this")
  }

  page.say(
    """
    **A baseline without any net**: look up what came most often after the same last k words in the training text; where those \
    were never seen, after fewer.
    """)
  let (train, valid) = (HumanNumbersTokens.train, HumanNumbersTokens.valid)
  var rows: [[String]] = []
  for (context, onValid, onTrain) in [
    (0, 0.1535, nil), (1, 0.088, 0.251), (2, 0.318, 0.477), (3, 0.318, 0.479), (5, 0.329, 0.551),
  ] as [(Int, Double, Double?)] {
    let counts = NextWordCounts(train, context: context)
    let (a, b) = (counts.accuracy(on: valid), counts.accuracy(on: train))
    rows.append(["\(context)", text(a, 4), text(b, 4)])
    page.check(
      "hn/counting/\(context)", "accuracy by counting, \(context) words before", a,
      equals: onValid, within: 5e-4, because: "the reference has three decimals",
      source: "a separate numpy program")
    if let onTrain {
      page.check(
        "hn/counting/\(context)/train", "the same on the training text", b, equals: onTrain,
        within: 5e-4, because: "the reference has three decimals",
        source: "a separate numpy program")
    }
  }
  page.table(
    "Counting", columns: ["words before", "accuracy, validation", "accuracy, training"], rows: rows)
  page.seen(
    """
    Counting reaches a third, and more context hardly helps: contexts of the validation text, which all hold *eight thousand* or *nine \
    thousand*, were rarely seen. The nets below must do better than 0.33, by understanding that words after *thousand* behave \
    the same whatever the thousand is.
    """)
}
