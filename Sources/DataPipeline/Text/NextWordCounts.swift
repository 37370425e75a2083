import Tensors

/// Prediction by counting: after the same words as here, which word came most often?
///
/// Counts are kept for contexts of 0 to `context` tokens; a prediction uses the longest context that was
/// seen. The baseline that a language model has to beat (an n-gram model with back-off).
public struct NextWordCounts: Sendable {
  public let context: Int
  /// For each length of context, the most frequent next token of each one that was seen; of equally
  /// frequent ones the one that came first.
  private var best: [[[Int]: Int]] = []

  public init(_ tokens: [Int], context: Int) {
    expect(context >= 0, "NextWordCounts expects a context of 0 tokens or more, got \(context)")
    self.context = context
    for length in 0...context {
      var seen: [[Int]: [Int: (count: Int, first: Int)]] = [:]
      for i in length..<max(length, tokens.count) {
        seen[Array(tokens[(i - length)..<i]), default: [:]][tokens[i], default: (0, i)].count += 1
      }
      best.append(
        seen.mapValues { next in
          next.min { ($1.value.count, $0.value.first) < ($0.value.count, $1.value.first) }?.key ?? 0
        })
    }
  }

  /// The token to expect after these; only the last `context` of them count.
  public func next(after tokens: some BidirectionalCollection<Int>) -> Int {
    let tokens = Array(tokens.suffix(context))
    for length in stride(from: tokens.count, through: 0, by: -1) {
      if let next = best[length][tokens.suffix(length)] { return next }
    }
    return 0
  }

  /// The share of right predictions along a text, from its second token on.
  public func accuracy(on tokens: [Int]) -> Double {
    expect(tokens.count > 1, "accuracy expects two tokens or more, got \(tokens.count)")
    let right = (1..<tokens.count).count {
      next(after: tokens[max(0, $0 - context)..<$0]) == tokens[$0]
    }
    return Double(right) / Double(tokens.count - 1)
  }
}

extension Dictionary where Key == [Int] {
  fileprivate subscript(key: ArraySlice<Int>) -> Value? { self[Array(key)] }
}
