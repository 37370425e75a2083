import Foundation
import Tensors

extension ShapesPicture {
  /// Pictures of one shape each in folders named by it, below `train` and `valid`: the layout of the course's MNIST
  /// sample. `train/circle/0.png`, …
  ///
  /// - Parameters:
  ///   - train: How many of each kind.
  ///   - valid: How many of each kind.
  public static func writeFolders(
    _ folder: String, train: Int, valid: Int, size: Int,
    using generator: inout some RandomNumberGenerator
  ) throws {
    for (part, count) in [("train", train), ("valid", valid)] {
      for kind in Kind.allCases {
        let path = "\(folder)/\(part)/\(kind.rawValue)"
        try makeFolder(path)
        for number in 0..<count {
          let picture = ShapesPicture(size: size, kind: kind, using: &generator)
          try picture.image.writePNG("\(path)/\(number).png")
        }
      }
    }
  }

  /// Pictures with everything that may be asked of them, in files:
  ///
  /// | file | what it holds |
  /// |---|---|
  /// | `images/TEXTURE/N.png` | the pictures, by the family of their ground |
  /// | `masks/N_P.png` | the class of each pixel, grey |
  /// | `codes.txt` | the names of those classes, one a line |
  /// | `labels.csv` | a row a picture: `name`, the `label` of its largest shape, all `labels`, the centre `x`, `y` of the largest shape |
  /// | `valid.txt` | the names of the last fifth, to validate with |
  public static func write(
    _ folder: String, count: Int, size: Int, shapes: ClosedRange<Int> = 1...1,
    using generator: inout some RandomNumberGenerator
  ) throws {
    try makeFolder("\(folder)/masks")
    for texture in Texture.allCases { try makeFolder("\(folder)/images/\(texture.rawValue)") }
    var rows = ["name,label,labels,x,y"]
    var valid: [String] = []
    for number in 0..<count {
      let picture = ShapesPicture(
        size: size, shapes: shapes, texture: Texture.allCases[number % Texture.allCases.count],
        using: &generator)
      let name = "\(number).png"
      try picture.image.writePNG("\(folder)/images/\(picture.texture.rawValue)/\(name)")
      try picture.mask.writePNG("\(folder)/masks/\(number)_P.png")
      let largest = picture.largest
      let labels = picture.kinds.map(\.rawValue).joined(separator: " ")
      rows.append(
        "\(name),\(largest.kind.rawValue),\(labels),\(largest.centre.x),\(largest.centre.y)")
      if number >= count * 4 / 5 { valid.append(name) }
    }
    try writeLines(rows, "\(folder)/labels.csv")
    try writeLines(codes, "\(folder)/codes.txt")
    try writeLines(valid, "\(folder)/valid.txt")
  }

  public var largest: Shape { shapes.max { $0.radius < $1.radius }! }
}

func makeFolder(_ path: String) throws {
  do {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  } catch { throw DataError("cannot make the folder \(path)") }
}

func writeLines(_ lines: [String], _ path: String) throws {
  try Data((lines.joined(separator: "\n") + "\n").utf8).writeNaming(path)
}
