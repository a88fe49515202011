// Breaking a text into lines that fit.

/// `text` as lines of at most `width` columns, broken at spaces. Line ends in `text` are kept; the
/// lines that continue a broken one are indented by `indent` columns.
///
/// Only a word that is itself wider than `width` makes a line that is wider.
package func folded(_ text: String, width: Int, indent: Int = 0) -> [String] {
  if isPrintableASCII(text), text.utf8.count <= width { return [text] }
  return text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
    foldedLine(String(line), width: width, indent: indent)
  }
}

private func foldedLine(_ line: String, width: Int, indent: Int) -> [String] {
  if displayWidth(of: line) <= width { return [line] }
  var lines: [String] = []
  var current = ""
  var used = 0
  for word in line.split(separator: " ").map(String.init) {
    let wordWidth = displayWidth(of: word)
    if current.isEmpty {
      (current, used) = (word, wordWidth)
    } else if used + 1 + wordWidth <= width {
      current += " " + word
      used += 1 + wordWidth
    } else {
      lines.append(current)
      // A word that fills the line gives up its indent rather than the width.
      let margin = min(indent, max(0, width - wordWidth))
      (current, used) = (spaces(margin) + word, margin + wordWidth)
    }
  }
  return lines + [current]
}

/// The same, but what stands between single quotes, which is there to be copied, is not broken.
package func foldedProse(_ text: String, width: Int, indent: Int = 0) -> [String] {
  if displayWidth(of: text) <= width { return [text] }
  // A character that no text has after cleaning.
  let glue: Character = "\u{1}"
  var isQuoted = false
  var previous: Character = " "
  let characters = Array(text)
  var glued = ""
  for (index, character) in characters.enumerated() {
    if character == "'" {
      let next = index + 1 < characters.count ? characters[index + 1] : " "
      if isQuoted {
        isQuoted = next.isLetter || next.isNumber
      } else {
        isQuoted = previous == " " || previous == "("
      }
    }
    glued.append(isQuoted && character == " " ? glue : character)
    previous = character
  }
  return folded(isQuoted ? text : glued, width: width, indent: indent).map { line in
    String(line.map { $0 == glue ? " " : $0 })
  }
}

/// The narrowest width `text` can be folded to.
package func longestWord(in text: String) -> Int {
  text.split { $0 == " " || $0 == "\n" }.reduce(0) { max($0, displayWidth(of: String($1))) }
}

/// The columns of the widest line of `text`.
package func longestLine(in text: String) -> Int {
  if isPrintableASCII(text) { return text.utf8.count }
  return text.split(separator: "\n").reduce(0) { max($0, displayWidth(of: String($1))) }
}

/// - Precondition: `count` is not negative.
package func spaces(_ count: Int) -> String {
  String(repeating: " ", count: count)
}

/// `text` on one line, for formats whose cells cannot hold line ends.
package func onOneLine(_ text: String) -> String {
  String(text.map { $0.isNewline ? " " : $0 })
}
