import Foundation

/// 1,797 handwritten digits of 8 × 8 pixels with values 0…16, part of this package.
///
/// E. Alpaydin and C. Kaynak, "Optical Recognition of Handwritten Digits", UCI Machine Learning
/// Repository, doi:10.24432/C50P49, CC BY 4.0: the test set, as scikit-learn ships it.
public enum Digits {
  public static let licence = "CC BY 4.0, E. Alpaydin and C. Kaynak, doi:10.24432/C50P49"

  public static func load() throws -> LabelledImages {
    try IDX.pair(
      name: "digits", images: path("digits-images-idx3-ubyte.gz"),
      labels: path("digits-labels-idx1-ubyte.gz"), classes: 10, white: 16)
  }

  /// The files as the package holds them.
  public static var files: [String] {
    [path("digits-images-idx3-ubyte.gz"), path("digits-labels-idx1-ubyte.gz")]
  }

  private static func path(_ file: String) -> String {
    Bundle.module.bundleURL.appending(path: "digits/\(file)").path
  }
}
