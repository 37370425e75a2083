import Unrolled

/// Model 0: the word after three, written out. One matrix an arrow colour, used again for each word.
///
/// As in the course's notebook. In the talk the first word went through the green arrow alone:
/// `firstWordIsDirect`.
final class Model0: Module, NextWordModel {
  let inputToHidden: Embedding  // green
  let hiddenToHidden: Linear  // orange
  let hiddenToOutput: Linear  // blue
  let norm: BatchNorm
  let firstWordIsDirect: Bool
  let saysEveryWord = false

  init(_ sizes: Sizes, firstWordIsDirect: Bool = false, using generator: inout SeededGenerator) {
    inputToHidden = Embedding(sizes.words, sizes.hidden, using: &generator)
    hiddenToHidden = Linear(sizes.hidden, sizes.hidden, using: &generator)
    hiddenToOutput = Linear(sizes.hidden, sizes.words, using: &generator)
    norm = sizes.norm(using: &generator)
    self.firstWordIsDirect = firstWordIsDirect
  }

  func callAsFunction(_ x: Words) -> Tensor {
    let first = inputToHidden(x[0])
    var h = norm((firstWordIsDirect ? first : hiddenToHidden(first)).relu())
    if x.length > 1 {
      h = norm(hiddenToHidden(h + inputToHidden(x[1])).relu())
    }
    if x.length > 2 {
      h = norm(hiddenToHidden(h + inputToHidden(x[2])).relu())
    }
    return hiddenToOutput(h)
  }
}
