// One import for lessons.
@_exported import DataPipeline
@_exported import NeuralNetworks
@_exported import Notebook
@_exported import Tensors
@_exported import Training
