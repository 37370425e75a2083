import Foundation

/// Adult: who of 32,561 people of the census of 1994 earns 50k or more (B. Becker and R. Kohavi), in the form of
/// fast.ai's `adult_sample/adult.csv`.
public enum Adult {
  public static let licence = "CC BY 4.0, B. Becker and R. Kohavi, UCI"
  public static let classes = ["<50k", ">=50k"]
  /// The columns that the course uses.
  public static let categorical = [
    "workclass", "education", "marital-status", "occupation", "relationship", "race",
  ]
  public static let continuous = ["age", "fnlwgt", "education-num"]

  /// The course's columns, and the class of each row: 1 for 50k or more.
  public static func load(from folder: URL) throws -> (table: Table, labels: [Int]) {
    let file = try CSVFile(folder.appending(path: "adult.csv").path)
    let table = try Table(file, categorical: categorical, continuous: continuous)
    let labels = try file.column("salary", as: "<50k or >=50k") { classes.firstIndex(of: $0) }
    return (table, labels)
  }
}
