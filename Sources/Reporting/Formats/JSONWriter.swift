// Writing a JSON value: indented, with its own stack, so that depth costs no recursion.
import Text

struct JSONWriter {
  private(set) var out = ""
  /// The arrays and objects that are open, outermost first.
  private var frames: [Frame] = []

  private static let lineWidth = 80

  private struct Frame {
    let container: JSON
    var next = 0
  }

  mutating func write(_ root: JSON) {
    begin(root, at: 0)
    while let frame = frames.last {
      if frame.next < frame.container.memberCount {
        frames[frames.count - 1].next += 1
        writeMember(frame.next, of: frame.container)
      } else {
        frames.removeLast()
        startLine()
        out += frame.container.brackets.close
      }
    }
  }

  private mutating func writeMember(_ index: Int, of container: JSON) {
    if index > 0 { out += "," }
    startLine()
    let (label, value) = container.member(index)
    out += label
    begin(value, at: 2 * frames.count + displayWidth(of: label))
  }

  /// Writes `value` whole if it fits on the line it begins on, otherwise opens it.
  private mutating func begin(_ value: JSON, at column: Int) {
    // One column is kept for the comma behind it.
    if let line = value.scalarText ?? value.oneLine(limit: Self.lineWidth - 1 - column) {
      out += line
    } else {
      out += value.brackets.open
      frames.append(Frame(container: value))
    }
  }

  private mutating func startLine() {
    out += "\n" + spaces(2 * frames.count)
  }
}

extension JSON {
  fileprivate var brackets: (open: String, close: String) {
    if case .array = self { ("[", "]") } else { ("{", "}") }
  }

  fileprivate var memberCount: Int {
    switch self {
    case .array(let elements): elements.count
    case .object(let members): members.count
    default: 0
    }
  }

  fileprivate func member(_ index: Int) -> (label: String, value: JSON) {
    switch self {
    case .array(let elements): ("", elements[index])
    case .object(let members): (jsonQuoted(members[index].key) + ": ", members[index].value)
    default: preconditionFailure("a scalar has no members")
    }
  }

  /// An array or object of scalars on one line; `nil` if it holds others or passes the limit.
  fileprivate func oneLine(limit: Int) -> String? {
    var line = brackets.open
    for index in 0..<memberCount {
      let (label, value) = member(index)
      guard let text = value.scalarText else { return nil }
      line += (index > 0 ? ", " : "") + label + text
      // A column takes four bytes or fewer in all but contrived texts: give up early.
      if line.utf8.count > 4 * limit { return nil }
    }
    line += brackets.close
    return displayWidth(of: line) <= limit ? line : nil
  }
}
