import ArgumentParser

/// Times one training step of each of twelve workloads.
@main struct Bench: ParsableCommand {
  func run() throws {}
}
