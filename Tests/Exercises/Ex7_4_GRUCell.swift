import ExerciseKit
import Foundation
import Testing
import Unrolled

/// The weights of one gate of a GRU whose input and state are single numbers.
struct GateWeights {
  /// Weight and bias of the input.
  var input: Double
  var inputBias: Double
  /// Weight and bias of the state.
  var state: Double
  var stateBias: Double
}

/// 7.4  Write one step of a GRU, so that its gates decide what of the old state stays.
///
///     r = σ(W_r·x + b_r + U_r·h + d_r)
///     z = σ(W_z·x + b_z + U_z·h + d_z)
///     n = tanh(W_n·x + b_n + r · (U_n·h + d_n))
///     h′ = (1 − z) · n + z · h
///
/// σ(a) = 1 / (1 + e^−a). Input and state are single numbers here; in a real cell they are lists, and the formulas
/// are the same.
///
/// Stuck? swift run learn hint 7.4
///
/// - Parameters:
///   - h: the state
///   - x: the input
///   - r, z, n: the weights of the three parts: `input` is W, `inputBias` b, `state` U, `stateBias` d
/// - Returns: the next state
func gruStep(
  _ h: Double, _ x: Double, r: GateWeights, z: GateWeights, n: GateWeights
) throws -> Double {
  try todo()  // replace this line
}

@Test("7.4 a GRU cell", .exercise("7.4"))
func ex7_4() throws {
  try checkGRUStep(gruStep)
  // Your own cases:
}

// How your answer is tried: a case by hand, gates that are shut or half open, then the engine's GRU.

typealias GRUStep = (
  _ h: Double, _ x: Double, _ r: GateWeights, _ z: GateWeights, _ n: GateWeights
) throws -> Double

func checkGRUStep(_ step: GRUStep) throws {
  // r = σ(−0.3), z = σ(0.9), n = tanh(…): 0.280655797888 was computed with twelve digits, like the numbers of the mistakes.
  let r = GateWeights(input: 0.7, inputBias: -0.9, state: 1.1, stateBias: 0.5)
  let z = GateWeights(input: -0.9, inputBias: 0.4, state: 0.8, stateBias: -0.7)
  let w = GateWeights(input: 1.2, inputBias: 0.2, state: -0.7, stateBias: 0.9)
  try require(
    "gruStep(0.6, -0.8, r, z, n) with r = \(r), z = \(z), n = \(w)",
    gives: step(0.6, -0.8, r, z, w), expected: 0.280655797888,
    mistakes: [
      Mistake(-0.185459993045, "z and 1 − z are exchanged: z = 1 keeps the state"),
      Mistake(-0.146251604346, "the sign in σ is wrong: σ(a) = 1 / (1 + e^−a)"),
      Mistake(0.29659673914, "the sign in σ is wrong for r: σ(a) = 1 / (1 + e^−a)"),
      Mistake(0.352693445708, "the biases of r and z are missing: b and d"),
      Mistake(0.214165196629, "the biases b of r and z are missing"),
      Mistake(0.407667325618, "the biases d of r and z are missing"),
      Mistake(0.29118040539, "the biases of r are missing: b and d"),
      Mistake(0.304599395413, "the bias b of r is missing"),
      Mistake(0.269047977447, "the bias d of r is missing"),
      Mistake(0.344265209735, "the biases of z are missing: b and d"),
      Mistake(0.18289148527, "the bias b of z is missing"),
      Mistake(0.414413207187, "the bias d of z is missing"),
      Mistake(0.191286238038, "the biases of n are missing: b and d"),
      Mistake(0.241994661715, "the bias b of n is missing"),
      Mistake(0.214221610757, "the bias d of n is missing"),
      Mistake(0.15762534188, "the biases b are missing in all three"),
      Mistake(0.379692482705, "the biases d are missing in all three"),
      Mistake(0.269544487065, "the biases are missing in all three: b and d"),
      Mistake(0.415379174242, "r multiplies the whole of U_n·h + d_n, its bias too"),
      Mistake(0.347686352302, "was r forgotten in n?"),
      Mistake(0.392289657629, "r multiplies U_n·h + d_n alone, not W_n·x + b_n"),
      Mistake(0.471461899701, "r multiplies U_n·h + d_n, not W_n·x + b_n"),
      Mistake(0.531938861064, "n goes through tanh, not σ"),
      Mistake(0.226586969887, "r and z go through σ, not tanh"),
      Mistake(0.426569701575, "n goes through tanh, not ReLU"),
      Mistake(0.265934972615, "was tanh forgotten in n?"),
      Mistake(0.027928785551, "r and z are exchanged: r is for n, z for h′"),
      Mistake(0.800333398129, "x and h are exchanged: W is for x, U for h"),
      Mistake(0.141606394858, "the state is missing in r and z: U·h"),
      Mistake(0.12057442819, "the input is missing in r and z: W·x"),
      Mistake(-0.078234493582, "n counts with 1 − z: was the factor forgotten?"),
      Mistake(-0.145913903687, "the old state is missing: z · h"),
      Mistake(0.454086096313, "h counts with z: was the factor forgotten?"),
      Mistake(-0.504804195157, "this is n alone: h′ mixes it with h"),
      Mistake(0.6, "this is the old state"),
    ])

  func gate(bias: Double) -> GateWeights {
    GateWeights(input: 0, inputBias: bias, state: 0, stateBias: 0)
  }
  let (half, open, shut) = (gate(bias: 0), gate(bias: 100), gate(bias: -100))
  let n = GateWeights(input: 1, inputBias: 0, state: 1, stateBias: 1)

  try require(
    "gruStep(0.8, 0.5, …) with z = 1", gives: step(0.8, 0.5, half, open, n), expected: 0.8)
  // z = 0 and r = 0: only the input is left, n = tanh(0.5).
  try require(
    "gruStep(0.8, 0.5, …) with z = 0 and r = 0", gives: step(0.8, 0.5, shut, shut, n),
    expected: tanh(0.5),
    mistakes: [
      Mistake(tanh(1.5), "r multiplies the whole of U_n·h + d_n, its bias too"),
      Mistake(tanh(2.3), "was r forgotten?"),
      Mistake(1 / (1 + exp(-0.5)), "n goes through tanh, not σ"),
    ])
  // r = 1/2 and z = 1/2: n = tanh(0.5 + 0.9), half of it and half of the state.
  try require(
    "gruStep(0.8, 0.5, …) with z = 0.5 and r = 0.5", gives: step(0.8, 0.5, half, half, n),
    expected: (tanh(1.4) + 0.8) / 2)

  for seed in 0..<10 {
    let a = randomNumbers(count: 14, in: -1.5...1.5, seed: seed)
    let gates = (0..<3).map {
      GateWeights(
        input: a[4 * $0], inputBias: a[4 * $0 + 1], state: a[4 * $0 + 2], stateBias: a[4 * $0 + 3])
    }
    try require(
      "gruStep(\(show(a[12])), \(show(a[13])), r, z, n) with r = \(gates[0]), z = \(gates[1]), n = \(gates[2])",
      gives: step(a[12], a[13], gates[0], gates[1], gates[2]),
      expected: engineStep(a[12], a[13], gates), within: 1e-6)
  }
}

/// The same step by the engine's GRU, in 32 bits.
private func engineStep(_ h: Double, _ x: Double, _ gates: [GateWeights]) -> Double {
  var generator = SeededGenerator(seed: 0)
  let gru = GRU(1, 1, using: &generator)
  func column(_ number: KeyPath<GateWeights, Double>) -> [Float] {
    gates.map { Float($0[keyPath: number]) }
  }
  gru.cells[0].inputWeight = Tensor(column(\.input), shape: [3, 1])
  gru.cells[0].hiddenWeight = Tensor(column(\.state), shape: [3, 1])
  gru.cells[0].inputBias = Tensor(column(\.inputBias))
  gru.cells[0].hiddenBias = Tensor(column(\.stateBias))
  let start = Tensor([Float(h)], shape: [1, 1, 1])
  return Double(gru(Tensor([Float(x)], shape: [1, 1, 1]), start).h.values[0])
}
