import Unrolled

/// A trained net for other classes: its last matrix is cut off, and a new head put in its place.
func transferLearning(_ page: Page) throws {
  page.question("A net was trained for other classes. What of it can be kept?")
  page.say(
    """
    A net for ImageNet ends in a matrix with 1,000 columns, one for each of its classes: in a ResNet-34 it makes 1,000 numbers of 512 features. For pets none of these columns is of use; \
    what lies before them, the **body**, has learned to see. So cut off the last matrix, put a new **head** there, and train on from that. \
    Here is the same at the size of this page: a residual net learns the digits 0 to 5 from the first 1,000 images of the set, and is then wanted for 6 to 9.
    """)
  _ = try DigitsData(page)
  let last = page.run {
    var generator = SeededGenerator(seed: page.seed)
    let last = Linear(512, 1000, using: &generator)
    page.show("last matrix of a ResNet-34", shape: last.weight.shape)
    page.show("its parameters", last.parameterCount)
    return last
  }
  page.check(
    "tl/imagenet", "parameters of the last layer for 1,000 classes", Double(last.parameterCount),
    equals: 513_000, within: 0, because: "a count",
    source: "by hand, 512·1000 + 1000; torchvision's `resnet34().fc`")
  let trial = try TransferTrial(seed: page.seed)
  let old = try page.run {
    let (net, accuracy) = try trial.pretrained()
    page.print("digits 0 to 5, unseen: \(text(accuracy * 100, 1)) % right")
    return net
  }
  let image = Tensor.zeros([1, 1, 8, 8])
  let before = ModelTrace(old, on: image)
  let summary = ModelSummary(before, detail: 2)
  page.table(
    "The trained net and one image", columns: ["layer", "type", "output", "parameters"],
    rows: (summary.rows + [summary.total]).map {
      [$0.name, $0.type, $0.output.map(String.init).joined(separator: " × "), "\($0.parameters)"]
    })
  page.say(
    """
    The last matrix has a column for each of 0 to 5 and none for 6 to 9. The notes: fastai puts **two** matrices in its place, with a ReLU between, \
    the first of a default size, the second with a column for each class of the data.
    """)
  page.correction(
    "F17", says: "two new weight matrices with a ReLU between",
    standard: """
      the two are there, and more that learns or draws: the features are pooled twice (the maximum and the mean of each channel, side by side, so twice as many numbers come in), and before each matrix \
      stand a batch norm and a dropout, of ¼ and of ½
      """)
  page.source(
    of: "public func forward", file: "Sources/NeuralNetworks/Models/ClassifierHead.swift")
  let new = page.run {
    let new = trial.withNewHead(old.body)
    new.groups.freeze()
    return new
  }
  let after = ModelTrace(new, on: image)
  page.draw(transferDrawing(before: before, after: after))
  let (few, _) = trial.newImages()
  let logits = withoutGradients {
    new.evaluating { new(few.all.images.reshaped([-1, 1, 8, 8])) }
  }
  page.show("what the new net gives for \(few.count) images of 6 to 9", shape: logits.shape)

  page.say(
    """
    How large is such a head? Behind a ResNet-34, with its 512 features, for two classes, for ten digits and for the course's 37 breeds of pets:
    """)
  let classes = [2, 10, 37]
  let heads = page.run {
    var generator = SeededGenerator(seed: page.seed)
    return classes.map {
      ClassifierHead(features: 512, classes: $0, using: &generator)
    }
  }
  let rows = heads.map { head in
    ModelSummary(ModelTrace(head, on: .zeros([1, 512, 7, 7]))).rows
  }
  page.table(
    "Parameters of the head behind 512 features of 7 × 7, for c classes",
    columns: ["layer", "output"] + classes.map { "c = \($0)" },
    rows: rows[0].indices.map { i in
      let isLast = i == rows[0].count - 1
      return [
        rows[0][i].type,
        isLast ? "1 × c" : rows[0][i].output.map(String.init).joined(separator: " × "),
      ] + rows.map { grouped($0[i].parameters) }
    } + [["sum", ""] + heads.map { grouped($0.parameterCount) }])
  for (c, head) in zip(classes, heads) {
    page.check(
      "tl/head\(c)", "parameters of the head for \(c) classes", Double(head.parameterCount),
      equals: Double(2 * 1024 + (1024 * 512 + 512) + 2 * 512 + (512 * c + c)), within: 0,
      because: "a count",
      source: """
        by hand from the sizes that the course's pets notebook prints: BatchNorm1d(1024), Linear(1024, 512), \
        BatchNorm1d(512), Linear(512, \(c))
        """)
  }
  page.seen(
    """
    All but 513·c of the head's numbers are the same for any task: the first matrix alone holds 524,800. fastai's head for two classes is therefore no smaller than that for ten, and larger than the \
    old last layer of 1,000 columns. Nothing of it knows anything yet: that takes training, which is the next section.
    """)
}
