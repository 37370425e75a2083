import Tensors

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The probability of the next word by counting: a unigram and a bigram model.
///
///     p(w)     = (count(w) + 1) / (N + V)
///     p(w | v) = (count(v w) + k·p(w)) / (count(v) + k)
///
/// V words in all, N of the text; k trusts a pair after so many times of seeing v (MacKay and Peto 1995). What a language
/// model has to beat in perplexity, as `NextWordCounts` is in accuracy.
public struct NextWordProbabilities: Sendable {
  private let words: [Double]
  private let pairs: [Int: Double]
  private let times: [Double]
  private let prior: Double

  public init(_ tokens: [Int], vocabulary: Int, prior: Double = 5) {
    expect(
      !tokens.isEmpty && prior > 0,
      "NextWordProbabilities expects tokens and a prior above 0, got \(tokens.count) and \(prior)")
    let bad = tokens.first { !(0..<vocabulary).contains($0) }
    expect(
      bad == nil,
      "NextWordProbabilities expects tokens in 0..<\(vocabulary), got \(bad ?? 0)")
    var counts = [Double](repeating: 0, count: vocabulary)
    var pairs: [Int: Double] = [:]
    for token in tokens { counts[token] += 1 }
    for (v, w) in zip(tokens, tokens.dropFirst()) { pairs[v * vocabulary + w, default: 0] += 1 }
    words = counts.map { ($0 + 1) / Double(tokens.count + vocabulary) }
    if let last = tokens.last { counts[last] -= 1 }
    times = counts
    self.pairs = pairs
    self.prior = prior
  }

  /// Whatever came before.
  public func probability(of word: Int) -> Double { words[word] }

  public func probability(of word: Int, after last: Int) -> Double {
    (pairs[last * words.count + word, default: 0] + prior * words[word]) / (times[last] + prior)
  }

  /// e to the mean −ln p along a text from its second token on, from words alone and from pairs.
  public func perplexities(on tokens: [Int]) -> (words: Double, pairs: Double) {
    expect(tokens.count > 1, "perplexities expects two tokens or more, got \(tokens.count)")
    var sums = (0.0, 0.0)
    for (v, w) in zip(tokens, tokens.dropFirst()) {
      sums.0 -= log(probability(of: w))
      sums.1 -= log(probability(of: w, after: v))
    }
    let count = Double(tokens.count - 1)
    return (exp(sums.0 / count), exp(sums.1 / count))
  }
}
