/// The ratings of films of GroupLens (Harper and Konstan 2015, "The MovieLens datasets").
///
/// For research; the 100k set may not be passed on without permission.
public enum MovieLens {
  /// `u.data` of the 100k set: user, item, rating and time, separated by tabs, no header.
  public static func ratings100k(_ path: String) throws -> Ratings {
    let file = try CSVFile(
      path, separator: "\t", header: ["user", "item", "rating", "timestamp"])
    return try ratings(file, user: "user", item: "item", allowed: 1...5)
  }

  /// `ratings.csv` of the newer sets, and of fast.ai's sample of 100 users and 100 films.
  public static func sample(_ path: String) throws -> Ratings {
    try ratings(try CSVFile(path), user: "userId", item: "movieId", allowed: 0.5...5)
  }

  /// `u.item` of the 100k set: the title of each film, by its number as `u.data` writes it.
  ///
  /// In ISO-8859-1, columns separated by bars: number, title, two dates, an address, 19 marks of genres.
  public static func titles(_ path: String) throws -> [String: String] {
    let columns = ["item", "title", "date", "video", "url"] + (0..<19).map { "genre\($0)" }
    let file = try CSVFile(path, separator: "|", encoding: .latin1, header: columns)
    let numbers = try identifiers(file, "item")
    var titles: [String: String] = [:]
    for (row, (number, title)) in zip(numbers, try file.column("title")).enumerated() {
      guard titles.updateValue(title, forKey: number) == nil else {
        throw DataError(
          "\(path), row \(file.number(ofRow: row)): film \(number) stands here for the second time")
      }
    }
    return titles
  }

  private static func ratings(
    _ file: CSVFile, user: String, item: String, allowed: ClosedRange<Float>
  ) throws -> Ratings {
    let ends = "a rating between \(allowed.lowerBound) and \(allowed.upperBound)"
    let ratings = try Ratings(
      users: identifiers(file, user), items: identifiers(file, item),
      values: file.column("rating", as: ends) { field in
        Table.number(field).map(Float.init).flatMap { allowed.contains($0) ? $0 : nil }
      })
    guard ratings.count > 0 else { throw DataError("\(file.name) has no rows") }
    return ratings
  }

  private static func identifiers(_ file: CSVFile, _ column: String) throws -> [String] {
    try file.column(column, as: "a number") { Int($0) == nil ? nil : $0 }
  }
}
