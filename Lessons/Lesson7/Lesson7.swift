import Unrolled

/// Residual and dense nets, and a recurrent net refactored from three words to a GRU.
///
/// Each section is a file of its own in this folder and reads from top to bottom.
@main struct Lesson7 {
  static func main() {
    Lesson(
      7, "Residual nets, and recurrent nets from scratch",
      about: """
        A recurrent net that counts in words, refactored step by step into a loop, a state that is \
        kept, and a GRU; then convolutional nets that become deeper by adding or joining their input.
        """,
      takes: "under a minute on two cores",
      sections: recurrent + residual,
      prepare: { options in
        MatrixLibrary.threads = options.threads
        return MatrixLibrary.summary
      }
    ).main()
  }

  /// Human numbers: Models 0 to 5.
  static var recurrent: [LessonSection] { [] }

  /// Residual and dense blocks.
  static var residual: [LessonSection] { [] }
}
