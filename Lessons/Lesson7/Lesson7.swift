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
        "`swift run lesson7 --only vanishing` runs one section.",
        "Lessons/Lesson7/Trials/GradientThroughTime.swift:\(OneLayer.lineOfOpenBias): change openBias to 1 and run it again. Does the GRU still learn it?",
        "Lessons/Lesson7/Sections/Degradation.swift:\(Depths.line): change the depths. From which depth on does the plain net fail?",
        "`swift run learn check 7.1` tries the first exercise of this lesson.",
      ],
      prepare: { options in
        MatrixLibrary.threads = options.threads
        if let folder = realData("mnist", in: options.data) { _ = try MNIST.loadAll(from: folder) }
        return MatrixLibrary.summary
      }
    ).main()
  }

  /// Human numbers: Models 0 to 5.
  static var recurrent: [LessonSection] {
    let runs = CourseRuns()
    return [
      LessonSection(
        "human-numbers", "Numbers in words: the data", covers: ["vocab/xx-tokens"],
        run: humanNumbers),
      LessonSection(
        "word-four", "Three words in, one word out",
        covers: [
          "rnn-word4", "rnn-arrow-embed", "rnn-arrow-hidden", "rnn-arrow-output",
          "rnn-model0-forward", "rnn-short-last-batch",
        ], run: { wordFour($0, runs) }),
      LessonSection(
        "loop", "A recurrent net is a loop", covers: ["rnn-loop"], run: { loopSection($0, runs) }),
      LessonSection(
        "shared-weights", "One matrix for each colour", covers: ["rnn-shared-weights"],
        run: { sharedWeights($0, runs) }),
      LessonSection(
        "every-word", "A word after every word",
        covers: ["rnn-last-word-wasteful", "rnn-output-every-step"], run: { everyWord($0, runs) }),
      LessonSection(
        "keep-state", "Keep the state, cut the tape", covers: ["hn-keep-state"],
        run: { keepState($0, runs) }),
      LessonSection(
        "nn-rnn", "The loop from the library", covers: ["hn-nn-rnn"],
        run: { libraryRNN($0, runs) }),
      LessonSection(
        "stacked", "A recurrent net that feeds another", covers: ["rnn-into-rnn", "rnn-unrolled"],
        run: stackedRNN),
      LessonSection(
        "vanishing", "Twenty steps are twenty layers",
        covers: ["rnn-bptt20-deep", "rnn-skip-option"], run: vanishing),
      LessonSection(
        "gates", "Gates: GRU and LSTM", covers: ["rnn-gru-lstm"], run: { gatedUnits($0, runs) }),
      LessonSection(
        "ceiling", "What nobody can know", covers: ["valid-set-howto"],
        run: { ceiling($0, runs) }),
      LessonSection(
        "labels", "The same encoder, another task", covers: ["rnn-super-valuable"],
        run: { labels($0, runs) }),
      LessonSection(
        "human-numbers-results", "All models beside the course and PyTorch",
        covers: ["rnn-gru-lstm", "hn-keep-state", "hn-nn-rnn"],
        run: { humanNumbersResults($0, runs) }),
    ]
  }

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
