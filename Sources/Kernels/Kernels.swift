/// Loops over pointers and BLAS calls: the only module built with unsafe flags, and the only one
/// with raw pointers in its API.
public enum Kernels {}
