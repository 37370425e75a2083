/// Mean and standard deviation (of a sample).
public func meanAndDeviation(_ values: [Double]) -> (mean: Double, deviation: Double) {
  let mean = values.reduce(0, +) / Double(values.count)
  let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  return (mean, values.count < 2 ? 0 : (squares / Double(values.count - 1)).squareRoot())
}

/// "0.9615 ± 0.0016": mean and standard deviation as text.
public func spread(_ values: [Double], _ decimals: Int) -> String {
  let (mean, deviation) = meanAndDeviation(values)
  return "\(text(mean, decimals)) ± \(text(deviation, decimals))"
}
