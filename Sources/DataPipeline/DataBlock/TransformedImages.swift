import Foundation
import Kernels
import Tensors

/// The transforms stage of a data block of pictures: which ones, and how each becomes an input.
///
/// Every file has been read once by now, so a damaged one is known before the training begins.
public struct TransformedImages<Kind: ImageLabelKind>: Sendable, CustomStringConvertible {
  public typealias Part = LabelledItems<ImageFile, Kind>.Part

  public let kind: Kind
  public let train: Part
  public let valid: Part
  public let test: Part
  /// For training; validation and test go without what is random in them.
  public let transforms: ImageTransforms
  public let channels: Int
  /// Height and width of an input.
  public let size: (height: Int, width: Int)
  /// What is wrong with the files that were left out.
  public let skipped: [DataError]
  /// Whether pictures are turned as their cameras note it.
  public let appliesOrientation: Bool
  /// A sentence for each channel that has one value in all pixels of all training pictures.
  public let constantChannels: [String]

  public var description: String {
    let test = self.test.items.isEmpty ? "" : ", \(self.test.items.count) to test"
    let list = transforms.transforms.map { "\(type(of: $0))" }.joined(separator: ", ")
    return """
      \(train.items.count) images to train on, \(valid.items.count) to validate with\(test)
        inputs [\(channels), \(size.height), \(size.width)]\(list.isEmpty ? "" : ", in training after \(list)")

      """ + skipped.map { "  left out: \($0)\n" }.joined()
        + constantChannels.map { "  \($0)\n" }.joined()
  }

  /// A picture of a part, read from its file, with its target.
  static func sample(
    _ part: Part, _ item: Int, _ kind: Kind, _ channels: Int, _ appliesOrientation: Bool
  ) throws -> ImageSample<Kind.Target> {
    let name = part.items[item].place
    let image = try Image(
      contentsOf: name, channels: channels, appliesOrientation: appliesOrientation)
    return ImageSample(
      image, try kind.target(part.labels[item], of: image, name: name), name: name)
  }
}

extension LabelledItems where Item == ImageFile, Kind: ImageLabelKind {
  /// Says how each picture becomes an input, and reads all of them once to see that each can.
  ///
  /// - Parameters:
  ///   - transforms: Without a size of their own, all pictures must be of one size.
  ///   - channels: 3 for colours, 1 for greys.
  ///   - skipsDamaged: Leaves files out that cannot be used; `skipped` says which and why. Otherwise the first is an error.
  ///   - appliesOrientation: Turns pictures as their cameras note it (EXIF); masks and points belong to the picture as
  ///     it is shown. Otherwise they belong to the picture as it is stored.
  public func transformed(
    _ transforms: ImageTransforms = ImageTransforms(size: nil), channels: Int = 3,
    skipsDamaged: Bool = false, appliesOrientation: Bool = true
  ) throws -> TransformedImages<Kind> {
    expect(
      channels == 1 || channels == 3, "transformed expects 1 or 3 channels, got \(channels)")
    var skipped: [DataError] = []
    var values = ChannelValues(channels)
    var size = transforms.size.map { (height: $0.height, width: $0.width) }
    func sound(_ part: Part, training: Bool = false) throws -> Part {
      var good: [Int] = []
      for (item, result) in looks(at: part, channels, appliesOrientation).enumerated() {
        do {
          let own = try result.get()
          let first = size ?? (own.height, own.width)
          size = first
          guard transforms.size != nil || (own.height, own.width) == first else {
            throw DataError(
              "\(part.items[item].place) is \(own.width) × \(own.height) pixels, the first picture \(first.width) × \(first.height): give the transforms a size"
            )
          }
          good.append(item)
          if training { values.add(own.values) }
        } catch let error as DataError where skipsDamaged { skipped.append(error) }
      }
      return Part(items: good.map { part.items[$0] }, labels: good.map { part.labels[$0] })
    }
    let test = Part(items: self.test, labels: self.test.map { _ in kind.unknown })
    let parts = (try sound(train, training: true), try sound(valid), try sound(test))
    guard let size, !parts.0.items.isEmpty, !parts.1.items.isEmpty else {
      throw DataError(
        "no picture is left to train on or to validate with; the first left out: \(skipped[0])")
    }
    let constant = values.constant(in: parts.0.items.count)
    for sentence in constant { FileHandle.standardError.write(Data("\(sentence)\n".utf8)) }
    return TransformedImages(
      kind: kind, train: parts.0, valid: parts.1, test: parts.2, transforms: transforms,
      channels: channels, size: size, skipped: skipped, appliesOrientation: appliesOrientation,
      constantChannels: constant)
  }

  /// Reads every picture of a part and its target, on all cores.
  private func looks(
    at part: Part, _ channels: Int, _ appliesOrientation: Bool
  ) -> [Result<Look, any Error>] {
    let results = Results(count: part.items.count)
    let kind = kind
    let cores = ProcessInfo.processInfo.activeProcessorCount
    sideBySide(part.items.count, threads: cores) { item in
      results[item] = Result {
        let image = try TransformedImages<Kind>.sample(
          part, item, kind, channels, appliesOrientation
        ).image
        return Look(height: image.height, width: image.width, values: ChannelValues(of: image))
      }
    }
    return results.all
  }
}

/// What is kept of a picture that was read once.
private struct Look {
  let height: Int
  let width: Int
  let values: ChannelValues
}

/// Results that several threads write, each its own.
private final class Results: @unchecked Sendable {
  typealias Element = Result<Look, any Error>
  private let lock = NSLock()
  private var elements: [Element?]

  init(count: Int) { elements = Array(repeating: nil, count: count) }

  subscript(place: Int) -> Element {
    get { lock.withLock { elements[place]! } }
    set { lock.withLock { elements[place] = newValue } }
  }

  var all: [Element] { lock.withLock { elements.map { $0! } } }
}
