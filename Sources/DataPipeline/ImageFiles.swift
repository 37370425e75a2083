import Foundation

/// The pictures in a folder, by name.
public enum ImageFiles {
  public static let extensions: Set<String> = ["png", "jpg", "jpeg"]

  /// Paths below `folder` of the files that are called pictures, sorted, so that the order is the same on every machine.
  /// Hidden files and folders are left out. No file is opened. `recursively` looks into its folders too.
  public static func list(_ folder: String, recursively: Bool = true) throws -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) else {
      throw DataError("there is no folder \(folder)")
    }
    guard isFolder.boolValue else { throw DataError("\(folder) is not a folder") }
    let files = try names(folder, recursively)
    if files.isEmpty {
      throw DataError("\(folder) holds no pictures (files whose name ends in .png, .jpg or .jpeg)")
    }
    return files.map { folder.hasSuffix("/") ? folder + $0 : folder + "/" + $0 }
  }

  /// Names relative to the folder, in the order of their UTF-8 bytes.
  private static func names(_ folder: String, _ recursively: Bool) throws -> [String] {
    let found: [String]
    if recursively {
      found = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    } else {
      guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
        throw DataError("cannot read the folder \(folder)")
      }
      found = names
    }
    return found.filter { name in
      let parts = name.split(separator: "/")
      return !parts.contains { $0.hasPrefix(".") }
        && extensions.contains((name as NSString).pathExtension.lowercased())
    }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
