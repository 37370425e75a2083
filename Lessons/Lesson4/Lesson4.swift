import Unrolled

/// Text, tables, ratings: three kinds of data that are no pictures.
///
/// Each section is a file of its own in this folder and reads from top to bottom.
@main struct Lesson4 {
  static func main() {
    Lesson(
      4, "Text, tables, ratings",
      about: """
        A language model learns to read reviews and becomes their judge; a table with holes becomes \
        numbers; users and films become vectors. And the words for what every net is made of.
        """,
      takes: "under a minute on two cores",
      sections: [
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
          "table", "A table with holes", covers: ["task-tabular"], run: tableSection),
      ],
      next: [
        "`swift run learn` lists the exercises; those of this lesson are 4.1 to 4.6."
      ],
      prepare: { options in
        MatrixLibrary.threads = options.threads
        if let folder = realData("adult_sample", in: options.data) {
          _ = try Adult.load(from: folder)
        }
        return MatrixLibrary.summary
      }
    ).main()
  }
}
