/// What is wrong with a file or folder of data, in one sentence that names it.
public struct DataError: Error, CustomStringConvertible, Equatable {
  public let description: String
  public init(_ description: String) { self.description = description }
}
