/// Titles of films that do not exist, by genre: action, romance, comedy.
enum FilmTitles {
  /// A title for each genre number, each title once; "II" marks a second film of one name.
  static func draw(_ genres: [Int], using generator: inout some RandomNumberGenerator) -> [String] {
    var left = halves.map { first, second in
      first.flatMap { head in second.map { "\(head) \($0)" } }.shuffled(using: &generator)
    }
    var parts = halves.map { _ in 1 }
    return genres.map { genre in
      if left[genre].isEmpty {
        parts[genre] += 1
        let (first, second) = halves[genre]
        let numeral = String(repeating: "I", count: parts[genre])
        left[genre] = first.flatMap { head in second.map { "\(head) \($0) \(numeral)" } }
          .shuffled(using: &generator)
      }
      return left[genre].removeLast()
    }
  }

  private static let halves: [(first: [String], second: [String])] = [
    (
      [
        "Iron", "Midnight", "Burning", "Silent", "Crimson", "Frozen", "Hidden", "Broken", "Thunder",
        "Savage", "Hollow", "Desert",
      ],
      [
        "Convoy", "Bridge", "Harbour", "Signal", "Bounty", "Patrol", "Frontier", "Engine", "Vault",
        "Siege", "Pursuit", "Battalion",
      ]
    ),
    (
      [
        "A Letter from", "One Summer in", "The Last Train to", "Rain over", "Dancing in",
        "Postcards from", "A Winter in", "The Lighthouse of", "Waltz for", "Promises in",
        "Alone Together in", "Lanterns over",
      ],
      [
        "Lisbon", "Verona", "Trieste", "Bergen", "Seville", "Bruges", "Galway", "Porto", "Riga",
        "Salzburg", "Ghent", "Nantes",
      ]
    ),
    (
      [
        "My Neighbour's", "The Accidental", "Uncle Bob's", "The Wrong", "Everyone Wants a",
        "Three Days without a", "Who Stole the", "Almost a", "The Reluctant", "Grandma's Secret",
        "Nobody Ordered a", "Return the",
      ],
      [
        "Goat", "Butler", "Wedding Cake", "Parrot", "Landlord", "Saxophone", "Caravan", "Mayor",
        "Toaster", "Pancake", "Trombone", "Llama",
      ]
    ),
  ]
}
