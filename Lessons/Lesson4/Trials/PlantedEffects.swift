import Unrolled

/// What each word of each column does to the logarithm of the odds, all else as it is: by the planted odds of the
/// census, and by a net that saw only rows and answers.
///
/// Everyone is given the word in turn, and the logarithm of the odds averaged (Friedman 2001: partial dependence);
/// an effect is its distance from the mean of the column's words. What columns do together is averaged over.
struct PlantedEffects {
  struct Effect {
    let column: String
    let word: String
    let planted: Double
    let learned: Double
  }

  /// Along a column of numbers, each less its mean.
  struct Curve {
    let column: String
    let x: [Double]
    let planted: [Double]
    let learned: [Double]
  }

  let effects: [Effect]
  let curves: [Curve]

  /// - Parameter net: The net's logarithm of the odds for each of some people.
  init(of people: [CensusPerson], net: ([CensusPerson]) throws -> [Double]) throws {
    func means(_ variants: [(inout CensusPerson) -> Void]) throws -> ([Double], [Double]) {
      var (planted, learned) = ([Double](), [Double]())
      for change in variants {
        let changed = people.map { person in
          var person = person
          change(&person)
          return person
        }
        planted.append(mean(changed.map(\.logOdds)))
        learned.append(mean(try net(changed)))
      }
      return (planted.map { $0 - mean(planted) }, learned.map { $0 - mean(learned) })
    }
    effects = try Census.categorical.flatMap { column in
      let words = CensusPerson.effects[column, default: []].map(\.word)
      let (planted, learned) = try means(words.map { word in { $0[column] = word } })
      return words.indices.map {
        Effect(
          column: column, word: words[$0] ?? "#na#", planted: planted[$0], learned: learned[$0])
      }
    }
    let ages = Array(stride(from: 20.0, through: 75, by: 5))
    let hours = Array(stride(from: 15.0, through: 65, by: 5))
    let byAge = try means(ages.map { age in { $0.age = age } })
    let byHours = try means(hours.map { hours in { $0.hours = hours } })
    curves = [
      Curve(column: "age", x: ages, planted: byAge.0, learned: byAge.1),
      Curve(column: "hours", x: hours, planted: byHours.0, learned: byHours.1),
    ]
  }

  var correlation: Double {
    Unrolled.correlation(
      effects.map { Float($0.planted) }, effects.map { Float($0.learned) })
  }

  /// Learned over planted, by least squares: below 1 where the net holds back.
  var slope: Double {
    let square = effects.reduce(0) { $0 + $1.planted * $1.planted }
    return effects.reduce(0) { $0 + $1.planted * $1.learned } / square
  }
}

private func mean(_ x: [Double]) -> Double { x.reduce(0, +) / Double(x.count) }
