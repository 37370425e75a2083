import Notebook

extension Page {
  /// Twice the seeds of a quick run, for cheap trainings whose effects vary much.
  public var moreSeeds: [UInt64] { isFull ? seeds : atLeast(2 * seeds.count) }

  /// The page's seeds, or so many if the user asked for no number of seeds.
  public func atLeast(_ count: Int) -> [UInt64] {
    isSeedsGiven || seeds.count >= count ? seeds : (0..<UInt64(count)).map { seed &+ $0 }
  }
}

/// The effect of a claim from two measured lists, one number a seed each: the first minus the second.
public func paired(
  _ seeds: [UInt64], _ with: [Double], _ without: [Double]
) -> (UInt64) -> Double {
  let effects = Dictionary(uniqueKeysWithValues: zip(seeds, zip(with, without).map(-)))
  return { effects[$0] ?? .nan }
}
