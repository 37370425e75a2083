// One import for lessons.
@_exported import DataPipeline
@_exported import NeuralNetworks
@_exported import Notebook
@_exported import Tensors
@_exported import Training

/// In a lesson, a table is one of data; a page has its own kind for printing.
public typealias Table = DataPipeline.Table
