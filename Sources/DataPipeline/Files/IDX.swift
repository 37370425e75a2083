/// The IDX format of MNIST: a magic number, the length of each axis, then bytes; usually gzipped.
///
/// Magic 0x00000803: unsigned bytes over three axes (images). 0x00000801: over one axis (labels).
/// Numbers are big-endian. http://yann.lecun.com/exdb/mnist describes it.
enum IDX {
  static func images(_ path: String) throws -> (
    count: Int, height: Int, width: Int, pixels: [UInt8]
  ) {
    let (shape, bytes) = try read(path, axes: 3, holds: "images")
    return (shape[0], shape[1], shape[2], bytes)
  }

  static func labels(_ path: String, classes: Int) throws -> [Int] {
    let (_, bytes) = try read(path, axes: 1, holds: "labels")
    if let bad = bytes.firstIndex(where: { $0 >= classes }) {
      throw DataError(
        "\(path): label \(bytes[bad]) at position \(bad) is outside 0…\(classes - 1)")
    }
    return bytes.map { Int($0) }
  }

  private static func read(
    _ path: String, axes: Int, holds: String
  ) throws -> (shape: [Int], bytes: [UInt8]) {
    let file = try readGzip(path)
    let header = 4 + 4 * axes
    guard file.count >= header else {
      throw DataError("\(path) is cut short: \(file.count) bytes, its header alone takes \(header)")
    }
    func number(_ at: Int) -> Int { file[at..<(at + 4)].reduce(0) { $0 << 8 | Int($1) } }
    guard number(0) == 0x0800 | axes else {
      throw DataError(
        "\(path) does not hold \(holds): its magic number is \(number(0)), IDX \(holds) have \(0x0800 | axes)"
      )
    }
    let shape = (0..<axes).map { number(4 + 4 * $0) }
    let (needed, isTooLarge) = shape.reduce((1, false)) { size, length in
      let (product, overflow) = size.0.multipliedReportingOverflow(by: length)
      return (product, size.1 || overflow)
    }
    guard !isTooLarge, file.count - header == needed else {
      let axes = shape.map(String.init).joined(separator: " × ")
      throw DataError(
        "\(path) holds \(file.count - header) bytes of \(holds), its header says \(axes)")
    }
    return (shape, Array(file[header...]))
  }

  /// Images and labels of one set.
  static func pair(
    name: String, images: String, labels: String, classes: Int, white: UInt8
  ) throws -> LabelledImages {
    let (count, height, width, pixels) = try self.images(images)
    let labelNumbers = try self.labels(labels, classes: classes)
    guard count == labelNumbers.count else {
      throw DataError(
        "\(images) holds \(count) images, \(labels) holds \(labelNumbers.count) labels")
    }
    return LabelledImages(
      name: name, height: height, width: width, classes: classes, white: white, pixels: pixels,
      labels: labelNumbers)
  }
}
