import Unrolled

/// The models of the lesson, with the settings of the course.
enum CourseModel: String, CaseIterable {
  case model0 = "0"
  case model1 = "1"
  case model2 = "2"
  case model3 = "3"
  case model4 = "4"
  case model5 = "5"
  case lstm = "LSTM"

  var training: NextWordTraining {
    switch self {
    case .model0, .model1: NextWordTraining(length: 3, epochs: 6, rate: 1e-4)
    case .model2: NextWordTraining(length: 20, epochs: 10, rate: 1e-4, rising: 0.1)
    case .model3, .model4: NextWordTraining(length: 20, epochs: 20, rate: 3e-3)
    case .model5, .lstm: NextWordTraining(length: 20, epochs: 10, rate: 1e-2)
    }
  }

  func make(_ sizes: Sizes = Sizes(), seed: UInt64) -> any NextWordModel {
    var generator = SeededGenerator(seed: seed)
    return switch self {
    case .model0: Model0(sizes, using: &generator)
    case .model1: Model1(sizes, using: &generator)
    case .model2: Model2(sizes, using: &generator)
    case .model3: Model3(sizes, using: &generator)
    case .model4: Model4(sizes, using: &generator)
    case .model5: Model5(sizes, using: &generator)
    case .lstm: ModelLSTM(sizes, using: &generator)
    }
  }
}
