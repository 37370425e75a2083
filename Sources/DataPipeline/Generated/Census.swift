import Tensors

/// A generated census with a known truth: eight columns, and whether a person earns 50k or more.
///
/// Columns are drawn independently of each other; gaps come at random. The odds of a person's answer are the planted
/// ones of `CensusPerson`, so what the best possible guess reaches is known as well.
public struct Census: Sendable {
  public static let categorical = ["education", "occupation", "family", "workplace", "region"]
  public static let continuous = ["age", "hours", "weight"]

  public let people: [CensusPerson]
  /// Whether each earns 50k or more: 1 or 0.
  public let labels: [Int]

  public init(people count: Int, seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let normal = Tensor.normal([count, 3], using: &generator).values
    var (people, labels) = ([CensusPerson](), [Int]())
    for i in 0..<count {
      var person = CensusPerson()
      for (place, name) in Self.categorical.enumerated() {
        person.words[place] = CensusPerson.draw(name, using: &generator)
      }
      let z = normal[(3 * i)..<(3 * i + 3)].map { Double($0) }
      person.age = min(max((42 + 14 * z[0]).rounded(), 17), 90)
      let hours = min(max((40 + 11 * z[1]).rounded(), 1), 90)
      person.hours = generator.uniform() < 0.15 ? nil : hours
      person.weight = (190_000 * (1 + 0.5 * max(z[2], -1.8))).rounded()
      people.append(person)
      labels.append(Double(generator.uniform()) < person.probability ? 1 : 0)
    }
    (self.people, self.labels) = (people, labels)
  }

  /// The names of the classes 0 and 1, as the column `salary` has them.
  public static let classes = ["<50k", ">=50k"]

  /// Any people as a table, the columns in order.
  public static func table(of people: [CensusPerson], name: String = "census.csv") -> Table {
    var columns = categorical.enumerated().map { place, column in
      Table.Column(column, .categories(people.map { $0.words[place] }))
    }
    for (column, number) in zip(
      continuous, [\.age, \.hours, \.weight] as [(CensusPerson) -> Double?])
    {
      columns.append(Table.Column(column, .numbers(people.map(number))))
    }
    return Table(name, columns: columns, rowNumbers: people.indices.map { $0 + 2 })
  }

  /// As a file like that of the real census: `salary` is the last column.
  public func file(name: String = "census.csv") throws -> CSVFile {
    let rows = zip(people, labels).map { person, label in
      person.words.map { $0 ?? "" }
        + [person.age, person.hours, person.weight].map { $0.map { "\(Int($0))" } ?? "" }
        + [Self.classes[label]]
    }
    return try CSVFile(
      name: name, header: Self.categorical + Self.continuous + ["salary"], rows: rows)
  }
}
