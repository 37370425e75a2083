import Tensors

extension Table {
  mutating func imageOperations() {
    of(
      "convolution2d(Tensor, Tensor, bias: Tensor?, stride: any PerAxis, padding: any PerAxis, dilation: any PerAxis, groups: Int)"
    )
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
    for lengths in [[], [1, 0], [1, 1, 1], [-1, 1]] {
      stops { convolution2d(pictures, kernel(), stride: lengths) }
      stops { convolution2d(pictures, kernel(), dilation: lengths) }
    }
    stops { convolution2d(pictures, kernel(), padding: [1, -1]) }
    stops { convolution2d(pictures, kernel(), dilation: 4) }
    stops { convolution2d(pictures, kernel(), dilation: huge) }
    for groups in [0, -1, 2, 3, huge] {
      stops { convolution2d(pictures, kernel(), groups: groups) }
    }
    returns { convolution2d(pictures, kernel(), stride: huge).shape == [2, 4, 1, 1] }
    returns { convolution2d(.zeros([0, 3, 8, 8]), kernel()).shape == [0, 4, 6, 6] }
    returns { convolution2d(pictures, .zeros([0, 3, 3, 3])).shape == [2, 0, 6, 6] }
    of("convolution2d(Tensor, Tensor, bias: Tensor?, stride: Int, padding: Int)")
    let (one, zero) = (1, 0)
    stops { convolution2d(matrix, kernel(), stride: one, padding: zero) }
    stops { convolution2d(pictures, kernel(), stride: zero, padding: zero) }
    stops { convolution2d(pictures, kernel(), stride: one, padding: -one) }
    stops { convolution2d(pictures, .ones([4, 3, 9, 9]), stride: one, padding: zero) }
    of(
      "transposedConvolution2d(Tensor, Tensor, bias: Tensor?, stride: any PerAxis, padding: any PerAxis, outputPadding: any PerAxis, dilation: any PerAxis, groups: Int)"
    )
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
    stops { transposedConvolution2d(pictures, spread(), bias: .ones([3])) }
    stops { transposedConvolution2d(pictures, spread(), stride: [2, 0]) }
    stops { transposedConvolution2d(pictures, spread(), dilation: 0) }
    stops { transposedConvolution2d(pictures, spread(), dilation: huge) }
    stops { transposedConvolution2d(pictures, spread(), outputPadding: 1) }
    stops { transposedConvolution2d(pictures, spread(), stride: 2, outputPadding: -1) }
    for groups in [0, -1, 2, huge] {
      stops { transposedConvolution2d(pictures, spread(), groups: groups) }
    }
    stops { transposedConvolution2d(pictures, .zeros([3, 4, 0, 0])) }
    returns { transposedConvolution2d(.zeros([0, 3, 8, 8]), spread()).shape == [0, 4, 10, 10] }

    of("transposedConvolution2d(Tensor, Tensor, stride: Int, padding: Int)")
    stops { transposedConvolution2d(matrix, spread(), stride: one, padding: zero) }
    stops { transposedConvolution2d(pictures, spread(), stride: zero, padding: zero) }
    stops { transposedConvolution2d(pictures, spread(), stride: one, padding: -one) }
    stops { transposedConvolution2d(pictures, spread(), stride: huge, padding: huge) }

    for isMaximum in [true, false] {
      let name = "Tensor.\(isMaximum ? "max" : "average")Pool2d"
      let counts = isMaximum ? "" : ", countsPadding: Bool"
      of(
        "\(name)(any PerAxis, stride: (any PerAxis)?, padding: any PerAxis, ceilMode: Bool\(counts))"
      )
      let pool = {
        (x: Tensor, kernel: any PerAxis, stride: (any PerAxis)?, padding: any PerAxis) in
        isMaximum
          ? x.maxPool2d(kernel, stride: stride, padding: padding, ceilMode: false)
          : x.averagePool2d(kernel, stride: stride, padding: padding, ceilMode: false)
      }
      for kernel in [0, -1, 9, huge, .min] { stops { pool(pictures, kernel, nil, 0) } }
      for kernel in [[], [2, 0], [2, 2, 2]] { stops { pool(pictures, kernel, nil, 0) } }
      for stride in [0, -1, .min] { stops { pool(pictures, 2, stride, 0) } }
      stops { pool(pictures, 2, [2, 0], 0) }
      for padding in [-1, 2, huge] { stops { pool(pictures, 2, nil, padding) } }
      stops { pool(pictures, 2, nil, [0, 2]) }
      stops { pool(matrix, 2, nil, 0) }
      stops { pool(scalar, 1, nil, 0) }
      stops { pool(.zeros([2, 3, 0, 8]), 2, nil, 0) }
      returns { pool(pictures, 2, huge, 0).shape == [2, 3, 1, 1] }
      returns { pool(.zeros([0, 3, 8, 8]), 2, nil, 0).shape == [0, 3, 4, 4] }
      of("\(name)(Int, stride: Int?, padding: Int)")
      let plain = { (x: Tensor, kernel: Int, stride: Int, padding: Int) in
        isMaximum
          ? x.maxPool2d(kernel, stride: stride, padding: padding)
          : x.averagePool2d(kernel, stride: stride, padding: padding)
      }
      stops { plain(pictures, 9, 1, 0) }
      stops { plain(pictures, 2, 0, 0) }
      stops { plain(pictures, 2, 2, 2) }
      stops { plain(pictures, huge, huge, huge) }
      stops { plain(matrix, 2, 2, 0) }
    }
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
      let corners = isNearest ? "" : ", alignsCorners: Bool"
      of(
        "Tensor.resized\(isNearest ? "Nearest" : "Bilinear")((height: Int, width: Int)\(corners))")
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
