import NeuralNetworks
import Tensors

/// Multiplies the loss before `backward()` and divides the gradients after it, so that small gradients do not fall
/// below what 16 bits can hold on their way (Micikevicius et al. 2018, "Mixed precision training").
///
///     scaling.scaled(loss).backward()
///     if scaling.unscale(parameters) { optimizer.step() }     // else: skip this step
///
/// A power of two changes no digit of a gradient that fits.
public final class LossScaling {
  public enum Kind: Equatable, Sendable {
    /// The same factor always.
    case fixed
    /// Half the factor after an overflow, twice after so many steps without one.
    case dynamic(patience: Int)
  }

  public let kind: Kind
  public private(set) var scale: Float
  /// Steps that were left out because a gradient was infinite or not a number.
  public private(set) var skipped = 0
  private var calm = 0  // steps since the last change of the factor

  public init(
    _ scale: Float, kind: Kind = .fixed, file: StaticString = #fileID, line: UInt = #line
  ) {
    expect(
      scale > 0 && scale.isFinite, "LossScaling expects a positive finite factor, got \(scale)",
      file: file, line: line)
    if case .dynamic(let patience) = kind {
      expect(
        patience > 0, "LossScaling expects a patience of 1 step or more, got \(patience)",
        file: file, line: line)
    }
    self.scale = scale
    self.kind = kind
  }

  public func scaled(_ loss: Tensor) -> Tensor { loss * scale }

  /// Rounds each gradient to 16 bits (they were kept so) and divides it by the factor; false if one of
  /// them overflowed, and the step should be left out.
  public func unscale(_ parameters: [Parameter]) -> Bool {
    for parameter in parameters where parameter.hasGrad {
      parameter.grad = parameter.grad.roundedToHalf()
    }
    guard parameters.allSatisfy({ !$0.hasGrad || $0.grad.isFinite }) else {
      skipped += 1
      calm = 0
      if kind != .fixed { scale = max(scale / 2, .leastNormalMagnitude) }
      return false
    }
    for parameter in parameters where parameter.hasGrad { parameter.grad = parameter.grad / scale }
    calm += 1
    if case .dynamic(let patience) = kind, calm >= patience, (scale * 2).isFinite {
      scale *= 2
      calm = 0
    }
    return true
  }
}
