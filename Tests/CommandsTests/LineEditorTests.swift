// The line editor: keys out of bytes, what they do, how it looks, completion, the history's file.

@testable import CommandLine
import Testing

@testable import Commands

@Suite struct KeyTests {
  @Test(
    arguments: [
      ("a", [Key.text("a")]), ("aθ数", [.text("aθ数")]), ("\r", [.enter]), ("\n", [.enter]),
      ("\u{1B}[A", [.up]), ("\u{1B}OB", [.down]),
      ("\u{1B}[1;5C\u{1B}[1;3D", [.wordRight, .wordLeft]),
      ("\u{1B}[3~", [.delete]), ("\u{1B}[3;5~", [.killNameBehind]),
      ("\u{1B}[H\u{1B}[4~", [.home, .end]),
      ("\u{1B}b\u{1B}\u{7F}", [.wordLeft, .killNameBefore]),
      ("\u{12}\u{3}", [.search, .interrupt]),
      (
        "\u{1B}[200~a\tb\r\nc\u{3}\u{1B}[A\u{1B}[201~\t",
        [.text("a b"), .pastedLineEnd, .text("c"), .tab]
      ),
      ("\u{1B}[99;5u\u{1B}[[Ax", [.text("x")]), ("\u{1B}[5~\u{0}\u{1C}", []),
    ])
  func decodes(bytes: String, keys: [Key]) {
    var decoder = KeyDecoder()
    #expect(decoder.keys(Array(bytes.utf8)) == keys)
    // However the bytes are cut.
    decoder = KeyDecoder()
    let single = bytes.utf8.flatMap { decoder.keys([$0]) }
    #expect(joined(single) == keys && !decoder.hasBegun)
  }

  private func joined(_ keys: [Key]) -> [Key] {
    keys.reduce(into: []) { joined, key in
      if case .text(let more) = key, case .text(let before)? = joined.last {
        joined[joined.count - 1] = .text(before + more)
      } else {
        joined.append(key)
      }
    }
  }

  @Test func theEscapeKeyComesAlone() {
    var decoder = KeyDecoder()
    #expect(decoder.keys([0x1B]) == [] && decoder.hasBegun)
    #expect(decoder.flush() == [.escape] && !decoder.hasBegun)
    #expect(decoder.keys([0x61]) == [.text("a")])
  }

  @Test func anyBytesAreTaken() {
    var random = SplitMix64(state: 7)
    for _ in 0..<500 {
      var decoder = KeyDecoder()
      var editor = LineEditor(history: ["sin(x)", "a\nb"])
      let pool: [UInt8] = [0x1B, 0x5B, 0x5D, 0x7E, 0x32, 0x30, 0x31, 0x3B, 0xC3, 0xE2, 0xFF]
      let bytes = (0..<200).map { _ in
        Bool.random(using: &random)
          ? pool.randomElement(using: &random)! : UInt8.random(in: 0...255, using: &random)
      }
      for key in decoder.keys(bytes) + decoder.flush() {
        _ = editor.handle(key)
        #expect((0...editor.text.count).contains(editor.cursor))
        let screen = EditorScreen(editor, columns: 20, height: 3)
        #expect(screen.rows.count <= 3 && screen.rows.indices.contains(screen.cursor.row))
      }
    }
  }
}

@Suite struct LineEditorTests {
  /// An editor after some keys; `|` in what it shows is the cursor.
  private func editor(_ keys: [Key], history: [String] = []) -> LineEditor {
    var editor = LineEditor(history: history)
    for key in keys { _ = editor.handle(key) }
    return editor
  }

  private func shown(_ editor: LineEditor) -> String {
    editor.textBeforeCursor + "|" + String(editor.text[editor.cursor...])
  }

  @Test(
    arguments: [
      ([Key.text("abc"), .left, .text("X")], "abX|c"), ([.text("abc"), .home, .delete], "|bc"),
      ([.text("abc"), .backspace, .backspace], "a|"),
      ([.text("e"), .text("\u{301}"), .text("x")], "e\u{301}x|"),
      ([.text("e\u{301}x"), .left, .backspace], "|x"),
      ([.text("👨‍👩‍👧a"), .left, .left, .delete], "|a"),
      ([.text("sin(x1) + y"), .wordLeft, .wordLeft], "sin(|x1) + y"),
      ([.text("sin(x1)"), .home, .wordRight, .killNameBehind], "sin|)"),
      ([.text("a + bc"), .killWordBefore, .yank, .yank], "a + bcbc|"),
      ([.text("abc"), .left, .killToEnd, .home, .yank], "c|ab"),
      ([.text("abc"), .left, .killToStart], "|c"),
      ([.text("ab"), .left, .endOfInput], "a|"), ([.text("f("), .enter, .text("x")], "f(\nx|"),
      ([.text("f("), .enter, .text("xyz"), .up, .text("!")], "f(!|\nxyz"),
      ([.text("fgh("), .enter, .text("x"), .up, .home, .down, .text("!")], "fgh(\n!|x"),
      ([.text("f("), .enter, .text("xy"), .home, .killToEnd], "f(\n|"),
      ([.text("a\u{7}\u{202E}b\u{1B}")], "ab|"), ([.up], "two|"),
      ([.text("t"), .up, .up, .up, .down, .down], "t|"),
      ([.up, .text("!"), .up, .down], "two!|"), ([.search, .text("o")], "tw|o"),
      ([.search, .text("o"), .search], "|one"),
      ([.search, .text("o"), .search, .searchForward], "tw|o"),
      ([.search, .text("on"), .end, .text("!")], "one!|"),
      ([.text("q"), .search, .text("o"), .cancel], "q|"),
      ([.search, .text("ox"), .backspace], "tw|o"),
      ([.search, .text("on"), .escape, .text("!")], "!|one"),
    ])
  func keys(keys: [Key], expected: String) {
    #expect(shown(editor(keys, history: ["one", "two"])) == expected)
  }

  @Test func outcomes() {
    var editor = editor([.text("1")])
    #expect(editor.handle(.right) == .refused && editor.handle(.endOfInput) == .refused)
    #expect(editor.handle(.home) == .edited && editor.handle(.enter) == .accepted("1"))
    #expect(editor.handle(.tab) == .completionWanted && editor.handle(.interrupt) == .interrupted)
    editor = self.editor([.text("f(")])
    #expect(editor.handle(.enter) == .edited && editor.handle(.pastedLineEnd) == .edited)
    #expect(editor.handle(.enter) == .accepted("f(\n\n"))
    editor = self.editor([])
    #expect(editor.handle(.endOfInput) == .ended && editor.handle(.up) == .refused)
  }

  /// What is changed in an earlier line counts, although lines are not read twice.
  @Test func anEarlierLineMayCloseTheBracket() {
    var editor = editor([.text("f("), .enter, .text("1"), .enter, .up, .up, .end, .text(")")])
    #expect(editor.handle(.enter) == .accepted("f()\n1\n"))
    editor = self.editor([.text("f("), .enter, .text("1)"), .up, .end, .text("(")])
    #expect(editor.handle(.enter) == .edited)
  }

  @Test func searchTellsWhetherItFails() {
    var editor = editor([.search, .text("tw")], history: ["one", "two"])
    #expect(editor.search?.prompt == "search 'tw': ")
    #expect(editor.handle(.text("x")) == .refused)
    #expect(editor.search?.prompt == "no search 'twx': ")
    #expect(editor.handle(.enter) == .accepted("two"))
  }

  @Test(
    arguments: [
      ([Key.text("abc")], 20, ["ad> abc"], 0, 7), ([.text("abc"), .home], 20, ["ad> abc"], 0, 4),
      ([.text("abcdefgh")], 10, ["ad> abcde", "fgh"], 1, 3),
      ([.text("abcde")], 10, ["ad> abcde"], 0, 9),
      ([.text("abcdef"), .left], 10, ["ad> abcde", "f"], 1, 0),
      ([.text("abcd数")], 10, ["ad> abcd", "数"], 1, 2),
      ([.text("f("), .enter, .text("x")], 20, ["ad> f(", "... x"], 1, 5),
      ([.text("e\u{301}")], 20, ["ad> e\u{301}"], 0, 5),
      ([.search, .text("q")], 40, ["no search 'q': "], 0, 15),
      (
        [.text("0123456789012345678901234567890")], 10, ["567890123", "456789012", "34567890"], 2,
        8
      ),
    ])
  func screen(keys: [Key], columns: Int, rows: [String], row: Int, column: Int) {
    let screen = EditorScreen(editor(keys), columns: columns, height: 3)
    #expect(screen.rows.map { $0.prompt + $0.text } == rows.suffix(3))
    #expect(screen.cursor == (row, column))
  }
}

@Suite struct CompletionTests {
  private let completer = Completer(
    commands: Program.commands,
    commandWords: Session(
      Terminal.inMemory(recording: Terminal.Recording()), Program.commands, isInteractive: false
    ).commandWords,
    definedNames: ["speed", "fall("],
    names: { $0 == "." ? [".hidden", "data.ad", "lib/"] : $0 == "lib/" ? ["more.ad"] : [] })

  @Test(
    arguments: [
      ("ev", ["eval "]), ("hel", ["help "]), ("sq", ["sqrt("]), ("spe", ["speed"]),
      ("1 + fa", ["factorial(", "fall("]),
      ("eval sp", ["speed"]), ("eval 'x + sqr", ["sqrt("]), ("eval f --hes", ["--hessian "]),
      ("eval f --mode r", ["reverse "]),
      ("eval f --mode reverse --at x=ta", ["tan(", "tanh(", "tau"]),
      ("diff f --form s", ["--", ""]), ("diff f --form si", ["simplified "]),
      ("a = 1; tra", ["trace "]),
      ("run d", ["data.ad "]), ("load lib/", ["more.ad "]), ("load .", [".hidden "]),
      ("load ", ["data.ad ", "lib/"]),
      ("eval f --load l", ["lib/"]), ("help atan", ["atan ", "atan2 ", "atanh "]),
      ("help swe", ["sweep ", "swell "]),
      ("forget s", ["speed "]), ("sin(fal", ["fall("]), ("qqq", []), ("eval f --nonsense", []),
      ("an", ["and "]),
    ])
  func candidates(text: String, expected: [String]) {
    let found = completer.complete(text).candidates
    switch text {
    case "diff f --form s": #expect(found == ["simplified ", "shared "])
    case "an": #expect(found == ["ans"])
    default: #expect(found == expected)
    }
  }

  @Test func theCommonBeginning() {
    let completion = completer.complete("eval f --di")
    #expect(completion.candidates == ["--difference ", "--digits ", "--direction "])
    #expect(completion.common == "--di" && completion.wordLength == 4)
    #expect(Completion(candidates: ["abc", "abd"], wordLength: 0).common == "ab")
  }

  /// Every option of every command, from the one list there is of them.
  @Test func everyOption() {
    for command in Program.commands.all.map({ $0.definition }) {
      let found = completer.complete("\(command.name) x --").candidates
      #expect(found == command.allOptions.map { $0.spelling + " " }.sorted())
    }
  }
}

@Suite struct HistoryTests {
  @Test func keepsWhatIsWorthKeeping() {
    let session = TypedSession("1\r1\r 2\r\r3\r1\r'\\'\r")
    #expect(session.history == "1\n3\n1\n'\\\\'\n")
  }

  @Test func theOldestLinesGo() {
    let lines = (0..<1200).map { "\($0)" }
    let session = TypedSession("\u{1B}[A\r", history: lines.joined(separator: "\n") + "\n")
    #expect(session.results[0] == "1199\n")
    #expect(session.history == lines.suffix(1000).joined(separator: "\n") + "\n")
  }

  /// The real file: private, in directories that are made, appended to by two sessions.
  @Test func theFile() {
    let system = Terminal.Interaction.system()
    let directory = "/tmp/autodiff-test-\(UInt64.random(in: 0 ... .max))"
    let path = directory + "/state/history"
    system.append(Array("a\n".utf8), path)
    system.append(Array("b\n".utf8), path)
    #expect((try? Terminal.system().readFile(path)) == Array("a\nb\n".utf8))
    system.rewrite(path) { Array($0.suffix(2)) }
    #expect((try? Terminal.system().readFile(path)) == Array("b\n".utf8))
    #expect(
      system.names(directory).contains("state/")
        && system.names(directory + "/state").contains("history"))
    system.append([1], "/proc/none/history")
  }
}
