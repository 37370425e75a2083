import Foundation
import Unrolled

/// The course's own run: MovieLens 100k, 40 factors, five epochs.
func movieLens(_ page: Page) throws {
  page.question("Does it reach the course's figure on real ratings?")
  page.say(
    """
    MovieLens 100k holds 100,000 ratings that 943 people gave 1,682 films in 1997 and 1998. The course trains \
    40 factors and the biases on nine tenths of them, range 0 to 5.5, weight decay 0.1, five epochs of one cycle up to 5e-3 \
    in batches of 64, and prints a validation loss of 0.8147. One run, one seed.
    """)
  try numbering(page)
  guard let folder = page.realData("ml-100k") else {
    if let data = page.data {
      page.say("There is no folder `ml-100k` in `\(data.lastPathComponent)`.")
    }
    page.say(
      """
      MovieLens may not be passed on, so it is not part of this package. `swift run lesson5 --data DIR --seeds 5` \
      runs the rest of this section on it, where `DIR/ml-100k` holds `u.data` and `u.item`.
      """)
    return
  }
  let all = try MovieLens.titled100k(in: folder)
  page.used(
    data: "ml-100k", kind: .real, records: all.count,
    sha256: try SHA256.digest(ofFiles: MovieLens.files100k(in: folder)), licence: MovieLens.licence)
  let (train, valid) = page.run {
    let rows = MovieLens.courseValidRows(of: all)
    let (train, valid) = all.split(validRows: rows)
    page.show("training", train.count)
    page.show("validation", valid.count)
    page.show("users and one unknown", train.userNames.count)
    page.show("titles and one unknown", train.itemNames.count)
    page.show("validation rows with the unknown title", valid.items.count { $0 == 0 })
    return (train, valid)
  }
  page.say(
    """
    An item is a *title*: of the 1,682 numbers, 18 share the title of another. Titles are numbered from the training \
    rows, so those that only validation has fall together as number 0. The split is the very one of the notebook.
    """)
  for (id, label, value, reference) in [
    ("users", "rows of the users' table", train.userNames.count, 944.0),
    ("titles", "rows of the titles' table", train.itemNames.count, 1654.0),
  ] {
    page.check(
      "ml-100k/\(id)", label, Double(value), equals: reference, within: 0, because: "a count",
      source: "the shape that the course's notebook prints")
  }
  let exact = concurrently("MovieLens, without chance", 1, page) { _ in
    MovieLensRuns.withoutChance(train, valid)
  }[0]
  page.say(
    """
    Before any seed: the same training without a random number. Tables start as 0.01·sin(0), 0.01·sin(1), and so on, batches follow the rows, \
    and PyTorch does the same. 7,030 steps later the two still agree, so what differs below is chance.
    """)
  page.check(
    "ml-100k/without-chance", "validation loss after five epochs without chance", exact[4],
    equals: MovieLensRuns.pyTorchWithoutChance, within: 2e-5,
    because:
      "two ways of adding in 32 bits, of which 7,030 steps made 1e-8 in our trial; it could be more on another machine",
    source: "Tests/References/movielens_100k.py, withoutChance")
  let seeds = page.seeds
  let runs = concurrently("MovieLens, the course's split", seeds: seeds, page) {
    MovieLensRuns.run(train, valid, seed: $0)
  }
  let others = concurrently("MovieLens, other splits", seeds.count, page) { run in
    let order = NumPyPermutation.order(all.count, seed: MovieLensRuns.splitSeed(run))
    let rows = order.prefix(all.count / 10)
    let (train, valid) = all.split(validRows: rows)
    return MovieLensRuns.run(train, valid, seed: seeds[run])
  }
  losses(page, seeds, runs, others)
  filmsByBias(page, all, train, runs)
  filmsInTwoDimensions(page, all, train, runs[0])
}
