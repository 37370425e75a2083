import Unrolled

/// What others reached with these models. PyTorch's numbers were made by `Tests/References/human_numbers.py`
/// and stand in `human_numbers.json` beside it.
enum HumanNumbersReferences {
  static let source = "PyTorch 2.15, ten seeds: Tests/References/human_numbers.py"

  /// Mean and standard deviation of the final accuracy over ten seeds.
  static func pyTorch(
    _ model: CourseModel, _ gamma: GammaStart
  ) -> (mean: Double, deviation: Double)? {
    switch (model, gamma) {
    case (.model0, .uniform): (0.460156, 0.012149)
    case (.model1, .uniform): (0.460156, 0.012149)
    case (.model2, .uniform): (0.349105, 0.052584)
    case (.model3, .uniform): (0.557095, 0.057916)
    case (.model4, .uniform): (0.586925, 0.072739)
    case (.model5, .uniform): (0.825874, 0.018136)
    case (.lstm, .uniform): (0.800369, 0.014960)
    case (.model0, .one): (0.463373, 0.012607)
    case (.model1, .one): (0.463373, 0.012607)
    case (.model2, .one): (0.345916, 0.047804)
    case (.model3, .one): (0.552912, 0.054526)
    case (.model4, .one): (0.632010, 0.052874)
    case (.model5, .one): (0.825355, 0.011692)
    case (.lstm, .one): (0.793437, 0.021708)
    default: nil
    }
  }

  /// Losses of the first steps from the first weights of seed 42, in double precision.
  static func firstLosses(_ model: CourseModel) -> [Double] {
    switch model {
    case .model0, .model1:
      [
        3.7304618, 3.7973490, 3.7264261, 3.8074485, 3.6741285, 3.7712795, 3.7309767, 3.6792642,
        3.7125777, 3.7576440, 3.7565774, 3.7243819, 3.7244651, 3.7221199, 3.7327050, 3.7148127,
        3.7088072, 3.7217808, 3.7423461, 3.7985934,
      ]
    case .model2:
      [
        3.7203840, 3.7105312, 3.7176468, 3.7026404, 3.7100463, 3.7157714, 3.7030345, 3.7068152,
        3.7002464, 3.7072591, 3.7217295, 3.7120742, 3.7033431, 3.7005802, 3.7040374, 3.6984417,
        3.6919941, 3.7059117, 3.6946769, 3.7011041,
      ]
    case .model3:
      [
        3.7203840, 3.7058443, 3.7097204, 3.6900886, 3.6917349, 3.6955028, 3.6782760, 3.6760583,
        3.6668971, 3.6721271, 3.6807316, 3.6655310, 3.6525631, 3.6442073, 3.6448472, 3.6354647,
        3.6237264, 3.6323830, 3.6182721, 3.6201192,
      ]
    case .model4:
      [
        3.7528751, 3.7567990, 3.7320641, 3.7229090, 3.7205830, 3.7166815, 3.7063881, 3.7057889,
        3.7049583, 3.6926873, 3.6746100, 3.6747081, 3.6842310, 3.6630576, 3.6431500, 3.6386034,
        3.6310615, 3.6245447, 3.6190342, 3.6220908,
      ]
    case .model5:
      [
        3.6989839, 3.6847445, 3.6486252, 3.6370872, 3.6055340, 3.5808115, 3.5484652, 3.5108817,
        3.5007754, 3.4638530, 3.4398904, 3.4100643, 3.3647194, 3.3321464, 3.3123401, 3.2640404,
        3.2398867, 3.2157037, 3.1642937, 3.1187785,
      ]
    case .lstm:
      [
        3.7040085, 3.6543193, 3.6306562, 3.6076167, 3.6066869, 3.5732514, 3.5243189, 3.5004710,
        3.4720105, 3.4492248, 3.4159665, 3.3833592, 3.3528873, 3.3087343, 3.2717993, 3.2339016,
        3.2076872, 3.1757927, 3.1244470, 3.0741028,
      ]
    default: []
    }
  }

  /// The final accuracy that the course's notebook prints, one run; and what its talk showed.
  static let course: [CourseModel: (notebook: Double, talk: Double)] = [
    .model0: (0.408778, 0.4620), .model1: (0.393153, 0.4613), .model2: (0.349787, 0.4080),
    .model3: (0.442827, 0.5424), .model4: (0.614702, 0.5772), .model5: (0.807102, 0.7555),
  ]

  /// Smallest and largest final accuracy of eight seeds (Model 5: six) of a separate numpy program.
  static let numpyRange: [CourseModel: ClosedRange<Double>] = [
    .model0: 0.377...0.471, .model1: 0.377...0.471, .model2: 0.261...0.374,
    .model3: 0.507...0.629, .model4: 0.498...0.646, .model5: 0.807...0.843,
  ]

  /// The notebook's accuracy after each epoch.
  static let curves: [CourseModel: [Double]] = [
    .model3: [
      0.051, 0.402, 0.467, 0.316, 0.337, 0.351, 0.369, 0.360, 0.361, 0.372, 0.401, 0.409, 0.423,
      0.450, 0.446, 0.447, 0.446, 0.443, 0.443, 0.443,
    ],
    .model4: [
      0.224, 0.466, 0.466, 0.315, 0.437, 0.436, 0.504, 0.522, 0.565, 0.579, 0.598, 0.601, 0.606,
      0.607, 0.613, 0.623, 0.618, 0.626, 0.612, 0.615,
    ],
    .model5: [0.455, 0.630, 0.797, 0.789, 0.800, 0.803, 0.807, 0.814, 0.808, 0.807],
  ]

  /// Mean accuracy after each epoch of PyTorch's ten seeds.
  static let pyTorchCurves: [CourseModel: [Double]] = [
    .model3: [
      0.120, 0.385, 0.452, 0.344, 0.375, 0.440, 0.453, 0.478, 0.500, 0.517, 0.535, 0.543, 0.543,
      0.544, 0.553, 0.558, 0.557, 0.558, 0.557, 0.557,
    ],
    .model4: [
      0.191, 0.455, 0.433, 0.322, 0.457, 0.470, 0.488, 0.502, 0.531, 0.548, 0.563, 0.569, 0.574,
      0.581, 0.581, 0.586, 0.586, 0.587, 0.587, 0.587,
    ],
    .model5: [
      0.449, 0.582, 0.788, 0.824, 0.826, 0.830, 0.828, 0.828, 0.827, 0.826,
    ],
  ]
}
