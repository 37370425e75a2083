import Foundation

/// The 1,000 film reviews of fast.ai's IMDB_SAMPLE, of the data set of Maas et al. 2011: the file texts.csv with the
/// columns label, text and is_valid.
public struct IMDBSample: Sendable {
  public struct Text: Equatable, Sendable {
    public let text: String
    public let isPositive: Bool
  }

  public let train: [Text]
  public let valid: [Text]

  public init(from folder: URL) throws {
    try self.init(CSVFile(folder.appending(path: "texts.csv").path))
  }

  public init(_ file: CSVFile) throws {
    let labels = try file.column("label", as: "positive or negative") {
      ["positive": true, "negative": false][$0]
    }
    let isValid = try file.column("is_valid", as: "True or False") {
      ["true": true, "false": false][$0.lowercased()]
    }
    let texts = zip(try file.column("text"), labels).map(Text.init)
    func part(_ valid: Bool) -> [Text] { zip(texts, isValid).filter { $0.1 == valid }.map(\.0) }
    train = part(false)
    valid = part(true)
    guard !train.isEmpty, !valid.isEmpty else {
      throw DataError(
        "\(file.name) has \(train.count) reviews to train and \(valid.count) to validate; is_valid has to name some of each"
      )
    }
  }
}
