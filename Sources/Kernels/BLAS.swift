import COpenBLAS
import Synchronization

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

  /// Threads of a large matrix product. Set once, at start: the split decides the order of additions,
  /// so a fixed number gives the same bits each time.
  public static var threads: Int {
    get { wanted.load(ordering: .relaxed) }
    set {
      _ = core
      wanted.store(newValue, ordering: .relaxed)
    }
  }

  private static let wanted = Atomic<Int>(Int(openblas_get_num_threads()))

  /// Below 50 million multiply-adds a second thread gains nothing and costs a third of the time of
  /// the smallest products (docs/benchmarks.md), so those run on one.
  @inline(__always)
  static func chooseThreads(multiplyAdds: Int) {
    _ = core
    openblas_set_num_threads(
      multiplyAdds < 50_000_000 ? 1 : Int32(wanted.load(ordering: .relaxed)))
  }
}
