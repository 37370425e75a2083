/// The lengths of a two-dimensional convolution.
///
/// Output (i, j) meets the pixels i·stride − padding + dilation·k of each tap k, height and width
/// apart. The channels lie in `groups`, of which each filter meets one.
public struct ConvolutionShape {
  public let channels: Int
  public let groups: Int
  public let image: HeightAndWidth
  public let kernel: HeightAndWidth
  public let stride: HeightAndWidth
  public let padding: HeightAndWidth
  public let dilation: HeightAndWidth
  public let output: HeightAndWidth

  /// - Parameter output: as many places as fit, if left out.
  public init(
    channels: Int, groups: Int = 1, image: HeightAndWidth, kernel: HeightAndWidth,
    stride: HeightAndWidth = 1, padding: HeightAndWidth = 0, dilation: HeightAndWidth = 1,
    output: HeightAndWidth? = nil
  ) {
    self.channels = channels
    self.groups = groups
    self.image = image
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
    self.dilation = dilation
    func places(_ axis: KeyPath<HeightAndWidth, Int>) -> Int {
      let reach = (kernel[keyPath: axis] - 1) * dilation[keyPath: axis] + 1
      return (image[keyPath: axis] + 2 * padding[keyPath: axis] - reach) / stride[keyPath: axis] + 1
    }
    self.output = output ?? HeightAndWidth(places(\.height), places(\.width))
  }

  var inputSize: Int { channels * image.height * image.width }
  /// A kernel of one pixel and stride 1: the patches are the image.
  var isPointwise: Bool { kernel == 1 && stride == 1 && padding == 0 && output == image }

  /// Rows of the matrix of patches: one for each tap of each channel.
  public var patch: Int { channels * kernel.height * kernel.width }
  /// Those that a filter meets: one for each of its weights.
  public var groupPatch: Int { patch / groups }
  /// Its columns: one for each place of the output.
  public var places: Int { output.height * output.width }
}
