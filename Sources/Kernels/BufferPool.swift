import Synchronization

/// Buffers of floats that are kept and handed out again, so that a steady training step asks the
/// system for no memory.
///
/// Sizes are rounded up to four classes an octave (16, 20, 24, 28, 32, 40, …), so at most a fifth
/// of a buffer is slack.
public enum BufferPool {
  /// A free buffer has no owner, so it may pass from thread to thread.
  private struct Free: @unchecked Sendable {
    let buffer: MutablePointer
  }

  private struct Shelves {
    var free: [[Free]] = Array(repeating: [], count: 256)
    var requests = 0
    var allocations = 0
    /// Floats in free buffers.
    var kept = 0
  }

  /// Beyond 512 MiB of free buffers, a buffer goes back to the system.
  private static let mostKept = 1 << 27

  private static let shelves = Mutex(Shelves())

  /// How often a buffer was asked for, and how often the system had to give a new one.
  public static var counts: (requests: Int, allocations: Int) {
    shelves.withLock { ($0.requests, $0.allocations) }
  }

  public static func take(_ count: Int) -> MutablePointer {
    let (shelf, capacity) = sizeClass(count)
    let kept = shelves.withLock { shelves -> Free? in
      shelves.requests += 1
      let kept = shelves.free[shelf].popLast()
      if kept == nil { shelves.allocations += 1 } else { shelves.kept -= capacity }
      return kept
    }
    if let kept { return kept.buffer }
    let raw = UnsafeMutableRawPointer.allocate(byteCount: capacity * 4, alignment: 64)
    return raw.bindMemory(to: Float.self, capacity: capacity)
  }

  public static func give(_ buffer: MutablePointer, _ count: Int) {
    let (shelf, capacity) = sizeClass(count)
    let free = Free(buffer: buffer)
    let isKept = shelves.withLock { shelves in
      guard shelves.kept + capacity <= mostKept else { return false }
      shelves.kept += capacity
      shelves.free[shelf].append(free)
      return true
    }
    if !isKept { UnsafeMutableRawPointer(buffer).deallocate() }
  }

  /// The shelf for `count` floats and the capacity of its buffers.
  @inline(__always)
  static func sizeClass(_ count: Int) -> (shelf: Int, capacity: Int) {
    let n = max(count, 16) - 1
    let octave = Int.bitWidth - 1 - n.leadingZeroBitCount  // 2^octave <= n < 2^(octave + 1)
    let step = (n >> (octave - 2)) & 3
    return (octave * 4 + step, (1 << octave) + ((step + 1) << (octave - 2)))
  }
}
