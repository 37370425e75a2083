import DataPipeline
import Foundation
import Tensors
import Testing

/// Writes `bytes` to a file of its own, gives its path to `read`, and removes it.
private func withFile<Result>(
  _ bytes: [UInt8], _ read: (String) throws -> Result
) throws -> Result {
  let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).csv")
  try Data(bytes).write(to: file)
  defer { try? FileManager.default.removeItem(at: file) }
  return try read(file.path)
}

@Suite struct RatingsTests {
  /// The first rows of the sample and of u.data.
  @Test func bothFormsAreRead() throws {
    let sample = try withFile(
      Array(
        "userId,movieId,rating,timestamp\n73,1097,4.0,1255504951\n561,924,3.5,1172695223\n".utf8),
      MovieLens.sample)
    #expect(sample.values == [4, 3.5])
    #expect(sample.userNames == ["#na#", "73", "561"])
    #expect(sample.items == [2, 1])  // 924 comes before 1097: by value
    #expect(sample.range == 3.5...4)
    let data = try withFile(
      Array("196\t242\t3\t881250949\n186\t302\t3\t891717742\n".utf8), MovieLens.ratings100k)
    #expect(data.users == [2, 1])
    #expect(data.items == [1, 2])
  }

  /// Film 4 of the first user and film 1 of the second are two pairs.
  @Test func onlyAPairThatStoodBeforeIsRepeated() {
    let ratings = Ratings(
      users: ["a", "b", "a", "a", "a"], items: ["4", "1", "2", "3", "4"], values: [1, 2, 3, 4, 5])
    #expect(ratings.repeatedPairs == 1)
  }

  @Test func unknownNamesAreNumberZero() {
    let ratings = Ratings(users: ["b", "a"], items: ["x", "x"], values: [1, 2])
    #expect(ratings.userNumbers(of: ["a", "z", "b", "#na#"]) == [1, 0, 2, 0])
    #expect(ratings.itemNumbers(of: ["x", ""]) == [1, 0])
  }

  @Test func aSplitHoldsEveryRowOnceAndDependsOnTheSeedAlone() {
    let names = (0..<100).map(String.init)
    let ratings = Ratings(users: names, items: names, values: (0..<100).map(Float.init))
    var (a, b) = (SeededGenerator(seed: 42), SeededGenerator(seed: 42))
    let (train, valid) = ratings.split(valid: 0.2, using: &a)
    #expect(valid.count == 20 && train.count == 80)
    #expect((train.values + valid.values).sorted() == ratings.values)
    #expect(ratings.split(valid: 0.2, using: &b).valid.values == valid.values)
    #expect(ratings.split(valid: 0.2, using: &b).valid.values != valid.values)
  }

  @Test func batchesHoldEveryRowOnce() {
    let names = (0..<10).map(String.init)
    let ratings = Ratings(users: names, items: names, values: (0..<10).map(Float.init))
    #expect(ratings.batches(of: 4).map(\.users) == [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10]])
    var generator = SeededGenerator(seed: 42)
    let batches = Array(ratings.batches(of: 4, using: &generator))
    #expect(batches.flatMap(\.values.values).sorted() == ratings.values)
    #expect(batches.allSatisfy { $0.users == $0.values.values.map { Int($0) + 1 } })
  }

  /// NumPy 2.4: np.random.RandomState(seed).permutation(n).
  @Test func theCoursesSplitIsNumPys() {
    #expect(NumPyPermutation.order(10, seed: 42) == [8, 1, 5, 0, 7, 2, 9, 4, 3, 6])
    #expect(NumPyPermutation.order(10, seed: 2) == [4, 1, 5, 0, 7, 2, 3, 6, 9, 8])
    let long = NumPyPermutation.order(6031, seed: 42)
    #expect(long.prefix(6) == [1870, 2584, 1328, 5083, 3413, 2412])
    #expect(long.suffix(3) == [5226, 5390, 860])
    let names = (0..<10).map(String.init)
    let ratings = Ratings(users: names, items: names, values: (0..<10).map(Float.init))
    #expect(ratings.split(valid: 0.2, numPySeed: 42).valid.values == [8, 1])
  }

  @Test func otherRowsKeepTheNumbers() {
    let ratings = Ratings(users: ["b", "a"], items: ["x", "y"], values: [1, 2])
    let other = ratings.withRows(users: [2, 2], items: [1, 2], values: [4, 5])
    #expect(other.users.map { other.userNames[$0] } == ["b", "b"])
    #expect(other.items.map { other.itemNames[$0] } == ["x", "y"] && other.values == [4, 5])
  }

  @Test func aShortLastBatchIsDroppedIfAskedFor() {
    let names = (0..<10).map(String.init)
    let ratings = Ratings(users: names, items: names, values: (0..<10).map(Float.init))
    var generator = SeededGenerator(seed: 42)
    #expect(
      ratings.batches(of: 4, droppingLast: true, using: &generator).map(\.users.count) == [4, 4])
  }

  @Test(arguments: [
    ("", "is empty"),
    ("userId,movieId,rating,timestamp\n", "has no rows"),
    (
      "userId,movieId,timestamp\n1,2,3\n",
      "has no column \"rating\"; it has userId, movieId, timestamp"
    ),
    ("userId,movieId,rating\n1,2,\n", "row 2: rating \"\" is not a rating between 0.5 and 5.0"),
    (
      "userId,movieId,rating\n1,2,nan\n",
      "row 2: rating \"nan\" is not a rating between 0.5 and 5.0"
    ),
    (
      "userId,movieId,rating\n1,2,4\n1,3,6\n",
      "row 3: rating \"6\" is not a rating between 0.5 and 5.0"
    ),
    (
      "userId,movieId,rating\n1,2,inf\n",
      "row 2: rating \"inf\" is not a rating between 0.5 and 5.0"
    ),
    ("userId,movieId,rating\nbob,2,4\n", "row 2: userId \"bob\" is not a number"),
    ("userId,movieId,rating\n1,,4\n", "row 2: movieId \"\" is not a number"),
    ("userId,movieId,rating\n1,2,4,9\n", "row 2: 4 fields, the header has 3"),
    ("userId;movieId;rating\n1;2;4\n", "has no column \"userId\"; it has userId;movieId;rating"),
  ])
  func whatIsWrongIsSaidInASentence(text: String, message: String) {
    let error = #expect(throws: DataError.self) {
      try withFile(Array(text.utf8), MovieLens.sample)
    }
    #expect(error?.description.hasSuffix(message) == true)
  }

  @Test(arguments: [
    ("196\t242\t3\n", "row 1: 3 fields, the header has 4"),
    ("196,242,3,881250949\n", "row 1: 1 fields, the header has 4"),
    ("196\t242\t0\t881250949\n", "row 1: rating \"0\" is not a rating between 1.0 and 5.0"),
    ("196\t242\t3\t881250949\n186\t30", "row 2: 2 fields, the header has 4"),
  ])
  func aDamaged100kFileIsNamed(text: String, message: String) {
    let error = #expect(throws: DataError.self) {
      try withFile(Array(text.utf8), MovieLens.ratings100k)
    }
    #expect(error?.description.hasSuffix(message) == true)
  }

  @Test func titlesAreReadByNumber() throws {
    let genres = String(repeating: "|0", count: 19)
    let row = "1|Toy Story (1995)|01-Jan-1995||http://us.imdb.com" + genres + "\n"
    #expect(try withFile(Array(row.utf8), MovieLens.titles) == ["1": "Toy Story (1995)"])
    let error = #expect(throws: DataError.self) {
      try withFile(Array((row + row).utf8), MovieLens.titles)
    }
    #expect(error?.description.hasSuffix("row 2: film 1 stands here for the second time") == true)
  }
}
