/// Something done at fixed points of a training: watch, print, save, stop. A callback overrides what it needs.
///
/// It is asked in the order of `TrainingLoop.callbacks`, and reads `record` and `history`. One that decides from them
/// alone, without a memory of its own, decides the same after a checkpoint was taken up. Both begin anew with each call
/// of `fit`: a memory that does not is to say so.
public protocol Callback {
  /// What a checkpoint holds is taken up by now; `stepsTakenUp` tells.
  func beforeFit(_ loop: TrainingLoop) throws
  func beforeEpoch(_ loop: TrainingLoop) throws
  /// After the schedule has set the rate: what is changed here holds for this step.
  func beforeBatch(_ loop: TrainingLoop) throws
  func afterBatch(_ loop: TrainingLoop) throws
  /// The epoch stands last in `history`.
  func afterEpoch(_ loop: TrainingLoop) throws
  func afterFit(_ loop: TrainingLoop) throws
  /// An error ends the training: a loss that is no number, a disk that is full, what a callback threw.
  func failed(_ loop: TrainingLoop, _ error: any Error)
}

extension Callback {
  public func beforeFit(_ loop: TrainingLoop) throws {}
  public func beforeEpoch(_ loop: TrainingLoop) throws {}
  public func beforeBatch(_ loop: TrainingLoop) throws {}
  public func afterBatch(_ loop: TrainingLoop) throws {}
  public func afterEpoch(_ loop: TrainingLoop) throws {}
  public func afterFit(_ loop: TrainingLoop) throws {}
  public func failed(_ loop: TrainingLoop, _ error: any Error) {}
}
