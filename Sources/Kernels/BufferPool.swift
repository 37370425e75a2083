import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Buffers of floats that are kept and handed out again, so that a steady training step asks the
/// system for no memory.
///
/// Sizes are rounded up to four classes an octave (16, 20, 24, 28, 32, 40, …), so at most a fifth
/// of a buffer is slack. Each thread keeps its own: with one pool for all, two trainings side by side took
/// 1.5 times as long as one, waiting for the lock and for buffers from the other core's cache.
public enum BufferPool {
  /// The buffers that one thread keeps. They go back to the system when it ends.
  private final class Shelves {
    var free: [[MutablePointer]] = Array(repeating: [], count: 256)
    /// Floats in free buffers.
    var kept = 0
    /// Floats in buffers that were taken and not given back, and the most there ever were.
    var used = 0
    var peak = 0

    deinit {
      for buffer in free.joined() { BufferPool.release(buffer) }
    }
  }

  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key) { shelves in
      #if canImport(Glibc)
        guard let shelves else { return }
      #endif
      Unmanaged<Shelves>.fromOpaque(shelves).release()
    }
    return key
  }()

  /// Those of the calling thread.
  @inline(__always)
  private static func withShelves<T>(_ body: (Shelves) -> T) -> T {
    if let shelves = pthread_getspecific(key) {
      return Unmanaged<Shelves>.fromOpaque(shelves)._withUnsafeGuaranteedRef(body)
    }
    let shelves = Shelves()
    pthread_setspecific(key, Unmanaged.passRetained(shelves).toOpaque())
    return body(shelves)
  }

  /// Beyond 512 MiB of a thread's free buffers, a buffer goes back to the system.
  private static let mostKept = 1 << 27

  /// Bytes of memory that this machine has.
  public static let physicalMemory = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))

  private static let allocated = Atomic<Int>(0)

  /// How often the system had to give a new buffer.
  public static var allocations: Int { allocated.load(ordering: .relaxed) }

  /// Bytes in the buffers that the calling thread has taken and not given back, the slack of their sizes
  /// included. A buffer that changes hands is counted where it was taken and where it is given.
  public static var bytesInUse: Int { withShelves { 4 * $0.used } }

  /// The most that `body` took on the calling thread, above what was in use when it began. Runs inside each other
  /// do not mix.
  public static func peakBytes(of body: () throws -> Void) rethrows -> Int {
    let (start, before) = withShelves { shelves in
      let before = shelves.peak
      shelves.peak = shelves.used
      return (shelves.used, before)
    }
    defer { withShelves { $0.peak = max($0.peak, before) } }
    try body()
    return withShelves { 4 * ($0.peak - start) }
  }

  public static func take(_ count: Int) -> MutablePointer {
    let (shelf, capacity) = sizeClass(count)
    let kept = withShelves { shelves in
      let kept = shelves.free[shelf].popLast()
      if kept != nil { shelves.kept -= capacity }
      shelves.used += capacity
      shelves.peak = max(shelves.peak, shelves.used)
      return kept
    }
    if let kept { return kept }
    allocated.add(1, ordering: .relaxed)
    var raw: UnsafeMutableRawPointer?
    guard posix_memalign(&raw, 64, capacity * 4) == 0, let raw else {
      let held = bytesInUse - 4 * capacity
      fatalError("no memory for \(4 * capacity) bytes more: this thread holds \(held)")
    }
    return raw.bindMemory(to: Float.self, capacity: capacity)
  }

  public static func give(_ buffer: MutablePointer, _ count: Int) {
    let (shelf, capacity) = sizeClass(count)
    let isKept = withShelves { shelves in
      shelves.used -= capacity
      guard shelves.kept + capacity <= mostKept else { return false }
      shelves.kept += capacity
      shelves.free[shelf].append(buffer)
      return true
    }
    if !isKept { release(buffer) }
  }

  private static func release(_ buffer: MutablePointer) { free(buffer) }

  /// The shelf for `count` floats and the capacity of its buffers.
  @inline(__always)
  static func sizeClass(_ count: Int) -> (shelf: Int, capacity: Int) {
    let n = max(count, 16) - 1
    let octave = Int.bitWidth - 1 - n.leadingZeroBitCount  // 2^octave <= n < 2^(octave + 1)
    let step = (n >> (octave - 2)) & 3
    return (octave * 4 + step, (1 << octave) + ((step + 1) << (octave - 2)))
  }
}
