import Foundation

/// Amounts with a long tail, such as sales, as their natural logarithms: y ↦ ln y, and back.
///
/// The root mean squared error of logarithms is close to that of percentages where errors are small:
/// ln ŷ − ln y = ln(1 + (ŷ − y)/y) ≈ (ŷ − y)/y.
public struct LogTarget: Sendable, Equatable {
  /// One logarithm a row.
  public let values: [Float]

  /// - Parameter name: The file's name, for messages; `rowNumbers` counts as the file does.
  public init(_ amounts: [Double], name: String = "the targets", rowNumbers: [Int]? = nil) throws {
    if let row = amounts.firstIndex(where: { !($0 > 0 && $0.isFinite) }) {
      throw DataError(
        "\(name), row \(rowNumbers?[row] ?? row): \(amounts[row]) has no logarithm; leave out rows that are not above 0"
      )
    }
    values = amounts.map { Float(log($0)) }
  }

  /// From 0 to a bit above the largest logarithm, ln(1.2 · max), so that a sigmoid's range can reach it. Amounts below 1
  /// have logarithms below 0; with them it begins a bit below the smallest, at ln(min / 1.2).
  public var range: ClosedRange<Float> {
    let (low, high) = (values.min() ?? 0, values.max() ?? 0)
    return (low < 0 ? low - Float(log(1.2)) : 0)...(high + Float(log(1.2)))
  }

  public static func amount(_ logarithm: Float) -> Double { exp(Double(logarithm)) }
}
