import Kernels

/// Threads for whoever does not see the kernels.
package enum WorkerThread {
  /// Starts a thread that calls `body`; false where the system gives none, and then nobody calls it.
  package static func start(_ body: @escaping @Sendable () -> Void) -> Bool { startThread(body) }

  /// True if the system gives a thread; it has ended again.
  package static var isThereOne: Bool { canStartThread() }
}
