import Unrolled

/// Collaborative filtering: what users like, what films have, and how both are found.
var ratingsSections: [LessonSection] {
  [
    LessonSection(
      "latent-factors", "Ratings as a product of two matrices",
      covers: ["latent-multiply", "latent-high-high"], run: latentFactors),
    LessonSection(
      "genres", "Latent features: found, not designed",
      covers: ["latent-emergent", "latent-hidden"],
      run: genres),
    LessonSection(
      "bias-exception", "Unless it is that film: what a product cannot say",
      covers: ["bias-exception"], run: biasException),
    LessonSection(
      "bias", "A bias for each user and each film", covers: ["bias-formula"], run: bias),
    LessonSection(
      "bias-meaning", "What a bias means", covers: ["bias-some-liked-by-all", "bias-meaning"],
      run: biasMeaning),
    LessonSection(
      "matrix-factorisation", "Matrix factorisation, and a way without a learning rate",
      covers: ["mf-is-collab", "mf-decompose"], run: matrixFactorisation),
    LessonSection(
      "factor-count", "How many factors", covers: ["mf-n-factors", "mf-why-40"], run: factorCount),
    LessonSection(
      "y-range", "A range for the prediction",
      covers: ["yrange-sigmoid", "yrange-5-5", "trick-y-range-wider"], run: yRange),
    LessonSection(
      "pca", "Forty factors squeezed into three", covers: ["pca-squish"], run: filmComponents),
    LessonSection(
      "ratings-decay", "Weight decay for factors", covers: ["improve-weight-decay"],
      run: ratingsDecay),
    LessonSection(
      "movielens", "The course's run on MovieLens 100k", covers: ["task-collab"], run: movieLens),
  ]
}
