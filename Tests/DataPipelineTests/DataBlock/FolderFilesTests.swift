import DataPipeline
import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What is found below a folder, and what is said of the rest; through the lists that are made of it.
@Suite struct FolderFilesTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder([
      "real/neg/1.txt": "Bad.", "real/neg/2.txt": "Worse.", "data/train/pos/1.txt": "Good.",
      "data/test/pos/3.txt": "Fine.", "data/test/neg/4.txt": "Poor.", "one.txt": "One.",
    ])
  }

  private func link(_ name: String, to target: String) {
    #expect(symlink(target, folder(name)) == 0)
  }

  private func paths(_ name: String) throws -> [String] {
    try TextList.from(folder(name)).items.map(\.path)
  }

  @Test func linksToFoldersAndFilesAreFollowed() throws {
    link("data/train/neg", to: "../../real/neg")
    link("data/train/pos/2.txt", to: "../../../one.txt")
    link("linked", to: "data")
    let wanted = [
      "test/neg/4.txt", "test/pos/3.txt", "train/neg/1.txt", "train/neg/2.txt", "train/pos/1.txt",
      "train/pos/2.txt",
    ]
    #expect(try paths("data") == wanted)
    #expect(try paths("linked") == wanted)
    #expect(try paths("linked/") == wanted)
    let labelled = try TextList.from(folder("linked")).splitByFolder(train: "train", valid: "test")
      .labelledByFolder()
    #expect(labelled.kind.names == ["neg", "pos"] && labelled.train.labels == [0, 0, 1, 1])
    #expect(try labelled.train.items[3].text == "One.")
  }

  @Test func aLoopEndsAndABrokenLinkIsNamed() throws {
    link("data/loop", to: ".")
    link("data/train/up", to: "../..")
    link("data/train/gone.txt", to: "nowhere.txt")
    link("data/self", to: "self")
    let list = try TextList.from(folder("data"))
    #expect(
      list.items.map(\.path) == [
        "test/neg/4.txt", "test/pos/3.txt", "train/pos/1.txt",
        "train/up/one.txt", "train/up/real/neg/1.txt", "train/up/real/neg/2.txt",
      ])
    #expect(
      list.notes == [
        "2 broken links left out: self, train/gone.txt",
        "2 links into folders that they lie in left out: loop, train/up/data",
      ])
  }

  @Test func aLinkIntoAFolderOnTheWayEnds() throws {
    link("data/train/pos/up", to: "..")
    let list = try TextList.from(folder("data"))
    #expect(
      list.items.map(\.path) == ["test/neg/4.txt", "test/pos/3.txt", "train/pos/1.txt"])
    #expect(list.notes == ["1 link into a folder that it lies in left out: train/pos/up"])
  }

  @Test func whatIsLeftOutIsCountedAndNamed() throws {
    for (name, bytes) in [
      ("p/a/1.png", 3), ("p/a/2.webp", 3), ("p/b/3.jfif", 3), ("p/b/4.JPG", 3), ("p/notes.md", 1),
      ("p/a/x.heic", 1), ("p/b/y.HEIC", 1), ("p/README", 1), ("p/.DS_Store", 1),
      ("p/.git/1.png", 1),
    ] {
      try folder.write(name, Data(repeating: 0, count: bytes))
    }
    #expect(mkfifo(folder("p/pipe.png"), 0o600) == 0)
    let list = try ImageList.from(folder("p"))
    #expect(list.items.map(\.path) == ["a/1.png", "a/2.webp", "b/3.jfif", "b/4.JPG"])
    let notes = [
      "4 files left out: .heic (2), .md (1), no ending (1)",
      "2 hidden names left out: .DS_Store, .git",
      "1 name that is neither file nor folder left out: pipe.png",
    ]
    #expect(list.notes == notes)
    let lines = notes.map { "  \($0)\n" }.joined()
    #expect(list.description.hasSuffix("  …\n" + lines))
    #expect(try list.filter { $0.name != "1.png" }.notes == notes)
    #expect(
      folder.sentence { _ = try TextList.from(folder("p/b")) }
        == "p/b holds no file whose name ends in .txt; 3 files left out: .heic (1), .jfif (1), .jpg (1)"
    )
  }

  /// "ä" as one letter or as two, a slash before a mark that combines with it, letters with a meaning in addresses.
  @Test func oddNamesAreReadAsTheyAre() throws {
    let names = [
      "a%20b/1.txt", "a b/2.txt", "a#b/3?.txt", "\u{e4}/4.txt", "e\u{301}/5.txt", "\u{301}x/6.txt",
      "x:y/7.txt", "back\\slash/9.txt", "-r/10.txt", "tab\t/11.txt", "new\nline/12.txt",
    ]
    for (number, name) in names.enumerated() {
      let parts = name.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
      mkdir(folder.path + "/odd", 0o700)
      #expect(mkdir(folder.path + "/odd/" + parts[0], 0o700) == 0)
      let file = try #require(fopen(folder.path + "/odd/" + name, "w"))
      fputs("Text \(number).", file)
      fclose(file)
    }
    let list = try TextList.from(folder.path + "/odd")
    let wanted = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    #expect(list.items.map { Array($0.path.utf8) } == wanted.map { Array($0.utf8) })
    for item in list.items {
      let number = try #require(names.firstIndex { Array($0.utf8) == Array(item.path.utf8) })
      #expect(try item.text == "Text \(number).")
      #expect(item.folders.count == 1 && item.name.hasSuffix(".txt"))
    }
  }

  #if os(Linux)  // elsewhere the file system takes no such name
    @Test func aNameThatIsNotUTF8IsRefusedWhereItIsWanted() throws {
      let note =
        folder("data/train").utf8.map { $0 } + Array("/caf".utf8) + [0xe9] + Array(".md\0".utf8)
      let file = note.withUnsafeBytes { fopen($0.bindMemory(to: CChar.self).baseAddress!, "w") }
      #expect(file.map { fclose($0) } == 0)
      #expect(try TextList.from(folder("data")).notes == ["1 file left out: .md (1)"])
      let latin = folder("data/train").utf8.map { $0 } + Array("/caf".utf8) + [0xe9, 0]
      #expect(
        latin.withUnsafeBytes { mkdir($0.bindMemory(to: CChar.self).baseAddress!, 0o700) } == 0)
      #expect(
        folder.sentence { _ = try TextList.from(folder("data")) }
          == "data/train/ holds a file or folder whose name is not UTF-8, \"caf\\xe9\": give it another name"
      )
    }
  #endif

  @Test func aFileThatIsNamedTwiceIsTakenOnce() throws {
    let picture = Image(width: 1, height: 1, channels: 3, pixels: [1, 2, 3])
    for name in ["a", "b"] { try picture.writePNG(folder("named/\(name).png", making: true)) }
    let list = try ImageList.from(folder("named"), names: ["b.png", "a.png", "b.png"])
    #expect(list.items.map(\.path) == ["b.png", "a.png"])
    #expect(list.notes == ["1 left out: named for the second time"])
  }

  @Test func textsMayBeInLatin1() throws {
    try folder.write("latin/1.txt", Data([0x63, 0x61, 0x66, 0xe9]))
    #expect(try TextList.from(folder("latin"), encoding: .latin1).items[0].text == "café")
    #expect(
      folder.sentence { _ = try TextList.from(folder("latin")).items[0].text }.contains("UTF-8"))
  }
}
