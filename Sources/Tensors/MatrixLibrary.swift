import Kernels

/// The library behind `matmul`.
public enum MatrixLibrary {
  /// Its name, release and the core that runs: "OpenBLAS 0.3.21 Cooperlake".
  public static var summary: String { BLAS.summary }

  /// Threads of a matrix product. Set them once, at start: a fixed number gives the same bits each time.
  public static var threads: Int {
    get { BLAS.threads }
    set { BLAS.threads = newValue }
  }
}
