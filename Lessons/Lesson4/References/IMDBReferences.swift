/// What PyTorch reaches on the IMDB sample with the same settings and tokens, and what the course printed.
struct IMDBReferences: Sendable {
  static let source = "PyTorch 2.15, five seeds, the same tokens: Tests/References/imdb_sample.py"
  static let seeds = 5

  let id: String
  let name: String
  let value: @Sendable (IMDBTrial.Outcome) -> Double
  let mean: Double
  let deviation: Double
  let decimals: Int
  let course: String

  static let all = [
    IMDBReferences(
      id: "perplexity", name: "perplexity", value: \.perplexity, mean: 103.368165,
      deviation: 0.806740,
      decimals: 2, course: "37.9 (e^3.636)"),
    IMDBReferences(
      id: "next-word", name: "next word right", value: \.nextWord, mean: 0.210262,
      deviation: 0.000391,
      decimals: 4, course: ".2929, .3414"),
    IMDBReferences(
      id: "gradual", name: "accuracy, encoder, gradual", value: \.gradual, mean: 0.649000,
      deviation: 0.017103,
      decimals: 3, course: ".9440"),
    IMDBReferences(
      id: "at-once", name: "accuracy, encoder, at once", value: \.atOnce, mean: 0.778000,
      deviation: 0.011511,
      decimals: 3, course: "–"),
    IMDBReferences(
      id: "scratch", name: "accuracy, from scratch", value: \.scratch, mean: 0.799000,
      deviation: 0.021036,
      decimals: 3, course: "–"),
  ]
}
