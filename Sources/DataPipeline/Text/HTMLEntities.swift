/// The signs that HTML writes as words or numbers: `&eacute;`, `&#233;`, `&#xE9;`.
///
/// Numbers as HTML 5 reads them (128 to 159 are those of Windows-1252), names of HTML 4; those of Latin-1 also without the
/// semicolon, as old pages have them. What has no such name stays as it is.
enum HTMLEntities {
  static func decoded(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
    guard text.contains("&") else { return text }
    var result: [Unicode.Scalar] = []
    var i = 0
    while i < text.count {
      if text[i] == "&", let (signs, end) = entity(text, from: i + 1) {
        result += signs
        i = end
      } else {
        result.append(text[i])
        i += 1
      }
    }
    return result
  }

  /// What stands behind an &, and where it ends.
  private static func entity(
    _ text: [Unicode.Scalar], from start: Int
  ) -> ([Unicode.Scalar], end: Int)? {
    guard start < text.count else { return nil }
    if text[start] == "#" { return number(text, from: start + 1) }
    var end = start
    while end < text.count, end - start < 32, !"\t\n\u{c} <&#;".unicodeScalars.contains(text[end]) {
      end += 1
    }
    let name = string(text[start..<end])
    if end < text.count, text[end] == ";", let sign = names[name] { return ([sign], end + 1) }
    // Without its semicolon, the longest name that it begins with.
    for length in stride(from: end - start, to: 1, by: -1) {
      let name = string(text[start..<(start + length)])
      if let sign = names[name], sign.value <= 0xff { return ([sign], start + length) }
    }
    return nil
  }

  private static func number(
    _ text: [Unicode.Scalar], from start: Int
  ) -> ([Unicode.Scalar], end: Int)? {
    let isHex = start < text.count && (text[start] == "x" || text[start] == "X")
    let first = isHex ? start + 1 : start
    var end = first
    var value: UInt32 = 0
    while end < text.count, let digit = Character(text[end]).hexDigitValue, text[end].isASCII,
      isHex || digit < 10
    {
      value = min(0x110000, value * (isHex ? 16 : 10) + UInt32(digit))
      end += 1
    }
    guard end > first else { return nil }
    if end < text.count, text[end] == ";" { end += 1 }
    return (sign(value).map { [$0] } ?? [], end)
  }

  private static func sign(_ value: UInt32) -> Unicode.Scalar? {
    switch value {
    case 0: "\u{fffd}"
    case 0x80...0x9f: windows1252[Int(value) - 0x80]
    case 0x1...0x8, 0xb, 0xe...0x1f, 0x7f, 0xfdd0...0xfdef: nil
    case _ where value & 0xfffe == 0xfffe && value < 0x110000: nil
    default: Unicode.Scalar(value) ?? "\u{fffd}"
    }
  }

  /// The signs 0x80 to 0x9f.
  static let windows1252 = Array(
    "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ".unicodeScalars)

  private static let names: [String: Unicode.Scalar] = {
    var names: [String: Unicode.Scalar] = [
      "quot": "\"", "amp": "&", "lt": "<", "gt": ">", "apos": "'", "QUOT": "\"", "AMP": "&",
      "LT": "<", "GT": ">", "COPY": "©", "REG": "®", "ensp": "\u{2002}", "emsp": "\u{2003}",
      "thinsp": "\u{2009}", "zwnj": "\u{200c}", "zwj": "\u{200d}", "lrm": "\u{200e}",
      "rlm": "\u{200f}",
    ]
    for (i, name) in latin1.split(separator: " ").enumerated() {
      names[String(name)] = Unicode.Scalar(0xa0 + UInt32(i))
    }
    for pair in others.split(separator: " ") {
      names[String(pair.dropLast())] = pair.unicodeScalars.last
    }
    return names
  }()

  /// From U+00A0 to U+00FF.
  private static let latin1 = """
    nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn \
    sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave \
    Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml \
    ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN \
    szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave \
    iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc \
    uuml yacute thorn yuml
    """
  /// Each name with its sign behind it.
  private static let others = """
    OEligŒ oeligœ ScaronŠ scaronš YumlŸ fnofƒ circˆ tilde˜ AlphaΑ BetaΒ GammaΓ DeltaΔ EpsilonΕ \
    ZetaΖ EtaΗ ThetaΘ IotaΙ KappaΚ LambdaΛ MuΜ NuΝ XiΞ OmicronΟ PiΠ RhoΡ SigmaΣ TauΤ UpsilonΥ \
    PhiΦ ChiΧ PsiΨ OmegaΩ alphaα betaβ gammaγ deltaδ epsilonε zetaζ etaη thetaθ iotaι kappaκ \
    lambdaλ muμ nuν xiξ omicronο piπ rhoρ sigmafς sigmaσ tauτ upsilonυ phiφ chiχ psiψ omegaω \
    thetasymϑ upsihϒ pivϖ ndash– mdash— lsquo‘ rsquo’ sbquo‚ ldquo“ rdquo” bdquo„ dagger† \
    Dagger‡ bull• hellip… permil‰ prime′ Prime″ lsaquo‹ rsaquo› oline‾ frasl⁄ euro€ imageℑ \
    weierp℘ realℜ trade™ alefsymℵ larr← uarr↑ rarr→ darr↓ harr↔ crarr↵ lArr⇐ uArr⇑ rArr⇒ dArr⇓ \
    hArr⇔ forall∀ part∂ exist∃ empty∅ nabla∇ isin∈ notin∉ ni∋ prod∏ sum∑ minus− lowast∗ radic√ \
    prop∝ infin∞ ang∠ and∧ or∨ cap∩ cup∪ int∫ there4∴ sim∼ cong≅ asymp≈ ne≠ equiv≡ le≤ ge≥ sub⊂ \
    sup⊃ nsub⊄ sube⊆ supe⊇ oplus⊕ otimes⊗ perp⊥ sdot⋅ lceil⌈ rceil⌉ lfloor⌊ rfloor⌋ lang⟨ rang⟩ \
    loz◊ spades♠ clubs♣ hearts♥ diams♦
    """
}

/// Scalars as a text.
func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
  var view = String.UnicodeScalarView()
  view.append(contentsOf: scalars)
  return String(view)
}
