import Unrolled

/// The spreadsheet's picture: users' vectors at the left, films' at the top, their products where they meet.
struct EmbeddingDrawing {
  let sheet: RatingsSheet
  let users: Tensor  // [15, factors]
  let films: Tensor  // [15, factors]
  let predictions: [[Float]]

  private var factors: Int { users.shape[1] }
  private let yellow = "#fcf3cf"
  private let marked = "#f7dc6f"
  private let blue = "#aed6f1"
  private let plain = "#eaf2f8"

  var dot: String {
    let place = sheet.shown
    var rows: [String] = []
    for k in 0..<factors {
      let cells = (0..<15).map { film in
        cell(Unrolled.text(films[film].values[k], 2), film == place.film ? marked : yellow)
      }
      let corner =
        k == 0
        ? "<td colspan=\"\(factors)\" rowspan=\"\(factors)\" bgcolor=\"#f4f6f7\">films ↑<br/>users ↓</td>"
        : ""
      rows.append("<tr>\(corner)\(cells.joined())</tr>")
    }
    for user in 0..<15 {
      let vector = users[user].values.map {
        cell(Unrolled.text($0, 2), user == place.user ? marked : yellow)
      }
      let products = (0..<15).map { film -> String in
        guard sheet.stars[user][film] != nil else { return cell("·", "#d5d8dc") }
        let isShown = user == place.user && film == place.film
        let isCrossed = user == place.user || film == place.film
        return cell(
          isShown
            ? "<b>\(Unrolled.text(predictions[user][film], 1))</b>"
            : Unrolled.text(predictions[user][film], 1),
          isCrossed ? blue : plain, isShown ? " border=\"3\" color=\"#c0392b\"" : "")
      }
      rows.append("<tr>\((vector + products).joined())</tr>")
    }
    return """
      digraph sheet {
        node [shape=plain, fontname="Helvetica", fontsize=9];
        table [label=<<table border="0" cellborder="1" cellspacing="0" cellpadding="3" color="#85929e">
        \(rows.joined(separator: "\n  "))
        </table>>];
      }
      """
  }

  private func cell(_ word: String, _ fill: String, _ more: String = "") -> String {
    "<td bgcolor=\"\(fill)\"\(more)>\(word)</td>"
  }

  /// A corner of the table, for the terminal.
  var text: String {
    let place = sheet.shown
    let shownFilms = (0..<5).map { (place.film + $0) % 15 }
    let shownUsers = (0..<4).map { (place.user + $0) % 15 }
    func padded(_ word: String) -> String {
      String(repeating: " ", count: max(0, 7 - word.count)) + word
    }
    let gap = String(repeating: " ", count: 7 * factors) + " │"
    var lines = (0..<factors).map { k in
      gap + shownFilms.map { padded(Unrolled.text(films[$0].values[k], 2)) }.joined()
    }
    lines.append(
      String(repeating: "─", count: 7 * factors) + "─┼" + String(repeating: "─", count: 35))
    for user in shownUsers {
      lines.append(
        users[user].values.map { padded(Unrolled.text($0, 2)) }.joined() + " │"
          + shownFilms.map { film in
            let word = Unrolled.text(predictions[user][film], 1)
            let isShown = user == place.user && film == place.film
            return padded(sheet.stars[user][film] == nil ? "·" : isShown ? "[\(word)]" : word)
          }.joined())
    }
    return lines.joined(separator: "\n")
  }
}
