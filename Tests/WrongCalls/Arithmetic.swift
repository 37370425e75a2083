import Tensors

extension Table {
  mutating func arithmetic() {
    of("Tensor.+(Tensor, Tensor)")
    stops { matrix + Tensor.ones([4]) }
    stops { matrix + nothing }
    stops { Tensor.ones([1 << 20, 1]) + Tensor.ones([1, 1 << 20]) }
    returns { (Tensor.zeros([0, 3]) + vector).shape == [0, 3] }
    returns { (Tensor.zeros([0, 1]) + Tensor.ones([1, 3])).shape == [0, 3] }
    of("Tensor.-(Tensor, Tensor)")
    stops { matrix - Tensor.ones([4]) }
    stops { matrix - nothing }
    of("Tensor.*(Tensor, Tensor)")
    stops { matrix * Tensor.ones([4]) }
    stops { matrix * Tensor.ones([3, 3]) }
    of("Tensor./(Tensor, Tensor)")
    stops { matrix / Tensor.ones([3, 2]) }
    returns { (vector / .zeros([3])).values == [.infinity, .infinity, .infinity] }
    of("Tensor.+=(Tensor, Tensor)")
    stops("+") {
      var a = matrix
      a += .ones([4])
    }
    of("Tensor.-=(Tensor, Tensor)")
    stops("-") {
      var a = matrix
      a -= .ones([4])
    }
    of("Tensor.*=(Tensor, Float)")
    returns {
      var a = nothing
      a *= 2
      return a.shape == [0]
    }

    let pairs: [(String, (Tensor, Tensor) -> Tensor)] = [
      ("maximum(Tensor, Tensor)", { maximum($0, $1) }),
      ("minimum(Tensor, Tensor)", { minimum($0, $1) }),
      ("Tensor.pow(Tensor)", { $0.pow($1) }),
    ]
    for (name, operation) in pairs {
      of(name)
      stops { operation(matrix, .ones([4])) }
      stops { operation(matrix, nothing) }
      stops(anyWord) { operation(.ones([1 << 20, 1]), .ones([1, 1 << 20])) }
      returns { operation(.zeros([0, 3]), vector).shape == [0, 3] }
    }
    of("Tensor.where(Tensor, Tensor, Tensor)")
    stops { Tensor.where(matrix, .ones([4]), scalar) }
    stops { Tensor.where(.ones([4]), matrix, scalar) }
    stops { Tensor.where(scalar, matrix, nothing) }
    returns { Tensor.where(.zeros([0, 3]), vector, scalar).shape == [0, 3] }
    of("Tensor.softplus(beta: Float, threshold: Float)")
    for beta in [0, Float.nan, .infinity] { stops { vector.softplus(beta: beta) } }

    of("Tensor.broadcast(to: [Int])")
    stops { matrix.broadcast(to: [3, 2]) }
    stops { matrix.broadcast(to: [3]) }
    stops { matrix.broadcast(to: []) }
    stops { vector.broadcast(to: [-1, 3]) }
    stops { vector.broadcast(to: [huge, 3]) }
    stops(anyWord) { vector.broadcast(to: tooLarge + [3]) }
    returns { vector.broadcast(to: [0, 3]).count == 0 }

    of("Tensor.sum(axes: [Int], keepingAxes: Bool)")
    stops { matrix.sum(axes: [2]) }
    stops { matrix.sum(axes: [-3]) }
    stops { scalar.sum(axes: [0]) }
    stops { matrix.sum(axes: [huge]) }
    stops { matrix.sum(axes: [.min]) }
    returns { matrix.sum(axes: []) == matrix }
    returns { Tensor.zeros([0, 3]).sum(axes: [0]).values == [0, 0, 0] }
    of("Tensor.mean(axes: [Int], keepingAxes: Bool)")
    stops { matrix.mean(axes: [2]) }
    stops { scalar.mean(axes: [0]) }
    returns { matrix.mean(axes: []) == matrix }
    returns { Tensor.zeros([0, 3]).mean(axes: [0]).values.allSatisfy(\.isNaN) }
    of("Tensor.mean()")
    returns { nothing.mean().item.isNaN }
    of("Tensor.max(axis: Int, keepingAxis: Bool)")
    stops { matrix.max(axis: 5) }
    stops { scalar.max(axis: 0) }
    stops { Tensor.zeros([0, 3]).max(axis: 0) }
    stops { nothing.max(axis: 0) }
    stops { matrix.max(axis: .min) }
    returns { Tensor.zeros([0, 3]).max(axis: 1).shape == [0] }
    of("Tensor.max(axes: [Int]?, keepingAxes: Bool)")
    stops { matrix.max(axes: [2]) }
    stops { matrix.max(axes: [0, 0]) }
    stops { matrix.max(axes: [0, -2]) }
    stops { nothing.max() }
    returns { matrix.max(axes: []) == matrix }
    returns { scalar.max() == scalar }
    of("Tensor.argmax(axis: Int)")
    stops { matrix.argmax(axis: 2) }
    stops { scalar.argmax() }
    stops { nothing.argmax() }
    stops { Tensor.zeros([2, 0]).argmax() }
    of("Tensor.min(axis: Int, keepingAxis: Bool)")
    stops { matrix.min(axis: 5) }
    stops { scalar.min(axis: 0) }
    stops { Tensor.zeros([0, 3]).min(axis: 0) }
    of("Tensor.min(axes: [Int]?, keepingAxes: Bool)")
    stops { matrix.min(axes: [2]) }
    stops { matrix.min(axes: [0, 0]) }
    stops { nothing.min() }
    of("Tensor.argmin(axis: Int)")
    stops { matrix.argmin(axis: 2) }
    stops { scalar.argmin() }
    stops { Tensor.zeros([2, 0]).argmin() }
    of("Tensor.softmax(axis: Int)")
    stops { matrix.softmax(axis: -3) }
    stops { scalar.softmax() }
    returns { nothing.softmax().count == 0 }
    returns { Tensor.zeros([0, 3]).softmax(axis: 0).shape == [0, 3] }
    of("Tensor.logSoftmax(axis: Int)")
    stops { matrix.logSoftmax(axis: huge) }
    stops { scalar.logSoftmax() }
    returns { Tensor.zeros([3, 0]).logSoftmax().shape == [3, 0] }

    of("Tensor.clamped(Float, Float)")
    stops { vector.clamped(.nan, 1) }
    stops { vector.clamped(0, .nan) }
    returns { vector.clamped(-.infinity, .infinity) == vector }
    // As in PyTorch, the maximum has the last word.
    returns { vector.clamped(2, 1) == vector }
    of("gradientCheck(at: [Tensor], step: Float, ([Tensor]) throws -> Tensor)")
    stops { gradientCheck(at: [vector], step: 0) { $0[0].square() } }
    stops { gradientCheck(at: [vector], step: -1) { $0[0].square() } }
    stops { gradientCheck(at: [vector], step: .nan) { $0[0].square() } }
    stops("backward") { gradientCheck(at: [vector]) { _ in Tensor(1) } }
    stops("backward") { gradientCheck(at: []) { _ in Tensor(1) } }
    returns { gradientCheck(at: [nothing]) { $0[0].square() }.isEmpty }
  }
}
