import Unrolled

extension Lesson4 {
  /// Reviews: tokens, a language model, and a classifier from its encoder.
  static var text: [LessonSection] {
    let runs = ReviewRuns()
    return [
      LessonSection(
        "tokens", "From a text to numbers", covers: ["vocab/xx-tokens"], run: { tokens($0, runs) }),
      LessonSection(
        "language-model", "A language model and its states",
        covers: ["task-nlp-lm", "encoder-hidden-state"], run: { try languageModel($0, runs) }),
      LessonSection(
        "text-classifier", "Half of it for another task",
        covers: ["task-nlp-classifier", "encoder-first-half"],
        run: { try textClassifier($0, runs) }),
      LessonSection(
        "imdb-sample", "The same on reviews of IMDB",
        covers: ["task-nlp-lm", "task-nlp-classifier"],
        run: imdbSample),
    ]
  }
}
