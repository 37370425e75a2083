import Testing

@testable import Notebook

@Suite struct AxisTicksTests {
  @Test func stepsAreOneTwoOrFiveTimesAPowerOfTen() {
    #expect(AxisTicks.step(0.3) == 0.5)
    #expect(AxisTicks.step(1.0) == 1)
    #expect(AxisTicks.step(1.2) == 2)
    #expect(AxisTicks.step(60) == 100)
    #expect(abs(AxisTicks.step(0.0021) - 0.005) < 1e-15)
  }

  @Test func linearTicksStayInsideAndHaveEvenLabels() {
    let ticks = AxisTicks.linear(-0.13...0.52, about: 6)
    #expect(ticks.map(\.label) == ["0", "0.2", "0.4"])
    #expect(
      AxisTicks.linear(0...30_000, about: 3).map(\.label) == ["0", "10,000", "20,000", "30,000"])
    #expect(AxisTicks.linear(-2...2, about: 4).map(\.label) == ["−2", "−1", "0", "1", "2"])
  }

  @Test func logTicksAreDecades() {
    let ticks = AxisTicks.ticks(1e-6...1, scale: .log, about: 8)
    #expect(ticks.map(\.label) == ["1e-6", "1e-5", "0.0001", "0.001", "0.01", "0.1", "1"])
  }

  @Test func aNarrowLogRangeGetsOnesTwosAndFives() {
    let ticks = AxisTicks.ticks(0.3...6, scale: .log, about: 6)
    #expect(ticks.map(\.label) == ["0.5", "1", "2", "5"])
  }

  @Test func aRangeOfNoWidthHasOneTick() {
    #expect(AxisTicks.linear(3...3, about: 5).map(\.value) == [3])
  }

  @Test func nonNegativeDataKeepZeroAsTheFloor() {
    let range = PlotScale.range(Axis("loss"), of: [0.1, 2.4], pad: 0.06)
    #expect(range.lowerBound == 0)
    #expect(range.upperBound > 2.4)
  }

  @Test func aLogAxisIgnoresWhatIsNotPositive() {
    let axis = Axis("rate", scale: .log)
    #expect(PlotScale.range(axis, of: [-1, 0, .nan, 0.01, 1], pad: 0) == 0.01...1)
    let scale = PlotScale(range: 0.01...1, kind: .log, start: 0, end: 100)
    #expect(scale(0) == nil)
    #expect(scale(0.1) == 50)
  }
}
