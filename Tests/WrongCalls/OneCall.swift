#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Makes one wrong call of the table in a process that may end by it, and says how it came back if it did.
///
///     WrongCalls --list                           every call of the table, every reason to have none
///     WrongCalls "Tensor.reshaped([Int])" 0       that symbol's first call
@main struct OneCall {
  static func main() {
    let table = Table.all()
    let arguments = CommandLine.arguments.dropFirst()
    if arguments == ["--list"] {
      for line in table.lines { print(line) }
      return
    }
    guard arguments.count == 2,
      let call = table.calls.first(where: { [$0.symbol, "\($0.number)"] == Array(arguments) })
    else {
      print("usage: WrongCalls --list, or WrongCalls SYMBOL NUMBER, got \(Array(arguments))")
      exit(2)
    }
    limitYourself()
    do {
      print(try call.run() ? "returned" : "returned something else")
    } catch {
      print("threw: \(error)")
    }
  }

  /// A call that does not come back, or takes more and more memory, ends; none leaves a core file.
  private static func limitYourself() {
    alarm(20)  // seconds
    var core = rlimit(rlim_cur: 0, rlim_max: 0)
    var memory = rlimit(rlim_cur: 2 << 30, rlim_max: 2 << 30)  // bytes of addresses
    #if canImport(Glibc)
      setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &core)
      setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &memory)
    #else
      setrlimit(RLIMIT_CORE, &core)
      setrlimit(RLIMIT_AS, &memory)
    #endif
  }
}
