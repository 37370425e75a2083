import Foundation
import Notebook
import Training

extension Plot {
  /// The finder's curve with both suggestions marked.
  public init(
    _ id: String, _ title: String, finder: LearningRateFinder, caption: String? = nil
  ) {
    var layers: [PlotLayer] = [.line("smoothed loss", x: finder.rates, y: finder.losses)]
    var words = "The smoothed loss against the learning rate on a logarithmic axis."
    if let i = finder.steepest {
      layers.append(
        .point(x: finder.rates[i], y: finder.losses[i], "steepest: \(short(finder.rates[i]))"))
      words += " It falls steepest at \(short(finder.rates[i]))."
    }
    if let i = finder.beforeRise, let rate = finder.suggestionBeforeRise {
      layers += [
        .point(x: finder.rates[i], y: finder.losses[i], "before the rise"),
        .vertical(x: rate, "a tenth of it: \(short(rate))"),
      ]
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
