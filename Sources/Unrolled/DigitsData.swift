import DataPipeline
import Notebook

/// The handwritten digits of this package: the first 1,437 to train, the last 360 to validate.
public struct DigitsData: Sendable {
  public let train: LabelledImages
  public let valid: LabelledImages

  public init(train: LabelledImages, valid: LabelledImages) {
    self.train = train
    self.valid = valid
  }

  /// Names the data set in the page's receipt as well.
  public init(_ page: Page) throws {
    let digits = try Digits.load()
    train = digits[0..<1437]
    valid = digits[1437..<1797]
    page.used(
      data: "digits", kind: .embedded, records: digits.count,
      sha256: try SHA256.digest(ofFiles: Digits.files), licence: Digits.licence)
  }
}
