import Kernels

/// The library behind `matmul`, and the machine's use of it.
public enum MatrixLibrary {
  /// Its name, release and the core that runs: "OpenBLAS 0.3.21 Cooperlake".
  public static var summary: String { BLAS.summary }

  /// Threads of large operations. Set them once, at start: a fixed number gives the same bits each time.
  public static var threads: Int {
    get { BLAS.threads }
    set {
      expect(
        (1...1024).contains(newValue),
        "MatrixLibrary expects 1 to 1,024 threads, got \(newValue)")
      BLAS.threads = newValue
    }
  }

  /// How many buffers the system has had to give so far; a steady training step asks for none.
  public static var allocations: Int { BufferPool.allocations }
}
