import Foundation

/// One piece of data before it is read: a file, or a row of a table.
///
/// The protocols below say what an item can be asked for, and so which splits and labels a list of it offers: those
/// by folder, file list or pattern need a file, those by column or date a row.
public protocol DataItem: Sendable {
  /// What a list of these holds, for descriptions: "images", "texts", "rows".
  static var noun: String { get }
  /// Where it stands, for messages: "mnist_tiny/train/3/7463.png" or "texts.csv, row 17".
  var place: String { get }
  /// A few words that show it.
  var example: String { get }
}

/// An item that is a file under a folder.
public protocol FileItem: DataItem {
  var root: URL { get }
  /// Below `root`, with slashes: "train/3/7463.png".
  var path: String { get }
}

/// The path of a file, or of one beside it: "../masks/1.png".
func placed(_ path: String, below root: URL) -> String {
  root.path == "/" ? root.path + path : root.path + "/" + path
}

/// An item that is a row of a CSV file.
public protocol RowItem: DataItem {
  var file: CSVFile { get }
  var row: Int { get }
}

/// An item that holds a text.
public protocol TextItem: DataItem {
  /// Never without a word; a text that is, or cannot be read, is an error.
  var text: String { get throws }
}

extension FileItem {
  public var url: URL { root.appending(path: path) }
  public var place: String { placed(path, below: root) }
  public var example: String { path }
  /// "7463.png"
  public var name: String { names.last ?? "" }
  /// From the outside in: "train", "3".
  public var folders: [String] { names.dropLast() }

  /// What stands between the slashes. A slash is a byte: a letter may follow that a reader sees as one with it.
  private var names: [String] {
    path.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
  }
}

extension RowItem {
  public var place: String { "\(file.name), row \(file.number(ofRow: row))" }
  public var example: String {
    let fields = file.rows[row].joined(separator: ", ")
    return fields.utf8.count > 500 ? "\(fields.prefix(400)) …" : fields
  }

  public func field(_ column: String) throws -> String {
    file.rows[row][try file.place(of: column)]
  }
}

extension TextItem {
  public static var noun: String { "texts" }
}

/// A picture in a file of its own, read when a batch needs it.
public struct ImageFile: FileItem, Hashable {
  public static let noun = "images"
  public let root: URL
  public let path: String

  public init(root: URL, path: String) {
    self.root = root
    self.path = path
  }
}

/// A text in a file of its own, read when its words are asked for.
public struct TextFile: FileItem, TextItem {
  public let root: URL
  public let path: String
  public var encoding = TextEncoding.utf8

  public var text: String {
    get throws {
      let text = try readText(place, encoding: encoding)
      guard !text.allSatisfy(\.isWhitespace) else { throw DataError("\(place) is empty") }
      return text
    }
  }
}

/// A text in a column of a table.
public struct TextRow: RowItem, TextItem {
  public let file: CSVFile
  public let row: Int
  public let column: String

  public var text: String {
    get throws {
      let text = try field(column)
      guard !text.allSatisfy(\.isWhitespace) else {
        throw DataError("\(place): its \(column) is empty")
      }
      return text
    }
  }
}

/// A row of a table.
public struct TableRow: RowItem {
  public static let noun = "rows"
  public let file: CSVFile
  public let row: Int
}
