/// English words that spaCy's tokenizer cuts otherwise than its signs would have it, or keeps whole in spite of them.
///
/// Cut: don't → do n't, they're → they 're, cannot → can not; also without the apostrophe (dont → do nt), with a curved
/// one, and with a capital. Whole: abbreviations (Mr.), cut-off words (goin'), emoticons. The lists are those of spaCy 3.8.
enum Contractions {
  static let parts: [String: [String]] = {
    var parts: [String: [String]] = [:]
    func add(_ pieces: String...) {
      for pieces in [pieces, [capital(pieces[0])] + pieces.dropFirst()] {
        parts[pieces.joined()] = pieces
        let plain = pieces.map { $0.replacing("'", with: "") }
        parts[plain.joined()] = plain
      }
    }
    let persons = words("i you he she it we they")
    let questions = words("who what when where why how there")
    add("i", "'m")
    add("i", "'m", "a")
    for word in persons + questions {
      add(word, "'d")
      add(word, "'d", "'ve")
    }
    for word in persons + questions + words("that this these those") {
      add(word, "'ll")
      add(word, "'ll", "'ve")
    }
    let plural = words("these those")
    for word in words("i you we they could might must should would not") + questions + plural {
      add(word, "'ve")
    }
    for word in words("you we they") + questions + plural { add(word, "'re") }
    for word in plural {
      add(word, "'d")
      add(word, "'d", "'ve")
    }
    for word in words("he she it that this") + questions { add(word, "'s") }
    let verbs = words("ca could do does did had may might must need ought sha should wo would")
    for word in verbs {
      add(word, "n't")
      add(word, "n't", "'ve")
    }
    for word in words("ai are is was were have has dare") { add(word, "n't") }
    for (first, second) in [("can", "not"), ("gon", "na"), ("got", "ta")] { add(first, second) }
    for first in words("let Let") { parts[first + "'s"] = [first, "'s"] }
    for first in words("c'm C'm") { parts[first + "on"] = [first, "on"] }
    parts["y'all"] = ["y'", "all"]
    parts["yall"] = ["y", "all"]
    for first in words("how How") { parts[first + "'d'y"] = [first, "'d", "'y"] }
    for hour in 1...12 {
      for half in words("a.m. am p.m. pm") { parts["\(hour)" + half] = ["\(hour)", half] }
    }
    for word in words("ill its hell shell shed were well whore") {
      parts[word] = nil
      parts[capital(word)] = nil
    }
    for word in words(cutOff) {
      for form in [word, capital(word)] { parts[form] = [form] }
    }
    for word in words(whole + " " + emoticons) { parts[word] = [word] }
    for letter in "abcdefghijklmnopqrstuvwxyzäöü" { parts["\(letter)."] = ["\(letter)."] }
    for (word, pieces) in parts where word.contains("'") {
      parts[word.replacing("'", with: "’")] = pieces.map { $0.replacing("'", with: "’") }
    }
    return parts
  }()

  /// The longest of them.
  static let longest = parts.keys.map(\.unicodeScalars.count).max() ?? 0

  /// How each of them begins, and each whole.
  static let beginnings: Set<String> = Set(
    parts.keys.flatMap { word in
      (1...word.unicodeScalars.count).map { string(word.unicodeScalars.prefix($0)) }
    })

  private static func words(_ text: String) -> [String] {
    text.split(separator: " ").map(String.init)
  }
  private static func capital(_ word: String) -> String {
    word.prefix(1).uppercased() + word.dropFirst()
  }

  private static let cutOff = """
    doin' goin' nothin' nuthin' ol' somethin' lovin' havin' ma'am o'clock
    """.replacing("\n", with: " ")
  private static let whole = """
    ' '' \\") <space> C++ 'd 's 'S ‘s ‘S 're 'em 'll 'nuff 'Cause 'cause 'cos 'Cos 'coz 'Coz 'cuz \
    'Cuz 'bout w/o and/or Mt. Ak. Ala. Apr. Ariz. Ark. Aug. Calif. Colo. Conn. Dec. Del. Feb. Fla. \
    Ga. Ia. Id. Ill. Ind. Jan. Jul. Jun. Kan. Kans. Ky. La. Mar. Mass. Mich. Minn. Miss. N.C. N.D. \
    N.H. N.J. N.M. N.Y. Neb. Nebr. Nev. Nov. Oct. Okla. Ore. Pa. S.C. Sep. Sept. Tenn. Va. Wash. \
    Wis. a.m. Adm. Bros. co. Co. Corp. D.C. Dr. e.g. E.g. E.G. Gen. Gov. i.e. I.e. I.E. Inc. Jr. \
    Ltd. Md. Messrs. Mo. Mont. Mr. Mrs. Ms. p.m. Ph.D. Prof. Rep. Rev. Sen. St. vs. v.s.
    """
  private static let emoticons = """
    :) :-) :)) :-)) :))) :-))) (: (-: =) (= :] :-] [: [-: [= =] :o) (o: :} :-} 8) 8-) (-8 ;) ;-) \
    (; (-; :( :-( :(( :-(( :((( :-((( ): )-: =( >:( :') :'-) :'( :'-( :/ :-/ =/ =| :| :-| ]= =[ \
    :1 :P :-P :p :-p :O :-O :o :-o :0 :-0 :() >:o :* :-* :3 :-3 =3 :> :-> :X :-X :x :-x :D :-D ;D \
    ;-D =D xD XD xDD XDD 8D 8-D ^_^ ^__^ ^___^ >.< >.> <.< ._. ;_; -_- -__- v.v V.V v_v V_V o_o \
    o_O O_o O_O 0_o o_0 0_0 o.O O.o O.O o.o 0.0 o.0 0.o @_@ <3 <33 <333 </3 (^_^) (-_-) (._.) \
    (>_<) (*_*)
    """
}
