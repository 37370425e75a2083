import Foundation
import Unrolled

/// A learning rate for each layer group: what a number and the two slices mean, and what that is worth.
func discriminativeRates(_ page: Page, _ runs: TransferRuns) throws {
  page.question("Should all layers learn at the same rate?")
  page.say(
    """
    The new layers need more training; those at the start, which see edges and strokes, need little. So the model is cut into a few **layer groups**, and each has a rate of its own: **discriminative learning rates**. \
    By default there are three: the new head, and the rest in two halves. Here is the net of the last two sections, its groups, and their rates for the notes' `slice(1e-5, 1e-3)`:
    """)
  _ = try DigitsData(page)
  let trial = try TransferTrial(seed: page.seed)
  let net = page.run {
    var generator = SeededGenerator(seed: page.seed)
    let net = trial.withNewHead(TransferTrial.body(using: &generator))
    let groups = net.groups
    page.show("parameters of group 0, layers 0 to 3", count(groups, 0))
    page.show("of group 1, layers 4 and 5", count(groups, 1))
    page.show("of group 2, the head", count(groups, 2))
    return net
  }
  let three = DiscriminativeRates.between(1e-5, 1e-3).rates(groups: 3)
  let modules = Dictionary(
    net.namedModules.map { ($0.name, $0.module) }, uniquingKeysWith: { first, _ in first })
  let rows = ModelSummary(ModelTrace(net, on: .zeros([1, 1, 8, 8]))).rows
  page.table(
    "Every layer that learns, its group and its rate",
    columns: ["layer", "type", "parameters", "group", "rate"],
    rows: rows.filter { $0.parameters > 0 }.map { row in
      let group = modules[row.name].flatMap { net.groups.number(of: $0) }
      return [
        row.name, row.type, grouped(row.parameters), group.map(String.init) ?? "none",
        group.map { twoDigits(three[$0]) } ?? "–",
      ]
    })
  page.say("What may stand for the rate in `fit` and `fit_one_cycle`, and what each group gets:")
  let (number, one, two) = page.run {
    let number = DiscriminativeRates.same(1e-3).rates(groups: 3)
    let one = DiscriminativeRates.onlyLast(1e-3).rates(groups: 3)
    let two = DiscriminativeRates.between(1e-5, 1e-3).rates(groups: 3)
    page.print("1e-3:              " + line(number))
    page.print("slice(1e-3):       " + line(one))
    page.print("slice(1e-5, 1e-3): " + line(two))
    return (number, one, two)
  }
  let third = DiscriminativeRates.onlyLast(1e-3, dividing: 3).rates(groups: 3)
  let middle = DiscriminativeRates.between(1e-5, 1e-3, spacing: .arithmetic).rates(groups: 3)
  page.table(
    "The notes and the library", columns: ["given", "rule", "group 0", "group 1", "group 2"],
    rows: [
      ["1e-3", "the same for all"] + number.map(threeDigits),
      ["slice(1e-3)", "notes: a third"] + third.map(threeDigits),
      ["slice(1e-3)", "fastai v1: a tenth"] + one.map(threeDigits),
      ["slice(1e-5, 1e-3)", "notes: (a + b)/2"] + middle.map(threeDigits),
      ["slice(1e-5, 1e-3)", "fastai v1: √(ab)"] + two.map(threeDigits),
    ])
  let source = "fastai v1's `lr_range` and `even_mults`, by hand"
  page.check(
    "disclr/number", "rate of group 0, given a number", number[0], equals: 1e-3, within: 0,
    because: "the number itself", source: "the notes")
  page.check(
    "disclr/slice1", "rate of group 1, given slice(1e-3)", one[1], equals: 1e-4, within: 1e-18,
    because: "one division in double precision", source: source)
  page.check(
    "disclr/slice2", "rate of group 1, given slice(1e-5, 1e-3)", two[1], equals: 1e-4,
    within: 1e-17, because: "a power in double precision", source: source)
  page.check(
    "disclr/slice2-notes", "the same by the notes' rule", middle[1], equals: 5.05e-4, within: 1e-17,
    because: "a sum and a product in double precision", source: "by hand: (1e-5 + 1e-3) / 2")
  page.correction(
    "F16", says: "slice(x): the last group gets x, the others x/3",
    standard:
      "a third is what was said in the lecture of 2018; the library that was released divides by ten"
  )
  page.correction(
    "F15", says: "slice(a, b): the middle group gets (a + b)/2",
    standard: """
      rates are spaced in equal *ratios*: rate k of n is a·(b/a)^(k/(n − 1)), so the middle of three is √(ab). Between 1e-5 and 1e-3 that is 1e-4, ten times more than the first and ten times less than the last; the arithmetic \
      mean, 5.05e-4, is half of the last, which would leave the middle group nearly as free as the head
      """)

  page.say(
    """
    One cycle moves all three together: at each step a group has its share of the rate. Three steps of AdamW from the same weights, with the same batches, agree with PyTorch's parameter groups (a test of this package). \
    Now to the reason given. First, how far does each group move, if all have the same rate? As |Δw| / |w|, all its numbers taken as one vector:
    """)
  let seeds = page.atLeast(TransferRuns.seeds)
  let bodies = runs(page, seeds: seeds)
  let (six, ten) = (bodies[.six] ?? [], bodies[.ten] ?? [])
  let stage = TransferTrial.stageRates
  let ways: [(String, (TransferRun) -> [Double])] = [
    ("fresh head, all at 1e-2", { $0.changes.allAtOnce }),
    ("trained head, all at 5e-3", { $0.changes.oneRate }),
    ("trained head, " + line(stage.rates(groups: 3)), { $0.changes.discriminative }),
  ]
  page.table(
    "How far the groups move, |Δw| / |w|, body of 0 to 5, \(seeds.count) seeds",
    columns: ["training", "group 0", "group 1", "head"],
    rows: ways.map { name, value in
      [name] + (0..<3).map { group in spread(six.map { value($0)[group] }, 3) }
    })
  page.plot(
    Plot(
      "group-changes", "How far each group of layers moves",
      alt:
        "Bars of the relative change of three layer groups: at one rate the body moves at least as far as the head; at discriminative rates the early groups hardly move.",
      x: Axis("layer group", categories: ["0: early", "1: late", "2: head"]),
      y: Axis("|Δw| / |w|"),
      layers: ways.map { name, value in
        .bars(name, (0..<3).map { group in meanAndDeviation(six.map { value($0)[group] }).mean })
      }))
  page.claim(
    "disclr-change",
    says:
      "New layers need more training: given one rate, the head moves further than the first layers.",
    measure: "|Δw| / |w| of the head − of group 0, everything at once at 1e-2", threshold: 0,
    thresholdText: "the head moves further", setting: TransferRuns.setting(.six), seeds: seeds,
    effect: paired(
      seeds, six.map { $0.changes.allAtOnce[2] }, six.map { $0.changes.allAtOnce[0] }))
  page.say(
    """
    Second, is it better to hold them back? The second stage of training, from the same trained head, with the rates above or with the last of them for all; with a body that has learned 0 to 5 alone, and with one that has learned all ten digits.
    """)
  page.table(
    "Accuracy in % on unseen images of 6 to 9, \(seeds.count) seeds",
    columns: ["rates", "body of 0 to 5", "body of all ten"],
    rows: [
      ("5e-3 for all", { (run: TransferRun) in run.oneRate }),
      (line(stage.rates(groups: 3)), { $0.discriminative }),
    ].map { name, value in [name] + [six, ten].map { spread($0.map { value($0) * 100 }, 1) } })
  for (task, suffix, all) in [(BodyTask.six, "", six), (.ten, "-met", ten)] {
    page.claim(
      "disclr-why" + suffix,
      says: "Early layers need little training: smaller rates for them do better.",
      measure: "accuracy with 5e-5 to 5e-3 − with 5e-3 for all, from the same trained head",
      threshold: 0, thresholdText: "more right with discriminative rates",
      setting: TransferRuns.setting(task), seeds: seeds,
      effect: paired(seeds, all.map(\.discriminative), all.map(\.oneRate)))
  }
  func gain(_ all: [TransferRun]) -> String {
    text(100 * meanAndDeviation(all.map { $0.discriminative - $0.oneRate }).mean, 1)
  }
  page.seen(
    """
    At one rate it is the head that moves least: Adam makes steps of about the same size for every number, whatever its gradient, and the head's numbers are the larger ones. So "early layers need little training" does not happen by itself. It is what one wants, and rates are the means. \
    Whether one should want it is the question of the last section again: small rates for the early layers are worth \(gain(ten)) points with the body whose features fit, and \(gain(six)) points with the one that had to learn more.
    """)
}

private func count(_ groups: LayerGroups, _ number: Int) -> String {
  grouped(groups.parameters[number].reduce(0) { $0 + $1.value.count })
}

private func line(_ rates: [Double]) -> String {
  rates.map(twoDigits).joined(separator: ", ")
}

private func threeDigits(_ x: Double) -> String { String(format: "%.3g", x) }
