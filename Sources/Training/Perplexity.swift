import NeuralNetworks
import Tensors

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// e to the mean cross entropy: among how many equally likely words a language model wavers.
///
/// Logits `[words, vocabulary]`, one label a row. Of a whole text take it at once: the mean of the perplexities of
/// its parts is larger.
public func perplexity(
  _ logits: Tensor, _ labels: [Int], file: StaticString = #fileID, line: UInt = #line
) -> Double {
  expect(
    logits.rank == 2 && logits.shape[0] == labels.count && !labels.isEmpty,
    "perplexity expects logits [words, vocabulary] and one label a row, got \(logits.shape) and \(labels.count) labels",
    file: file, line: line)
  return withoutGradients { exp(Double(crossEntropy(logits, labels).item)) }
}
