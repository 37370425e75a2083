extension Plot {
  var figure: Figure { Figure(id: id, title: title, alt: alt, caption: caption, svg: "<svg/>") }
}
extension PlotGrid {
  var figure: Figure { Figure(id: id, title: title, alt: alt, caption: caption, svg: "<svg/>") }
}
extension ContactSheet {
  var figure: Figure { Figure(id: id, title: title, alt: alt, caption: caption, svg: "<svg/>") }
}
enum DrawingSVG {
  static func finished(_ svg: String, id: String, title: String, alt: String) -> String { svg }
}
