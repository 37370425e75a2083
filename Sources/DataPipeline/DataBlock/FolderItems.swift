import Foundation

extension ItemList where Item: FileItem {
  /// Those below folders with these names, directly under the root: fastai's `filter_by_folder`.
  public func inFolders(_ names: [String]) throws -> ItemList {
    let present = Set(items.compactMap(\.folders.first))
    if let absent = names.first(where: { !present.contains($0) }) {
      throw DataError(
        "\(source) has no \(Item.noun) in a folder \"\(absent)\"; its folders are \(listed(present))"
      )
    }
    return try filter { item in item.folders.first.map(names.contains) ?? false }
  }
}

extension ItemList where Item == ImageFile {
  /// All PNG and JPEG files below a folder, in the order of their paths; hidden ones are passed over.
  public static func from(_ folder: String) throws -> ItemList {
    let root = URL(filePath: folder)
    let items = try ImageFiles.list(folder).map { path in
      ImageFile(root: root, path: String(path.dropFirst(folder.count).drop { $0 == "/" }))
    }
    return try ItemList(items, source: folder)
  }

  /// The files below a folder that a column of a CSV file names, in the order of its rows.
  ///
  /// - Parameters:
  ///   - subfolder: Where the names begin, below `folder`.
  ///   - suffix: What the names leave out, such as ".jpg".
  public static func from(
    _ folder: String, csv: String, column: String, subfolder: String = "", suffix: String = ""
  ) throws -> ItemList {
    let (file, root) = (try CSVFile(csv), URL(filePath: folder))
    let items = try file.column(column).enumerated().map { row, name in
      let path = (subfolder.isEmpty ? "" : subfolder + "/") + name + suffix
      let item = ImageFile(root: root, path: path)
      guard !name.isEmpty, isFile(item.url) else {
        throw DataError(
          "\(csv), row \(file.number(ofRow: row)): there is no file \(item.place)")
      }
      return item
    }
    return try ItemList(items, source: csv)
  }

  /// The files with these names, or paths, below a folder.
  public static func from(_ folder: String, names: [String]) throws -> ItemList {
    let root = URL(filePath: folder)
    let items = names.map { ImageFile(root: root, path: $0) }
    if let absent = items.first(where: { !isFile($0.url) }) {
      throw DataError("there is no file \(absent.place)")
    }
    return try ItemList(items, source: folder)
  }
}

extension ItemList where Item == TextFile {
  /// All files that end in .txt below a folder, in the order of their paths.
  public static func from(_ folder: String, encoding: TextEncoding = .utf8) throws -> ItemList {
    let root = URL(filePath: folder)
    let paths = try filePaths(below: root, endingIn: ".txt")
    let items = paths.map { TextFile(root: root, path: $0, encoding: encoding) }
    return try ItemList(items, source: folder)
  }
}

/// Paths below a folder, sorted.
private func filePaths(below root: URL, endingIn ending: String) throws -> [String] {
  var isFolder: ObjCBool = false
  let exists = FileManager.default.fileExists(atPath: root.path, isDirectory: &isFolder)
  guard exists, isFolder.boolValue else {
    throw DataError(exists ? "\(root.path) is not a folder" : "there is no folder \(root.path)")
  }
  guard let found = FileManager.default.enumerator(atPath: root.path) else {
    throw DataError("cannot list the folder \(root.path)")
  }
  let paths = found.compactMap { $0 as? String }.filter { path in
    let isHidden = path.split(separator: "/").contains { $0.hasPrefix(".") }
    return !isHidden && path.lowercased().hasSuffix(ending) && isFile(root.appending(path: path))
  }
  guard !paths.isEmpty else {
    throw DataError("\(root.path) holds no file whose name ends in \(ending)")
  }
  return paths.sorted()
}

private func isFile(_ url: URL) -> Bool {
  var isFolder: ObjCBool = false
  return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
    && !isFolder.boolValue
}

/// A text file as a whole.
func readText(_ path: String, encoding: TextEncoding = .utf8) throws -> String {
  String(decoding: try encoding.utf8(readGzip(path), name: path), as: UTF8.self)
}

/// The lines of a text file that are not empty, with their numbers from 1.
func readLines(_ path: String) throws -> [(number: Int, line: String)] {
  let lines = try readText(path).split(
    omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  let filled = lines.enumerated().map {
    ($0 + 1, $1.trimmingCharacters(in: .whitespaces))
  }.filter { !$0.1.isEmpty }
  guard !filled.isEmpty else { throw DataError("\(path) is empty") }
  return filled
}

/// Names for a message, in order, a dozen at most.
func listed(_ names: some Collection<String>) -> String {
  let shown = names.sorted().prefix(12).joined(separator: ", ")
  return names.isEmpty ? "none" : shown + (names.count > 12 ? ", …" : "")
}
