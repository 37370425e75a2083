import Unrolled

/// The same model by gradient descent and by alternating least squares, and how many factors the table needs.
func matrixFactorisation(_ page: Page) throws {
  page.question("Is there another way to find the two matrices than gradient descent?")
  page.say(
    """
    A big table with holes, written as the product of two thin ones: **matrix factorisation**. Collaborative filtering by \
    dot products is one use of it. Both thin matrices at once have no closed solution, but each one alone has: hold the films, and \
    every user is a small least-squares problem; then hold the users, and every film is one. Repeat: **alternating least \
    squares**. There is no learning rate, and no half step can make the sum worse.
    """)
  page.formula(
    #"\min \sum_{\text{known}} (r_{uf} - u \cdot f - b_u - b_f)^2 + \lambda \sum w^2 \qquad (X^\mathsf{T}X + \lambda I)\,[u, b_u] = X^\mathsf{T}(r - b_f),\quad X = [f, 1]"#,
    plain: """
      minimise  Σ over known cells (r − u·f − b_u − b_f)² + λ·Σw²
      each user:  (XᵀX + λI)·[u, b_u] = Xᵀ(r − b_f),  X = [f, 1] of the films rated
      """)
  let data = RatedFilms(page)
  let centre = meanAndDeviation(data.train.values.map(Double.init)).mean
  let train = data.train.withValues(data.train.values.map { $0 - Float(centre) })
  let valid = data.valid.withValues(data.valid.values.map { $0 - Float(centre) })
  let squares = page.run {
    var generator = SeededGenerator(seed: page.seed)
    var model = AlternatingLeastSquares(train, factors: 3, penalty: 5, using: &generator)
    var errors: [Double] = []
    for _ in 0..<30 {
      model.sweep()
      errors.append(model.rmse(on: train))
    }
    page.show(
      "training RMSE after sweeps 1, 2, 3, 10, 30", text([0, 1, 2, 9, 29].map { errors[$0] }))
    return (model: model, errors: errors)
  }
  page.say(
    """
    Now the same sum by gradient descent: the mean squared error plus λ/N·Σw², with N ratings in all, is the sum over N, and \
    `.l2(2·λ/N)` is that term's gradient. All ratings in one batch, so that the gradient is exact.
    """)
  let descent = try page.run {
    var generator = SeededGenerator(seed: page.seed)
    let model = DotProductBias(
      users: train.userNames.count, items: train.itemNames.count, factors: 3, using: &generator)
    let adam = Adam(
      model.parameters, learningRate: 0, beta2: 0.99,
      weightDecay: .l2(2 * squares.model.penalty / Double(train.count)))
    let loop = TrainingLoop(model, optimizer: adam, seed: page.seed) { _ in
      train.batches(of: train.count)
    } loss: { batch in
      mse(model(users: batch.users, items: batch.items), batch.values)
    }
    try loop.fit(epochs: 300, schedule: OneCycle(maximum: 0.05, steps: 300))
    let errors =
      loop.record.losses.map { $0.squareRoot() }
      + [model.meanSquaredError(on: train).squareRoot()]
    page.show(
      "training RMSE after steps 1, 10, 100, 300", text([1, 10, 100, 300].map { errors[$0] }))
    return (model: model, errors: errors)
  }
  page.plot(
    Plot(
      "mf-two-ways", "One sum, made small in two ways",
      alt:
        "Training RMSE over passes through the ratings, on a logarithmic axis: alternating least squares arrives after about five sweeps, Adam after about a hundred steps, and both end at the same height.",
      x: Axis("passes through the ratings", scale: .log), y: Axis("training RMSE, stars"),
      layers: [
        .line(
          "alternating least squares",
          squares.errors.enumerated().map { (Double($0.offset + 1), $0.element) }),
        .line(
          "Adam, one cycle",
          descent.errors.dropFirst().enumerated().map { (Double($0.offset + 1), $0.element) },
          style: .dashed),
      ]))
  page.check(
    "mf/same", "training RMSE by Adam", descent.errors[300], equals: squares.errors[29],
    within: 2e-5,
    because:
      "thirty sweeps are still 4e-6 above or below their end (200 sweeps from four starts agree to ten digits), and 32 bits add as much",
    source:
      "alternating least squares, whose steps are held against numpy.linalg.lstsq in the tests")
  let rated = train.itemNames.indices.filter { train.items.contains($0) }
  let alike = canonicalCorrelations(
    squares.model.itemFactors.rows(rated), descent.model.itemFactors.weight.rows(rated))
  page.say(
    """
    Not the same numbers, though: the films' factors of the one are a mixture of the other's, which leaves every product alone. \
    Their canonical correlations are \(alike.map { text($0, 4) }.joined(separator: ", ")).
    """)
  try ranks(page, data, train, valid)
}

/// How the error falls with the number of factors, and what becomes of it when holes count as zeros.
private func ranks(_ page: Page, _ data: RatedFilms, _ train: Ratings, _ valid: Ratings) throws {
  page.say(
    """
    **How thin may the two matrices be?** One column more always fits the known cells better. The held-back cells say when that stops to mean anything.
    """)
  let seed = page.seed
  let counts = [1, 2, 3, 4, 5, 7, 10]
  let sweep = concurrently("ranks", counts.count, page) { place in
    var generator = SeededGenerator(seed: seed)
    var model = AlternatingLeastSquares(
      train, factors: counts[place], penalty: 5, using: &generator)
    for _ in 0..<30 { model.sweep() }
    return (train: model.rmse(on: train), valid: model.rmse(on: valid))
  }
  let floor = data.planted.floor(of: data.valid).squareRoot()
  page.plot(
    Plot(
      "mf-ranks", "RMSE by the number of factors, known cells only",
      alt:
        "The training error falls with every factor; the validation error hardly moves after three, which is how many were planted.",
      x: Axis("factors", categories: counts.map(String.init)), y: Axis("RMSE, stars"),
      layers: [
        .line("cells it was fitted to", values: sweep.map(\.train)),
        .line("cells held back", values: sweep.map(\.valid), style: .dashed),
        .horizontal(y: floor, "the planted truth"),
      ]))
  let (zeros, centred) = page.run {
    /// The best rank-3 table of a full one, its holes filled with 0; the error on the cells held back.
    func error(_ known: Ratings, _ held: Ratings) -> Double {
      let films = known.itemNames.count
      var table = [Float](repeating: 0, count: known.userNames.count * films)
      for i in 0..<known.count { table[known.users[i] * films + known.items[i]] = known.values[i] }
      let svd = SingularValueDecomposition(Tensor(table, shape: [known.userNames.count, films]))
      let u = svd.u.sliced(axis: 1, 0..<3) * svd.s[0..<3]
      let filled = matmul(u, svd.vt[0..<3]).values
      return rmse(
        Tensor((0..<held.count).map { filled[held.users[$0] * films + held.items[$0]] }),
        Tensor(held.values))
    }
    let zeros = error(data.train, data.valid)
    let centred = error(train, valid)
    page.show("holes are 0 stars: RMSE", zeros)
    page.show("holes are the mean rating: RMSE", centred)
    return (zeros, centred)
  }
  page.broken(
    "holes counted as zeros",
    """
    The singular value decomposition gives the best thin product of a *full* table, so it is tempting to fill the holes and \
    use it. With 0 stars in the holes the model learns that unseen films are hated: it misses held-back ratings by \(text(zeros, 2)) stars. \
    With the mean rating in them it is off by \(text(centred, 2)); summing over known cells only gives \(text(sweep[2].valid, 2)). \
    The course's sheet predicts 0 where the rating is blank, so that the error there is 0 and counts for nothing: that is the point.
    """)
  page.seen(
    """
    Two methods, one sum, one result. Alternating least squares needs few passes and no learning rate; gradient descent takes any loss, any \
    range and any net on top, which is why the course uses it.
    """)
}

private func text(_ errors: [Double]) -> String {
  errors.map { text($0, 3) }.joined(separator: ", ")
}
