import Tensors

/// Stops a layer that is made with a size below 1, or with more weights than can be counted:
/// "Linear expects inputs and outputs of 1 or more, got [0, 2]".
func expectSizes(
  _ sizes: [Int], _ names: String, of layer: String, file: StaticString, line: UInt
) {
  expect(
    sizes.allSatisfy { $0 > 0 }, "\(layer) expects \(names) of 1 or more, got \(sizes)",
    file: file, line: line)
  expect(
    sizes.reduce(1.0) { $0 * Double($1) } <= 0x1p40,
    "\(layer): \(names) of \(sizes) make too many numbers", file: file, line: line)
}

/// The same for sizes of which each is a number of channels.
func expectWidths(
  _ widths: [Int], _ names: String, of layer: String, file: StaticString, line: UInt
) {
  expect(
    widths.allSatisfy { (1...1 << 20).contains($0) },
    "\(layer) expects \(names) from 1 to 2²⁰, got \(widths)", file: file, line: line)
}
