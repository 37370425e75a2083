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
}
