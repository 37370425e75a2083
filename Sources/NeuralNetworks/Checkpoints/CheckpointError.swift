/// What is wrong with a checkpoint, in one sentence that names the file.
public struct CheckpointError: Error, CustomStringConvertible, Equatable {
  public let description: String
  public init(_ description: String) { self.description = description }
}
