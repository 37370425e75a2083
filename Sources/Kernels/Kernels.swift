/// Loops over pointers and BLAS calls: the only module with raw pointers in its API.
///
/// Nothing here checks shapes or bounds; `Tensors` does, once a call, before it comes here.
public enum Kernels {}

public typealias Pointer = UnsafePointer<Float>
public typealias MutablePointer = UnsafeMutablePointer<Float>
