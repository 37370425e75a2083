import DataPipeline
import Foundation

let corruptedInputs: [CorruptedInput] =
  brokenTables + brokenFields + brokenLists + brokenFiles + wrongQuestions

/// Fifteen kinds of damage to each of six tables, whatever they hold.
private let brokenTables: [CorruptedInput] = [
  "classes", "points", "texts", "table", "ratings", "days",
]
.flatMap { table in
  func damaged(
    _ how: String, _ words: String, _ change: @escaping @Sendable ([UInt8]) -> [UInt8]
  ) -> CorruptedInput {
    CorruptedInput(
      name: "\(table): \(how)", says: ["\(table).csv", words], chain: Chain(rawValue: table)!.run
    ) { folder in
      let bytes = try Data(contentsOf: URL(filePath: folder("\(table).csv")))
      try folder.write("\(table).csv", Data(change(Array(bytes))))
    }
  }
  /// With the row of this number, from 0, changed.
  func row(
    _ number: Int, _ change: @escaping @Sendable (String) -> String
  ) -> @Sendable ([UInt8]) -> [UInt8] {
    { bytes in
      var rows = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\n")
      rows[number] = change(rows[number])
      return Array(rows.joined(separator: "\n").utf8)
    }
  }
  let hasQuotes = ["texts", "table", "ratings"].contains(table)
  // These two are split by number, which a missing row spoils, before a column is asked for.
  let splitsFirst = ["table", "ratings"].contains(table)
  return [
    damaged("empty", "is empty") { _ in [] },
    damaged("empty lines alone", "is empty") { _ in Array("\n\n\n".utf8) },
    damaged("the header alone", "no ") { Array($0.prefix { $0 != 10 }) + [10] },
    damaged("without a header", splitsFirst ? "has 3, from 0 to 2" : "has no column") {
      Array($0.drop { $0 != 10 }.dropFirst())
    },
    damaged("a column twice", "two columns named", row(0) { $0 + "," + $0 }),
    damaged("columns divided by tabs", hasQuotes ? "a quote stands" : "has no column") {
      $0.map { $0 == 44 ? 9 : $0 }
    },
    damaged("a row too short", "row 3: 1 fields", row(2) { _ in "x" }),
    damaged("the last row too long", "row 5: ", row(4) { $0 + ",x" }),
    damaged("an empty line within", "row 3: 1 fields", row(2) { "\n" + $0 }),
    damaged("a quotation without end", "never closed", row(2) { "\"" + $0 }),
    damaged("a quote within a field", "a quote stands where none may", row(2) { "x\"y\"" + $0 }),
    damaged("a zero byte", "zero byte", row(3) { "\0" + $0 }),
    damaged("a byte that is no letter", "line 1: its bytes are not UTF-8") { [0xe9] + $0 },
    damaged("in UTF-16", "zero byte") { $0.flatMap { [$0, 0] } },
    damaged("a gzip file cut short", "cut short") { _ in
      [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x4b, 0x4c]
    },
  ]
}

/// A text of one of the whole files put in place of another.
private func replaced(
  _ how: String, in chain: Chain, _ file: String, _ old: String, _ new: String, _ says: String...
) -> CorruptedInput {
  CorruptedInput(name: "\(file): \(how)", says: says, chain: chain.run) { folder in
    let text = try String(contentsOfFile: folder(file), encoding: .utf8)
    try folder.write(file, Data(text.replacing(old, with: new).utf8))
  }
}

private let brokenFields: [CorruptedInput] =
  ["", "four", "nan", "inf", "0x4", "1e999", "4.5.6", "--4", "4 stars", "\"3,5\"", "0", "5.5"].map {
    replaced(
      "a rating \($0)", in: .ratings, "ratings.csv", "10,4", "10,\($0)", "ratings.csv, row 2: stars"
    )
  }
  + ["", "low", "nan", "1e99", "0x1"].map {
    replaced("a place \($0)", in: .points, "points.csv", "3.5", $0, "points.csv, row 3", "x")
  }
  + ["", "2015-02-30", "2015-7-1", "01.07.2015", "2015-13-01", "today", "2015-07-01 12:00"].map {
    replaced(
      "a date \($0)", in: .days, "days.csv", "2015-07-02", $0, "days.csv, row 3: Date", "is no date"
    )
  }
  + ["0", "-4", "", "many"].map {
    replaced("sales of \($0)", in: .days, "days.csv", "02,4", "02,\($0)", "days.csv, row 3: sales")
  }
  + ["", "valid", "yes", "2", "Falsch"].map {
    replaced(
      "is_valid \($0)", in: .texts, "texts.csv", "one.,False", "one.,\($0)", "texts.csv, row 3",
      "neither true nor false")
  }
  + [
    replaced(
      "a label missing", in: .classes, "classes.csv", "b.png,dog", "b.png,", "row 3", "empty"),
    replaced(
      "a picture without a row", in: .classes, "classes.csv", "b.png,dog\n", "",
      "no row for x/b.png"),
    replaced(
      "a picture named twice", in: .classes, "classes.csv", "b.png", "a.png", "row 3", "second time"
    ),
    replaced(
      "a place without end", in: .points, "points.csv", "3.5", "inf", "points.csv, row 3", "x"),
    replaced(
      "a name in no folder", in: .classes, "classes.csv", "b.png", "y/b.png", "no row for x/b.png"),
    replaced("a class missing", in: .table, "table.csv", "smith,high", "smith,", "row 3", "empty"),
    replaced(
      "an age in words", in: .table, "table.csv", "40", "forty", "row 3: age", "not a number"),
    replaced("a gap where training has none", in: .table, "table.csv", "50", "", "row 5: age"),
    replaced(
      "a user without a name", in: .ratings, "ratings.csv", "\n2,11", "\n,11", "row 3", "user"),
    replaced("a film without a name", in: .ratings, "ratings.csv", "2,11", "2,", "row 3", "film"),
    replaced("a text empty", in: .texts, "texts.csv", "A bad one.", "", "row 3: its text is empty"),
    replaced("a text of spaces", in: .texts, "texts.csv", "Bad.", "\"  \n \"", "texts.csv, row 5"),
    replaced("no label", in: .texts, "texts.csv", "neg,A", ",A", "row 3: its label is empty"),
    replaced(
      "nothing to validate with", in: .texts, "texts.csv", "True", "False", "nothing to validate"),
    replaced(
      "nothing to train on", in: .texts, "texts.csv", "False", "True", "nothing to train on"),
    replaced("all days in training", in: .days, "days.csv", "2015", "2014", "nothing to validate"),
  ]

private let brokenLists: [CorruptedInput] = [
  replaced(
    "a file that is not there", in: .masks, "valid.txt", "d.png", "e.png", "line 2", "\"e.png\""),
  replaced(
    "a path of another folder", in: .masks, "valid.txt", "c.png", "y/c.png", "line 1", "y/c.png"),
  replaced("empty", in: .masks, "valid.txt", "c.png\nd.png\n", "", "valid.txt is empty"),
  replaced(
    "all files", in: .masks, "valid.txt", "c.png", "a.png\nb.png\nc.png", "nothing to train on"),
  replaced("names without an ending", in: .masks, "valid.txt", ".png", "", "line 1", "\"c\""),
  replaced("names in a row", in: .masks, "valid.txt", "png\nd", "png,d", "line 1"),
  replaced("a zero byte", in: .masks, "valid.txt", "\nd", "\n\0d", "line 2", "zero byte"),
  replaced(
    "too few classes", in: .masks, "codes.txt", "\nroad", "", "_P.png has class 1", "1 classes"),
  replaced("empty", in: .masks, "codes.txt", "sky\nroad", "", "codes.txt is empty"),
]

private func written(
  _ how: String, in chain: Chain, _ file: String, _ bytes: Data, _ says: String...
) -> CorruptedInput {
  CorruptedInput(name: "\(file): \(how)", says: says, chain: chain.run) { folder in
    try folder.write(file, bytes)
  }
}

private func removed(_ file: String, in chain: Chain, _ says: String...) -> CorruptedInput {
  CorruptedInput(name: "\(file): removed", says: says, chain: chain.run) { folder in
    try FileManager.default.removeItem(atPath: folder(file))
  }
}

private func mask(_ width: Int, _ height: Int, _ number: UInt8 = 0) -> Data {
  CorruptedInput.png {
    let classes = Array(repeating: number, count: width * height)
    try Mask(width: width, height: height, classes: classes).writePNG($0)
  }
}

/// One pixel of 16 bits, 256.
private let deepMask = Data(
  base64Encoded:
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABEAAAAABq7kcWAAAAC0lEQVR4nGNgZAAAAAUAAtFmM3gAAAAASUVORK5CYII="
)!

private let brokenFiles: [CorruptedInput] = [
  written("too wide", in: .masks, "masks/b_P.png", mask(9, 8), "b_P.png is 9 × 8", "8 × 8"),
  written("too low", in: .masks, "masks/b_P.png", mask(8, 7), "b_P.png is 8 × 7", "8 × 8"),
  written("turned", in: .masks, "masks/b_P.png", mask(4, 16), "b_P.png is 4 × 16", "8 × 8"),
  written("one pixel", in: .masks, "masks/b_P.png", mask(1, 1), "b_P.png is 1 × 1", "8 × 8"),
  written("a class too many", in: .masks, "masks/b_P.png", mask(8, 8, 2), "class 2", "2 classes"),
  written("255", in: .masks, "masks/b_P.png", mask(8, 8, 255), "class 255", "2 classes"),
  written("in colours", in: .masks, "masks/b_P.png", CorruptedInput.picture, "is not a mask"),
  written("empty", in: .masks, "masks/b_P.png", Data(), "b_P.png is empty"),
  written("cut", in: .masks, "masks/b_P.png", CorruptedInput.mask.prefix(50), "b_P.png is damaged"),
  written("a text", in: .masks, "masks/b_P.png", Data("sky".utf8), "b_P.png is not a picture"),
  removed("masks/b_P.png", in: .masks, "b.png has no mask"),
  removed("masks", in: .masks, "has no mask"),
  written("empty", in: .classes, "images/x/b.png", Data(), "b.png is empty"),
  written(
    "cut", in: .classes, "images/x/b.png", CorruptedInput.picture.prefix(90), "b.png is damaged"),
  written("of another size", in: .classes, "images/x/b.png", mask(5, 5), "b.png is 5 × 5", "8 × 8"),
  removed("images", in: .classes, "there is no folder images"),
  removed("images/x", in: .classes, "images", "holds no pictures"),
  removed("classes.csv", in: .classes, "cannot open classes.csv"),
  removed("valid.txt", in: .classes, "cannot open valid.txt"),
  removed("codes.txt", in: .masks, "cannot open codes.txt"),
  removed("train", in: .folders, "no texts in a folder \"train\""),
  removed("test", in: .folders, "no texts in a folder \"test\""),
  written("empty", in: .folders, "train/pos/1.txt", Data(), "train/pos/1.txt is empty"),
  written(
    "spaces", in: .folders, "test/pos/3.txt", Data(" \n\t\n".utf8), "test/pos/3.txt is empty"),
  written(
    "in Latin-1", in: .folders, "train/pos/1.txt", Data([0x63, 0xe9]), "1.txt, line 1", "UTF-8"),
  written(
    "a zero byte", in: .folders, "train/pos/1.txt", Data([65, 10, 0]), "1.txt, line 2", "zero byte"),
  written("a picture", in: .folders, "train/pos/1.txt", CorruptedInput.picture, "1.txt, line "),
  written(
    "a name of two files", in: .classes, "images/y/b.png", CorruptedInput.picture,
    "row 3: \"b.png\"", "name them by path"),
  written(
    "a file twice", in: .masks, "images/y/c.png", CorruptedInput.picture, "valid.txt, line 1",
    "x/c.png and y/c.png"),
  written(
    "in 16 bits", in: .masks, "masks/b_P.png", deepMask, "b_P.png has class 256 in row 0, column 0"),
]

/// Sound files, asked for what they do not hold.
private let wrongQuestions: [CorruptedInput] = [
  asked("a column that is not there", "table.csv has no column \"salary\"") { folder in
    _ = try TableRows.from(folder("table.csv")).split(validAt: [0]).labelledByColumn("salary")
  },
  asked("a column of texts that is not there", "texts.csv has no column \"review\"") { folder in
    _ = try TextRows.from(folder("texts.csv"), text: "review")
  },
  asked("an index past the end", "item 4; ", "has 4, from 0 to 3") { folder in
    _ = try TableRows.from(folder("table.csv")).split(validAt: [4])
  },
  asked("a negative index", "item -1; ") { folder in
    _ = try TableRows.from(folder("table.csv")).split(validAt: [-1])
  },
  asked("no index", "nothing to validate with") { folder in
    _ = try TableRows.from(folder("table.csv")).split(validAt: [])
  },
  asked("a pattern that matches nothing", "images/x/b.png", "does not match its path") { folder in
    _ = try ImageList.from(folder("images")).split(validAt: [0]).labelledByPattern(#"(\d+)_"#)
  },
  asked("a pattern that is none", "\"(\" is no regular expression") { folder in
    _ = try ImageList.from(folder("images")).split(validAt: [0]).labelledByPattern("(")
  },
  asked("a pattern without a group", "has no group") { folder in
    _ = try ImageList.from(folder("images")).split(validAt: [0]).labelledByPattern("a")
  },
  asked("a file instead of a folder", "codes.txt is not a folder") { folder in
    _ = try TextList.from(folder("codes.txt"))
  },
  asked("texts where there are none", "images", "ends in .txt") { folder in
    _ = try TextList.from(folder("images"))
  },
  asked("a folder instead of a table", "images") { folder in
    _ = try TableRows.from(folder("images"))
  },
  asked("a picture as a table", "a.png") { folder in
    _ = try TableRows.from(folder("images/x/a.png"))
  },
  asked("a filter that nothing passes", "none of the 4 images") { folder in
    _ = try ImageList.from(folder("images")).filter { $0.name == "e.png" }
  },
  asked("no point", "has 0 points") { folder in
    _ = try ImageList.from(folder("images")).split(validAt: [0]).labelledByPoints { _ in [] }
  },
  asked("a void that no class is", "no class \"Void\"") { folder in
    _ = try ImageList.from(folder("images")).split(validAt: [0])
      .labelledByMask(codes: ["sky", "road"], void: "Void") { $0.path }
  },
  asked("a class that is not given", "\"cat\" is none of the given classes") { folder in
    _ = try ImageList.from(folder("images")).split(validAt: [0])
      .labelledByCSV(folder("classes.csv"), classes: ["dog"])
  },
  asked("a void that no byte holds", "void 65536") { folder in
    _ = try ImageList.from(folder("images")).split(validAt: [0])
      .labelledByMask(codes: ["sky", "road"], void: 65536) { $0.path }
  },
  asked("a class for void", "void 7 is also given a class") { folder in
    _ = try ImageList.from(folder("images")).split(validAt: [0])
      .labelledByMask(codes: ["sky", "road"], void: 7, values: [7: 1]) { $0.path }
  },
  asked("a value of no class", "give 9 the class 2; there are 2 classes, 0…1") { folder in
    _ = try ImageList.from(folder("images")).split(validAt: [0])
      .labelledByMask(codes: ["sky", "road"], values: [0: 0, 9: 2]) { $0.path }
  },
  asked("a point that is no place", "has a point at nan, 1.0") { folder in
    _ = try ImageList.from(folder("images")).split(validAt: [0])
      .labelledByPoints { _ in [Point(x: .nan, y: 1)] }
  },
  asked("more rows than words", "too few for 9 rows") { folder in
    _ = try TextList.from(folder("train")).split(validAt: [0]).labelledByNextWord().tokenised()
      .batches(rows: 9, length: 2)
  },
]

private func asked(
  _ what: String, _ says: String..., chain: @escaping @Sendable (TemporaryFolder) throws -> Void
) -> CorruptedInput {
  CorruptedInput(name: "asked for \(what)", says: says, chain: chain) { _ in }
}
