import Foundation

/// A number with a fixed count of decimals.
public func text(_ x: Float, _ decimals: Int) -> String { text(Double(x), decimals) }

/// A number with a fixed count of decimals.
public func text(_ x: Double, _ decimals: Int) -> String { String(format: "%.\(decimals)f", x) }
