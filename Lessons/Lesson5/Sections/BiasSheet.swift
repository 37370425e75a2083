import Foundation
import Unrolled

/// The course's sheet "bias" as a table: factors and biases of users at the left, of films on top, predictions inside.
func biasSheet(_ page: Page, _ data: RatedFilms, _ model: DotProductBias) {
  // The films with the most ratings, and the users who rated most of them, so that most cells can be compared.
  let films = busiest(data.train.items, 5)
  let users = busiest(
    data.train.users.indices.filter { films.contains(data.train.items[$0]) }
      .map { data.train.users[$0] }, 5)
  let given = Dictionary(
    zip(zip(data.train.users, data.train.items).map { [$0, $1] }, data.train.values)
  ) { first, _ in first }
  func numbers(_ table: Embedding, _ row: Int) -> [String] {
    table.weight[row].values.map { text($0, 2) }
  }
  let blanks = ["", "", "", ""]
  let factors = (0..<3).map { k in
    blanks + ["f\(k + 1)"] + films.map { numbers(model.itemFactors, $0)[k] }
  }
  let biases = blanks + ["b_f"] + films.map { numbers(model.itemBias, $0)[0] }
  let rows = users.map { user in
    numbers(model.userFactors, user) + numbers(model.userBias, user) + ["\(user)"]
      + films.map { film in
        let predicted = text(model(users: [user], items: [film]).detached().item, 1)
        return "\(predicted)/\(given[[user, film]].map { text($0, 1) } ?? " ")"
      }
  }
  page.table(
    "The sheet: three factors and a bias of each user (left) and of each film (top); inside prediction/rating, where there is one",
    columns: ["u1", "u2", "u3", "b_u", "user"] + films.map { "film \($0)" },
    rows: factors + [biases] + rows)
  let titles = films.map { "\($0) *\(data.planted.films[$0].title)*" }
  page.say("The films: \(titles.joined(separator: ", ")).")
  page.draw(predictionDrawing(model, user: users[0], film: films[0]))
}

/// The numbers that come up most often.
private func busiest(_ numbers: [Int], _ count: Int) -> [Int] {
  let counts = Dictionary(numbers.map { ($0, 1) }, uniquingKeysWith: +)
  return Array(counts.keys.sorted { (counts[$1] ?? 0, $0) < (counts[$0] ?? 0, $1) }.prefix(count))
}

/// One cell of the sheet as a drawing: what the trace of the model found, with the numbers that met.
private func predictionDrawing(_ model: DotProductBias, user: Int, film: Int) -> Drawing {
  let trace = ModelTrace(model) { _ in model(users: [user], items: [film]) }
  func row(_ table: Embedding, _ number: Int) -> [Float] { table.weight[number].values }
  let (u, f) = (row(model.userFactors, user), row(model.itemFactors, film))
  let dot = zip(u, f).reduce(0) { $0 + $1.0 * $1.1 }
  let (bu, bf) = (row(model.userBias, user)[0], row(model.itemBias, film)[0])
  let rating = model(users: [user], items: [film]).detached().item
  func vector(_ x: [Float]) -> String { "(" + x.map { text($0, 2) }.joined(separator: ", ") + ")" }
  func label(_ step: ModelTrace.Step) -> String {
    let size = step.parameters.first.map { "\nof \($0.shape[0]) × \($0.shape[1])" } ?? ""
    switch (step.name, step.type) {
    case ("userFactors", _): return "user vector u\n\(vector(u))\(size)"
    case ("itemFactors", _): return "film vector f\n\(vector(f))\(size)"
    case ("userBias", _): return "user bias b_u\n\(text(bu, 2))\(size)"
    case ("itemBias", _): return "film bias b_f\n\(text(bf, 2))\(size)"
    case (_, "*"): return "u · f\n\(text(dot, 2))"
    // The sum of the two looked-up biases has the shape of a column, the sum of all that of a list.
    case (_, "+") where step.output.count == 2: return "b_u + b_f\n\(text(bu + bf, 2))"
    case (_, "+"): return "z = u · f + b_u + b_f\n\(text(dot + bu + bf, 2))"
    default: return "range 0…5.5\n5.5·σ(z) = \(text(rating, 2))"
    }
  }
  var lines = [
    "i0 [label=\"user \(user)\", fillcolor=white];",
    "i1 [label=\"film \(film)\", fillcolor=white];",
  ]
  for (i, step) in trace.steps.enumerated() {
    let fill =
      step.hasParameters ? "#f7dc6f" : step.type == "SigmoidRange" ? "#d7bde2" : "#aed6f1"
    let border = step.hasParameters ? "peripheries=2" : "style=\"filled,rounded\""
    lines.append("s\(i) [label=\(DOT.quoted(label(step))), fillcolor=\"\(fill)\", \(border)];")
    for source in step.sources {
      switch source {
      case .input(let from): lines.append("i\(from) -> s\(i);")
      case .step(let from): lines.append("s\(from) -> s\(i);")
      }
    }
  }
  return Drawing(
    "bias-model", "One cell of the sheet: two vectors, two biases, one range",
    alt:
      "User and film each look up a vector and a bias. The vectors' dot product and the two biases add up to z, and the range turns z into a rating.",
    dot: """
      digraph prediction {
        rankdir=LR; nodesep=0.25; ranksep=0.35;
        node [shape=box, style="filled", fontname="Helvetica", fontsize=11, color="#444444", fontcolor="#1b1b1b"];
        edge [color="#c0392b", arrowsize=0.7];
        \(lines.joined(separator: "\n  "))
      }
      """,
    text: """
        u · f = \(text(dot, 2)),  b_u + b_f = \(text(bu + bf, 2)),  z = \(text(dot + bu + bf, 2)),  5.5·σ(z) = \(text(rating, 2))
      """,
    caption: "Drawn from the trace of the model that ran, with its numbers.")
}
