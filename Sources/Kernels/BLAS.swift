import COpenBLAS

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The matrix library: which of its cores runs, and on how many threads.
public enum BLAS {
  /// OpenBLAS's name for the core in use, e.g. "Cooperlake".
  ///
  /// A release that is older than the processor falls back to a core for a much older one: on a
  /// recent Xeon, 0.3.21 runs its Haswell or even its Prescott core, at a half or a fifth of what its
  /// Cooperlake core reaches there. The first use of this property selects the better core, where the
  /// processor has what it needs, the library can switch, and `OPENBLAS_CORETYPE` is not set.
  public static let core: String = {
    let standard = String(cString: openblas_get_corename())
    guard getenv("OPENBLAS_CORETYPE") == nil,
      ["Prescott", "Core2", "Nehalem", "Sandybridge", "Haswell"].contains(standard)
    else { return standard }
    let wanted: String
    if unrolled_has_avx512_bf16() != 0 {
      wanted = "Cooperlake"
    } else if unrolled_has_avx512() != 0 {
      wanted = "SkylakeX"
    } else if unrolled_has_avx2() != 0 {
      wanted = "Haswell"
    } else {
      return standard
    }
    typealias Function = @convention(c) () -> Void
    guard let program = dlopen(nil, RTLD_NOW),
      let quit = dlsym(program, "gotoblas_dynamic_quit"),
      let start = dlsym(program, "gotoblas_dynamic_init")
    else { return standard }
    setenv("OPENBLAS_CORETYPE", wanted, 1)
    unsafeBitCast(quit, to: Function.self)()
    unsafeBitCast(start, to: Function.self)()
    unsetenv("OPENBLAS_CORETYPE")
    return String(cString: openblas_get_corename())
  }()

  /// "OpenBLAS 0.3.21 Cooperlake"
  public static var summary: String {
    let words = String(cString: openblas_get_config()).split(separator: " ")
    return "OpenBLAS \(words.dropFirst().first ?? "") \(core)"
  }

  /// Threads of large operations. A matrix product is split by `Parallel`, each part a call of the library
  /// on one thread: its own threads wait for each other at greater cost.
  public static var threads: Int {
    get { Parallel.threads }
    set {
      Parallel.threads = newValue
      prepare()
    }
  }

  /// Selects the core and keeps the library on the calling thread; before the first product.
  @inline(__always)
  static func prepare() { _ = isPrepared }

  private static let isPrepared: Bool = {
    _ = core
    openblas_set_num_threads(1)
    requireAddressSpace()
    return true
  }()

  /// Each thread that calls the library makes it take 128 MB of address space; where the system gives none, the library
  /// asks for ever.
  private static func requireAddressSpace() {
    let size = 128 << 20
    var buffers: [UnsafeMutableRawPointer] = []
    defer { for buffer in buffers { munmap(buffer, size) } }
    for _ in 0..<Parallel.threads {
      let access = PROT_READ | PROT_WRITE
      guard let buffer = mmap(nil, size, access, MAP_PRIVATE | MAP_ANON, -1, 0),
        buffer != MAP_FAILED
      else {
        fatalError(
          """
          the matrix library needs 128 MB of address space for each of \(Parallel.threads) threads, and \
          the system gives it to \(buffers.count): raise the limit (ulimit -v) or use fewer threads
          """)
      }
      buffers.append(buffer)
    }
  }
}
