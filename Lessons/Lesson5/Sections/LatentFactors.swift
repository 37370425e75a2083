import Unrolled

/// What a user likes times what a film has: the table of ratings as a product of two thin matrices.
func latentFactors(_ page: Page) throws {
  page.question("What has a rating to do with a matrix product?")
  page.say(
    """
    Write down, for each user, how much they like each of a few things: one row of **U** a user. For each film, how much it \
    has of each: one row of **M** a film. Multiply what is liked with what is there, thing by thing, and add up: a dot \
    product. All users with all films at once is one matrix product.
    """)
  page.formula(
    #"U M^\mathsf{T}, \qquad (U M^\mathsf{T})_{ij} = u_i \cdot m_j = \sum_k u_{ik}\, m_{jk}"#,
    plain: "U·Mᵀ      (U·Mᵀ)ij = u_i·m_j = Σ_k u_ik·m_jk")
  page.say(
    """
    The ratings below are generated, so their truth is known: three things (action, romance, comedy), a taste of each \
    user for each, and a weight of each film for each, less the mean film's. Here are five users and five films of them.
    """)
  let data = RatedFilms(page)
  let films = [0, 1, 2, 0, 1].enumerated().map { place, genre in
    // The most typical films of each genre that are not taken yet.
    data.planted.films.indices.dropFirst().filter { data.planted.films[$0].genre == genre }
      .sorted { data.planted.films[$0].shares[genre] > data.planted.films[$1].shares[genre] }[
        place / 3]
  }
  let (u, m, product) = page.run {
    let u = Tensor((1...5).map { data.planted.users[$0].tastes })
    let m = Tensor(films.map { data.planted.films[$0].weights })
    let product = matmul(u, m.transposed())
    page.show("U", u)
    page.show("M", m)
    page.show("U·Mᵀ", product)
    return (u, m, product)
  }
  page.table(
    "U·Mᵀ: users down, films across",
    columns: ["user"] + films.map { data.planted.films[$0].title },
    rows: (0..<5).map { i in
      ["\(i + 1)"] + product[i].values.map { text($0, 2) }
    })
  // The user and film with the largest product, and the film that the same user likes least.
  let best = product.values.indices.max { product.values[$0] < product.values[$1] } ?? 0
  let user = best / 5
  let worst = (0..<5).min { product[user].values[$0] < product[user].values[$1] } ?? 0
  func parts(_ film: Int) -> [Double] {
    zip(u[user].values, m[film].values).map { Double($0) * Double($1) }
  }
  let names = [best % 5, worst].map { data.planted.films[films[$0]].title }
  page.say(
    """
    One cell by hand: user \(user + 1) and *\(names[0])*: \
    \(zip(u[user].values, m[best % 5].values).map { "\(text($0, 2))·\(text($1, 2))" }.joined(separator: " + ")) \
    = \(text(parts(best % 5).reduce(0, +), 3)).
    """)
  page.check(
    "latent/product", "that cell of U·Mᵀ", product.values[best],
    equals: parts(best % 5).reduce(0, +), within: 1e-6,
    because: "three products of numbers below 2 in 32 bits",
    source: "the same sum in double precision")
  page.plot(
    Plot(
      "latent-contributions", "What each thing adds for user \(user + 1)",
      alt:
        "Bars for action, romance and comedy, twice: for the film that the user likes best the products are mostly positive, for the one liked least mostly negative.",
      x: Axis("", categories: PlantedRatings.genres), y: Axis("taste × weight"),
      layers: [.bars(names[0], parts(best % 5)), .bars(names[1], parts(worst))]))
  page.say(
    """
    A high taste times a high weight is a high product: the film has what the user likes. So is a *low* taste times a \
    *low* weight, both below 0: the film spares the user what they dislike. Only a taste and a weight of different sign \
    pull the sum down. Summed up, the terms say how the pair differs from what user and film bring along by themselves.
    """)
  let pairs = (0..<25).flatMap { cell in
    zip(u[cell / 5].values, m[cell % 5].values).map { (taste: $0, weight: $1) }
  }
  func means(_ isWanted: (Float, Float) -> Bool) -> (count: Int, mean: Float) {
    let found = pairs.filter { isWanted($0.taste, $0.weight) }
    return (found.count, found.reduce(0) { $0 + $1.taste * $1.weight } / Float(max(found.count, 1)))
  }
  page.table(
    "The 75 products of the 25 cells", columns: ["taste", "weight", "how many", "mean product"],
    rows: [
      ("above 0", "above 0", means { $0 > 0 && $1 > 0 }),
      ("below 0", "below 0", means { $0 < 0 && $1 < 0 }),
      ("above 0", "below 0", means { $0 > 0 && $1 < 0 }),
      ("below 0", "above 0", means { $0 < 0 && $1 > 0 }),
    ].map { [$0.0, $0.1, "\($0.2.count)", text($0.2.mean, 3)] })
  page.seen(
    """
    Here somebody had written both matrices down. In a data set nobody has: only some cells of the product are known, \
    with noise. The next section lets gradient descent find matrices that fit them.
    """)
}
