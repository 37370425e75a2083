/// The pictures in a folder, by name.
public enum ImageFiles {
  /// Of the names, in small letters. What a file is its bytes decide, not its name.
  public static let extensions: Set<String> = [
    "bmp", "gif", "jfif", "jpe", "jpeg", "jpg", "png", "tif", "tiff", "webp",
  ]

  /// Paths below `folder` of the files that are called pictures, in the order of their bytes, so that it is the same on
  /// every machine. Links are followed; hidden files and folders are left out. No file is opened.
  /// `recursively` looks into its folders too.
  public static func list(_ folder: String, recursively: Bool = true) throws -> [String] {
    let files = try found(folder, recursively: recursively)
    return files.paths.map {
      folder.utf8.last == UInt8(ascii: "/") ? folder + $0 : folder + "/" + $0
    }
  }

  /// Never without a path.
  static func found(_ folder: String, recursively: Bool = true) throws -> FolderFiles {
    let files = try FolderFiles(folder, endingIn: extensions, recursively: recursively)
    guard files.paths.isEmpty else { return files }
    let endings = extensions.sorted().map { "." + $0 }.joined(separator: ", ")
    throw DataError(
      "\(folder) holds no pictures (files whose name ends in \(endings))"
        + files.leftOut.map { "; \($0)" }.joined())
  }
}
