// swift-tools-version: 6.1
import PackageDescription

// Loops live in Kernels, which is optimised in every build: a plain `swift run` builds for debugging,
// and loops are 40 to 100 times slower there (docs/design.md, section 3).
#if arch(x86_64)
  let native = ["-Xcc", "-march=native"]
#else
  let native: [String] = []
#endif

// The whole of Kernels is compiled at once, so that small functions of one file are inlined in another; a
// debug build links it only as one object a file, which `-num-threads` gives.
let wholeModule = ["-wmo", "-num-threads", "2"]

let optimised: [SwiftSetting] = [.unsafeFlags(["-O"])]

// What `import Unrolled` brings. A target that uses it names all of it: SwiftPM builds a target anew only when a
// module that it names changes, and does not see through `@_exported import`.
let unrolled: [Target.Dependency] = [
  "Unrolled", "Tensors", "NeuralNetworks", "DataPipeline", "Training", "Notebook",
]

let package = Package(
  name: "Unrolled",
  platforms: [.macOS(.v15)],
  products: [.library(name: "Unrolled", targets: ["Unrolled"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
  ],
  targets: [
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas",
      providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),
    .systemLibrary(
      name: "CGraphviz", pkgConfig: "libgvc",
      providers: [.apt(["libgraphviz-dev"]), .brew(["graphviz"])]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib",
      providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(
      name: "CGD", pkgConfig: "gdlib",
      providers: [.apt(["libgd-dev"]), .brew(["gd"])]),

    .systemLibrary(name: "CLanes"),

    .target(
      name: "Kernels", dependencies: ["COpenBLAS", "CLanes"],
      swiftSettings: [.unsafeFlags(["-Ounchecked"] + wholeModule + native)]),
    .target(name: "Tensors", dependencies: ["Kernels"], swiftSettings: optimised),
    .target(name: "NeuralNetworks", dependencies: ["Tensors"], swiftSettings: optimised),
    .target(
      name: "DataPipeline",
      dependencies: ["Kernels", "Tensors", "CZlib", "CGD"],
      resources: [.copy("Resources/digits")], swiftSettings: optimised),
    .target(
      name: "Training", dependencies: ["Kernels", "Tensors", "NeuralNetworks", "DataPipeline"],
      swiftSettings: optimised),
    .target(
      name: "Notebook",
      dependencies: [
        "Tensors", "NeuralNetworks", "DataPipeline", "CGraphviz",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .target(
      name: "Unrolled",
      dependencies: ["Tensors", "NeuralNetworks", "DataPipeline", "Training", "Notebook"]),
    .target(name: "ExerciseKit"),

    .executableTarget(name: "lesson1", path: "Lessons/Lesson1"),
    .executableTarget(name: "lesson2", path: "Lessons/Lesson2"),
    .executableTarget(name: "lesson3", path: "Lessons/Lesson3"),
    .executableTarget(name: "lesson4", dependencies: unrolled, path: "Lessons/Lesson4"),
    .executableTarget(name: "lesson5", dependencies: unrolled, path: "Lessons/Lesson5"),
    .executableTarget(name: "lesson6", path: "Lessons/Lesson6"),
    .executableTarget(name: "lesson7", dependencies: unrolled, path: "Lessons/Lesson7"),
    .executableTarget(
      name: "bench",
      dependencies: unrolled + [
        "Kernels", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(
      name: "learn",
      dependencies: [.product(name: "ArgumentParser", package: "swift-argument-parser")]),

    .testTarget(name: "KernelsTests", dependencies: ["Kernels"]),
    .target(name: "ReferenceReader", dependencies: ["Tensors"], path: "Tests/ReferenceReader"),
    .testTarget(
      name: "TensorsTests", dependencies: ["Tensors", "NeuralNetworks", "ReferenceReader"]),
    .testTarget(
      name: "NeuralNetworksTests", dependencies: ["Tensors", "NeuralNetworks", "ReferenceReader"]),
    .testTarget(name: "GradientTests", dependencies: ["Tensors", "NeuralNetworks"]),
    .testTarget(
      name: "TrainingTests",
      dependencies: [
        "Kernels", "Tensors", "NeuralNetworks", "DataPipeline", "Training", "ReferenceReader",
      ]),
    .testTarget(
      name: "DataPipelineTests",
      dependencies: ["DataPipeline", "Tensors", "NeuralNetworks", "ReferenceReader"]),
    .executableTarget(
      name: "WrongCalls", dependencies: ["Tensors", "NeuralNetworks", "DataPipeline", "Training"],
      path: "Tests/WrongCalls"),
    .testTarget(name: "WrongCallsTests", dependencies: ["WrongCalls"]),
    .testTarget(name: "UnrolledTests", dependencies: unrolled),
    .testTarget(
      name: "BenchTests", dependencies: ["bench", "Tensors", "NeuralNetworks", "ReferenceReader"]),
    .testTarget(
      name: "NotebookTests",
      dependencies: ["Notebook", "NeuralNetworks", "DataPipeline", "Tensors"]),
    .testTarget(name: "ExerciseKitTests", dependencies: ["ExerciseKit", "learn"]),
    .testTarget(name: "Exercises", dependencies: unrolled + ["ExerciseKit", "learn"]),
  ]
)
