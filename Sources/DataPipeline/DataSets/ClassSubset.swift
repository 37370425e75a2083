import Tensors

extension LabelledImages {
  /// The images of some classes alone, which are numbered anew from 0 in the order given.
  public func only(classes kept: [Int]) -> LabelledImages {
    expect(
      Set(kept).count == kept.count && kept.allSatisfy { $0 >= 0 && $0 < classes },
      "only(classes:) expects different classes below \(classes), got \(kept)")
    let numbers = labels.indices.filter { kept.contains(labels[$0]) }
    let images = sample(numbers)
    return LabelledImages(
      name: name, height: height, width: width, classes: kept.count, white: white,
      pixels: images.pixels, labels: images.labels.map { kept.firstIndex(of: $0) ?? 0 })
  }

  /// So many images of each class, drawn at random, and the rest.
  public func drawn(
    perClass count: Int, using generator: inout some RandomNumberGenerator
  ) -> (drawn: LabelledImages, rest: LabelledImages) {
    var taken: [Int] = []
    for label in 0..<classes {
      let numbers = labels.indices.filter { labels[$0] == label }
      expect(
        count > 0 && count <= numbers.count,
        "drawn(perClass:) expects 1 to \(numbers.count) images of class \(label), got \(count)")
      taken += numbers.shuffled(using: &generator).prefix(count)
    }
    let isTaken = Set(taken)
    return (sample(taken), sample(labels.indices.filter { !isTaken.contains($0) }))
  }
}
