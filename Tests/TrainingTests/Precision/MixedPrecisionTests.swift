import NeuralNetworks
import Tensors
import Testing
import Training

@Suite struct MixedPrecisionTests {
  @Test func aScaleSavesGradientsThatWouldVanish() {
    @Parameter var w = Tensor([1, 1])
    for (scale, expected) in [(1, [0, 0.5]), (1024, [1e-8, 0.5])] as [(Float, [Float])] {
      let scaling = LossScaling(scale)
      $w.zeroGrad()
      scaling.scaled((w * Tensor([1e-8, 0.5])).sum()).backward()
      #expect(scaling.unscale([$w]))
      for (g, e) in zip($w.grad.values, expected) {
        // Half precision keeps 11 bits of a number; 1024·1e-8 lies below its normal range: 2⁻²⁴ steps.
        #expect(abs(g - e) <= max(e / 2048, 0x1p-25 / 1024))
      }
    }
  }

  @Test func aDynamicScaleHalvesAfterAnOverflowAndDoublesAfterACalm() {
    @Parameter var w = Tensor(1)
    let scaling = LossScaling(0x1p17, kind: .dynamic(patience: 2))
    var scales: [Float] = []
    var kept: [Bool] = []
    for _ in 0..<5 {
      $w.zeroGrad()
      scaling.scaled(w * 1).backward()  // the gradient is the scale: 2¹⁶ and more overflow
      kept.append(scaling.unscale([$w]))
      scales.append(scaling.scale)
    }
    #expect(kept == [false, false, true, true, false])
    #expect(scales == [0x1p16, 0x1p15, 0x1p15, 0x1p16, 0x1p15])
    #expect(scaling.skipped == 3)
  }

  /// 1024 · 1000 overflows. The steps before and after it are no calm of two.
  @Test func anOverflowBeginsTheCalmAnew() {
    @Parameter var w = Tensor(1)
    let scaling = LossScaling(1024, kind: .dynamic(patience: 2))
    var scales: [Float] = []
    for factor in [1, 1000, 1, 1] as [Float] {
      $w.zeroGrad()
      scaling.scaled(w * factor).backward()
      #expect(scaling.unscale([$w]) == (factor == 1))
      scales.append(scaling.scale)
    }
    #expect(scales == [1024, 512, 512, 1024])
  }

  @Test func masterWeightsKeepWhatSixteenBitsLose() {
    for (hasMasters, expected) in [(true, 0.9), (false, 1)] as [(Bool, Float)] {
      @Parameter var w = Tensor(1)
      let training = MixedPrecision(
        SGD([$w], learningRate: 1e-4), scaling: LossScaling(1), hasMasterWeights: hasMasters)
      for _ in 0..<1000 { #expect(training.step(w * 1)) }
      // The weight itself is always one that 16 bits hold: steps of 2⁻¹¹ below 1, half of one as band.
      #expect(abs($w.value.item - expected) <= 0x1p-12)
      #expect($w.value == $w.value.roundedToHalf())
    }
  }

  /// Set, loaded or changed in place between two steps: the master weight follows.
  @Test func aWeightThatIsSetIsTheMasterWeight() throws {
    let steps: [(String, (Parameter) -> Void)] = [
      ("set", { $0.value = Tensor([3, 5]) }),
      ("in place", { $0.wrappedValue += Tensor([2, 4]) }),
      ("through a state", { ($0 as any StateTensor).value = Tensor([3, 5]) }),
    ]
    for (name, change) in steps {
      let w = Parameter(Tensor([1, 1]))
      let training = MixedPrecision(SGD([w], learningRate: 0.25), scaling: LossScaling(1))
      change(w)
      #expect(training.step(w.wrappedValue.sum()))
      #expect(w.value.values == [2.75, 4.75], "\(name)")
      // And keeps what 16 bits lose: 2⁻¹³ at 2.75.
      let master = MixedPrecision(SGD([w], learningRate: 0x1p-13), scaling: LossScaling(1))
      for _ in 0..<16 { #expect(master.step(w.wrappedValue.sum())) }
      #expect(w.value.values == [2.75 - 0x1p-9, 4.75], "\(name)")
    }
  }

  @Test func anOverflowLeavesTheWeightsAlone() {
    @Parameter var w = Tensor(0.5)
    let training = MixedPrecision(SGD([$w], learningRate: 1), scaling: LossScaling(0x1p20))
    #expect(!training.step(w * 1))
    #expect($w.value.item == 0.5)
  }
}
