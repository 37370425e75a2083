import Unrolled

/// A batch of texts, read side by side: `rows` of them, each `length` words long.
struct Words {
  let rows: Int
  let length: Int
  /// Row after row.
  let numbers: [Int]

  init(_ numbers: [Int], rows: Int) {
    self.rows = rows
    length = numbers.count / rows
    self.numbers = numbers
  }

  /// Word number `step` of every row.
  subscript(step: Int) -> [Int] { (0..<rows).map { numbers[$0 * length + step] } }

  /// The last word of every row.
  var last: [Int] { self[length - 1] }

  /// The first words of every row.
  func prefix(_ steps: Int) -> Words {
    Words((0..<rows).flatMap { numbers[($0 * length)..<($0 * length + steps)] }, rows: rows)
  }

  /// One row in words.
  func text(row: Int) -> [String] {
    numbers[(row * length)..<((row + 1) * length)].map { HumanNumbers.vocabulary[$0] }
  }
}

/// A model that reads words and predicts the next ones.
protocol NextWordModel: Module {
  /// Logits for the word after the last of each row `[rows, words]`, or for the word after each
  /// `[rows·length, words]`.
  func callAsFunction(_ x: Words) -> Tensor
  /// Whether it says a word after each word, or only after the last.
  var saysEveryWord: Bool { get }
  /// Forgets what it read before. Nothing to do for a model that keeps nothing.
  func forget()
}

extension NextWordModel {
  func forget() {}

  /// The words that the logits are compared with.
  func targets(_ y: Words) -> [Int] { saysEveryWord ? y.numbers : y.last }
}

/// What a recurrent model of this lesson is made of.
struct Sizes {
  /// Words of the vocabulary.
  var words = 38
  /// Numbers of the hidden state.
  var hidden = 64
  /// How γ of the batch norm starts.
  var gamma = GammaStart.uniform

  func norm(using generator: inout SeededGenerator) -> BatchNorm {
    let gamma: Tensor =
      switch gamma {
      case .uniform: .uniform([hidden], in: 0..<1, using: &generator)
      case .one: .ones([hidden])
      }
    return BatchNorm(
      gamma: gamma, beta: .zeros([hidden]), runningMean: .zeros([hidden]),
      runningVariance: .ones([hidden]))
  }
}

/// PyTorch started γ evenly between 0 and 1 until release 1.1, which the course used; since then at 1.
enum GammaStart: String, CaseIterable {
  case uniform, one
}
