// The lines of earlier sessions, kept in a file.
import CommandLine

struct History {
  private(set) var lines: [String] = []
  private let terminal: Terminal
  /// Nil where no file can be kept.
  private let path: String?
  /// Whether the file's last line has no end, as where somebody wrote it by hand.
  private var lacksLineEnd = false

  static let limit = 1000

  /// Reads the lines of earlier sessions, and removes the oldest ones if there are too many.
  init(_ terminal: Terminal) {
    self.terminal = terminal
    path = Self.path(terminal)
    guard let path else { return }
    let bytes = (try? terminal.readFile(path)) ?? []
    lines = Self.lines(bytes)
    lacksLineEnd = bytes.last.map { $0 != UInt8(ascii: "\n") } ?? false
    guard lines.count > Self.limit else { return }
    lines.removeFirst(lines.count - Self.limit)
    lacksLineEnd = false
    terminal.interaction.rewrite(path) { bytes in
      Self.lines(bytes).suffix(Self.limit).flatMap(Self.bytes)
    }
  }

  /// Keeps a line, unless it is blank, begins with a space, or is the one before it.
  mutating func add(_ line: String) {
    guard let first = line.first, first != " ", !line.allSatisfy(\.isWhitespace),
      line != lines.last
    else { return }
    lines.append(line)
    if let path {
      let end = lacksLineEnd ? [UInt8(ascii: "\n")] : []
      terminal.interaction.append(end + Self.bytes(line), path)
      lacksLineEnd = false
    }
  }

  /// By the XDG Base Directory Specification, which ignores paths that are relative.
  private static func path(_ terminal: Terminal) -> String? {
    if let state = terminal.environment("XDG_STATE_HOME"), state.hasPrefix("/") {
      return state + "/autodiff/history"
    }
    guard let home = terminal.environment("HOME"), home.hasPrefix("/") else { return nil }
    return home + "/.local/state/autodiff/history"
  }

  // MARK: The file: a line each, in which `\n` stands for a line end and `\\` for a backslash

  private static func bytes(_ line: String) -> [UInt8] {
    var bytes: [UInt8] = []
    for byte in line.utf8 {
      switch Unicode.Scalar(byte) {
      case "\n": bytes += Array("\\n".utf8)
      case "\\": bytes += Array("\\\\".utf8)
      default: bytes.append(byte)
      }
    }
    return bytes + [UInt8(ascii: "\n")]
  }

  private static func lines(_ bytes: [UInt8]) -> [String] {
    bytes.split(separator: UInt8(ascii: "\n")).map { line in
      var (text, isEscaped): ([UInt8], Bool) = ([], false)
      for byte in line {
        if isEscaped {
          text.append(byte == UInt8(ascii: "n") ? UInt8(ascii: "\n") : byte)
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else {
          text.append(byte)
        }
      }
      return String(decoding: text, as: UTF8.self)
    }
  }
}
