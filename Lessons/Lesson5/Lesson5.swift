import Unrolled

/// Back propagation, accelerated gradient descent, and a neural net from scratch.
///
/// Each section is a file of its own in this folder and reads from top to bottom.
@main struct Lesson5 {
  static func main() {
    let transfer = TransferRuns()
    Lesson(
      5, "Back propagation, accelerated SGD, a neural net from scratch",
      about: """
        From a line with two parameters to a net that reads handwritten digits: losses, the tape \
        behind backward(), momentum, RMSProp, Adam, one-cycle training and weight decay, each \
        derived, run and checked. Then collaborative filtering: tastes, biases and ranges of ratings.
        """,
      takes: "about 20 s on two cores",
      sections: [
        LessonSection(
          "line", "A line, a loss, a step",
          covers: [
            "params-definition", "loss-definition", "mse-formula", "momentum-before", "wd-before",
          ], run: line),
        LessonSection(
          "back-propagation", "Back propagation: the tape", covers: ["backprop-update"],
          run: backPropagation),
        LessonSection(
          "layers", "A net in numbers: parameters, activations, layers",
          covers: [
            "nn-parameters", "nn-activations", "nn-layers", "nn-relu", "activation-elementwise",
          ], run: layers),
        LessonSection(
          "affine", "Affine functions do not stack",
          covers: ["affine-is-matmul", "affine-is-linear", "embedding-is-matrix"], run: affine),
        LessonSection(
          "cross-entropy", "Cross entropy: a loss for classes",
          covers: ["ce-binary-code", "mse-not-for-classes", "loss-ce-nll"], run: crossEntropySection
        ),
        LessonSection(
          "softmax", "Softmax, and what the loss already does",
          covers: [
            "softmax-formula", "softmax-with-ce", "pytorch-does-both",
            "crossentropyloss-has-softmax",
          ], run: softmax),
        LessonSection(
          "logistic", "Logistic regression by hand, three times", covers: ["logistic-no-hidden"],
          run: logistic),
        LessonSection(
          "hidden-layer", "One hidden layer by hand, three times",
          covers: ["link-nn-from-scratch"], run: hiddenLayer),
        LessonSection(
          "losses", "Reading a loss curve", covers: ["plot-losses-raw", "plot-losses-ewma"],
          run: losses),
        LessonSection(
          "momentum", "Momentum: step along an average",
          covers: [
            "momentum-update", "momentum-ewma", "momentum-ewma-weights", "momentum-point-nine",
            "improve-momentum",
          ], run: momentum),
        LessonSection(
          "rmsprop", "RMSProp: divide by the usual size",
          covers: ["rmsprop-update", "rmsprop-ewma"], run: rmsprop),
        LessonSection(
          "adam", "Adam: both, and a correction", covers: ["adam-both", "claim-dynamic-lr"],
          run: adam),
        LessonSection(
          "one-cycle", "One cycle of the learning rate",
          covers: ["lr-small-momentum-large", "onecycle-link"], run: oneCycle),
        LessonSection(
          "learning-rate", "Finding a learning rate", covers: ["lrfind-try-10x"],
          run: learningRate),
        LessonSection(
          "weight-decay", "Weight decay and L2, which are not one thing",
          covers: [
            "wd-loss", "wd-gradient", "wd-drop-sum", "wd-decays", "wd-l2-name", "wd-name",
            "wd-giant-nets", "wd-too-much",
          ], run: weightDecay),
        LessonSection(
          "transfer-learning", "Transfer learning: a new head on a trained body",
          covers: ["tl-last-layer-1000", "tl-two-new-matrices", "tl-head-sizes"],
          run: transferLearning),
        LessonSection(
          "freezing", "Freezing: what rests, and what does not", covers: ["tl-freeze"],
          run: { try freezing($0, transfer) }),
        LessonSection(
          "unfreezing", "Unfreezing, and whether to wait with it", covers: ["tl-unfreeze"],
          run: { try unfreezing($0, transfer) }),
        LessonSection(
          "discriminative-rates", "Discriminative learning rates",
          covers: [
            "disclr-why", "disclr-number", "disclr-slice1", "disclr-slice2", "disclr-3-groups",
          ], run: { try discriminativeRates($0, transfer) }),
        LessonSection(
          "mnist", "The whole thing on MNIST", covers: ["link-nn-from-scratch"], run: mnist),
        LessonSection(
          "latent-factors", "Ratings as a product of two matrices",
          covers: ["latent-multiply", "latent-high-high"], run: latentFactors),
        LessonSection(
          "genres", "Latent features: found, not designed",
          covers: ["latent-emergent", "latent-hidden"],
          run: genres),
        LessonSection(
          "bias-exception", "Unless it is that film: what a product cannot say",
          covers: ["bias-exception"], run: biasException),
        LessonSection(
          "bias", "A bias for each user and each film", covers: ["bias-formula"], run: bias),
        LessonSection(
          "bias-meaning", "What a bias means", covers: ["bias-some-liked-by-all", "bias-meaning"],
          run: biasMeaning),
        LessonSection(
          "matrix-factorisation", "Matrix factorisation, and a way without a learning rate",
          covers: ["mf-is-collab", "mf-decompose"], run: matrixFactorisation),
        LessonSection(
          "factor-count", "How many factors", covers: ["mf-n-factors", "mf-why-40"],
          run: factorCount),
        LessonSection(
          "y-range", "A range for the prediction",
          covers: ["yrange-sigmoid", "yrange-5-5", "trick-y-range-wider"], run: yRange),
        LessonSection(
          "pca", "Forty factors squeezed into three", covers: ["pca-squish"], run: filmComponents),
        LessonSection(
          "ratings-decay", "Weight decay for factors", covers: ["improve-weight-decay"],
          run: ratingsDecay),
        LessonSection(
          "movielens", "The course's run on MovieLens 100k", covers: ["task-collab"], run: movieLens
        ),
      ],
      next: [
        "`swift run lesson5 --only momentum` runs one section.",
        "Lessons/Lesson5/Trials/Sheet.swift:\(Optimizers.lineOfMomentum): change beta to 0.5 and run it again. Which checks fail?",
        "`swift run learn` lists the exercises; the first is a gift.",
      ],
      prepare: { options in
        MatrixLibrary.threads = options.threads
        if let folder = realData("mnist", in: options.data) { _ = try MNIST.load(from: folder) }
        if let folder = realData("ml-100k", in: options.data) {
          _ = try MovieLens.titled100k(in: folder)
        }
        return MatrixLibrary.summary
      }
    ).main()
  }
}
