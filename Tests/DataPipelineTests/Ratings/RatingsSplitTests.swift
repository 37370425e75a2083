import DataPipeline
import Foundation
import Tensors
import Testing

@Suite struct RatingsSplitTests {
  private let ratings = Ratings(
    users: ["9", "10", "9", "7", "10"], items: ["b", "a", "c", "b", "d"], values: [1, 2, 3, 4, 5])

  @Test func numbersComeFromTheTrainingRowsAlone() {
    let (train, valid) = ratings.split(validRows: [4, 3])
    #expect(train.userNames == ["#na#", "9", "10"])  // 7 rates only in validation
    #expect(train.itemNames == ["#na#", "a", "b", "c"])  // and d is rated only there
    #expect(train.users == [1, 2, 1] && train.items == [2, 1, 3] && train.values == [1, 2, 3])
    #expect(valid.users == [2, 0] && valid.items == [0, 2] && valid.values == [5, 4])
    #expect(valid.userNames == train.userNames && valid.itemNames == train.itemNames)
  }

  @Test func allRowsForTrainingIsTheWhole() {
    let (train, valid) = ratings.split(validRows: [])
    #expect(train.users == ratings.users && train.items == ratings.items && valid.count == 0)
  }

  @Test func otherRatingsKeepUsersAndItems() {
    let other = ratings.withValues([5, 4, 3, 2, 1])
    #expect(other.values == [5, 4, 3, 2, 1])
    #expect(other.users == ratings.users && other.itemNames == ratings.itemNames)
  }
}

@Suite struct MovieLensCourseTests {
  private func folder<Result>(
    data: String, titles: [String], _ body: (URL) throws -> Result
  ) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(data.utf8).write(to: folder.appending(path: "u.data"))
    let rows = titles.enumerated().map { "\($0 + 1)|\($1)|||" + String(repeating: "|0", count: 19) }
    try Data(rows.joined(separator: "\n").utf8).write(to: folder.appending(path: "u.item"))
    return try body(folder)
  }

  /// Film 3 comes first in the file, then film 1, then film 2, which has film 3's title.
  private let data = "5\t3\t4\t1\n6\t1\t2\t1\n7\t3\t5\t1\n5\t2\t1\t1\n8\t1\t3\t1\n"

  @Test func rowsStandTogetherByFilmAndTitlesAreShared() throws {
    let ratings = try folder(data: data, titles: ["Alien", "Zulu", "Zulu"], MovieLens.titled100k)
    #expect(ratings.values == [4, 5, 2, 3, 1])
    #expect(ratings.users.map { ratings.userNames[$0] } == ["5", "7", "6", "8", "5"])
    #expect(ratings.itemNames == ["#na#", "Alien", "Zulu"])
    #expect(ratings.items == [2, 2, 1, 1, 2])
  }

  @Test func aFilmWithoutATitleIsNamed() throws {
    let error = #expect(throws: DataError.self) {
      try folder(data: data, titles: ["Alien", "Zulu"], MovieLens.titled100k)
    }
    #expect(error?.description.contains("has no title for film 3") == true)
  }

  @Test func aTenthIsValidated() {
    let names = (0..<20).map(String.init)
    let ratings = Ratings(users: names, items: names, values: names.map { _ in 1 })
    // NumPy: RandomState(42).permutation(20)[:2]
    #expect(MovieLens.courseValidRows(of: ratings) == [0, 17])
  }
}
