import NeuralNetworks
import Tensors

/// Parameters that an optimizer treats otherwise than the rest: the early layers of a trained net with a smaller
/// rate, biases without weight decay.
///
///     optimizer.groups = [
///       ParameterGroup(body.parameters, rateFactor: 0.1),
///       ParameterGroup(biases, decayFactor: 0),
///     ]
///
/// Both are factors, so that a schedule that moves the optimizer's rate moves the rate of every group.
public struct ParameterGroup {
  public let parameters: [Parameter]
  /// η of the group is the optimizer's η times this.
  public var rateFactor: Double { didSet { expectFactors() } }
  /// λ of the group is the optimizer's λ times this.
  public var decayFactor: Double { didSet { expectFactors() } }

  public init(_ parameters: [Parameter], rateFactor: Double = 1, decayFactor: Double = 1) {
    self.parameters = parameters
    self.rateFactor = rateFactor
    self.decayFactor = decayFactor
    expectFactors()
  }

  private func expectFactors() {
    expect(
      rateFactor >= 0 && decayFactor >= 0 && (rateFactor + decayFactor).isFinite,
      "ParameterGroup expects finite factors that are not negative, got \(rateFactor) and \(decayFactor)"
    )
  }

  /// For each of the optimizer's parameters the number of its group, if it is in one.
  static func numbers(_ groups: [ParameterGroup], for parameters: [Parameter]) -> [Int?] {
    var place: [ObjectIdentifier: Int] = [:]
    for (i, parameter) in parameters.enumerated() { place[ObjectIdentifier(parameter)] = i }
    var numbers = [Int?](repeating: nil, count: parameters.count)
    for (number, group) in groups.enumerated() {
      for parameter in group.parameters {
        guard let i = place[ObjectIdentifier(parameter)] else {
          fatalError(
            "group \(number) has a parameter \(parameter.value.shape) that the optimizer has not")
        }
        expect(
          numbers[i] == nil,
          "parameter \(i) of shape \(parameter.value.shape) is in two groups, \(numbers[i] ?? 0) and \(number)"
        )
        numbers[i] = number
      }
    }
    return numbers
  }
}
