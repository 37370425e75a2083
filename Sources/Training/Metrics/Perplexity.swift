import NeuralNetworks
import Tensors

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// e to the mean cross entropy: among how many equally likely words a language model wavers.
///
/// Logits `[words, vocabulary]`, one label a row; rows whose label is `ignored` do not count, and it is NaN if none is
/// left. Of a whole text take it at once: the mean of the perplexities of
/// its parts is larger.
public func perplexity(
  _ logits: Tensor, _ labels: [Int], ignoring ignored: Int? = nil,
  file: StaticString = #fileID, line: UInt = #line
) -> Double {
  expectRows(
    logits, labels, ignoring: ignored, in: "perplexity", rows: "logits [words, vocabulary]",
    file: file, line: line)
  guard let ignored else {
    return withoutGradients { exp(Double(crossEntropy(logits, labels).item)) }
  }
  guard labels.contains(where: { $0 != ignored }) else { return .nan }
  return withoutGradients {
    exp(Double(crossEntropy(logits, labels, weights: nil, ignoring: ignored).item))
  }
}
