import Unrolled

/// Affine functions: what they are, that they stack to nothing new, and two in disguise.
func affine(_ page: Page) throws {
  page.question("Is an affine function a matrix product? Is it linear?")
  page.correction(
    "F4", says: "an affine function is a matrix multiplication, and is linear",
    standard: """
      An affine function is f(x) = xW + b: a matrix product *and a shift*. It is linear only if \
      b = 0. Convolutions are affine too: products with a matrix of tied and zero entries. So are embeddings: products of a one-hot input with a table.
      """)
  page.formula(
    #"f(x + y) = f(x) + f(y) - b \quad\text{for}\quad f(x) = xW + b"#,
    plain: "f(x) = xW + b   gives   f(x + y) = f(x) + f(y) − b")
  let gap = page.run {
    var generator = SeededGenerator(seed: page.seed)
    let f = Linear(4, 3, using: &generator)
    let x = Tensor.normal([1, 4], using: &generator)
    let y = Tensor.normal([1, 4], using: &generator)
    let gap = f(x) + f(y) - f(x + y)
    page.show("f(x) + f(y) − f(x + y)", gap)
    page.show("b", f.bias)
    return (gap - f.bias).abs().max().item
  }
  page.check(
    "affine/gap", "f(x) + f(y) − f(x + y) − b, largest", gap, equals: 0, within: 1e-6,
    because: "a few roundings of numbers near 1", source: "algebra: only the shift is left")

  page.say(
    """
    Stacking affine functions gives only another one: (xA + a)B + b = x(AB) + (aB + b). A net \
    of matrix products alone, however deep, is a single matrix product. A ReLU between them is what \
    stops the collapse.
    """)
  let (plain, bent) = page.run {
    var generator = SeededGenerator(seed: page.seed)
    let first = Linear(4, 6, using: &generator)
    let second = Linear(6, 3, using: &generator)
    let collapsed = Linear(
      weight: matmul(first.weight, second.weight),
      bias: (matmul(first.bias.reshaped([1, 6]), second.weight) + second.bias).reshaped([3]))
    let x = Tensor.normal([100, 4], using: &generator)
    let plain = (second(first(x)) - collapsed(x)).abs().max().item
    let bent = (second(first(x).relu()) - collapsed(x)).abs().max().item
    page.show("two layers − one layer, largest", plain)
    page.show("with a ReLU between, largest", bent)
    return (plain, bent)
  }
  page.check(
    "affine/collapse", "two stacked layers against the collapsed one", plain, equals: 0,
    within: 2e-6, because: "ten products of numbers near 1 in 32 bits, in another order",
    source: "algebra: (xA + a)B + b = x(AB) + (aB + b)")

  page.say(
    """
    Two affine functions in disguise. A **convolution** slides a small kernel; written as a matrix, \
    the kernel's numbers repeat along the diagonals (tied weights) and everything else is 0. An \
    **embedding** looks up a row; that is a product with a **one-hot** vector, which is 1 at the row's number and 0 elsewhere.
    """)
  let (convolution, embedding) = page.run {
    let kernel: [Float] = [1, 0, -1]
    let signal: [Float] = [3, 1, 4, 1, 5, 9]
    let slid = (0..<4).map { i in
      kernel[0] * signal[i] + kernel[1] * signal[i + 1] + kernel[2] * signal[i + 2]
    }
    var tied = [[Float]](repeating: [Float](repeating: 0, count: 4), count: 6)
    for i in 0..<4 { for k in 0..<3 { tied[i + k][i] = kernel[k] } }
    let product = matmul(Tensor([signal]), Tensor(tied))
    page.show("matrix with tied weights", Tensor(tied))
    page.show("slid", Tensor(slid))
    page.show("product", product)

    let table = Tensor([[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]])
    let lookedUp = table.rows([2, 0, 2])
    let multiplied = matmul(.oneHot([2, 0, 2], classes: 3), table)
    page.show("rows 2, 0, 2", lookedUp)
    page.show("one-hot product", multiplied)
    return (
      (product.reshaped([4]) - Tensor(slid)).abs().max().item,
      (lookedUp - multiplied).abs().max().item
    )
  }
  page.check(
    "affine/convolution", "convolution against tied matrix, largest gap", convolution, equals: 0,
    within: 0, because: "whole numbers are exact", source: "the kernel slid by hand, in a loop")
  page.check(
    "affine/embedding", "look-up against one-hot product, largest gap", embedding, equals: 0,
    within: 0, because: "1·x + 0·y is exact", source: "rows picked by index")
  page.seen(
    """
    The shift b is exactly what keeps f from being linear. Two layers without a ReLU differ from one \
    by rounding (\(text(plain, 8))); with a ReLU between they differ by \(text(bent, 2)). So depth \
    is worth something only because of the activation functions.
    """)
}
