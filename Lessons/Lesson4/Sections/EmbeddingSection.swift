import Foundation
import Unrolled

/// An embedding is a matrix of weights, and a look-up is the product with a one-hot row.
func embedding(_ page: Page) throws {
  page.question("How does a net take in \"user 2\", which is a name and no quantity?")
  page.say(
    """
    As a row of zeros with a single 1 in place 2: a **one-hot** row. Multiplied by a matrix it picks out one row of \
    that matrix. So a net may as well fetch the row. A matrix of weights that is used like this is called an \
    **embedding**: one row of learned numbers for each user, or film, or word, or category.
    """)
  page.formula(
    #"\mathrm{onehot}(i)\, W = \sum_j [j = i]\, W_j = W_i"#,
    plain: "onehot(i) · W = Σ_j [j = i]·W_j = W_i")
  let gap = page.run {
    var generator = SeededGenerator(seed: page.seed)
    let table = Embedding(5, 3, using: &generator)
    let users = [2, 0, 2, 4]
    let oneHot = Tensor.oneHot(users, classes: 5)
    let multiplied = matmul(oneHot, table.weight)
    let lookedUp = table(users)
    page.show("W", table.weight.detached())
    page.show("one-hot", oneHot)
    page.show("one-hot · W", multiplied)
    page.show("rows 2, 0, 2, 4", lookedUp)
    return (multiplied - lookedUp).abs().max().item
  }
  page.check(
    "embedding/look-up", "product against look-up, largest gap", gap, equals: 0, within: 0,
    because: "1·w and 0·w are exact, and so is a sum with zeros", source: "rows copied by number")
  cost(page)
  touchedRows(page)
  try embeddingTable(page)
  page.seen(
    """
    The product and the look-up are one function; only the bill differs. What is learned is the matrix, and of it a batch \
    teaches the rows that it looks up. In the table above that is all there is: two small matrices, one for users and one for films, and a product for every pair.
    """)
}

/// What each form costs, at the size of MovieLens 100k.
private func cost(_ page: Page) {
  page.say(
    """
    What each form costs, for the users of MovieLens 100k: 943 and one row for the unknown user, 40 numbers each, a batch of 64. \
    The multiplications are counted by the layer that ran.
    """)
  var generator = SeededGenerator(seed: page.seed)
  let (rows, width, batch) = (944, 40, 64)
  let table = Embedding(rows, width, using: &generator)
  let layer = Linear(rows, width, using: &generator)
  let users = (0..<batch).map { _ in Int.random(in: 1..<rows, using: &generator) }
  let oneHot = Tensor.oneHot(users, classes: rows)
  let product = ModelSummary(ModelTrace(layer, on: oneHot)).total.multiplyAdds
  page.table(
    "A batch of 64 users",
    columns: ["", "one-hot · W", "look-up"],
    rows: [
      ["multiplications", "\(product)", "0"],
      ["bytes of input", "\(oneHot.count * 4)", "\(users.count * MemoryLayout<Int>.size)"],
      ["numbers read from W", "\(rows * width)", "\(batch * width)"],
      ["numbers that come out", "\(batch * width)", "\(table(users).count)"],
    ])
  page.check(
    "embedding/multiplications", "multiplications of the one-hot form", Double(product),
    equals: 64 * 944 * 40, within: 0, because: "a count", source: "by hand: 64 · 944 · 40")
  func seconds(_ body: () -> Tensor) -> Double {
    let clock = ContinuousClock()
    let times = (0..<5).map { _ in
      clock.measure { for _ in 0..<100 { _ = body() } } / .seconds(1)
    }
    return (times.min() ?? 0) / 100
  }
  let weight = table.weight.detached()
  page.timing("one-hot product, 64 × 944 × 40", seconds: seconds { matmul(oneHot, weight) })
  page.timing("look-up of 64 rows", seconds: seconds { weight.rows(users) })
}

/// Which rows the gradient reaches, and which rows an optimizer moves all the same.
private func touchedRows(_ page: Page) {
  page.say(
    """
    Backwards, the gradient goes where the numbers came from: to the rows that were looked up, and twice to one that was looked up twice. \
    All others get exactly zero.
    """)
  let gap = page.run {
    var generator = SeededGenerator(seed: page.seed)
    let table = Embedding(5, 3, using: &generator)
    let users = [2, 0, 2, 4]
    let y = table(users)
    let upstream = Tensor.normal(y.shape, using: &generator)
    (y * upstream).sum().backward()
    let grad = table.$weight.grad
    page.show("gradient of W", grad)
    return (grad - matmul(.oneHot(users, classes: 5).transposed(), upstream)).abs().max().item
  }
  page.check(
    "embedding/gradient", "gradient against onehotᵀ · dy, largest gap", gap, equals: 0,
    within: 2.4e-7,
    because: "row 2 is a sum of two numbers below 4, rounded once in either form",
    source: "the derivative of a matrix product")
  page.broken(
    "A row that no batch looks up stays as it is",
    """
    Its gradient is zero, but a step is more than a gradient. Each optimizer makes two steps here: the first batch looks up users 0, 2, 4, \
    the second only user 3.
    """)
  let makers: [(String, ([Parameter]) -> Optimizer)] = [
    ("SGD", { SGD($0, learningRate: 0.1) }),
    ("momentum 0.9", { Momentum($0, learningRate: 0.1, beta: 0.9) }),
    ("Adam", { Adam($0, learningRate: 0.1) }),
    ("Adam, decay 0.01", { Adam($0, learningRate: 0.1, weightDecay: .decoupled(0.01)) }),
  ]
  let moved = makers.map { name, make -> (String, [Bool]) in
    var generator = SeededGenerator(seed: page.seed)
    let table = Embedding(5, 3, using: &generator)
    let optimizer = make([table.$weight])
    var before = table.weight.values
    for users in [[2, 0, 2, 4], [3]] {
      before = table.weight.values
      optimizer.zeroGrad()
      table(users).square().mean().backward()
      optimizer.step()
    }
    let after = table.weight.values
    return (
      name, (0..<5).map { row in (0..<3).contains { before[row * 3 + $0] != after[row * 3 + $0] } }
    )
  }
  page.table(
    "Rows that the second step moved, though it looked up row 3 alone",
    columns: ["optimizer"] + (0..<5).map { "row \($0)" },
    rows: moved.map { name, rows in [name] + rows.map { $0 ? "moved" : "·" } })
  page.check(
    "embedding/rows-moved",
    "rows that SGD, momentum, Adam and Adam with decay moved, as one number",
    moved.reduce(0.0) { $0 * 10 + Double($1.1.count { $0 }) }, equals: 1445, within: 0,
    because: "counts",
    source:
      "by hand: 1 without memory; 4 with, all but row 1 which never had a gradient; 5 with decay")
  page.say(
    """
    An average of past gradients goes on moving the rows of the first batch, and weight decay shrinks every row at every step, seen or not. \
    For a film with few ratings that matters: it is pulled to zero all the time, and taught rarely.
    """)
}
