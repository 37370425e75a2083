import Foundation
import Unrolled

/// Three users and three films that no dot product of one factor can fit, and one number a film that can.
func biasException(_ page: Page) throws {
  page.question("What if a film has what I like, and is bad all the same?")
  page.say(
    """
    Three users: the first loves space, the second does not care, the third cannot stand it. Three films: one in space, one without, and \
    a space film that nobody likes much. In stars, less 4:
    """)
  let ratings = page.run {
    let ratings = Tensor([[1, -1, -1], [0, 0, -2], [-1, 1, -3]])
    page.show("ratings − 4 (users down, films across)", ratings)
    return ratings
  }
  page.say(
    """
    With one factor, "space", the first two films are easy: tastes 1, 0, −1 and films 1, −1. The third film would have to be in \
    space for the difference between the users, and 2 stars lower for everyone: "space, unless it is that film". A product \
    u·v cannot say that. A single number a film can: r̂ = u·v + b.
    """)
  let (alone, withBias) = page.run {
    func fit(hasBias: Bool) -> (error: Float, table: Tensor, bias: Tensor) {
      var generator = SeededGenerator(seed: page.seed)
      let u = Parameter(.normal([3, 1], deviation: 0.1, using: &generator))
      let v = Parameter(.normal([1, 3], deviation: 0.1, using: &generator))
      let b = Parameter(.zeros([1, 3]))
      let adam = Adam(hasBias ? [u, v, b] : [u, v], learningRate: 0.02)
      func predicted() -> Tensor { matmul(u.wrappedValue, v.wrappedValue) + b.wrappedValue }
      for _ in 0..<2000 {
        adam.zeroGrad()
        mse(predicted(), ratings).backward()
        adam.step()
      }
      let table = predicted().detached()
      return (mse(table, ratings).item.squareRoot(), table, b.value)
    }
    let alone = fit(hasBias: false)
    page.show("u·v alone", alone.table)
    page.show("RMSE", alone.error)
    let withBias = fit(hasBias: true)
    page.show("u·v + b", withBias.table)
    page.show("b", withBias.bias)
    page.show("RMSE", withBias.error)
    return (alone, withBias)
  }
  let best = ((9 - 33.0.squareRoot()) / 9).squareRoot()
  page.check(
    "bias/alone", "RMSE of the best u·v", alone.error, equals: best, within: 1e-4,
    because: "Adam at a constant rate still trembles in the fourth digit",
    source:
      "by hand: a matrix of rank 1 misses the smaller singular value (Eckart and Young 1936), whose square is 9 − √33; nine cells"
  )
  page.check(
    "bias/with", "RMSE of u·v + b", withBias.error, equals: 0, within: 1e-4,
    because: "the same trembling", source: "u = 1, 0, −1; v = 1, −1, 1; b = 0, 0, −2 is exact")
  let b = withBias.bias.values
  page.check(
    "bias/exception", "bias of the third film − that of the first", b[2] - b[0], equals: -2,
    within: 1e-4, because: "the same trembling", source: "by hand: equal in space, 2 stars worse"
  )
  page.say(
    """
    The biases themselves are not −2 and 0: if every taste grows by some c, each film's bias can make up for it by −c·v. Only differences \
    between films that have equally much of everything are fixed, like the first and the third. Weight decay picks one of the many answers.
    """)
  page.seen(
    """
    One factor alone spends itself on the bad film, the largest numbers in the table, and misses by \(text(alone.error, 2)) stars. With a bias the film's quality \
    leaves the product, and the factor is free to mean taste again. A second factor would fit the table too: it would become a copy of the bias, \
    at the price of three numbers for the users that say nothing.
    """)
}
