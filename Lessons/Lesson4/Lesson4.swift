import Unrolled

/// Text, tables, ratings: three kinds of data that are no pictures.
///
/// Each section is a file of its own in this folder and reads from top to bottom.
@main struct Lesson4 {
  static func main() {
    let reviews = ReviewRuns()
    Lesson(
      4, "Text, tables, ratings",
      about: """
        A language model learns to read reviews and becomes their judge; a table with holes becomes \
        numbers; users and films become vectors. And the words for what every net is made of.
        """,
      takes: "about half a minute on two cores",
      sections: [
        LessonSection(
          "tokens", "From a text to numbers", covers: ["vocab/xx-tokens"],
          run: { tokens($0, reviews) }),
        LessonSection(
          "language-model", "A language model and its states",
          covers: ["task-nlp-lm", "encoder-hidden-state"], run: { try languageModel($0, reviews) }),
        LessonSection(
          "text-classifier", "Half of it for another task",
          covers: ["task-nlp-classifier", "encoder-first-half"],
          run: { try textClassifier($0, reviews) }),
        LessonSection(
          "imdb-sample", "The same on reviews of IMDB",
          covers: ["task-nlp-lm", "task-nlp-classifier"], run: imdbSample),
        LessonSection(
          "table", "A table with holes", covers: ["task-tabular"], run: tableSection),
        LessonSection(
          "tables-compared", "Regression, trees and a net", covers: ["claim-tabular-nn-effective"],
          run: tablesCompared),
        LessonSection(
          "embedding", "An embedding is a matrix, looked up row by row",
          covers: ["embedding-is-matrix", "embedding-user-movie"], run: embedding),
        LessonSection(
          "ratings", "Ratings: tastes, biases and a range",
          covers: ["task-collab", "bias-some-liked-by-all", "yrange-sigmoid"], run: ratings),
        LessonSection(
          "cold-start", "Cold start: users who have rated nothing",
          covers: ["cold-start", "cold-start-ask", "cold-start-metadata"], run: coldStart),
        LessonSection(
          "net-words", "Parameters, activations, layers",
          covers: [
            "nn-parameters", "nn-activations", "nn-layers", "nn-relu", "activation-elementwise",
          ], run: netWords),
      ],
      next: [
        "`swift run lesson4 --only table` runs one section.",
        "Lessons/Lesson4/Trials/LanguageModelTraining.swift:12: change dropping to 0.3, the course's. How far from the grammar does the model end now?",
        "`swift run lesson4 --data DIR --seeds 5` adds IMDB's reviews, Adult and MovieLens, where DIR holds them.",
        "`swift run learn check 4.1` tries the first exercise of this lesson.",
      ],
      prepare: { options in
        MatrixLibrary.threads = options.threads
        if let folder = realData("imdb_sample", in: options.data) {
          _ = try IMDBSample(from: folder)
        }
        if let folder = realData("adult_sample", in: options.data) {
          _ = try Adult.load(from: folder)
        }
        if let folder = realData("movie_lens_sample", in: options.data) {
          _ = try MovieLens.sample(folder.appending(path: "ratings.csv").path)
        }
        return MatrixLibrary.summary
      }
    ).main()
  }
}
