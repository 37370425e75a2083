import NeuralNetworks
import Tensors

extension Table {
  mutating func layers() {
    of("Linear.init(Int, Int)")
    returns { linear(0, 2)(.zeros([4, 0])) == .zeros([4, 2]) }
    stops { linear(-1, 2) }
    returns { linear(3, 0)(matrix).shape == [2, 0] }
    stops { linear(3, -2) }
    stops(anyWord) { linear(huge, 2) }
    stops(anyWord) { linear(1 << 20, 1 << 20) }
    of("Linear.init(weight: Tensor, bias: Tensor)")
    stops { Linear(weight: vector, bias: scalar) }
    stops { Linear(weight: scalar, bias: scalar) }
    stops { Linear(weight: matrix, bias: .ones([2])) }
    stops { Linear(weight: matrix, bias: .ones([1, 3])) }
    of("Linear.forward(Tensor)")
    stops { linear()(.ones([5, 4])) }
    stops { linear()(scalar) }
    stops { linear()(nothing) }
    returns { linear()(.zeros([0, 3])).shape == [0, 2] }
    for name in ["weight", "bias"] {
      of("Linear.\(name)")
      for shape in [[], [7], [7, 7], [3, 2, 1]] {
        stops("keeps its shape") {
          let layer = linear()
          if name == "weight" { layer.weight = .ones(shape) } else { layer.bias = .ones(shape) }
          return layer(matrix)
        }
      }
    }

    of(
      "Convolution2d.init(Int, Int, kernel: any PerAxis, stride: any PerAxis, padding: any PerAxis, dilation: any PerAxis, groups: Int, hasBias: Bool)"
    )
    stops { convolution(0) }
    stops { convolution(-3) }
    stops { convolution(3, 0) }
    stops { convolution(3, -1) }
    stops { convolution(kernel: 0) }
    stops { convolution(kernel: -3) }
    stops { convolution(stride: 0) }
    stops { convolution(stride: -1) }
    stops { convolution(padding: -1) }
    stops { convolution(huge) }
    stops { convolution(kernel: huge) }
    stops(anyWord) { convolution(kernel: 1 << 20) }
    for lengths in [[], [3, 0], [3, 3, 3], [-1, 3]] {
      stops { Convolution2d(3, 4, kernel: lengths, using: &generator) }
      stops { Convolution2d(3, 4, kernel: 3, stride: lengths, using: &generator) }
      stops { Convolution2d(3, 4, kernel: 3, dilation: lengths, using: &generator) }
    }
    for lengths in [[], [3, -1], [1, 1, 1]] {
      stops { Convolution2d(3, 4, kernel: 3, padding: lengths, using: &generator) }
    }
    for groups in [0, -1, 2, 3, huge] {
      stops { Convolution2d(3, 4, kernel: 3, groups: groups, using: &generator) }
    }
    of(
      "TransposedConvolution2d.init(Int, Int, kernel: any PerAxis, stride: any PerAxis, padding: any PerAxis, outputPadding: any PerAxis, dilation: any PerAxis, groups: Int, hasBias: Bool)"
    )
    for (channels, filters, groups) in [
      (0, 4, 1), (3, 0, 1), (-3, 4, 1), (3, 4, 0), (3, 4, 2), (3, 4, -1), (huge, huge, 1),
    ] {
      stops {
        TransposedConvolution2d(channels, filters, kernel: 3, groups: groups, using: &generator)
      }
    }
    for length in [0, -1] {
      stops { TransposedConvolution2d(3, 4, kernel: length, using: &generator) }
      stops { TransposedConvolution2d(3, 4, kernel: 3, stride: length, using: &generator) }
      stops { TransposedConvolution2d(3, 4, kernel: 3, dilation: length, using: &generator) }
    }
    stops { TransposedConvolution2d(3, 4, kernel: 3, padding: -1, using: &generator) }
    stops { TransposedConvolution2d(3, 4, kernel: 3, outputPadding: -1, using: &generator) }
    stops { TransposedConvolution2d(3, 4, kernel: huge, using: &generator) }
    of("TransposedConvolution2d.forward(Tensor)")
    let transposed = { TransposedConvolution2d(3, 4, kernel: 3, using: &generator) }
    stops("transposedConvolution2d") { transposed()(matrix) }
    stops("transposedConvolution2d") { transposed()(scalar) }
    stops("transposedConvolution2d") { transposed()(.ones([2, 4, 8, 8])) }
    stops("transposedConvolution2d") {
      TransposedConvolution2d(3, 4, kernel: 3, outputPadding: 2, using: &generator)(pictures)
    }
    of("TransposedConvolution2d.weight")
    for shape in [[], [4, 3, 3, 3]] {
      stops("keeps its shape") {
        let layer = transposed()
        layer.weight = .ones(shape)
        return layer(pictures)
      }
    }
    of("Convolution2d.forward(Tensor)")
    stops { convolution()(matrix) }
    stops { convolution()(.ones([2, 4, 8, 8])) }
    stops { convolution()(.ones([2, 3, 2, 2])) }
    stops { convolution()(scalar) }
    stops { convolution(padding: huge)(pictures) }
    of("Convolution2d.weight")
    for shape in [[], [4], [4, 2, 3, 3], [3, 3, 3, 3]] {
      stops("keeps its shape") {
        let layer = convolution()
        layer.weight = .ones(shape)
        return layer(pictures)
      }
    }
    of("Convolution2d.initialiseICNR(factor: Int)")
    for factor in [0, -2, 3, huge] {
      stops("shuffle") { convolution().initialiseICNR(factor: factor) }
    }
    of("icnr(Tensor, factor: Int)")
    for factor in [0, -2, huge] { stops { icnr(matrix, factor: factor) } }
    stops { icnr(scalar, factor: 2) }
    stops(anyWord) { icnr(matrix, factor: 1 << 20) }
    of(
      "ConvLayer.init(Int, Int, kernel: any PerAxis, stride: any PerAxis, padding: (any PerAxis)?, dilation: any PerAxis, groups: Int, startsAtZero: Bool)"
    )
    stops("Conv") { ConvLayer(0, 4, using: &generator) }
    stops("Conv") { ConvLayer(3, -4, using: &generator) }
    stops("Conv") { ConvLayer(3, 4, stride: 0, using: &generator) }
    stops("Conv") { ConvLayer(huge, 4, using: &generator) }
    of("ConvLayer.forward(Tensor)")
    stops("convolution2d") { ConvLayer(3, 4, using: &generator)(matrix) }
    stops("convolution2d") { ConvLayer(3, 4, using: &generator)(.ones([2, 1, 8, 8])) }
    of("ResBlock.init(Int)")
    for channels in [0, -1, huge] { stops { ResBlock(channels, using: &generator) } }
    of("ResBlock.init(any Layer, any Layer)")
    stops("residual") { ResBlock(linear(3, 2), Tanh())(matrix) }
    of("ResBlock.forward(Tensor)")
    stops("convolution2d") { ResBlock(3, using: &generator)(vector) }
    of("DenseBlock.init(Int, growth: Int?)")
    stops { DenseBlock(0, using: &generator) }
    stops { DenseBlock(3, growth: 0, using: &generator) }
    stops { DenseBlock(3, growth: -1, using: &generator) }
    stops { DenseBlock(3, growth: huge, using: &generator) }
    of("DenseBlock.forward(Tensor)")
    stops("convolution2d") { DenseBlock(3, using: &generator)(matrix) }

    of("PixelShuffle.init(Int, Int, factor: Int)")
    stops { PixelShuffle(0, 2, using: &generator) }
    stops { PixelShuffle(3, 0, using: &generator) }
    stops { PixelShuffle(3, -2, using: &generator) }
    stops { PixelShuffle(3, 2, factor: 0, using: &generator) }
    stops { PixelShuffle(3, 2, factor: -1, using: &generator) }
    stops { PixelShuffle(3, 2, factor: huge, using: &generator) }
    of("PixelShuffle.forward(Tensor)")
    stops("convolution2d") { PixelShuffle(3, 2, using: &generator)(matrix) }
    stops("convolution2d") { PixelShuffle(3, 2, using: &generator)(.ones([2, 4, 8, 8])) }
    of("MaxPool2d.init(any PerAxis, stride: (any PerAxis)?, padding: any PerAxis, ceilMode: Bool)")
    stops { MaxPool2d(0) }
    stops { MaxPool2d(-1) }
    stops { MaxPool2d(2, stride: 0) }
    stops { MaxPool2d(2, padding: -1) }
    stops { MaxPool2d(2, padding: 2) }
    stops { MaxPool2d(2, padding: huge) }
    for lengths in [[], [2, 0], [2, 2, 2]] {
      stops { MaxPool2d(lengths) }
      stops { MaxPool2d(2, stride: lengths) }
    }
    of("MaxPool2d.forward(Tensor)")
    stops { MaxPool2d(2)(matrix) }
    stops { MaxPool2d(9)(pictures) }
    of(
      "AveragePool2d.init(any PerAxis, stride: (any PerAxis)?, padding: any PerAxis, ceilMode: Bool, countsPadding: Bool)"
    )
    stops { AveragePool2d(0) }
    stops { AveragePool2d(2, stride: -1) }
    stops { AveragePool2d([2, 0]) }
    stops { AveragePool2d(2, padding: 2) }
    stops { AveragePool2d(2, padding: -1) }
    of("AveragePool2d.forward(Tensor)")
    stops { AveragePool2d(2)(scalar) }
    stops { AveragePool2d(9)(pictures) }
    of("GlobalAveragePool.forward(Tensor)")
    stops { GlobalAveragePool()(matrix) }
    stops { GlobalAveragePool()(.zeros([2, 3, 0, 8])) }
    of("GlobalConcatPool.forward(Tensor)")
    stops { GlobalConcatPool()(matrix) }
    stops { GlobalConcatPool()(.zeros([2, 3, 0, 8])) }
    of("Flatten.forward(Tensor)")
    stops { Flatten()(scalar) }
    returns { Flatten()(.zeros([0, 3, 8])).shape == [0, 24] }
    of("SigmoidRange.init(ClosedRange<Float>)")
    stops { SigmoidRange(-Float.infinity...0) }
    stops { SigmoidRange(0...Float.infinity) }
    of("Sequential.forward(Tensor)")
    stops("Linear") { Sequential(linear(3, 2), linear(3, 2))(matrix) }
    returns { Sequential()(matrix) == matrix }
  }
}
