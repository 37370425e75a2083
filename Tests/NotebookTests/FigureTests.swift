import Foundation
import Testing

@testable import Notebook

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Collects what an SVG document holds, and whether it is well formed.
private final class SVGReader: NSObject, XMLParserDelegate {
  var names: [String] = []
  var text: [String: String] = [:]
  var attributes: [String: [String]] = [:]
  private var open: [String] = []

  init?(_ svg: String) {
    super.init()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = self
    guard parser.parse() else { return nil }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes values: [String: String]
  ) {
    names.append(name)
    open.append(name)
    for (key, value) in values { attributes[key, default: []].append(value) }
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    open.removeLast()
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    text[open.last ?? "", default: ""] += string
  }
}

@Suite struct FigureTests {
  static let figures =
    SampleFigures.plots.map(\.figure)
    + [SampleFigures.grid.figure, SampleFigures.sheet.figure, SampleFigures.digits.figure]
    + [SampleFigures.pictures.figure]
    + SampleFigures.drawings.dropLast().map { $0.figure() }

  @Test(arguments: figures.map(\.id)) func isWellFormedAndDescribed(id: String) throws {
    let figure = try #require(Self.figures.first { $0.id == id })
    let svg = try #require(figure.svg)
    let reader = try #require(SVGReader(svg), "\(id).svg is not well-formed XML")
    #expect(reader.names.first == "svg")
    #expect(reader.text["title"]?.contains(figure.title) == true)
    #expect(reader.text["desc"] == figure.alt)
    #expect(reader.attributes["viewBox"]?.count == 1)
    #expect(svg.contains("prefers-color-scheme: dark"))
    let ids = reader.attributes["id"] ?? []
    #expect(Set(ids).count == ids.count, "two elements share an id")
    for value in reader.attributes.values.joined() where !value.hasPrefix("data:") {
      #expect(!value.contains("nan") && !value.contains("inf,"), "a number is not finite: \(value)")
    }
  }

  @Test func isTheSameTwice() {
    #expect(SampleFigures.loss.figure == SampleFigures.loss.figure)
    #expect(SampleFigures.drawings[0].figure() == SampleFigures.drawings[0].figure())
  }

  @Test func escapesWhatXMLForbids() throws {
    #expect(FigureStyle.escape("a<b & \"c\" \u{1}") == "a&lt;b &amp; &quot;c&quot; \u{FFFD}")
    let plot = Plot(
      "x", "a<b & c", alt: "\"<&>", x: Axis("<x>"), y: Axis("&"),
      layers: [.line("<l>", values: [1.0, 2]), .line("&", values: [2.0, 1])])
    let svg = try #require(plot.figure.svg)
    let reader = try #require(SVGReader(svg))
    #expect(reader.text["title"] == "a<b & c")
  }

  /// Four pictures, each once; two circles for each of the two points that lie inside; the two classes that occur.
  @Test func aPictureSheetHoldsItsPicturesPointsAndClasses() throws {
    let svg = try #require(SampleFigures.pictures.figure.svg)
    let reader = try #require(SVGReader(svg))
    #expect(reader.names.count { $0 == "image" } == 4)
    #expect(reader.names.count { $0 == "circle" } == 2 * 2)
    #expect(svg.contains(">0 sky<") && svg.contains(">2 ball<") && !svg.contains("never seen"))
    let files = try #require(reader.attributes["href"]).map { $0.dropFirst(22) }
    let bytes = try #require(Data(base64Encoded: String(files[0])))
    #expect([UInt8](bytes) == SampleFigures.pictures.pictures[0].image.png)
  }

  @Test func aLineIsInterruptedWhereItIsNotFinite() throws {
    let svg = try #require(SampleFigures.gaps.figure.svg)
    let line = try #require(
      svg.split(separator: "\n").first { $0.contains("stroke-linejoin=\"round\" stroke-linecap") })
    #expect(line.count { $0 == "M" } == 2)
  }

  @Test func thinningKeepsTheExtremesOfEveryColumn() {
    var points = (0..<50_000).map { (x: Double($0) / 100, y: sin(Double($0))) }
    points[31_234].y = 40
    points[31_235].y = -40
    let thin = LineThinning.thinned(points)
    #expect(thin.count <= 4 * 502)
    #expect(thin.map(\.y).max() == 40 && thin.map(\.y).min() == -40)
    #expect(zip(thin, thin.dropFirst()).allSatisfy { $0.x <= $1.x })
  }

  @Test func histogramCountsEveryFiniteValueOnce() {
    guard
      case .histogram(_, let edges, let counts) = PlotLayer.histogram(
        "h", of: [0, 0.5, 1, 1, .nan, 2] as [Double], bins: 4)
    else { return }
    #expect(edges == [0, 0.5, 1, 1.5, 2])
    #expect(counts == [1, 1, 2, 1])
  }

  @Test func theTextPlotFitsItsRoom() throws {
    for plot in SampleFigures.plots {
      guard let text = plot.figure.text else { continue }
      let lines = text.components("\n")
      #expect(lines.count <= 14)
      #expect(lines.allSatisfy { $0.count <= 72 }, "\(plot.id): \(lines.map(\.count).max() ?? 0)")
    }
  }
}

@Suite struct DrawingTests {
  @Test func aDrawingThatGraphvizRefusesKeepsItsText() {
    let figure = SampleFigures.drawings.last!.figure()
    #expect(figure.svg == nil)
    #expect(figure.path == "figures/bad.dot")
    #expect(figure.problem?.contains("syntax error in line 1") == true)
  }

  @Test func graphvizGoesOnAfterAnError() throws {
    #expect(throws: Graphviz.Failure.self) { try Graphviz.svg(of: "digraph {") }
    #expect(try Graphviz.svg(of: "digraph { a -> b }").contains("</svg>"))
  }

  @Test func anEmptyTextIsAnErrorAndNotACrash() {
    #expect(throws: Graphviz.Failure.self) { try Graphviz.svg(of: "") }
    #expect(throws: Graphviz.Failure.self) { try Graphviz.svg(of: "no graph at all") }
  }

  @Test func escapedTextComesThroughWhole() throws {
    let text = #"say "hi" \N <b> & {x|y} ∂"#
    let svg = try Graphviz.svg(of: "digraph { a [label=\(DOT.quoted(text))] }")
    #expect(svg.contains("say &quot;hi&quot; \\N &lt;b&gt; &amp; {x|y} ∂"))
  }

  @Test func aGraphOfFiveHundredNodesIsDrawnWhole() throws {
    let edges = (1..<500).map { "n\($0 / 3) -> n\($0)" }.joined(separator: "; ")
    let svg = try Graphviz.svg(of: "digraph { \(edges) }")
    #expect(svg.components(separatedBy: "class=\"node\"").count == 1 + 500)
    #expect(svg.components(separatedBy: "class=\"edge\"").count == 1 + 499)
  }
}
