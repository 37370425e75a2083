import NeuralNetworks
import Tensors

extension Table {
  mutating func textModels() {
    for (part, path) in [
      ("embedding", \AWDLSTM.Dropouts.embedding), ("input", \.input), ("hidden", \.hidden),
      ("weight", \.weight), ("output", \.output),
    ] as [(String, WritableKeyPath<AWDLSTM.Dropouts, Float>)] {
      of("AWDLSTM.Dropouts.\(part)")
      for p: Float in [-0.1, 1, .nan] {
        stops("expects 0 <= p < 1") {
          var dropouts = AWDLSTM.Dropouts()
          dropouts[keyPath: path] = p
          return LanguageModel(
            words: 5, features: 3, hidden: 4, dropouts: dropouts, using: &generator)
        }
      }
    }
    of("AWDLSTM.Dropouts.scaled(by: Float)")
    for factor: Float in [-1, .nan, .infinity] {
      stops("ropout") { AWDLSTM.Dropouts().scaled(by: factor) }
    }
    let makers: [(String, (Int, Int, Int, Int) -> Module)] = [
      (
        "AWDLSTM.init(words: Int, features: Int, hidden: Int, layers: Int, dropouts: AWDLSTM.Dropouts)",
        { AWDLSTM(words: $0, features: $1, hidden: $2, layers: $3, using: &generator) }
      ),
      (
        "LanguageModel.init(words: Int, features: Int, hidden: Int, layers: Int, dropouts: AWDLSTM.Dropouts)",
        { LanguageModel(words: $0, features: $1, hidden: $2, layers: $3, using: &generator) }
      ),
    ]
    for (name, make) in makers {
      of(name)
      for wrong in 0..<4 {
        for value in [0, -1] {
          stops("AWDLSTM") {
            var sizes = [5, 3, 4, 2]
            sizes[wrong] = value
            return make(sizes[0], sizes[1], sizes[2], sizes[3])
          }
        }
      }
      stops(anyWord) { make(huge, 3, 4, 2) }
      stops(anyWord) { make(5, huge, 4, 2) }
      stops(anyWord) { make(5, 3, huge, 2) }
    }
    let encoder = {
      AWDLSTM(words: 5, features: 3, hidden: 4, layers: 2, using: &generator)
    }
    let classifier = {
      TextClassifier(encoder(), classes: 2, hidden: 3, length: 2, maximum: 4, using: &generator)
    }
    let runs: [(String, ([Int], Int) -> Tensor)] = [
      ("AWDLSTM.callAsFunction([Int], rows: Int)", { encoder()($0, rows: $1) }),
      (
        "LanguageModel.callAsFunction([Int], rows: Int)",
        {
          LanguageModel(words: 5, features: 3, hidden: 4, layers: 2, using: &generator)(
            $0, rows: $1)
        }
      ),
      ("TextClassifier.callAsFunction([Int], rows: Int)", { classifier()($0, rows: $1) }),
    ]
    for (name, run) in runs {
      of(name)
      stops("expects") { run([0, 2, 3, 4], 0) }
      stops("expects") { run([0, 2, 3, 4], -2) }
      stops("expects") { run([0, 2, 3, 4], 3) }
      stops("expects") { run([0, 2, 3, 4], huge) }
      stops("expects") { run([], 2) }
      stops("expects") { run([0, 2, 5, 4], 2) }
      stops("expects") { run([0, 2, -1, 4], 2) }
    }
    of("TextClassifier.callAsFunction([Int], rows: Int)")
    stops { classifier()([1, 1, 1, 2], rows: 2) }
    of("AWDLSTM.carriedState")
    stops { encoder().carriedState = [vector] }
    for shape in [[], [1, 2], [1, 2, 9]] {
      stops {
        let net = encoder()
        net.carriedState = (0..<4).map { _ in .ones(shape) }
        return net([0, 2, 3, 4], rows: 2)
      }
    }
    of(
      "TextClassifier.init(AWDLSTM, classes: Int, hidden: Int, length: Int, maximum: Int, padding: Int, dropouts: (Float, Float))"
    )
    for wrong in 0..<4 {
      for value in [0, -1] {
        stops {
          var sizes = [2, 3, 2, 4]
          sizes[wrong] = value
          return TextClassifier(
            encoder(), classes: sizes[0], hidden: sizes[1], length: sizes[2], maximum: sizes[3],
            using: &generator)
        }
      }
    }
    stops("ropout") {
      TextClassifier(encoder(), classes: 2, dropouts: (1, 0), using: &generator)
    }
    stops("ropout") {
      TextClassifier(encoder(), classes: 2, dropouts: (0, .nan), using: &generator)
    }
    stops(anyWord) { TextClassifier(encoder(), classes: huge, using: &generator) }
    returns {
      TextClassifier(
        encoder(), classes: 2, length: huge, maximum: huge, using: &generator)(
          [2, 3, 4, 2], rows: 2
        ).shape == [2, 2]
    }
    let decoder = { TiedDecoder(Embedding(5, 3, using: &generator)) }
    of("TiedDecoder.forward(Tensor)")
    stops { decoder()(.ones([2, 4])) }
    stops { decoder()(scalar) }
    for name in ["weight", "bias"] {
      of("TiedDecoder.\(name)")
      for shape in [[], [7], [5, 1]] {
        stops("keeps its shape") {
          let layer = decoder()
          if name == "weight" { layer.weight = .ones(shape) } else { layer.bias = .ones(shape) }
          return layer(matrix)
        }
      }
    }
    none("any embedding is right", "TiedDecoder.init(Embedding)")
  }

  mutating func imageModels() {
    of("ClassifierHead.init(features: Int, classes: Int, hidden: Int, dropouts: (Float, Float))")
    for wrong in 0..<3 {
      for value in [0, -1, huge] {
        stops(anyWord) {
          var sizes = [3, 2, 4]
          sizes[wrong] = value
          return ClassifierHead(
            features: sizes[0], classes: sizes[1], hidden: sizes[2], using: &generator)
        }
      }
    }
    stops("ropout") {
      ClassifierHead(features: 3, classes: 2, dropouts: (1, 0), using: &generator)
    }
    of("ClassifierHead.forward(Tensor)")
    let head = { ClassifierHead(features: 3, classes: 2, hidden: 4, using: &generator) }
    stops("GlobalConcatPool") { head()(matrix) }
    stops("atch") { head()(.ones([2, 4, 8, 8])) }
    stops("BatchNorm") { head()(.ones([1, 3, 8, 8])) }

    let plain: [(String, () -> any Layer)] = [
      ("SimpleCNN", { SimpleCNN(using: &generator) }),
      ("ConvLayerCNN", { ConvLayerCNN(using: &generator) }),
      ("SmallResNet", { SmallResNet(using: &generator) }),
    ]
    for (name, make) in plain {
      of("\(name).forward(Tensor)")
      stops("convolution2d") { make().forward(.ones([2, 784])) }
      stops("convolution2d") { make().forward(.ones([2, 3, 28, 28])) }
      stops("convolution2d") { make().forward(scalar) }
      stops(anyWord) { make().forward(.zeros([2, 1, 0, 28])) }
    }

    of("ResNet.init(blocks: [Int], widths: [Int], channels: Int, classes: Int)")
    let resNet = { (blocks: [Int], widths: [Int], channels: Int, classes: Int) in
      ResNet(
        blocks: blocks, widths: widths, channels: channels, classes: classes, using: &generator)
    }
    stops { resNet([], [], 3, 2) }
    stops { resNet([1], [4, 4], 3, 2) }
    stops { resNet([-1], [4], 3, 2) }
    stops { resNet([0], [4], 3, 2) }
    stops { resNet([1], [0], 3, 2) }
    stops { resNet([1], [-4], 3, 2) }
    stops { resNet([1], [4], 0, 2) }
    stops { resNet([1], [4], -1, 2) }
    stops { resNet([1], [4], 3, 0) }
    stops { resNet([1], [4], 3, -2) }
    stops(anyWord) { resNet([1], [huge], 3, 2) }
    stops(anyWord) { resNet([1], [4], huge, 2) }
    stops(anyWord) { resNet([1], [4], 3, huge) }
    for name in ["resNet18", "resNet34"] {
      of("ResNet.\(name)(channels: Int, classes: Int)")
      for (channels, classes) in [(0, 2), (3, 0), (-1, 2), (3, -1)] {
        stops {
          name == "resNet18"
            ? ResNet.resNet18(channels: channels, classes: classes, using: &generator)
            : ResNet.resNet34(channels: channels, classes: classes, using: &generator)
        }
      }
    }
    of("ResNet.forward(Tensor)")
    stops("convolution2d") { resNet([1], [4], 3, 2)(matrix) }
    stops("convolution2d") { resNet([1], [4], 3, 2)(.ones([2, 1, 8, 8])) }
    stops(anyWord) { resNet([1, 1], [4, 4], 3, 2)(.ones([1, 3, 1, 1])) }
    of("ResNet.BasicBlock.init(Int, Int, stride: Int)")
    let block = { (channels: Int, filters: Int, stride: Int) in
      ResNet.BasicBlock(channels, filters, stride: stride, using: &generator)
    }
    for (channels, filters, stride) in [(0, 4, 1), (3, 0, 1), (3, 4, 0), (-3, 4, 1), (3, 4, -1)] {
      stops { block(channels, filters, stride) }
    }
    of("ResNet.BasicBlock.forward(Tensor)")
    stops("convolution2d") { block(3, 4, 2)(.ones([2, 4, 8, 8])) }
    stops("convolution2d") { block(3, 3, 1)(matrix) }

    of("DenseNet.init(layers: [Int], growth: Int, width: Int, channels: Int, classes: Int)")
    let denseNet = { (layers: [Int], growth: Int, width: Int, channels: Int, classes: Int) in
      DenseNet(
        layers: layers, growth: growth, width: width, channels: channels, classes: classes,
        using: &generator)
    }
    stops { denseNet([], 2, 4, 3, 2) }
    stops { denseNet([-1], 2, 4, 3, 2) }
    stops { denseNet([1], 0, 4, 3, 2) }
    stops { denseNet([1], 2, 0, 3, 2) }
    stops { denseNet([1], 2, -4, 3, 2) }
    stops { denseNet([1], 2, 4, 0, 2) }
    stops { denseNet([1], 2, 4, 3, 0) }
    stops { denseNet([1], 2, 4, 3, -2) }
    stops { denseNet([0, 1], 2, 1, 3, 2) }
    stops(anyWord) { denseNet([1], huge, 4, 3, 2) }
    stops(anyWord) { denseNet([1], 2, huge, 3, 2) }
    of("DenseNet.denseNet121(channels: Int, classes: Int)")
    stops { DenseNet.denseNet121(channels: 0, classes: 2, using: &generator) }
    stops { DenseNet.denseNet121(channels: 3, classes: -2, using: &generator) }
    of("DenseNet.forward(Tensor)")
    stops("convolution2d") { denseNet([1], 2, 4, 3, 2)(matrix) }
    stops("convolution2d") { denseNet([1], 2, 4, 3, 2)(.ones([2, 1, 8, 8])) }
    of("DenseNet.DenseLayer.forward(Tensor)")
    stops("atch") { denseNet([1], 2, 4, 3, 2).blocks[0].layers[0].forward(matrix) }
    of("DenseNet.Transition.forward(Tensor)")
    stops("atch") { denseNet([1, 1], 2, 4, 3, 2).transitions[0](matrix) }

    let unet = { (encoder: [any Layer], channels: Int, classes: Int, size: (Int, Int)) in
      UNet(
        encoder: encoder, channels: channels, classes: classes, size: size, using: &generator)
    }
    let encoder: () -> [any Layer] = {
      [convolution(stride: 2, padding: 1), convolution(4, 6, stride: 2, padding: 1)]
    }
    of(
      "UNet.init(encoder: [any Layer], channels: Int, classes: Int, size: (height: Int, width: Int))"
    )
    stops { unet([], 3, 2, (16, 16)) }
    stops { unet([convolution(padding: 1)], 3, 2, (16, 16)) }
    stops { unet([Flatten()], 3, 2, (16, 16)) }
    stops { unet([linear()], 3, 2, (16, 3)) }
    stops { unet(encoder(), 3, 0, (16, 16)) }
    stops { unet(encoder(), 3, -2, (16, 16)) }
    stops { unet(encoder(), 0, 2, (16, 16)) }
    stops { unet(encoder(), 3, 2, (0, 16)) }
    stops { unet(encoder(), 3, 2, (16, -1)) }
    stops(anyWord) { unet(encoder(), 3, 2, (huge, 16)) }
    stops("convolution2d") { unet(encoder(), 1, 2, (16, 16)) }
    of("UNet.forward(Tensor)")
    stops("convolution2d") { unet(encoder(), 3, 2, (16, 16))(matrix) }
    stops("convolution2d") { unet(encoder(), 3, 2, (16, 16))(.ones([2, 1, 16, 16])) }
    stops(anyWord) { unet(encoder(), 3, 2, (16, 16))(.zeros([2, 3, 0, 16])) }
    of("UNet.Up.callAsFunction(Tensor, Tensor)")
    stops(anyWord) { unet(encoder(), 3, 2, (16, 16)).ups[0](matrix, pictures) }
    stops(anyWord) { unet(encoder(), 3, 2, (16, 16)).ups[0](.ones([2, 6, 4, 4]), vector) }
    of("UNet.Convolutions.forward(Tensor)")
    stops("convolution2d") { unet(encoder(), 3, 2, (16, 16)).bottom(matrix) }
  }

  mutating func tableModels() {
    let range: ClosedRange<Float> = 0...5
    of("DotProductBias.init(users: Int, items: Int, factors: Int, range: ClosedRange<Float>?)")
    for wrong in 0..<3 {
      for value in [0, -1] {
        stops {
          var sizes = [4, 5, 2]
          sizes[wrong] = value
          return DotProductBias(
            users: sizes[0], items: sizes[1], factors: sizes[2], range: range, using: &generator)
        }
      }
    }
    stops(anyWord) { DotProductBias(users: huge, items: 5, factors: 2, using: &generator) }
    stops("ange") {
      DotProductBias(users: 4, items: 5, factors: 2, range: 0...(.infinity), using: &generator)
    }
    of("DotProductBias.callAsFunction(users: [Int], items: [Int])")
    let model = { DotProductBias(users: 4, items: 5, factors: 2, using: &generator) }
    stops { model()(users: [0], items: [0, 1]) }
    stops("expects") { model()(users: [4], items: [0]) }
    stops("expects") { model()(users: [0], items: [-1]) }
    returns { model()(users: [], items: []).shape == [0] }

    of(
      "TabularModel.init(categories: [(count: Int, features: Int)], numbers: Int, hidden: [Int], outputs: Int, dropouts: [Float]?, embeddingDropout: Float, range: ClosedRange<Float>?)"
    )
    let tabular = {
      (
        categories: [(count: Int, features: Int)], numbers: Int, hidden: [Int], outputs: Int,
        dropouts: [Float]?
      ) in
      TabularModel(
        categories: categories, numbers: numbers, hidden: hidden, outputs: outputs,
        dropouts: dropouts, using: &generator)
    }
    stops { tabular([(0, 2)], 3, [4], 1, nil) }
    stops { tabular([(5, 0)], 3, [4], 1, nil) }
    stops { tabular([(5, -2)], 3, [4], 1, nil) }
    stops { tabular([], 0, [4], 1, nil) }
    stops { tabular([(5, 2)], -1, [4], 1, nil) }
    stops { tabular([(5, 2)], 3, [0], 1, nil) }
    stops { tabular([(5, 2)], 3, [-4], 1, nil) }
    stops { tabular([(5, 2)], 3, [4], 0, nil) }
    stops { tabular([(5, 2)], 3, [4], -1, nil) }
    stops { tabular([(5, 2)], 3, [4], 1, [0.1, 0.1]) }
    stops("ropout") { tabular([(5, 2)], 3, [4], 1, [1]) }
    stops("ropout") { tabular([(5, 2)], 3, [4], 1, [-1]) }
    stops("ropout") { tabular([(5, 2)], 3, [4], 1, [.nan]) }
    stops(anyWord) { tabular([(5, 2)], huge, [4], 1, nil) }
    stops(anyWord) { tabular([(5, huge), (5, huge)], 3, [4], 1, nil) }
    stops("ropout") {
      TabularModel(
        categories: [], numbers: 3, hidden: [4], outputs: 1, embeddingDropout: 1,
        using: &generator)
    }
    of("TabularModel.callAsFunction(categories: [[Int]], numbers: Tensor)")
    let net = { tabular([(5, 2)], 3, [4], 1, nil) }
    stops { net()(categories: [[0]], numbers: matrix) }
    stops { net()(categories: [], numbers: matrix) }
    stops { net()(categories: [[0, 1]], numbers: scalar) }
    stops { net()(categories: [[0, 1, 2]], numbers: vector) }
    stops { net()(categories: [[0, 1]], numbers: .ones([2, 4])) }
    stops("expects") { net()(categories: [[0, 5]], numbers: matrix) }
    stops("expects") { net()(categories: [[0, -1]], numbers: matrix) }
    stops { tabular([(5, 2)], 0, [4], 1, nil)(categories: [[0, 1]], numbers: scalar) }
    for name in ["features", "featuresByHalf"] {
      of("TabularModel.\(name)(for: Int)")
      let rule = {
        name == "features"
          ? TabularModel.features(for: $0) : TabularModel.featuresByHalf(for: $0)
      }
      stops { rule(0) }
      stops { rule(-1) }
      stops { rule(.min) }
      returns { rule(huge) == (name == "features" ? 600 : 50) }
    }
  }
}
