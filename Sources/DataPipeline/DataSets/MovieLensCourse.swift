import Foundation

extension MovieLens {
  public static let licence =
    "MovieLens 100k, GroupLens: for research, not to be passed on (Harper and Konstan 2015)"

  /// The files of the 100k set that the course's notebook reads.
  public static func files100k(in folder: URL) -> [String] {
    ["u.data", "u.item"].map { folder.appending(path: $0).path }
  }

  /// The 100k set as the course's notebook has it: an item is a title, and several numbers share some titles (1,682
  /// numbers, 1,664 titles); rows stand together by film, films in the order in which they first come up, as pandas
  /// merged the two files.
  public static func titled100k(in folder: URL) throws -> Ratings {
    let files = files100k(in: folder)
    let ratings = try ratings100k(files[0])
    let titles = try titles(files[1])
    var rowsOfFilm: [Int: [Int]] = [:]
    var films: [Int] = []
    for (row, film) in ratings.items.enumerated() {
      if rowsOfFilm[film] == nil { films.append(film) }
      rowsOfFilm[film, default: []].append(row)
    }
    for film in films where titles[ratings.itemNames[film]] == nil {
      throw DataError(
        "\(files[1]) has no title for film \(ratings.itemNames[film]), which \(files[0]) has: take both files from one download"
      )
    }
    let rows = films.flatMap { rowsOfFilm[$0] ?? [] }
    return Ratings(
      users: rows.map { ratings.userNames[ratings.users[$0]] },
      items: rows.map { titles[ratings.itemNames[ratings.items[$0]]] ?? "" },
      values: rows.map { ratings.values[$0] })
  }

  /// The rows that the course's notebook validates with: the first tenth of NumPy's permutation from seed 42.
  public static func courseValidRows(of ratings: Ratings) -> [Int] {
    Array(NumPyPermutation.order(ratings.count, seed: 42).prefix(ratings.count / 10))
  }
}
