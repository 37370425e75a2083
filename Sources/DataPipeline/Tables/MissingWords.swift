extension CSVFile {
  /// How often each of the words that mean "no value" stands in each of some columns; a column without any has no entry.
  public func missingWords(
    in columns: [String], of rows: some Collection<Int>, missing: Set<String> = Table.missing
  ) throws -> MissingWords {
    var counts: [MissingWords.Count] = []
    for column in columns {
      let place = try place(of: column)
      var found: [String: Int] = [:]
      for row in rows where missing.contains(self.rows[row][place]) {
        found[self.rows[row][place], default: 0] += 1
      }
      counts += found.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
        .init(column: column, word: $0.key, count: $0.value)
      }
    }
    return MissingWords(counts: counts)
  }
}

/// Which words of a table were taken as missing, and how often in each column.
public struct MissingWords: Sendable, Equatable, CustomStringConvertible {
  public struct Count: Sendable, Equatable {
    public let column: String
    public let word: String
    public let count: Int
  }

  /// Column by column, in each the most frequent word first.
  public let counts: [Count]

  /// How many values of a column are missing.
  public func count(in column: String) -> Int {
    counts.reduce(0) { $0 + ($1.column == column ? $1.count : 0) }
  }

  /// A line for each column, and how to take words such as NA (Namibia) as values.
  public var description: String {
    var columns: [String] = []
    for count in counts where columns.last != count.column { columns.append(count.column) }
    let lines = columns.map { column in
      let words = counts.filter { $0.column == column }.map { "\"\($0.word)\" \($0.count) ×" }
      return "  \(column): taken as missing: \(words.joined(separator: ", "))\n"
    }
    let hint = counts.contains { !$0.word.isEmpty && Table.missing.contains($0.word) }
    return lines.joined()
      + (hint
        ? "  with missing: [\"\"] these words would be values, and the empty field alone missing\n"
        : "")
  }

  /// Of several parts together.
  static func + (a: MissingWords, b: MissingWords) -> MissingWords {
    var sums: [(column: String, words: [String: Int])] = []
    for count in a.counts + b.counts {
      let place = sums.firstIndex { $0.column == count.column }
      if place == nil { sums.append((count.column, [:])) }
      sums[place ?? sums.count - 1].words[count.word, default: 0] += count.count
    }
    return MissingWords(
      counts: sums.flatMap { column, words in
        words.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
          Count(column: column, word: $0.key, count: $0.value)
        }
      })
  }
}
