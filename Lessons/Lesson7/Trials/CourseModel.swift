import Unrolled

/// The models of the lesson, with the settings of the course, and the variants that are set beside them.
enum CourseModel: String {
  case model0 = "0"
  case model1 = "1"
  case model2 = "2"
  case model3 = "3"
  case model4 = "4"
  case model5 = "5"
  case lstm = "LSTM"
  /// Model 0 as the talk has it.
  case talk = "0, the talk's"
  /// Model 0 with matrices of its own for each word.
  case untied = "0, untied"
  /// Model 2's training, but only the last of 20 words is asked for.
  case lastOnly = "2, last word only"
  /// Model 3 without what makes it Model 3.
  case forgetful = "3, state not kept"

  /// Models 0 to 5, and an LSTM in Model 5's place.
  static let course: [CourseModel] = [
    .model0, .model1, .model2, .model3, .model4, .model5, .lstm,
  ]

  var training: NextWordTraining {
    switch self {
    case .model0, .model1, .talk, .untied: NextWordTraining(length: 3, epochs: 6, rate: 1e-4)
    case .model2, .lastOnly: NextWordTraining(length: 20, epochs: 10, rate: 1e-4, rising: 0.1)
    case .model3, .model4, .forgetful: NextWordTraining(length: 20, epochs: 20, rate: 3e-3)
    case .model5, .lstm: NextWordTraining(length: 20, epochs: 10, rate: 1e-2)
    }
  }

  func make(_ sizes: Sizes = Sizes(), seed: UInt64) -> any NextWordModel {
    var generator = SeededGenerator(seed: seed)
    return switch self {
    case .model0: Model0(sizes, using: &generator)
    case .model1, .lastOnly: Model1(sizes, using: &generator)
    case .model2: Model2(sizes, using: &generator)
    case .model3: Model3(sizes, using: &generator)
    case .model4: Model4(sizes, using: &generator)
    case .model5: Model5(sizes, using: &generator)
    case .lstm: ModelLSTM(sizes, using: &generator)
    case .talk: Model0(sizes, firstWordIsDirect: true, using: &generator)
    case .untied: UntiedModel(sizes, using: &generator)
    case .forgetful: Model3(sizes, keeping: .none, using: &generator)
    }
  }
}
