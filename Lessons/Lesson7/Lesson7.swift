import Unrolled

/// Residual and dense nets, and a recurrent net refactored from three words to a GRU.
///
/// Each section is a file of its own in this folder and reads from top to bottom.
@main struct Lesson7 {
  static func main() {
    Lesson(
      7, "Residual nets, and recurrent nets from scratch",
      about: """
        A recurrent net that counts in words, refactored step by step into a loop, a state that is \
        kept, and a GRU; then convolutional nets that become deeper by adding or joining their input.
        """,
      takes: "under a minute on two cores",
      sections: recurrent + residual,
      next: [
        "`swift run lesson7 --only degradation` runs one section.",
        "Lessons/Lesson7/Degradation.swift:\(Depths.line): change the depths. From which depth on does the plain net fail?",
        "`swift run learn check 7.5`: write a residual block.",
      ],
      prepare: { options in
        MatrixLibrary.threads = options.threads
        if let folder = realData("mnist", in: options.data) { _ = try MNIST.loadAll(from: folder) }
        return MatrixLibrary.summary
      }
    ).main()
  }

  /// Human numbers: Models 0 to 5.
  static var recurrent: [LessonSection] { [] }

  /// Residual and dense blocks.
  static var residual: [LessonSection] {
    [
      LessonSection(
        "deeper", "Deeper without shrinking", covers: ["res-deeper-stride1"], run: deeperNet),
      LessonSection(
        "degradation", "Deeper plain nets train worse",
        covers: ["res-expected-overfit", "claim-deeper-plain-net-worse"], run: degradation),
      LessonSection(
        "residual-block", "A residual block", covers: ["res-add-input", "res-formula"],
        run: residualBlock),
      LessonSection(
        "gradient-and-depth", "The gradient and the depth", covers: ["res-formula"],
        run: gradientAndDepth),
      LessonSection(
        "at-least-as-good", "A shallow net inside a deep one", covers: ["res-at-least-as-good"],
        run: atLeastAsGood),
      LessonSection(
        "dense-block", "A dense block", covers: ["dense-concat", "dense-grows"], run: denseBlock),
      LessonSection(
        "dense-cost", "What a dense net costs", covers: ["dense-memory-params"], run: denseCost),
      LessonSection(
        "plain-residual-dense", "Plain, residual, dense",
        covers: ["dense-small-data-seg", "improve-res-dense-blocks"], run: plainResidualDense),
      LessonSection(
        "half-precision", "Sixteen bits", covers: ["trick-fp16", "improve-fp16"],
        run: halfPrecision),
      LessonSection(
        "residual-mnist", "The course's nets on MNIST", covers: ["res-add-input"],
        run: residualMNIST),
    ]
  }
}
