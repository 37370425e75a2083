import Foundation
import Testing
import Unrolled

/// The README's program, and the numbers that it promises.
@Suite struct ReadmeTests {
  private static let readme: String = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return (try? String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)) ?? ""
  }()

  @Test func fifteenLinesPrintWhatTheReadmeSays() throws {
    var printed: [Double] = []
    // The lines of the README, from here
    let digits = try Digits.load()  // 1,797 handwritten digits, part of the package
    let (train, valid) = (digits[0..<1437], digits[1437..<1797].all)
    var generator = SeededGenerator(seed: 42)
    let model = Sequential(
      Linear(64, 50, using: &generator), ReLU(), Linear(50, 10, using: &generator))
    let optimizer = Adam(model.parameters, learningRate: 1e-2)
    for epoch in 1...5 {
      for batch in train.batches(of: 64, using: &generator) {
        optimizer.zeroGrad()
        crossEntropy(model(batch.images), batch.labels).backward()
        optimizer.step()
      }
      printed.append(accuracy(model(valid.images), valid.labels))  // print(epoch, …) there
      print(epoch, printed[epoch - 1])
    }
    // to here
    let promised = Self.readme.split(separator: "\n").compactMap { line -> Double? in
      let words = line.split(separator: " ")
      guard words.count == 2, Int(words[0]) != nil else { return nil }
      return Double(words[1])
    }
    #expect(promised.count == 5)
    for (value, wanted) in zip(printed, promised) {
      // Another processor rounds otherwise, which turns a few close decisions: 4 of 360.
      #expect(abs(value - wanted) < 4.5 / 360)
    }
  }

  @Test func theProgramOfTheReadmeIsTheOneTestedHere() throws {
    let source = try String(contentsOf: URL(filePath: #filePath), encoding: .utf8)
    func lines(_ text: Substring?) -> [String] {
      (text ?? "").split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    let program = lines(Self.readme.components(separatedBy: "```swift\n").last?[...])
      .prefix { $0 != "```" }.filter {
        !$0.isEmpty && !$0.hasPrefix("import ") && !$0.hasPrefix("print(")
      }
    let tested = Set(lines(source[...]))
    #expect(program.count >= 12)
    for line in program {
      #expect(tested.contains(line), "the README's line is not tested: \(line)")
    }
  }
}
