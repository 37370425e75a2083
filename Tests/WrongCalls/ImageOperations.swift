import Tensors

extension Table {
  mutating func imageOperations() {
    of("convolution2d(Tensor, Tensor, bias: Tensor?, stride: Int, padding: Int)")
    let kernel = { Tensor.ones([4, 3, 3, 3]) }
    stops { convolution2d(matrix, kernel()) }
    stops { convolution2d(scalar, scalar) }
    stops { convolution2d(pictures, .ones([4, 2, 3, 3])) }
    stops { convolution2d(pictures, .ones([4, 3, 9, 9])) }
    stops { convolution2d(pictures, kernel(), bias: .ones([3])) }
    stops { convolution2d(pictures, kernel(), stride: 0) }
    stops { convolution2d(pictures, kernel(), stride: -1) }
    stops { convolution2d(pictures, kernel(), padding: -1) }
    stops { convolution2d(pictures, kernel(), padding: huge) }
    stops(anyWord) { convolution2d(pictures, kernel(), padding: 1 << 30) }
    stops { convolution2d(pictures, .zeros([4, 3, 0, 3])) }
    returns { convolution2d(pictures, kernel(), stride: huge).shape == [2, 4, 1, 1] }
    returns { convolution2d(.zeros([0, 3, 8, 8]), kernel()).shape == [0, 4, 6, 6] }
    returns { convolution2d(pictures, .zeros([0, 3, 3, 3])).shape == [2, 0, 6, 6] }
    of("transposedConvolution2d(Tensor, Tensor, stride: Int, padding: Int)")
    let spread = { Tensor.ones([3, 4, 3, 3]) }
    stops { transposedConvolution2d(pictures, .ones([2, 4, 3, 3])) }
    stops { transposedConvolution2d(matrix, spread()) }
    stops { transposedConvolution2d(pictures, spread(), stride: 0) }
    stops { transposedConvolution2d(pictures, spread(), stride: huge) }
    stops(anyWord) { transposedConvolution2d(pictures, spread(), stride: 1 << 30) }
    stops { transposedConvolution2d(pictures, spread(), padding: -1) }
    stops { transposedConvolution2d(pictures, spread(), padding: 9) }
    stops { transposedConvolution2d(pictures, spread(), padding: huge) }
    stops { transposedConvolution2d(.zeros([2, 3, 0, 8]), spread()) }
    stops { transposedConvolution2d(pictures, .zeros([3, 4, 0, 0])) }
    returns { transposedConvolution2d(.zeros([0, 3, 8, 8]), spread()).shape == [0, 4, 10, 10] }

    of("Tensor.maxPool2d(Int, stride: Int?, padding: Int)")
    stops { pictures.maxPool2d(9) }
    stops { pictures.maxPool2d(0) }
    stops { pictures.maxPool2d(-1) }
    stops { pictures.maxPool2d(2, stride: 0) }
    stops { pictures.maxPool2d(2, padding: 2) }
    stops { pictures.maxPool2d(2, padding: -1) }
    stops { pictures.maxPool2d(huge) }
    stops { pictures.maxPool2d(2, padding: huge) }
    stops { matrix.maxPool2d(2) }
    returns { pictures.maxPool2d(2, stride: huge).shape == [2, 3, 1, 1] }
    returns { Tensor.zeros([0, 3, 8, 8]).maxPool2d(2).shape == [0, 3, 4, 4] }
    of("Tensor.averagePool2d(Int, stride: Int?, padding: Int)")
    stops { pictures.averagePool2d(9) }
    stops { pictures.averagePool2d(0) }
    stops { pictures.averagePool2d(2, stride: -1) }
    stops { pictures.averagePool2d(2, padding: 2) }
    stops { pictures.averagePool2d(huge) }
    stops { scalar.averagePool2d(1) }
    returns { pictures.averagePool2d(2, stride: huge).shape == [2, 3, 1, 1] }
    for isMaximum in [true, false] {
      of("Tensor.adaptive\(isMaximum ? "Max" : "Average")Pool2d((height: Int, width: Int))")
      let pool = { (x: Tensor, height: Int, width: Int) in
        isMaximum
          ? x.adaptiveMaxPool2d((height, width)) : x.adaptiveAveragePool2d((height, width))
      }
      stops { pool(pictures, 0, 1) }
      stops { pool(pictures, 1, -1) }
      stops { pool(matrix, 1, 1) }
      stops { pool(.zeros([2, 3, 0, 8]), 1, 1) }
      stops { pool(pictures, huge, 1) }
      stops(anyWord) { pool(pictures, 1 << 40, 1) }
    }

    for isNearest in [true, false] {
      of("Tensor.resized\(isNearest ? "Nearest" : "Bilinear")((height: Int, width: Int))")
      let resized = { (x: Tensor, height: Int, width: Int) in
        isNearest ? x.resizedNearest((height, width)) : x.resizedBilinear((height, width))
      }
      stops { resized(pictures, 0, 8) }
      stops { resized(pictures, 8, -1) }
      stops { resized(vector, 8, 8) }
      stops { resized(.zeros([2, 3, 0, 8]), 8, 8) }
      stops { resized(.zeros([2, 3, 8, 0]), 8, 8) }
      stops { resized(pictures, huge, 8) }
      stops(anyWord) { resized(pictures, 1 << 40, 8) }
      stops(anyWord) { resized(pictures, 1 << 20, 1 << 20) }
    }
    of("Tensor.zeroPadded(left: Int, right: Int, top: Int, bottom: Int)")
    stops { pictures.zeroPadded(left: -1, right: 0, top: 0, bottom: 0) }
    stops { pictures.zeroPadded(left: 0, right: 0, top: 0, bottom: -9) }
    stops { matrix.zeroPadded(left: 1, right: 1, top: 1, bottom: 1) }
    stops { pictures.zeroPadded(left: huge, right: 0, top: 0, bottom: 0) }
    stops { pictures.zeroPadded(left: huge, right: huge, top: 0, bottom: 0) }
    stops(anyWord) { pictures.zeroPadded(left: 1 << 40, right: 0, top: 0, bottom: 0) }
    of("Tensor.reflectionPadded(left: Int, right: Int, top: Int, bottom: Int)")
    stops { pictures.reflectionPadded(left: 8, right: 0, top: 0, bottom: 0) }
    stops { pictures.reflectionPadded(left: -1, right: 0, top: 0, bottom: 0) }
    stops { pictures.reflectionPadded(left: 0, right: 0, top: huge, bottom: 0) }
    stops { scalar.reflectionPadded(left: 0, right: 0, top: 0, bottom: 0) }
    of("Tensor.pixelShuffled(Int)")
    stops { pictures.pixelShuffled(2) }
    stops { pictures.pixelShuffled(0) }
    stops { pictures.pixelShuffled(-1) }
    stops { pictures.pixelShuffled(huge) }
    stops { matrix.pixelShuffled(1) }
    stops { Tensor.zeros([2, 0, 8, 8]).pixelShuffled(huge) }

    of("Tensor.batchNormalized(gamma: Tensor, beta: Tensor, epsilon: Float, relu: Bool)")
    let three = { Tensor.ones([3]) }
    stops { pictures.batchNormalized(gamma: .ones([4]), beta: .ones([4]), epsilon: 1e-5) }
    stops { pictures.batchNormalized(gamma: three(), beta: .ones([4]), epsilon: 1e-5) }
    stops { pictures.batchNormalized(gamma: scalar, beta: scalar, epsilon: 1e-5) }
    stops { vector.batchNormalized(gamma: three(), beta: three(), epsilon: 1e-5) }
    stops { pictures.batchNormalized(gamma: three(), beta: three(), epsilon: -1) }
    stops { pictures.batchNormalized(gamma: three(), beta: three(), epsilon: .nan) }
    of(
      "Tensor.batchNormalized(gamma: Tensor, beta: Tensor, mean: Tensor, variance: Tensor, epsilon: Float)"
    )
    let given = { (mean: Tensor, variance: Tensor, epsilon: Float) in
      pictures.batchNormalized(
        gamma: three(), beta: three(), mean: mean, variance: variance, epsilon: epsilon)
    }
    stops { given(.ones([4]), three(), 1e-5) }
    stops { given(three(), scalar, 1e-5) }
    stops { given(.ones([3, 1]), three(), 1e-5) }
    stops { given(three(), three(), .nan) }
    stops { given(three(), three(), -1) }
    stops {
      vector.batchNormalized(
        gamma: three(), beta: three(), mean: three(), variance: three(), epsilon: 1e-5)
    }
  }
}
