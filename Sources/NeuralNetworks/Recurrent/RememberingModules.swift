import Tensors

/// A module that draws random numbers while training: a kind of dropout. A checkpoint of a training holds the
/// generator's place.
public protocol DrawsRandomNumbers: Module {
  var generator: SeededGenerator { get set }
}

/// A module that keeps a result from one batch for the next: a recurrent net's state. A checkpoint of a training
/// holds it.
public protocol CarriesState: Module {
  /// Empty, if there is none yet.
  var carriedState: [Tensor] { get set }
}
