import Tensors

/// How the input of a block joins its result: a plus makes it a residual block, a concatenation a dense block.
///
/// (fastai's `MergeLayer`, which puts the input last; the notes put it first.)
public enum Merge: Sendable {
  case add, concatenate

  public func callAsFunction(
    _ x: Tensor, _ y: Tensor, file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    switch self {
    case .add:
      // Broadcasting would let a block of another width pass.
      expect(
        x.shape == y.shape,
        "a residual block adds two tensors of one shape, got \(x.shape) and \(y.shape)",
        file: file, line: line)
      return x + y
    case .concatenate:
      return Tensors.concatenate([x, y], axis: 1, file: file, line: line)
    }
  }
}
