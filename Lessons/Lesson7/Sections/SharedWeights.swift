import Unrolled

/// One matrix a colour, or one a step: counts, gradients, accuracy.
func sharedWeights(_ page: Page, _ runs: CourseRuns) {
  page.question("Why should each word have the same matrices?")
  page.say(
    """
    Because they do the same work: what *two* means does not depend on whether it is read first or third. Broken on purpose, `UntiedModel` has \
    matrices of its own for each of the three words.
    """)
  page.source(of: "final class UntiedModel", file: "Lessons/Lesson7/Trials/UntiedModel.swift")
  let (tiedCount, untiedCount) = page.run {
    var generator = SeededGenerator(seed: page.seed)
    let tied = Model1(Sizes(), using: &generator)
    let untied = UntiedModel(Sizes(), using: &generator)
    page.show("tied", tied.parameterCount)
    page.show("untied", untied.parameterCount)
    return (tied.parameterCount, untied.parameterCount)
  }
  page.check(
    "rnn/tied/count", "parameters of the tied model", Double(tiedCount), equals: 9190, within: 0,
    because: "a count", source: "the course's notebook")
  page.check(
    "rnn/untied/count", "parameters of the untied model", Double(untiedCount),
    equals: Double(3 * 38 * 64 + 3 * (64 * 64 + 64) + 64 * 38 + 38 + 128), within: 0,
    because: "a count", source: "by hand: three tables, three products, one output, one norm")

  page.say(
    """
    **The gradient of a shared matrix is the sum over its uses.** Give the untied model three copies of the tied one's matrices: \
    the loss is the same, and its three gradients must add up to the tied one.
    """)
  page.formula(
    #"\frac{\partial L}{\partial W} = \sum_{t=1}^{3} \frac{\partial L}{\partial W^{(t)}}"#,
    plain: "∂L/∂W = ∂L/∂W¹ + ∂L/∂W² + ∂L/∂W³")
  let gaps = page.run {
    var generator = SeededGenerator(seed: page.seed)
    let tied = Model1(Sizes(), using: &generator)
    let untied = UntiedModel(copying: tied, length: 3)
    let (x, y) = NextWordTraining.train(length: 3).words(0)
    crossEntropy(untied(x), y.last).backward()
    let steps = untied.hiddenToHidden.map(\.$weight.grad)
    let tables = untied.inputToHidden.map(\.$weight.grad)
    tied.zeroGrad()
    crossEntropy(tied(x), y.last).backward()
    let whole = tied.hiddenToHidden.$weight.grad
    for t in 0..<3 { page.show("|∂L/∂W| of step \(t + 1)", length(steps[t])) }
    page.show("|∂L/∂W|, shared", length(whole))
    return (
      (steps[0] + steps[1] + steps[2] - whole).abs().max().item,
      (tables[0] + tables[1] + tables[2] - tied.inputToHidden.$weight.grad).abs().max().item
    )
  }
  for (id, label, gap) in [("orange", "orange matrix", gaps.0), ("green", "green table", gaps.1)] {
    page.check(
      "rnn/sum/\(id)", "\(label): shared gradient against the sum, largest gap", gap, equals: 0,
      within: 1e-7, because: "rounding of numbers below 0.1 in another order",
      source: "the same loss with three copies of the matrix")
  }

  let tied = runs(.model1, page).map(\.result.accuracy)
  let untied = runs(.untied, page).map(\.result.accuracy)
  page.claim(
    "rnn-shared-weights",
    says: "Arrows of one colour should share one matrix, since they do the same work.",
    measure: "accuracy of the fourth word, shared − a matrix for each word",
    threshold: -0.05, thresholdText: "sharing loses less than five hundredths",
    setting: "human numbers, bptt 3, six epochs, 9,190 against \(untiedCount) parameters",
    effect: paired(page.seeds, tied, untied))
  page.table(
    "Accuracy of the fourth word", columns: ["model", "parameters", "accuracy"],
    rows: [
      ["shared", "\(tiedCount)", spread(tied, 4)],
      ["untied", "\(untiedCount)", spread(untied, 4)],
    ])
  page.seen(
    """
    Sharing changes the accuracy by less than a hundredth and saves more than half of the parameters. It does not *win* here: with 50,000 words of so plain a language there \
    is enough data to learn each step's matrix thrice, and rows are always three long. What sharing buys is the loop: the untied model has no \
    matrix for a fourth word, the shared one reads rows of any length, as the section before showed.
    """)
}
