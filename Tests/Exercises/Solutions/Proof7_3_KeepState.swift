import ExerciseKit
import Testing

// MARK: Hints
// 1. Two numbers go from step to step, h and dh. Which of them may cross the border between two batches?
// 2. Put h before the loop over the batches, and dh inside it, before the loop over the inputs.
// 3. In each step first dh = h + w * dh, with the old h, then h = w * h + x.

// MARK: Solution
private enum Solution {
  static func keptStates(_ batches: [[Double]], w: Double) -> [(h: Double, gradient: Double)] {
    var h = 0.0
    return batches.map { batch in
      var dh = 0.0  // detached: the state is a number, whatever it came from
      for x in batch {
        dh = h + w * dh
        h = w * h + x
      }
      return (h, dh)
    }
  }
}

// MARK: Why this works
// The state says what was read, back to the beginning of the text; it costs one number. The gradient says
// how the weight should have acted in the past, and costs a tape that grows with every word. So the state
// is kept and its tape is cut off at each batch: back propagation through time, truncated.

// MARK: Proofs
@Test("7.3 solution") func solution7_3() throws { try checkKeptStates(Solution.keptStates) }

@Test("7.3 wrong: the state is forgotten") func wrong7_3_forgotten() {
  expectRefusal("the state was forgotten") {
    try checkKeptStates { batches, w in
      batches.map { Solution.keptStates([$0], w: w)[0] }
    }
  }
}

@Test("7.3 wrong: the state is not detached") func wrong7_3_attached() {
  expectRefusal("should be detached") {
    try checkKeptStates { batches, w in
      var (h, dh) = (0.0, 0.0)
      return batches.map { batch in
        for x in batch {
          dh = h + w * dh
          h = w * h + x
        }
        return (h, dh)
      }
    }
  }
}

@Test("7.3 wrong: detached at every step") func wrong7_3_everyStep() {
  expectRefusal("at its start only") {
    try checkKeptStates { batches, w in
      var h = 0.0
      return batches.map { batch in
        var dh = 0.0
        for x in batch {
          dh = h
          h = w * h + x
        }
        return (h, dh)
      }
    }
  }
}

/// Each of these mistakes gets its own advice.
@Test("7.3 wrong: others") func wrong7_3_others() {
  typealias Step = (_ h: inout Double, _ dh: inout Double, _ x: Double, _ w: Double) -> Void
  let mistakes: [(words: String, first: Double, step: Step)] = [
    ("compute dh first, then h", 0, { h, dh, x, w in (h, dh) = (w * h + x, w * h + x + w * dh) }),
    ("is multiplied by w", 0, { h, dh, x, w in (h, dh) = (w * h + x, h + dh) }),
    ("added to dh in each step", 0, { h, dh, x, w in (h, dh) = (w * h + x, w * dh) }),
    ("at the start of a batch, not 1", 1, { h, dh, x, w in (h, dh) = (w * h + x, h + w * dh) }),
    ("not multiplied by w itself", 0, { h, dh, x, w in (h, dh) = (w * (h + x), h + x + w * dh) }),
    ("the sum of the inputs", 0, { h, dh, x, w in (h, dh) = (h + x, h + w * dh) }),
    ("this is the last input", 0, { h, dh, x, w in (h, dh) = (x, h + w * dh) }),
  ]
  #expect(mistakes.count == 7)
  for (words, first, step) in mistakes {
    expectRefusal(words) {
      try checkKeptStates { batches, w in
        var h = 0.0
        return batches.map { batch in
          var dh = first
          for x in batch { step(&h, &dh, x, w) }
          return (h, dh)
        }
      }
    }
  }
}
