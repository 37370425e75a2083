import Unrolled

/// The same encoder for another task: a label for every word.
func labels(_ page: Page, _ runs: CourseRuns) {
  page.question("Is a recurrent net good for anything but the next word?")
  page.say(
    """
    Whatever needs to read in order: labels for words, a class for a text. Take Model 5's encoder as it is, frozen, and train one linear layer on \
    its states, for two labellings:

    - *kind*: digit-word (*one* … *ninety*), scale-word (*hundred*, *thousand*) or other;
    - *hundreds*: the hundreds digit of the number so far, 0 before *hundred* is read. At *hundred* one has to remember the word before, at the words behind it one further back.
    """)
  page.run {
    let row = Array(HumanNumbers.valid[2045..<2058])
    page.print("words     " + row.joined(separator: " "))
    page.print("kind      " + Labelling.kind(row).map { "\($0)" }.joined(separator: " "))
    page.print("hundreds  " + Labelling.hundreds(row).map { "\($0)" }.joined(separator: " "))
  }
  page.source(of: "static func hundreds")
  let trained = runs(.model5, page)
  let taskNames = ["kind", "hundreds"]
  let found = concurrently("labels", seeds: page.seeds, page) { seed in
    let run = trained.first { $0.seed == seed }
    return taskNames.map { name in
      let labels = name == "kind" ? Labelling.kind : Labelling.hundreds
      let untrained = CourseModel.model5.make(seed: seed &+ 500)
      return [
        (run?.model as? Model5).map { Labelling.accuracy(of: $0, labels, seed: seed) } ?? .nan,
        (untrained as? Model5).map { Labelling.accuracy(of: $0, labels, seed: seed) } ?? .nan,
      ]
    }
  }
  page.table(
    "Accuracy on the validation text",
    columns: ["labelling", "the word alone", "random encoder", "Model 5's encoder"],
    rows: taskNames.enumerated().map { i, name in
      [
        name, text(Labelling.wordAlone(i == 0 ? Labelling.kind : Labelling.hundreds), 3),
        spread(found.map { $0[i][1] }, 3), spread(found.map { $0[i][0] }, 3),
      ]
    })
  let alone = Labelling.wordAlone(Labelling.hundreds)
  page.claim(
    "rnn-super-valuable",
    says:
      "Gated recurrent nets are of wide use: for labels of words too, not only for the next word.",
    measure: "accuracy of the hundreds digit, from Model 5's states − from the word alone",
    threshold: 0.1, thresholdText: "at least a tenth better",
    setting:
      "human numbers; frozen encoder of Model 5, a linear layer, 400 steps on 20 words of 64 rows",
    effect: paired(page.seeds, found.map { $0[1][0] }, page.seeds.map { _ in alone }))
  page.seen(
    """
    The kind is certain from the word alone, so a table does better than any encoder: a frozen state may have let go of what the next word does not need. \
    The hundreds digit cannot be read off the word; a state has to carry it. Nobody asked Model 5 to carry it: it had to, to count. But mark the \
    middle column: states of *random* weights carry most of it too, as an echo of the last words. An encoder that was trained for another task should always be compared with one that was not.
    """)
}

/// Labels for every word of human numbers.
enum Labelling {
  private static let digits = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
  ]

  /// 0 other, 1 digit-word, 2 scale-word.
  static func kind(_ words: [String]) -> [Int] {
    words.map { word in
      switch word {
      case ",", "xxbos": 0
      case "hundred", "thousand": 2
      default: 1
      }
    }
  }

  /// The hundreds digit of the number so far; 0 before it is known.
  static func hundreds(_ words: [String]) -> [Int] {
    var digit = 0
    var last = ""
    return words.map { word in
      if word == "hundred" { digit = (digits.firstIndex(of: last) ?? -1) + 1 }
      if word == "," { digit = 0 }
      last = word
      return digit
    }
  }

  /// What the most frequent label of each word gets right.
  static func wordAlone(_ labels: ([String]) -> [Int]) -> Double {
    var counts: [String: [Int: Int]] = [:]
    for (word, label) in zip(HumanNumbers.train, labels(HumanNumbers.train)) {
      counts[word, default: [:]][label, default: 0] += 1
    }
    let best = counts.mapValues { $0.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0 }
    let right = zip(HumanNumbers.valid, labels(HumanNumbers.valid)).count { best[$0] == $1 }
    return Double(right) / Double(HumanNumbers.valid.count)
  }

  /// Trains a linear layer on frozen states and returns its validation accuracy.
  static func accuracy(
    of encoder: Model5, _ labels: ([String]) -> [Int], seed: UInt64, steps: Int = 400
  ) -> Double {
    let length = 20
    // The encoder is only read here: states are made without a tape and kept apart from its own.
    func states(_ words: [Int], _ number: [Int]) -> [(Tensor, [Int])] {
      let texts = LanguageModelBatches(words, rows: 64, length: length)
      let answers = LanguageModelBatches(number, rows: 64, length: length)
      encoder.forget()
      return (0..<texts.count).map { batch in
        let x = Words(texts[batch].x, rows: 64)
        let h = withoutGradients { encoder.encode(x).reshaped([64 * length, -1]) }
        return (h, answers[batch].x)
      }
    }
    let train = states(HumanNumbersTokens.train, labels(HumanNumbers.train))
    let valid = states(HumanNumbersTokens.valid, labels(HumanNumbers.valid))
    var generator = SeededGenerator(seed: seed)
    let head = Linear(64, 10, using: &generator)
    let optimizer = Adam(head.parameters, learningRate: 1e-2)
    for step in 0..<steps {
      let (h, label) = train[step % train.count]
      optimizer.zeroGrad()
      crossEntropy(head(h), label).backward()
      optimizer.step()
    }
    let right = valid.map { h, label in Training.accuracy(head(h), label) }
    return right.reduce(0, +) / Double(right.count)
  }
}
