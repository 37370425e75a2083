/// What a misspelt word was meant to be.
enum Spelling {
  /// The word that takes the fewest letters to change, insert, drop or swap with a neighbour, if those are at most a
  /// third of it, or else the only one that begins with what was written.
  static func nearest(to word: String, of known: [String]) -> String? {
    let written = Array(word.lowercased())
    let distances = known.map { (word: $0, edits: edits(written, Array($0.lowercased()))) }
    if let best = distances.min(by: { $0.edits < $1.edits }),
      best.edits <= max(1, best.word.count / 3)
    {
      return best.word
    }
    let longer = known.filter { written.count > 1 && $0.lowercased().hasPrefix(String(written)) }
    return longer.count == 1 ? longer[0] : nil
  }

  /// Letters to change, insert, drop or swap (Damerau 1964, each place once).
  static func edits(_ a: [Character], _ b: [Character]) -> Int {
    var rows = [Array(0...b.count)]
    for i in 0..<a.count {
      var row = [i + 1]
      for j in 0..<b.count {
        var cost = min(rows[i][j] + (a[i] == b[j] ? 0 : 1), rows[i][j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          cost = min(cost, rows[i - 1][j - 1] + 1)
        }
        row.append(cost)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }
}
