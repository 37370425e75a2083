import Testing
import Unrolled

@testable import Notebook

@Suite struct ConcurrentlyTests {
  /// No thread is what a machine gives that is at its limit: the caller then does the work.
  @Test(arguments: [0, 1, 2, 5]) func anyNumberOfThreadsGivesTheSameResults(threads: Int) {
    var options = RunOptions()
    options.threads = threads
    let page = Page(options, terminal: Terminal { _ in })
    #expect(concurrently("squares", 4, page) { $0 * $0 } == [0, 1, 4, 9])
    #expect(concurrently("seeds", seeds: [5, 6], page) { $0 + 1 } == [6, 7])
    #expect(concurrently("none", 0, page) { $0 } == [])
  }
}
