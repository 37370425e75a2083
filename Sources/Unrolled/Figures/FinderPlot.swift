import Foundation
import Notebook
import Training

extension Plot {
  /// The finder's curve with both suggestions marked.
  public init(
    _ id: String, _ title: String, finder: LearningRateFinder, caption: String? = nil
  ) {
    var layers: [PlotLayer] = [.line("smoothed loss", x: finder.rates, y: finder.losses)]
    // In the legend, where words do not lie on each other: both marks are often close.
    func mark(_ name: String, at i: Int) {
      layers.append(.scatter(name, [(x: finder.rates[i], y: finder.losses[i])]))
    }
    var words = "The smoothed loss against the learning rate on a logarithmic axis."
    if let i = finder.steepest {
      mark("steepest fall: \(short(finder.rates[i]))", at: i)
      words += " It falls steepest at \(short(finder.rates[i]))."
    }
    if let refusal = finder.refusal { words += " \(refusal)" }
    if let i = finder.beforeRise, let rate = finder.suggestionBeforeRise {
      mark("before the rise: \(short(finder.rates[i]))", at: i)
      if let near = finder.rates.lastIndex(where: { $0 <= rate }) {
        mark("a tenth of that: \(short(rate))", at: near)
      }
      words += " It rises after \(short(finder.rates[i])); a tenth of that is marked too."
    }
    self.init(
      id, title, alt: words, x: Axis("learning rate", scale: .log), y: Axis("smoothed loss"),
      layers: layers, caption: caption)
  }
}

extension Page {
  /// The finder's curve with both suggestions marked.
  public func plot(
    _ id: String, _ title: String, _ finder: LearningRateFinder, caption: String? = nil
  ) {
    plot(Plot(id, title, finder: finder, caption: caption))
  }
}

/// Two digits that count: "0.0032", "1e-05".
private func short(_ rate: Double) -> String { String(format: "%.2g", rate) }
