import Tensors

extension Ratings {
  /// The given rows for validation and the others, in their order, for training, with the numbers that fastai gives:
  /// users and items are numbered from the training rows alone, and one whom training never met is number 0.
  public func split(validRows rows: some Collection<Int>) -> (train: Ratings, valid: Ratings) {
    let chosen = Set(rows)
    expect(
      chosen.count == rows.count && chosen.allSatisfy((0..<count).contains),
      "Ratings.split expects rows between 0 and \(count - 1), each once, got \(rows.count) from \(chosen.min() ?? 0) to \(chosen.max() ?? 0)"
    )
    let others = (0..<count).filter { !chosen.contains($0) }
    let train = Ratings(
      users: others.map { userNames[users[$0]] }, items: others.map { itemNames[items[$0]] },
      values: others.map { values[$0] })
    let valid = Ratings(
      users: train.userNumbers(of: rows.map { userNames[users[$0]] }),
      items: train.itemNumbers(of: rows.map { itemNames[items[$0]] }),
      values: rows.map { values[$0] }, userNames: train.userNames, itemNames: train.itemNames)
    return (train, valid)
  }

  /// The same users and items, row by row, with other ratings.
  public func withValues(_ values: [Float]) -> Ratings {
    expect(
      values.count == count && values.allSatisfy(\.isFinite),
      "Ratings.withValues expects a finite rating for each of \(count) rows, got \(values.count)")
    return Ratings(
      users: users, items: items, values: values, userNames: userNames, itemNames: itemNames)
  }
}
