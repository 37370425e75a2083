import Tensors

extension Table {
  mutating func shapes() {
    of("Tensor.reshaped([Int])")
    stops { matrix.reshaped([4]) }
    stops { matrix.reshaped([-1, -1]) }
    stops { matrix.reshaped([-1, 4]) }
    stops { matrix.reshaped([-2, -3]) }
    stops { matrix.reshaped([-1, 0]) }
    stops { matrix.reshaped([-1, -2, -3]) }
    stops { matrix.reshaped([]) }
    stops { matrix.reshaped([huge, huge]) }
    stops { matrix.reshaped([-1, huge, 2]) }
    stops { matrix.reshaped([.min, -1]) }
    stops { nothing.reshaped([-1, 0]) }
    returns { nothing.reshaped([-1, 3]).shape == [0, 3] }
    returns { nothing.reshaped([5, 0]).shape == [5, 0] }
    of("Tensor.transposed()")
    stops { vector.transposed() }
    stops { pictures.transposed() }
    stops { scalar.transposed() }
    returns { Tensor.zeros([0, 3]).transposed().shape == [3, 0] }
    of("Tensor.permuted([Int])")
    stops { matrix.permuted([0, 0]) }
    stops { matrix.permuted([0]) }
    stops { matrix.permuted([]) }
    stops { matrix.permuted([0, 2]) }
    stops { matrix.permuted([0, 1, 1]) }
    stops { matrix.permuted([0, -2]) }
    stops { matrix.permuted([huge, .min]) }
    returns { scalar.permuted([]) == scalar }
    returns { Tensor.zeros([0, 3]).permuted([1, 0]).shape == [3, 0] }

    of("Tensor.subscript(Int)")
    stops("index") { matrix[2] }
    stops("index") { matrix[-1] }
    stops("index") { matrix[huge] }
    stops("index") { scalar[0] }
    stops("index") { nothing[0] }
    of("Tensor.subscript(Range<Int>)")
    stops("slice") { matrix[1..<4] }
    stops("slice") { matrix[-1..<1] }
    stops("slice") { scalar[0..<1] }
    stops("slice") { matrix[3..<3] }
    stops("slice") { matrix[.min ..< .max] }
    returns { matrix[2..<2].shape == [0, 3] }
    of("Tensor.sliced(axis: Int, Range<Int>)")
    stops { matrix.sliced(axis: 2, 0..<1) }
    stops { matrix.sliced(axis: .min, 0..<1) }
    stops { matrix.sliced(axis: 1, 2..<4) }
    stops { matrix.sliced(axis: 1, -1..<2) }
    stops { scalar.sliced(axis: 0, 0..<1) }
    stops { matrix.sliced(axis: 1, .min ..< .max) }
    of("Tensor.sliced(axis: Int, Range<Int>, by: Int)")
    for step in [0, -1, .min] { stops("slice") { matrix.sliced(axis: 1, 0..<3, by: step) } }
    stops { matrix.sliced(axis: 2, 0..<1, by: 1) }
    stops { matrix.sliced(axis: .min, 0..<1, by: 1) }
    stops { matrix.sliced(axis: 1, 2..<4, by: 2) }
    stops { scalar.sliced(axis: 0, 0..<1, by: 1) }
    returns { matrix.sliced(axis: 1, 0..<3, by: huge).shape == [2, 1] }
    of("Tensor.sliced([Range<Int>], by: [Int]?)")
    stops { matrix.sliced([0..<1, 0..<1, 0..<1]) }
    stops { matrix.sliced([0..<3]) }
    stops { matrix.sliced([-1..<1]) }
    stops { matrix.sliced([0..<1], by: [0]) }
    stops { matrix.sliced([0..<1], by: [1, 1]) }
    stops { scalar.sliced([0..<1]) }
    returns { matrix.sliced([]) == matrix }
    of("Tensor.selected(axis: Int, [Int])")
    stops { matrix.selected(axis: 2, [0]) }
    stops { matrix.selected(axis: 1, [3]) }
    stops { matrix.selected(axis: 1, [-1]) }
    stops { matrix.selected(axis: 0, [huge]) }
    stops { scalar.selected(axis: 0, [0]) }
    returns { matrix.selected(axis: 1, []).shape == [2, 0] }
    of("Tensor.gathered(axis: Int, [Int], shape: [Int])")
    stops("gather") { matrix.gathered(axis: 2, [0], shape: [1, 1]) }
    stops("gather") { matrix.gathered(axis: 1, [3], shape: [1, 1]) }
    stops("gather") { matrix.gathered(axis: 1, [-1], shape: [1, 1]) }
    stops("gather") { matrix.gathered(axis: 1, [0], shape: [1]) }
    stops("gather") { matrix.gathered(axis: 1, [0], shape: [3, 1]) }
    stops("gather") { matrix.gathered(axis: 1, [0], shape: [1, 2]) }
    stops("gather") { matrix.gathered(axis: 1, [0], shape: [-1, -1]) }
    stops("gather") { matrix.gathered(axis: 1, [0], shape: [2, huge]) }
    stops("gather") { scalar.gathered(axis: 0, [0], shape: []) }
    returns { matrix.gathered(axis: 1, [], shape: [2, 0]).shape == [2, 0] }
    of("Tensor.rows([Int])")
    stops { matrix.rows([0, 2]) }
    stops { matrix.rows([-1]) }
    stops { scalar.rows([0]) }
    stops { nothing.rows([0]) }
    stops(anyWord) { Tensor.ones([1, 1 << 20]).rows([Int](repeating: 0, count: 1 << 20)) }
    returns { matrix.rows([]).shape == [0, 3] }
    of("Tensor.columns([Int])")
    stops { matrix.columns([0]) }
    stops { matrix.columns([0, 3]) }
    stops { matrix.columns([0, -1]) }
    stops { vector.columns([0, 0, 0]) }
    stops { scalar.columns([]) }
    returns { Tensor.zeros([0, 3]).columns([]).shape == [0] }
    of("concatenate([Tensor], axis: Int)")
    stops { concatenate([]) }
    stops { concatenate([matrix, .ones([2, 2])]) }
    stops { concatenate([matrix, vector]) }
    stops { concatenate([matrix, vector], axis: 1) }
    stops { concatenate([vector, matrix]) }
    stops { concatenate([matrix, matrix], axis: 2) }
    stops { concatenate([matrix], axis: .min) }
    stops { concatenate([scalar, scalar]) }
    returns { concatenate([matrix, .zeros([0, 3])]) == matrix }
    of("stack([Tensor], axis: Int)")
    stops { stack([]) }
    stops { stack([], axis: 1) }
    stops { stack([matrix, vector]) }
    stops { stack([matrix, matrix], axis: 3) }
    stops { stack([matrix, matrix], axis: -4) }
    stops { stack([matrix], axis: .min) }
    returns { stack([scalar, scalar]).shape == [2] }
    returns { stack([nothing, nothing]).shape == [2, 0] }
  }
}
