import Foundation
import Unrolled

/// Fifteen users, fifteen films, five numbers each: the course's spreadsheet as a model, before and after training.
func embeddingTable(_ page: Page) throws {
  page.say(
    """
    **Two matrices, one product.** The course shows collaborative filtering in a spreadsheet: 15 users, 15 films, 206 ratings and 19 blanks. \
    Each user and each film has five random numbers, and every cell with a rating holds the product of its user's row and its film's column. \
    Gradient descent changes the numbers until the products look like the ratings. Here are such a table and such a training.
    """)
  let sheet = RatingsSheet(seed: page.seed)
  page.formula(
    #"\hat r_{ij} = u_i \cdot v_j = \sum_{k=1}^{5} u_{ik} v_{jk}"#,
    plain: "r̂_ij = u_i · v_j = Σ_k u_ik·v_jk")
  let model = SheetModel(seed: page.seed)
  let before = model.predictions
  draw(page, "embedding-before", "Before training: random numbers", sheet, model)
  let errors = page.run {
    let adam = Adam(model.parameters, learningRate: 0.02)
    return (0..<1500).map { _ in
      adam.zeroGrad()
      let loss = sheet.error(matmul(model.users, model.films.transposed()))
      loss.backward()
      adam.step()
      return loss.sqrt().item
    }
  }
  draw(page, "embedding-after", "After 1,500 steps of Adam", sheet, model)
  let cell = sheet.shown
  let (u, v) = (model.users.detached()[cell.user], model.films.detached()[cell.film])
  page.print(
    "\(sheet.name(of: cell.user)) · \(sheet.titles[cell.film]):\n  "
      + zip(u.values, v.values).map { "\(text($0, 2))·\(text($1, 2))" }.joined(separator: " + ")
      + " = \(text(model.predictions[cell.user][cell.film], 2)), rated \(text(sheet.stars[cell.user][cell.film] ?? 0, 1))"
  )
  let byHand = zip(u.values, v.values).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
  page.check(
    "embedding/cell", "the marked cell of the product", model.predictions[cell.user][cell.film],
    equals: byHand,
    within: 5e-6, because: "five products below 10, rounded in 32 bits",
    source: "the five products, added in double precision")
  page.plot(
    Plot(
      "embedding-rmse", "The root mean squared error of the 206 known cells",
      alt: "A line that falls from above 2 stars to below the noise within 1,500 steps.",
      x: Axis("step"), y: Axis("RMSE, stars"),
      layers: [
        .line("known cells", values: errors),
        .horizontal(y: sheet.floor.squareRoot(), "noise of the ratings"),
      ]))
  page.table(
    "How far the products are from the ratings, in stars (RMSE); for the blanks, from those that were held back",
    columns: ["", "206 known cells", "19 blank cells"],
    rows: [
      [
        "before training", text(sheet.rmse(before, known: true), 3),
        text(sheet.rmse(before, known: false), 3),
      ],
      [
        "after training", text(sheet.rmse(model.predictions, known: true), 3),
        text(sheet.rmse(model.predictions, known: false), 3),
      ],
      [
        "the planted truth", text(sheet.rmse(sheet.truth, known: true), 3),
        text(sheet.rmse(sheet.truth, known: false), 3),
      ],
    ])
  page.say(
    """
    The course's Solver reaches an RMSE of 0.393 on its own 206 ratings. Ours ends where the table says, which is *below* the noise that the ratings were \
    made with: 150 numbers have learned 206 ratings by heart, and the blanks show it. They were never fitted, and there the truth does better. \
    The next section has more ratings for each number, biases, weight decay, and a validation set.
    """)
}

/// The five numbers of each user and each film, drawn between 0 and 1 as a spreadsheet draws them.
private struct SheetModel {
  @Parameter var users: Tensor  // [15, 5]
  @Parameter var films: Tensor  // [15, 5]

  init(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    users = .uniform([15, 5], in: 0..<1, using: &generator)
    films = .uniform([15, 5], in: 0..<1, using: &generator)
  }

  var parameters: [Parameter] { [$users, $films] }

  var predictions: [[Float]] {
    let values = matmul(users.detached(), films.detached().transposed()).values
    return (0..<15).map { Array(values[($0 * 15)..<($0 * 15 + 15)]) }
  }
}

private func draw(
  _ page: Page, _ id: String, _ title: String, _ sheet: RatingsSheet, _ model: SheetModel
) {
  let drawing = EmbeddingDrawing(
    sheet: sheet, users: model.users.detached(), films: model.films.detached(),
    predictions: model.predictions)
  page.draw(
    Drawing(
      id, title,
      alt: """
        A table of 15 users by 15 films. Left of each row the user's five numbers, above each column the film's five numbers; one row and one column are \
        marked, and the cell where they meet. Blank cells are grey dots.
        """, dot: drawing.dot, text: drawing.text,
      caption:
        "Yellow: parameters. Blue: their products, dotted where nobody has rated. Numbers from the model that ran."
    ))
}
