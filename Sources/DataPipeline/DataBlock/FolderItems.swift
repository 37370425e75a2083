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
  /// All files below a folder that are called pictures, in the order of their paths; links are followed, and what is left out
  /// stands in the description.
  public static func from(_ folder: String) throws -> ItemList {
    let root = URL(filePath: folder)
    let files = try ImageFiles.found(folder)
    return try ItemList(
      files.paths.map { ImageFile(root: root, path: $0) }, source: folder, notes: files.leftOut)
  }

  /// The files below a folder that a column of a CSV file names, in the order of its rows. One that is named again is not
  /// taken again.
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
      guard !name.isEmpty, isFile(item.place) else {
        throw DataError(
          "\(csv), row \(file.number(ofRow: row)): there is no file \(item.place)")
      }
      return item
    }
    return try ItemList(once: items, source: csv)
  }

  /// The files with these names, or paths, below a folder. One that is named again is not taken again.
  public static func from(_ folder: String, names: [String]) throws -> ItemList {
    let root = URL(filePath: folder)
    let items = names.map { ImageFile(root: root, path: $0) }
    if let absent = items.first(where: { !isFile($0.place) }) {
      throw DataError("there is no file \(absent.place)")
    }
    return try ItemList(once: items, source: folder)
  }

  /// A picture that comes twice could stand in both parts of a split.
  private init(once items: [ImageFile], source: String) throws {
    var seen: Set<String> = []
    let first = items.filter { seen.insert($0.path).inserted }
    let repeated = items.count - first.count
    try self.init(
      first, source: source,
      notes: repeated > 0 ? ["\(repeated) left out: named for the second time"] : [])
  }
}

extension ItemList where Item == TextFile {
  /// All files that end in .txt below a folder, in the order of their paths; links are followed, and what is left out stands
  /// in the description.
  public static func from(_ folder: String, encoding: TextEncoding = .utf8) throws -> ItemList {
    let root = URL(filePath: folder)
    let files = try FolderFiles(folder, endingIn: ["txt"])
    guard !files.paths.isEmpty else {
      throw DataError(
        "\(folder) holds no file whose name ends in .txt"
          + files.leftOut.map { "; \($0)" }.joined())
    }
    return try ItemList(
      files.paths.map { TextFile(root: root, path: $0, encoding: encoding) }, source: folder,
      notes: files.leftOut)
  }
}

/// Whether there is a file, not a folder, or a link to one.
func isFile(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
}

/// A text file as a whole.
func readText(_ path: String, encoding: TextEncoding = .utf8) throws -> String {
  String(decoding: try encoding.utf8(readGzip(path), name: path), as: UTF8.self)
}

/// The lines of a text file that are not empty, with their numbers from 1. Lines end with a newline, a carriage
/// return, or both.
func readLines(_ path: String) throws -> [(number: Int, line: String)] {
  let scalars = try readText(path).replacing("\r\n", with: "\n").unicodeScalars
  let lines = scalars.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r" }
  let filled = lines.enumerated().map {
    ($0 + 1, String($1).trimmingCharacters(in: .whitespaces))
  }.filter { !$0.1.isEmpty }
  guard !filled.isEmpty else { throw DataError("\(path) is empty") }
  return filled
}

/// Names for a message, in order, a dozen at most.
func listed(_ names: some Collection<String>) -> String {
  let shown = names.sorted().prefix(12).joined(separator: ", ")
  return names.isEmpty ? "none" : shown + (names.count > 12 ? ", …" : "")
}
