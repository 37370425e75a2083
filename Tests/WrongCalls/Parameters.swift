import Tensors

extension Table {
  mutating func parameters() {
    of("Tensor.backward()")
    stops { learned([2]).wrappedValue.square().backward() }
    stops { scalar.square().backward() }
    stops { nothing.backward() }
    stops {
      let y = learned([]).wrappedValue.square()
      y.backward()
      y.backward()
    }
    of("Parameter.grad")
    stops("gradient") { Parameter(vector).grad }
    stops("grad") { learned([3]).grad = matrix }
    stops("grad") { learned([3]).grad = nothing }
    stops("grad") { Parameter(scalar).grad = .ones([1]) }
    of("Parameter.value")
    for shape in [[], [2, 3], [0], [3, 1]] {
      stops("keeps its shape") { learned([3]).value = .ones(shape) }
    }
    of("Parameter.wrappedValue")
    for shape in [[], [2, 3], [0], [3, 1]] {
      stops("keeps its shape") { learned([3]).wrappedValue = .ones(shape) }
    }
    of("MatrixLibrary.threads")
    stops { MatrixLibrary.threads = 0 }
    stops { MatrixLibrary.threads = -1 }
    stops { MatrixLibrary.threads = huge }
    of("Tape.init(of: Tensor, parameters: [(String, Parameter)])")
    returns { Tape(of: scalar).entries.isEmpty }
    returns { Tape(of: learned([0]).wrappedValue.sum()).entries.count == 2 }
  }
}
