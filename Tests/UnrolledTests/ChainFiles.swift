import Foundation
import Unrolled

/// A folder with small files of the kinds that the chains of the data block begin with; removed with it.
final class ChainFiles {
  let folder: String

  init() throws {
    folder =
      FileManager.default.temporaryDirectory.appending(path: "chains-\(UUID().uuidString)")
      .path
    var generator = SeededGenerator(seed: 7)
    try ShapesPicture.writeFolders(
      folder + "/shapes", train: 30, valid: 10, size: 32, using: &generator)
    try ShapesPicture.write(
      folder + "/scenes", count: 60, size: 32, shapes: 1...3, using: &generator)
    try StreetScene.write(
      folder + "/streets", count: 20, width: 64, height: 48, using: &generator)
    try writeReviews(&generator)
    try writeTables(&generator)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// 32 texts to train on, 16 to validate with, 12 without an opinion, in IMDB's folders.
  private func writeReviews(_ generator: inout SeededGenerator) throws {
    let opinions = ["pos": ["fine", "moving", "great"], "neg": ["dull", "weak", "awful"]]
    for (part, count, classes) in [
      ("train", 16, ["pos", "neg"]), ("test", 8, ["pos", "neg"]), ("unsup", 12, ["all"]),
    ] {
      for name in classes {
        for number in 0..<count {
          var sentences: [String] = []
          for _ in 0..<Int.random(in: 2...6, using: &generator) {
            let kind = opinions[name] ?? opinions["pos"]!
            let word = kind.randomElement(using: &generator)!
            let thing = ["film", "story", "cast"].randomElement(using: &generator)!
            sentences.append("The \(thing) was \(word).")
          }
          try write(sentences.joined(separator: " "), "reviews/\(part)/\(name)/\(number).txt")
        }
      }
    }
  }

  private func writeTables(_ generator: inout SeededGenerator) throws {
    var adult = "age,workclass,education,hours-per-week,salary\n"
    for _ in 0..<200 {
      let (age, hours) = (
        Int.random(in: 20...60, using: &generator), Int.random(in: 10...60, using: &generator)
      )
      let work = ["Private", "State-gov"].randomElement(using: &generator)!
      let school = ["Bachelors", "HS-grad"].randomElement(using: &generator)!
      let gap = Bool.random(using: &generator) && Bool.random(using: &generator)
      adult +=
        "\(age), \(work), \(school),\(gap ? "" : "\(hours)"),\(age + hours > 75 ? ">=50k" : "<50k")\n"
    }
    try write(adult, "adult.csv")
    try write(
      """
      age,workclass,education,hours-per-week
      30,Private,Masters,40
      40,State-gov,Bachelors,
      50,State-gov,HS-grad,20

      """, "test.csv")

    var ratings = "userId,movieId,rating,timestamp\n"
    for user in 1...20 {
      for film in 1...15 {
        let stars = 0.5 + Float((user * 7 + film * 3) % 10) / 2
        ratings += "\(user),\(film * 100),\(stars),1260759144\n"
      }
    }
    try write(ratings, "ratings.csv")
  }

  private func write(_ text: String, _ name: String) throws {
    let file = URL(filePath: folder).appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }
}
