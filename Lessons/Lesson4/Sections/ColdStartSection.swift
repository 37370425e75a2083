import Unrolled

/// A user about whom nothing is known yet, and two ways out.
func coldStart(_ page: Page) {
  page.question("What does such a model say about somebody who has not rated anything?")
  page.say(
    """
    Nothing of its own. The row of a new user was never looked up, so it holds the small random numbers that it started with, and the prediction is the film's bias. The same holds \
    for a new film. It is called the **cold-start problem**: the model learns from ratings alone, and of newcomers there are none.

    The worlds below are generated as in the section before. 240 users train the model; 60 users are new, and each is judged by 40 films drawn at random. The truth is known, so the noise \
    is too: no prediction can have a smaller error on average. One world for each seed.
    """)
  let trials = concurrently("cold start", seeds: page.seeds, page) { ColdStartTrial(seed: $0) }
  let floor = meanAndDeviation(trials.map(\.floor)).mean
  func mean(_ value: (ColdStartTrial) -> Double) -> Double {
    meanAndDeviation(trials.map(value)).mean
  }
  func effect(_ seed: UInt64, _ value: (ColdStartTrial) -> Double) -> Double {
    page.seeds.firstIndex(of: seed).map { value(trials[$0]) } ?? .nan
  }
  let setting =
    "planted ratings, 240 old and 60 new users, 200 films, five factors, 40 films a new user to judge by"
  let retrained = ColdStartTrial.retrainedCounts
  page.table(
    "The model trained anew with the first ratings of the new users: MSE, mean ± deviation over \(trials.count) worlds",
    columns: ["ratings of a new user", "MSE", "above the noise"],
    rows: retrained.indices.map { place in
      [
        "\(retrained[place])", spread(trials.map { $0.retrained[place] }, 3),
        text(mean { $0.retrained[place] - $0.floor }, 3),
      ]
    } + [["the planted truth", spread(trials.map(\.floor), 3), "0.000"]])
  page.claim(
    "cold-start", says: "A model of ratings has a problem with users who have not rated anything.",
    measure: "MSE for new users without a rating − with 20 ratings, trained anew", threshold: 0.1,
    thresholdText: "a tenth of a squared star", setting: setting
  ) { effect($0) { $0.retrained[0] - $0.retrained[4] } }

  page.say(
    """
    **Way out 1: ask.** Show the new user a few films and take the answers. Nothing needs to be trained anew: the films keep their factors, and only the user's own vector and bias \
    are fitted. A few answers do not suffice for six numbers, so something must be known beforehand: how the numbers of the old users spread, θ = θ̄ + Σ a_i·√λ_i·e_i by their \
    principal components. Without an answer that is the mean user.
    """)
  page.formula(
    #"\min_a \sum_{\text{asked}} \frac{(\hat r(a) - r)^2}{s^2} + \sum_i a_i^2"#,
    plain: "minimise over a:  Σ_asked (r̂(a) − r)²/s² + Σ_i a_i²")
  page.source(of: "func fitted", file: "Lessons/Lesson4/Trials/NewUsers.swift")
  page.say(
    """
    Which films to ask about? An answer tells most where the old users differ most and what remains uncertain. `mostInformative` takes, again and again, the film after which the predictions \
    for all films are least uncertain. In the first world it begins with \(trials.first?.firstFilms.joined(separator: ", ") ?? "").
    """)
  page.source(of: "func mostInformative", file: "Lessons/Lesson4/Trials/NewUsers.swift")
  let asked = ColdStartTrial.askedCounts
  func values(_ curve: (ColdStartTrial) -> [Double]) -> [Double] {
    asked.indices.map { place in mean { curve($0)[place] } }
  }
  page.table(
    "Only the new user's numbers fitted: MSE, mean over \(trials.count) worlds",
    columns: ["films asked", "random", "most informative", "random, age and region known"],
    rows: asked.indices.map { place in
      [
        "\(asked[place])", text(values(\.random)[place], 3), text(values(\.informative)[place], 3),
        text(values(\.metadata)[place], 3),
      ]
    })
  page.plot(
    Plot(
      "cold-start", "New users: error by what is known of them",
      alt: """
        Mean squared error against the number of ratings, all curves falling towards the noise: training anew starts highest, asking at random below it, asking the most informative films \
        falls fastest at first, and knowing age and region starts lowest.
        """,
      x: Axis("ratings of the new user", range: 0...20), y: Axis("MSE, stars²"),
      layers: [
        .line(
          "trained anew", x: retrained.map(Double.init),
          y: retrained.indices.map { place in mean { $0.retrained[place] } }, style: .dashed),
        .line("asked at random", x: asked.map(Double.init), y: values(\.random)),
        .line("asked the most informative", x: asked.map(Double.init), y: values(\.informative)),
        .line("at random, age and region known", x: asked.map(Double.init), y: values(\.metadata)),
        .horizontal(y: floor, "noise"),
      ]))
  page.claim(
    "cold-start-ask", says: "Asking a new user about some films solves the problem.",
    measure: "MSE of the mean user − after five answers, films at random", threshold: 0.05,
    thresholdText: "half a tenth of a squared star with five answers", setting: setting
  ) { effect($0) { $0.random[0] - $0.random[3] } }
  page.claim(
    "cold-start-ask-informative", says: "It pays to choose the films that one asks about.",
    measure: "MSE after five answers, films at random − the five most informative", threshold: 0,
    thresholdText: "the chosen films give the lower error", setting: setting
  ) { effect($0) { $0.random[3] - $0.informative[3] } }
  page.say(
    """
    Over the three worlds of seeds 42 to 44 this gain is small beside its spread, and the interval holds 0; over ten (`--seeds 10`) it lies above 0, at about 0.03.

    One condition is easily overlooked: a user can only answer for films that they have seen. The mean film was rated by \(text(100 * mean(\.meanPopularity), 0)) % of the old users, \
    the first five that are asked for by \(text(100 * mean(\.askedPopularity), 0)) %.
    """)

  page.say(
    """
    **Way out 2: metadata.** Age and region are known before the first rating. A second model, which knows no ratings of the new users, predicts their numbers: a net with 16 hidden \
    activations, trained on the 240 old users to tell their a from age and region. In these worlds \(text(PlantedRatings.Settings().metadataShare * 100, 0)) % of the variance of tastes and biases follows from age and region; \
    elsewhere it may be less.
    """)
  page.source(of: "func fromMetadata", file: "Lessons/Lesson4/Trials/NewUsers.swift")
  page.table(
    "Before the first rating: MSE, mean ± deviation over \(trials.count) worlds",
    columns: ["prediction", "MSE"],
    rows: [
      ["the row as it started", spread(trials.map { $0.retrained[0] }, 3)],
      ["the mean user", spread(trials.map { $0.random[0] }, 3)],
      ["a net on age and region", spread(trials.map { $0.metadata[0] }, 3)],
      ["the planted truth", spread(trials.map(\.floor), 3)],
    ])
  page.claim(
    "cold-start-metadata", says: "A second model, driven by metadata, serves new users.",
    measure: "MSE of the mean user − of the net on age and region, without a rating",
    threshold: 0.05,
    thresholdText: "half a tenth of a squared star", setting: setting
  ) { effect($0) { $0.random[0] - $0.metadata[0] } }
  page.seen(
    """
    Above the noise, the mean user is \(text(mean { $0.random[0] - $0.floor }, 2)) off, age and region leave \(text(mean { $0.metadata[0] - $0.floor }, 2)), twenty answers \
    \(text(mean { $0.random[5] - $0.floor }, 2)). The two ways out are no rivals: the third curve starts from age and region and goes on with answers.
    """)
}
