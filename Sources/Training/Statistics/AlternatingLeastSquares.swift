import DataPipeline
import Tensors

/// A table of ratings as the product of two thinner ones, found without a learning rate: alternating least squares
/// (Bell and Koren 2007; Zhou et al. 2008).
///
///     minimise  Σ (r − u·v − b_u − b_v)² + λ·(Σ|u|² + Σ|v|² + Σ b_u² + Σ b_v²)   over the cells that have a rating
///
/// Both sides at once have no closed solution. With the items held, each user is a least-squares problem of their own:
/// over the items they rated, r − b_v ≈ [v, 1]·w with w = [u, b_u], so (XᵀX + λI)·w = Xᵀ(r − b_v). Then the items
/// likewise. Neither half can raise the sum.
public struct AlternatingLeastSquares: Sendable {
  public let factors: Int
  public let penalty: Double
  public let hasBias: Bool
  private let ratings: Ratings
  private var users: Side
  private var items: Side

  /// One row a user (or item): the factors, then the bias if there is one.
  private struct Side {
    var rows: [[Double]]
    /// Of each row, who is on the other side, and the rating.
    var met: [[(other: Int, rating: Double)]]
  }

  /// Items start from small random factors; users are solved for first.
  public init(
    _ ratings: Ratings, factors: Int, penalty: Double, hasBias: Bool = true,
    using generator: inout some RandomNumberGenerator, file: StaticString = #fileID,
    line: UInt = #line
  ) {
    expect(
      (1...1 << 16).contains(factors),
      "AlternatingLeastSquares expects 1 to 65,536 factors, got \(factors)", file: file, line: line)
    let start = Tensor.normal(
      [ratings.itemNames.count, factors], deviation: 0.1, using: &generator)
    self.init(
      ratings, penalty: penalty, hasBias: hasBias, itemFactors: start, file: file, line: line)
  }

  /// Items start from the given factors `[items, factors]`.
  public init(
    _ ratings: Ratings, penalty: Double, hasBias: Bool = true, itemFactors start: Tensor,
    file: StaticString = #fileID, line: UInt = #line
  ) {
    expect(
      penalty > 0 && penalty.isFinite,
      "AlternatingLeastSquares expects a penalty above 0, got \(penalty): without one, a user with fewer ratings than factors has no single solution",
      file: file, line: line)
    expect(
      start.rank == 2 && start.shape[0] == ratings.itemNames.count && start.shape[1] > 0
        && start.isFinite,
      "AlternatingLeastSquares expects finite factors for \(ratings.itemNames.count) items, got shape \(start.shape)",
      file: file, line: line)
    expect(
      ratings.values.allSatisfy(\.isFinite),
      "AlternatingLeastSquares expects ratings that are finite numbers", file: file, line: line)
    self.ratings = ratings
    self.penalty = penalty
    self.hasBias = hasBias
    factors = start.shape[1]
    let width = factors + (hasBias ? 1 : 0)
    let numbers = start.values
    users = Side(
      rows: Array(repeating: Array(repeating: 0, count: width), count: ratings.userNames.count),
      met: Array(repeating: [], count: ratings.userNames.count))
    items = Side(
      rows: (0..<start.shape[0]).map { [factors] i in
        numbers[(i * factors)..<((i + 1) * factors)].map(Double.init) + (hasBias ? [0] : [])
      },
      met: Array(repeating: [], count: ratings.itemNames.count))
    for i in 0..<ratings.count {
      let (user, item) = (ratings.users[i], ratings.items[i])
      users.met[user].append((item, Double(ratings.values[i])))
      items.met[item].append((user, Double(ratings.values[i])))
    }
  }

  public var userFactors: Tensor { table(users) }  // [users, factors]
  public var itemFactors: Tensor { table(items) }  // [items, factors]
  public var userBias: [Double] { users.rows.map { hasBias ? $0[factors] : 0 } }
  public var itemBias: [Double] { items.rows.map { hasBias ? $0[factors] : 0 } }

  /// The users from the items, then the items from the users.
  public mutating func sweep() {
    solveUsers()
    solveItems()
  }

  mutating func solveUsers() { solve(&users, from: items) }
  mutating func solveItems() { solve(&items, from: users) }

  public func prediction(
    user: Int, item: Int, file: StaticString = #fileID, line: UInt = #line
  ) -> Double {
    expect(
      users.rows.indices.contains(user) && items.rows.indices.contains(item),
      "AlternatingLeastSquares has a prediction for users below \(users.rows.count) and items below \(items.rows.count), got \(user) and \(item)",
      file: file, line: line)
    let (u, v) = (users.rows[user], items.rows[item])
    var sum = hasBias ? u[factors] + v[factors] : 0
    for k in 0..<factors { sum += u[k] * v[k] }
    return sum
  }

  /// Root of the mean squared error on ratings with the same numbers of users and items.
  public func rmse(
    on ratings: Ratings, file: StaticString = #fileID, line: UInt = #line
  ) -> Double {
    expect(ratings.count > 0, "rmse expects one rating or more, got none", file: file, line: line)
    let squares = (0..<ratings.count).reduce(0.0) { sum, i in
      let predicted = prediction(
        user: ratings.users[i], item: ratings.items[i], file: file, line: line)
      let error = predicted - Double(ratings.values[i])
      return sum + error * error
    }
    return (squares / Double(ratings.count)).squareRoot()
  }

  /// The sum that is made small.
  public var objective: Double {
    let error = rmse(on: ratings)
    let weights = (users.rows + items.rows).joined().reduce(0) { $0 + $1 * $1 }
    return error * error * Double(ratings.count) + penalty * weights
  }

  private func table(_ side: Side) -> Tensor {
    Tensor(
      side.rows.flatMap { $0.prefix(factors).map { Float($0) } },
      shape: [side.rows.count, factors])
  }

  private func solve(_ side: inout Side, from other: Side) {
    let width = factors + (hasBias ? 1 : 0)
    for row in side.rows.indices {
      var matrix = [Double](repeating: 0, count: width * width)
      var right = [Double](repeating: 0, count: width)
      for (place, rating) in side.met[row] {
        var x = other.rows[place]
        var y = rating
        if hasBias {
          y -= x[factors]
          x[factors] = 1
        }
        for i in 0..<width {
          for j in 0...i { matrix[i * width + j] += x[i] * x[j] }
          right[i] += x[i] * y
        }
      }
      for i in 0..<width { matrix[i * width + i] += penalty }
      side.rows[row] = solveCholesky(matrix, right)
    }
  }
}

/// w with A·w = b for a symmetric positive definite A, of which the lower half is read: A = L·Lᵀ, then L·z = b and
/// Lᵀ·w = z (Cholesky).
func solveCholesky(_ a: [Double], _ b: [Double]) -> [Double] {
  let n = b.count
  var l = a
  var w = b
  for i in 0..<n {
    for j in 0...i {
      var sum = l[i * n + j]
      for k in 0..<j { sum -= l[i * n + k] * l[j * n + k] }
      l[i * n + j] = i == j ? sum.squareRoot() : sum / l[j * n + j]
    }
    for k in 0..<i { w[i] -= l[i * n + k] * w[k] }
    w[i] /= l[i * n + i]
  }
  for i in stride(from: n - 1, through: 0, by: -1) {
    for k in (i + 1)..<n { w[i] -= l[k * n + i] * w[k] }
    w[i] /= l[i * n + i]
  }
  return w
}
