import Kernels

// Each operator beside its derivative. Three forms each: two tensors, a tensor and a number on
// either side.
extension Tensor {
  public static func + (a: Tensor, b: Tensor) -> Tensor {
    a.combined(.add, b, name: "+").recorded("+", from: a, b) { dy in
      dy.summed(to: a.shape)
    } second: { dy in
      dy.summed(to: b.shape)
    }
  }

  public static func - (a: Tensor, b: Tensor) -> Tensor {
    a.combined(.subtract, b, name: "-").recorded("-", from: a, b) { dy in
      dy.summed(to: a.shape)
    } second: { dy in
      (-dy).summed(to: b.shape)
    }
  }

  public static func * (a: Tensor, b: Tensor) -> Tensor {
    a.combined(.multiply, b, name: "*").recorded("*", from: a, b) { dy in
      (dy * b).summed(to: a.shape)
    } second: { dy in
      (dy * a).summed(to: b.shape)
    }
  }

  public static func / (a: Tensor, b: Tensor) -> Tensor {
    let y = a.combined(.divide, b, name: "/")
    return y.recorded("/", from: a, b) { dy in
      (dy / b).summed(to: a.shape)
    } second: { dy in
      // −a/b², without b², which a small b has not.
      (-dy * y / b).summed(to: b.shape)
    }
  }

  public static prefix func - (x: Tensor) -> Tensor {
    x.mapped(.negate).recorded("negate", from: x) { dy in -dy }
  }

  public static func + (x: Tensor, c: Float) -> Tensor {
    x.mapped(.add, c).recorded("+", from: x) { dy in dy }
  }
  public static func + (c: Float, x: Tensor) -> Tensor { x + c }

  public static func - (x: Tensor, c: Float) -> Tensor {
    x.mapped(.add, -c).recorded("-", from: x) { dy in dy }
  }
  public static func - (c: Float, x: Tensor) -> Tensor {
    x.mapped(.subtractFrom, c).recorded("-", from: x) { dy in -dy }
  }

  public static func * (x: Tensor, c: Float) -> Tensor {
    x.mapped(.multiply, c).recorded("*", from: x) { dy in dy * c }
  }
  public static func * (c: Float, x: Tensor) -> Tensor { x * c }

  public static func / (x: Tensor, c: Float) -> Tensor {
    x.mapped(.divideBy, c).recorded("/", from: x) { dy in dy / c }
  }
  public static func / (c: Float, x: Tensor) -> Tensor {
    let y = x.mapped(.divideInto, c)
    return y.recorded("/", from: x) { dy in -dy * y / x }
  }

  /// In place, where neither side is on the tape. `a` keeps its shape; `b` may repeat to fit it.
  public static func += (a: inout Tensor, b: Tensor) {
    expectFits(b, into: a, "+=")
    guard a.node == nil, b.node == nil, a.shape == b.shape else {
      a = a + b
      return
    }
    Kernels.accumulate(b.start, into: a.mutableStart, a.count)
  }

  /// In place, where neither side is on the tape. `a` keeps its shape; `b` may repeat to fit it.
  public static func -= (a: inout Tensor, b: Tensor) {
    expectFits(b, into: a, "-=")
    guard a.node == nil, b.node == nil, a.shape == b.shape else {
      a = a - b
      return
    }
    Kernels.accumulate(b.start, times: -1, into: a.mutableStart, a.count)
  }

  /// In place, off the tape.
  public static func *= (a: inout Tensor, c: Float) {
    guard a.node == nil else {
      a = a * c
      return
    }
    let start = a.mutableStart
    Kernels.map(.multiply, Pointer(start), c, into: start, a.count)
  }
}

extension Tensor {
  private static func expectFits(_ b: Tensor, into a: Tensor, _ name: String) {
    expect(
      broadcastShape(a.shape, b.shape) == a.shape,
      "\(name): shape \(b.shape) does not fit into \(a.shape), which is changed in place")
  }

  func mapped(_ operation: UnaryOperation) -> Tensor {
    let y = Tensor(unfilled: shape)
    Kernels.map(operation, start, into: y.storage.start, count)
    return y
  }

  func mapped(_ operation: ScalarOperation, _ c: Float) -> Tensor {
    let y = Tensor(unfilled: shape)
    Kernels.map(operation, start, c, into: y.storage.start, count)
    return y
  }
}
