import Foundation
import Synchronization
import Testing

/// Every public function, initialiser and setter of the engine that takes a shape, an index, a size, a label or a
/// tensor, called wrongly in a process of its own: it stops with one sentence, and nothing else happens.
@Suite struct PublicCallTests {
  @Test func everyPublicSymbolHasACallOrAReason() throws {
    let build = try CallTable.buildFolder()
    let table = try CallTable(build: build)
    let symbols = Set(try PublicSymbols(build: build).symbols.map(\.name))
    #expect(symbols.count > 300)
    let called = Set(table.calls.map(\.symbol))
    let excused = table.reasons.map(\.symbol)
    for symbol in symbols.subtracting(called).subtracting(excused).sorted() {
      Issue.record("\(symbol) has no wrong call in Tests/WrongCalls, and no reason to have none")
    }
    for symbol in called.union(excused).subtracting(symbols).sorted() {
      Issue.record("\(symbol) is in Tests/WrongCalls, and no public symbol")
    }
    #expect(called.isDisjoint(with: excused), "a call and a reason to have none")
    #expect(Set(excused).count == excused.count, "two reasons for one symbol")
  }

  @Test func aWrongCallStopsWithOneSentence() throws {
    let build = try CallTable.buildFolder()
    let table = try CallTable(build: build)
    let callers = Set(try PublicSymbols(build: build).symbols.filter(\.namesCaller).map(\.name))
    #expect(table.calls.count > 800)
    let workers = max(2, ProcessInfo.processInfo.activeProcessorCount)
    let next = Atomic<Int>(0)
    let faults = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      while true {
        let i = next.add(1, ordering: .relaxed).oldValue
        guard i < table.calls.count else { return }
        let call = table.calls[i]
        let fault: String?
        do {
          fault = try table.fault(of: call, namesCaller: callers.contains(call.symbol))
        } catch {
          fault = "could not be run: \(error)"
        }
        if let fault {
          faults.withLock { $0.append("\(call.place) \(call.symbol) #\(call.number): \(fault)") }
        }
      }
    }
    for fault in faults.withLock({ $0.sorted() }) { Issue.record("\(fault)") }
  }
}
