import DataPipeline
import Foundation
import Tensors
import Testing

/// A way to damage one of the whole files, the chain that meets it, and words of the sentence about it.
struct CorruptedInput: Sendable, CustomTestStringConvertible {
  let name: String
  /// The file's name, and what else the sentence has to say.
  let says: [String]
  let chain: @Sendable (TemporaryFolder) throws -> Void
  let damage: @Sendable (TemporaryFolder) throws -> Void
  var testDescription: String { name }

  /// Small and sound: pictures with classes, points and masks; texts; a table; ratings.
  static func wholeFiles() throws -> TemporaryFolder {
    let folder = try TemporaryFolder([
      "classes.csv": "name,label\na.png,cat\nb.png,dog\nc.png,cat\nd.png,dog\n",
      "points.csv": "name,x,y\na.png,1,2\nb.png,3.5,4\nc.png,5,6\nd.png,7,8\n",
      "texts.csv": "label,text,is_valid\npos,\"A good, old film.\",False\nneg,A bad one.,False\n"
        + "pos,\"Good, I say.\",True\nneg,Bad.,True\n",
      "table.csv":
        "age,job,pay\n20,clerk,low\n40,smith,high\n30,\"baker, smith\",low\n50,clerk,high\n",
      "ratings.csv": "user,film,stars\n1,10,4\n2,11,3.5\n\"1\",11,5\n2,10,1\n",
      "days.csv": "Date,sales\n2015-07-01,3\n2015-07-02,4\n2015-07-03,5\n2015-07-04,6\n",
      "valid.txt": "c.png\nd.png\n", "codes.txt": "sky\nroad\n",
      "train/pos/1.txt": "Good.", "train/neg/2.txt": "Bad.", "test/pos/3.txt": "Fine, good.",
      "test/neg/4.txt": "Poor.",
    ])
    for name in ["a", "b", "c", "d"] {
      try folder.write("images/x/\(name).png", picture)
      try folder.write("masks/\(name)_P.png", mask)
    }
    return folder
  }

  static let picture = png {
    try Image(width: 8, height: 8, channels: 3, pixels: (0..<192).map { UInt8($0) }).writePNG($0)
  }
  static let mask = png {
    try Mask(width: 8, height: 8, classes: (0..<64).map { UInt8($0 / 32) }).writePNG($0)
  }

  static func png(_ write: (String) throws -> Void) -> Data {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).png")
    defer { try? FileManager.default.removeItem(at: file) }
    try? write(file.path)
    return (try? Data(contentsOf: file)) ?? Data()
  }
}

/// The chains that the damaged files go through.
enum Chain: String, CaseIterable, Sendable {
  case classes, points, texts, table, ratings, days, masks, folders

  func run(_ folder: TemporaryFolder) throws {
    switch self {
    case .classes: _ = try pictures(folder).labelledByCSV(folder("classes.csv")).transformed()
    case .points: _ = try pictures(folder).labelledByPoint(folder("points.csv")).transformed()
    case .texts:
      _ = try TextRows.from(folder("texts.csv"), text: "text").splitByColumn("is_valid")
        .labelledByColumn("label").tokenised().batches(of: 2)
    case .table:
      _ = try TableRows.from(folder("table.csv")).split(validAt: [3]).labelledByColumn("pay")
        .prepared(categorical: ["job"], continuous: ["age"]).batches(of: 2)
    case .ratings:
      _ = try TableRows.from(folder("ratings.csv")).split(validAt: [3])
        .labelledByNumber("stars", in: 0.5...5).asRatings(user: "user", item: "film")
    case .days:
      _ = try TableRows.from(folder("days.csv")).splitByDate("Date", from: "2015-07-03")
        .labelledByLogarithm(of: "sales").prepared(categorical: [], continuous: ["sales"])
    case .masks:
      _ = try pictures(folder).labelledByMask(codes: Masks.codes(in: folder("codes.txt"))) {
        "../masks/\($0.name.dropLast(4))_P.png"
      }.transformed()
    case .folders:
      _ = try TextList.from(folder.path).inFolders(["train", "test"])
        .splitByFolder(train: "train", valid: "test").labelledByFolder().tokenised()
        .batches(of: 2)
    }
  }

  private func pictures(_ folder: TemporaryFolder) throws -> SplitItems<ImageFile> {
    try ImageList.from(folder("images")).splitByFileList(folder("valid.txt"))
  }
}
