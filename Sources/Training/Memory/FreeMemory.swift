import NeuralNetworks

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How many bytes a program may still take before the machine, or the container that it runs in, is full.
public enum FreeMemory {
  /// Nil where the system does not say.
  public static var bytes: Int? {
    #if os(Linux)
      let machine = text("/proc/meminfo").flatMap(available(meminfo:))
      let group = text("/proc/self/cgroup").flatMap { room(cgroup: $0, root: "/sys/fs/cgroup") }
      return [machine, group].compactMap { $0 }.min()
    #else
      return machineBytes
    #endif
  }

  /// `MemAvailable` of /proc/meminfo, in bytes: what can be had without swapping.
  static func available(meminfo: String) -> Int? {
    for line in meminfo.split(separator: "\n") where line.hasPrefix("MemAvailable:") {
      return line.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * 1024 }
    }
    return nil
  }

  /// The least room under the limits of a control group and those around it; what it has in use of files can be
  /// dropped and counts as free. `cgroup` is the text of /proc/self/cgroup.
  static func room(cgroup: String, root: String) -> Int? {
    var least: Int?
    for line in cgroup.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      let isSecond = parts[1].isEmpty
      guard isSecond || parts[1].split(separator: ",").contains("memory") else { continue }
      let base = isSecond ? root : root + "/memory"
      let names =
        isSecond
        ? (limit: "memory.max", used: "memory.current", files: "inactive_file")
        : (
          limit: "memory.limit_in_bytes", used: "memory.usage_in_bytes",
          files: "total_inactive_file"
        )
      var path = parts[2].split(separator: "/").map(String.init)
      while true {
        let folder = ([base] + path).joined(separator: "/")
        // "max", and a number near the largest in the first version, mean no limit.
        if let limit = text("\(folder)/\(names.limit)").flatMap(number), limit < Int.max / 2,
          let used = text("\(folder)/\(names.used)").flatMap(number)
        {
          let files = text("\(folder)/memory.stat").flatMap { stat in
            stat.split(separator: "\n").first { $0.hasPrefix("\(names.files) ") }
              .flatMap { $0.split(separator: " ").last }.flatMap { Int($0) }
          }
          let room = max(0, limit - used + (files ?? 0))
          least = min(least ?? room, room)
        }
        guard path.popLast() != nil else { break }
      }
    }
    return least
  }

  private static func number(_ text: String) -> Int? {
    Int(text.prefix { $0.isNumber })
  }

  /// A small text file, whose size the system may not know beforehand.
  private static func text(_ path: String) -> String? {
    let file = open(path, O_RDONLY)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(file, &part, part.count)
      guard count > 0 else { break }
      bytes += part[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  #if !os(Linux)
    /// Pages that are free, or that the system gives up when asked.
    private static var machineBytes: Int? {
      var facts = vm_statistics64()
      var count = mach_msg_type_number_t(
        MemoryLayout<vm_statistics64>.size / MemoryLayout<integer_t>.size)
      let result = withUnsafeMutablePointer(to: &facts) {
        $0.withMemoryRebound(to: integer_t.self, capacity: Int(count)) {
          host_statistics64(mach_host_self(), HOST_VM_INFO64, $0, &count)
        }
      }
      guard result == KERN_SUCCESS else { return nil }
      let pages = Int(facts.free_count) + Int(facts.inactive_count) + Int(facts.purgeable_count)
      return pages * Int(getpagesize())
    }
  #endif
}
