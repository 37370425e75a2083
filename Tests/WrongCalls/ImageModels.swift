import NeuralNetworks
import Tensors

extension Table {
  mutating func imageModels() {
    of("ClassifierHead.init(features: Int, classes: Int, hidden: Int, dropouts: (Float, Float))")
    for wrong in 0..<3 {
      for value in [0, -1, huge] {
        stops(anyWord) {
          var sizes = [3, 2, 4]
          sizes[wrong] = value
          return ClassifierHead(
            features: sizes[0], classes: sizes[1], hidden: sizes[2], using: &generator)
        }
      }
    }
    stops("ropout") {
      ClassifierHead(features: 3, classes: 2, dropouts: (1, 0), using: &generator)
    }
    of("ClassifierHead.forward(Tensor)")
    let head = { ClassifierHead(features: 3, classes: 2, hidden: 4, using: &generator) }
    stops("GlobalConcatPool") { head()(matrix) }
    stops("atch") { head()(.ones([2, 4, 8, 8])) }
    stops("BatchNorm") { head()(.ones([1, 3, 8, 8])) }

    let plain: [(String, () -> any Layer)] = [
      ("SimpleCNN", { SimpleCNN(using: &generator) }),
      ("ConvLayerCNN", { ConvLayerCNN(using: &generator) }),
      ("SmallResNet", { SmallResNet(using: &generator) }),
    ]
    for (name, make) in plain {
      of("\(name).forward(Tensor)")
      stops("convolution2d") { make().forward(.ones([2, 784])) }
      stops("convolution2d") { make().forward(.ones([2, 3, 28, 28])) }
      stops("convolution2d") { make().forward(scalar) }
      stops(anyWord) { make().forward(.zeros([2, 1, 0, 28])) }
    }

    of("ResNet.init(blocks: [Int], widths: [Int], channels: Int, classes: Int)")
    let resNet = { (blocks: [Int], widths: [Int], channels: Int, classes: Int) in
      ResNet(
        blocks: blocks, widths: widths, channels: channels, classes: classes, using: &generator)
    }
    stops { resNet([], [], 3, 2) }
    stops { resNet([1], [4, 4], 3, 2) }
    stops { resNet([-1], [4], 3, 2) }
    stops { resNet([0], [4], 3, 2) }
    stops { resNet([1], [0], 3, 2) }
    stops { resNet([1], [-4], 3, 2) }
    stops { resNet([1], [4], 0, 2) }
    stops { resNet([1], [4], -1, 2) }
    stops { resNet([1], [4], 3, 0) }
    stops { resNet([1], [4], 3, -2) }
    stops(anyWord) { resNet([1], [huge], 3, 2) }
    stops(anyWord) { resNet([1], [4], huge, 2) }
    stops(anyWord) { resNet([1], [4], 3, huge) }
    for name in ["resNet18", "resNet34"] {
      of("ResNet.\(name)(channels: Int, classes: Int)")
      for (channels, classes) in [(0, 2), (3, 0), (-1, 2), (3, -1)] {
        stops {
          name == "resNet18"
            ? ResNet.resNet18(channels: channels, classes: classes, using: &generator)
            : ResNet.resNet34(channels: channels, classes: classes, using: &generator)
        }
      }
    }
    of("ResNet.forward(Tensor)")
    stops("convolution2d") { resNet([1], [4], 3, 2)(matrix) }
    stops("convolution2d") { resNet([1], [4], 3, 2)(.ones([2, 1, 8, 8])) }
    stops(anyWord) { resNet([1, 1], [4, 4], 3, 2)(.ones([1, 3, 1, 1])) }
    of("ResNet.BasicBlock.init(Int, Int, stride: Int)")
    let block = { (channels: Int, filters: Int, stride: Int) in
      ResNet.BasicBlock(channels, filters, stride: stride, using: &generator)
    }
    for (channels, filters, stride) in [(0, 4, 1), (3, 0, 1), (3, 4, 0), (-3, 4, 1), (3, 4, -1)] {
      stops { block(channels, filters, stride) }
    }
    of("ResNet.BasicBlock.forward(Tensor)")
    stops("convolution2d") { block(3, 4, 2)(.ones([2, 4, 8, 8])) }
    stops("convolution2d") { block(3, 3, 1)(matrix) }

    of("DenseNet.init(layers: [Int], growth: Int, width: Int, channels: Int, classes: Int)")
    let denseNet = { (layers: [Int], growth: Int, width: Int, channels: Int, classes: Int) in
      DenseNet(
        layers: layers, growth: growth, width: width, channels: channels, classes: classes,
        using: &generator)
    }
    stops { denseNet([], 2, 4, 3, 2) }
    stops { denseNet([-1], 2, 4, 3, 2) }
    stops { denseNet([1], 0, 4, 3, 2) }
    stops { denseNet([1], 2, 0, 3, 2) }
    stops { denseNet([1], 2, -4, 3, 2) }
    stops { denseNet([1], 2, 4, 0, 2) }
    stops { denseNet([1], 2, 4, 3, 0) }
    stops { denseNet([1], 2, 4, 3, -2) }
    stops { denseNet([0, 1], 2, 1, 3, 2) }
    stops(anyWord) { denseNet([1], huge, 4, 3, 2) }
    stops(anyWord) { denseNet([1], 2, huge, 3, 2) }
    of("DenseNet.denseNet121(channels: Int, classes: Int)")
    stops { DenseNet.denseNet121(channels: 0, classes: 2, using: &generator) }
    stops { DenseNet.denseNet121(channels: 3, classes: -2, using: &generator) }
    of("DenseNet.forward(Tensor)")
    stops("convolution2d") { denseNet([1], 2, 4, 3, 2)(matrix) }
    stops("convolution2d") { denseNet([1], 2, 4, 3, 2)(.ones([2, 1, 8, 8])) }
    of("DenseNet.DenseLayer.forward(Tensor)")
    stops("atch") { denseNet([1], 2, 4, 3, 2).blocks[0].layers[0].forward(matrix) }
    of("DenseNet.Transition.forward(Tensor)")
    stops("atch") { denseNet([1, 1], 2, 4, 3, 2).transitions[0](matrix) }

    let unet = { (encoder: [any Layer], channels: Int, classes: Int, size: (Int, Int)) in
      UNet(
        encoder: encoder, channels: channels, classes: classes, size: size, using: &generator)
    }
    let encoder: () -> [any Layer] = {
      [convolution(stride: 2, padding: 1), convolution(4, 6, stride: 2, padding: 1)]
    }
    of(
      "UNet.init(encoder: [any Layer], channels: Int, classes: Int, size: (height: Int, width: Int))"
    )
    stops { unet([], 3, 2, (16, 16)) }
    stops { unet([convolution(padding: 1)], 3, 2, (16, 16)) }
    stops { unet([Flatten()], 3, 2, (16, 16)) }
    stops { unet([linear()], 3, 2, (16, 3)) }
    stops { unet(encoder(), 3, 0, (16, 16)) }
    stops { unet(encoder(), 3, -2, (16, 16)) }
    stops { unet(encoder(), 0, 2, (16, 16)) }
    stops { unet(encoder(), 3, 2, (0, 16)) }
    stops { unet(encoder(), 3, 2, (16, -1)) }
    stops(anyWord) { unet(encoder(), 3, 2, (huge, 16)) }
    stops("convolution2d") { unet(encoder(), 1, 2, (16, 16)) }
    of("UNet.forward(Tensor)")
    stops("convolution2d") { unet(encoder(), 3, 2, (16, 16))(matrix) }
    stops("convolution2d") { unet(encoder(), 3, 2, (16, 16))(.ones([2, 1, 16, 16])) }
    stops(anyWord) { unet(encoder(), 3, 2, (16, 16))(.zeros([2, 3, 0, 16])) }
    of("UNet.Up.callAsFunction(Tensor, Tensor)")
    stops(anyWord) { unet(encoder(), 3, 2, (16, 16)).ups[0](matrix, pictures) }
    stops(anyWord) { unet(encoder(), 3, 2, (16, 16)).ups[0](.ones([2, 6, 4, 4]), vector) }
    of("UNet.Convolutions.forward(Tensor)")
    stops("convolution2d") { unet(encoder(), 3, 2, (16, 16)).bottom(matrix) }
  }
}
