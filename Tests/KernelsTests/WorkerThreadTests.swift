import Foundation
import Kernels
import Synchronization
import Testing

/// A machine at its limit gives no thread. What one would do, the caller does.
#if os(Linux)
  @Suite struct WorkerThreadTests {
    private final class Sum: Sendable {
      let value = Atomic<Int>(0)
    }

    /// From now on a new thread of this process would have a stack of 2⁵⁰ bytes: more than there are addresses.
    private static func refuseThreads() {
      typealias Setter = @convention(c) (UnsafePointer<pthread_attr_t>) -> Int32
      var attributes = pthread_attr_t()
      pthread_attr_init(&attributes)
      pthread_attr_setstacksize(&attributes, 1 << 50)
      let setter = dlsym(dlopen(nil, RTLD_NOW), "pthread_setattr_default_np")
      _ = unsafeBitCast(setter, to: Setter.self)(&attributes)
    }

    @Test func withoutAThreadTheCallerDoesTheWork() async {
      await #expect(processExitsWith: .success) {
        Self.refuseThreads()
        if startThread({}) { exit(2) }
        let sum = Sum()
        sideBySide(100, threads: 4) { sum.value.add($0, ordering: .relaxed) }
        if sum.value.load(ordering: .relaxed) != 4950 { exit(3) }
      }
    }

    @Test func withoutAThreadALoopRunsToItsEnd() async {
      await #expect(processExitsWith: .success) {
        Self.refuseThreads()
        Parallel.threads = 2
        let count = 1 << 20
        let (x, y) = (BufferPool.take(count), BufferPool.take(count))
        Kernels.fill(x, 2, count)
        Kernels.fill(y, 0, count)
        Kernels.stepSGD(y, x, rate: -1, count)
        for i in 0..<count where y[i] != 2 { exit(4) }
      }
    }
  }
#endif
