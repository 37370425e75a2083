import NeuralNetworks
import Tensors
import Training

extension Table {
  mutating func interpretation() {
    of("HeatMap.init(of: any Layer, Tensor, layer: Module?)")
    stops { HeatMap(of: pictureNet(), matrix) }
    stops { HeatMap(of: pictureNet(), scalar) }
    stops { HeatMap(of: Sequential(linear()), pictures) }
    stops("LayerWatch") { HeatMap(of: pictureNet(), pictures, layer: linear()) }
    stops {
      let net = pictureNet()
      return HeatMap(of: net, pictures, layer: net.layers[3])
    }
    stops("convolution2d") { HeatMap(of: pictureNet(), .ones([2, 1, 8, 8])) }
    of(
      "HeatMap.init(gradCAM: any Layer, Tensor, classes: [Int], layer: Module?, form: GradCAM.Form)"
    )
    stops("CAM") { HeatMap(gradCAM: pictureNet(), pictures, classes: [0]) }
    stops("CAM") { HeatMap(gradCAM: pictureNet(), pictures, classes: [0, 2]) }
    stops("CAM") { HeatMap(gradCAM: pictureNet(), pictures, classes: [0, -1]) }
    stops { HeatMap(gradCAM: pictureNet(), matrix, classes: [0, 1]) }
    stops("CAM") { HeatMap(gradCAM: Sequential(convolution()), pictures, classes: [0, 1]) }
  }
}
