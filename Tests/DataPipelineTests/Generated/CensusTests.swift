import DataPipeline
import Foundation
import Testing

@Suite struct CensusTests {
  private let census = Census(people: 20_000, seed: 42)

  @Test func answersFollowThePlantedOdds() {
    let expected = census.people.reduce(0) { $0 + $1.probability }
    let variance = census.people.reduce(0) { $0 + $1.probability * (1 - $1.probability) }
    let found = Double(census.labels.reduce(0, +))
    // Four standard deviations of a sum of independent answers.
    #expect(abs(found - expected) < 4 * variance.squareRoot())
    // Also where the odds are high, and where they are low.
    for isHigh in [true, false] {
      let some = census.people.indices.filter { (census.people[$0].probability > 0.5) == isHigh }
      let right = some.count { (census.labels[$0] == 1) == isHigh }
      let best = some.reduce(0) { sum, i in
        let p = census.people[i].probability
        return sum + max(p, 1 - p)
      }
      #expect(abs(Double(right) - best) < 4 * (Double(some.count) / 4).squareRoot())
    }
  }

  @Test func wordsComeAsOftenAsPlanted() {
    for (place, column) in Census.categorical.enumerated() {
      for (word, _, percent) in CensusPerson.effects[column, default: []] {
        let share = Double(census.people.count { $0.words[place] == word }) / 20_000
        // Four standard deviations of a share of 20,000 people.
        let p = Double(percent) / 100
        #expect(abs(share - p) < 4 * (p * (1 - p) / 20_000).squareRoot(), "\(column) \(word ?? "")")
      }
    }
  }

  @Test func theOddsAreThoseThatAreWrittenDown() {
    var person = CensusPerson()
    person["education"] = "master"
    person["occupation"] = "craft"
    person["family"] = "married"
    person["workplace"] = "public"
    person["region"] = "west"
    (person.age, person.hours) = (40, 50)
    // −1.6 + 1.5 + 0.2 + 1.3 + 0.3 + 0, age 1.5 − 100/200, hours 0.8, a degree for hands −3, public −1.5 · 0.8
    #expect(abs(person.logOdds - (1.7 + 1 + 0.8 - 3 - 1.2)) < 1e-12)
    person.hours = nil
    person["occupation"] = nil
    // −1.6 + 1.5 − 1 + 1.3 + 0.3, age 1, hours unsaid −1.2
    #expect(abs(person.logOdds - (0.5 + 1 - 1.2)) < 1e-12)
  }

  @Test func theFileReadsBack() throws {
    let file = try CSVFile(Array(try census.file().text.utf8), name: "census.csv")
    #expect(file.header == Census.categorical + Census.continuous + ["salary"])
    let table = try Table(
      file, categorical: Census.categorical, continuous: Census.continuous)
    for (place, column) in Census.categorical.enumerated() {
      #expect(try table.column(column).values == .categories(census.people.map { $0.words[place] }))
    }
    #expect(try table.column("hours").values == .numbers(census.people.map(\.hours)))
    #expect(try table.column("age").values == .numbers(census.people.map(\.age)))
    #expect(try file.column("salary") == census.labels.map { Census.classes[$0] })
    #expect(
      census.people.contains { $0.hours == nil } && census.people.contains { $0.words[1] == nil })
  }

  @Test func theSeedDecides() throws {
    let texts = try [1, 1, 2].map { try Census(people: 50, seed: $0).file().text }
    #expect(texts[0] == texts[1] && texts[0] != texts[2])
  }
}
