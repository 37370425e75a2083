import Unrolled

/// Nine people, row by row through the three preparations.
private let people = """
  education,occupation,age,hours
  bachelor,technical,38,40
  secondary,service,52,
  primary,,61,35
  bachelor,sales,29,50
  secondary,craft,44,40
  master,managerial,47,
  college,clerical,33,38
  doctorate,technical,57,
  secondary,pilot,30,60
  """

func ninePeople(_ page: Page) throws {
  let (preparation, done, valid) = try page.run {
    let file = try CSVFile(Array(people.utf8), name: "people.csv")
    let table = try Table(
      file, categorical: ["education", "occupation"], continuous: ["age", "hours"])
    let (train, valid) = table.split(valid: 7..<9)
    page.table("As the file has it", table)
    let fill = try FillMissing(training: train)
    let filled = try fill(table)
    page.table("After FillMissing", filled)
    let categorify = Categorify(training: try fill(train))
    let coded = try categorify(filled)
    page.table("After Categorify", coded)
    let normalize = try Normalize(training: try fill(train))
    let done = try normalize(coded)
    page.table("After Normalize", done)
    return ((fill, categorify, normalize), done, valid)
  }
  let (fill, categorify, normalize) = preparation
  page.say(
    """
    Row 9 has an education, row 10 an occupation that none of the first seven rows has: both are 0, `#na#`, like the \
    occupation that row 4 does not tell.
    """)
  for sentence in try categorify.unseen(in: valid) { page.print(sentence) }
  page.check(
    "table/median", "median of the hours of five people who told them",
    fill.medians["hours"] ?? .nan, equals: 40, within: 0, because: "one of the five numbers",
    source: "35, 38, 40, 40, 50")
  page.check(
    "table/deviation", "deviation of the seven ages",
    normalize.statistics["age"]?.deviation ?? .nan,
    equals: 11.11841030089498, within: 1e-12, because: "double precision",
    source: "fastai 1.0.61's Normalize on pandas 3.1.1, which divides by n − 1: tables.json")
  let prepared = try PreparedTable(done)
  let differing = zip(prepared.codes.flatMap { $0 }, fastaiCodes).count { $0 != $1 }
  page.check(
    "table/codes", "of 27 numbers for categories, those that differ from fastai's",
    Double(differing), equals: 0, within: 0, because: "whole numbers",
    source: "fastai 1.0.61's FillMissing and Categorify on pandas 3.1.1: tables.json")
  page.check(
    "table/hours", "hours of row 10, normalised", prepared.numbers[1][8], equals: 4.242075443267822,
    within: 1e-6, because: "two units in the last place of 32 bits",
    source: "fastai 1.0.61's Normalize on pandas 3.1.1: tables.json")
  page.say(
    """
    The table has one column more: that two people did not tell their hours may say something about them, and the median \
    alone would hide it. A gap in `age` would be an error now, since the training rows have none to learn from.
    """)
}

/// Column by column: education, occupation, hours_na.
private let fastaiCodes = [
  1, 5, 4, 1, 5, 3, 2, 0, 5, 6, 5, 0, 4, 2, 3, 1, 6, 0, 1, 2, 1, 1, 1, 2, 1, 2, 1,
]

extension Page {
  /// A table as it stands, with how the file counts each row.
  func table(_ caption: String, _ table: Table) {
    let fields = table.columns.map { column -> [String] in
      guard case .numbers(let numbers) = column.values else { return column.fields }
      return zip(numbers, column.fields).map { number, field in
        number.map { $0 == $0.rounded() ? field : text($0, 3) } ?? ""
      }
    }
    self.table(
      caption, columns: ["row"] + table.columns.map(\.name),
      rows: table.rowNumbers.indices.map { row in
        ["\(table.rowNumbers[row])"] + fields.map { $0[row] }
      })
  }
}
