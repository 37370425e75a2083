import Foundation
import Notebook

extension Page {
  /// The folder of a real data set under the one that the user named, if it is there.
  public func realData(_ name: String) -> URL? { Unrolled.realData(name, in: data) }
}

/// The folder of a real data set, if it is there.
public func realData(_ name: String, in data: URL?) -> URL? {
  guard let folder = data?.appending(path: name),
    FileManager.default.fileExists(atPath: folder.path)
  else { return nil }
  return folder
}
