import Foundation

/// 70,000 handwritten digits of 28 × 28 pixels (Y. LeCun, C. Cortes, C. Burges), from the four
/// gzipped IDX files in a folder named `mnist`.
public enum MNIST {
  public static let licence = "commonly given as CC BY-SA 3.0, Y. LeCun, C. Cortes and C. Burges"

  public static let fileNames = [
    "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz",
    "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz",
  ]

  /// The training file's 60,000 as the course splits them: the first 50,000 to train, the last
  /// 10,000 to validate.
  public static func load(from folder: URL) throws -> (train: LabelledImages, valid: LabelledImages)
  {
    let all = try file(folder, "train")
    guard all.count == 60_000 else {
      throw DataError(
        "\(folder.path): the training file holds \(all.count) images, MNIST has 60000")
    }
    return (all[0..<50_000], all[50_000..<60_000])
  }

  /// The training file's 60,000 to train and the test file's 10,000 to validate, as the course splits them
  /// for its convolutional nets.
  public static func loadAll(
    from folder: URL
  ) throws -> (train: LabelledImages, valid: LabelledImages) {
    let (train, valid) = (try file(folder, "train"), try file(folder, "t10k"))
    guard train.count == 60_000, valid.count == 10_000 else {
      throw DataError(
        "\(folder.path): the files hold \(train.count) and \(valid.count) images, MNIST has 60000 and 10000"
      )
    }
    return (train, valid)
  }

  static func file(_ folder: URL, _ part: String) throws -> LabelledImages {
    let images = folder.appending(path: "\(part)-images-idx3-ubyte.gz").path
    let labels = folder.appending(path: "\(part)-labels-idx1-ubyte.gz").path
    for path in [images, labels] where !FileManager.default.fileExists(atPath: path) {
      throw DataError("\(path) is missing: MNIST needs \(fileNames.joined(separator: ", "))")
    }
    return try IDX.pair(name: "mnist", images: images, labels: labels, classes: 10, white: 255)
  }
}
