// A claim as it is pasted out of LaTeX, Markdown or code, in the plain form: keys, signs of equality, lists and rows.
import Text

/// Takes off what dresses the text of a claim.
enum PastedClaim {
  /// The same claim without environments of LaTeX, bullets, rules of tables and words of code; a text without
  /// any of these as it is.
  static func plain(_ text: String) -> String {
    guard text.utf8.count <= sizeLimit else { return text }
    var plain = LaTeXClaim.plain(text)
    // A line that begins with the sign goes on with the one above.
    plain = plain.replacing("\n=", with: " =").replacing("\n =", with: " =")
    plain = PrintedObjects.unwrapped(PastedCode.plain(PastedWords.plain(plain)))
    plain = PastedWords.plain(PastedTable.plain(plain))
    plain = plain.split(separator: "\n", omittingEmptySubsequences: false)
      .compactMap { line(String($0)) }.joined(separator: "\n")
    for sign in [":=", "≈", "≃", "≅"] { plain = plain.replacing(sign, with: "=") }
    return listed(angled(transposed(plain)))
  }

  /// Longer texts are read as they are.
  static let sizeLimit = 1 << 16

  // MARK: Lines

  /// A line without its bullet or number and the words around a formula; nil for one that only says what follows.
  private static func line(_ text: String) -> String? {
    var line = text[...]
    let bare = unlettered(trimmed(text))
    line = bare[...]
    if isAnnouncement(bare) { return nil }
    if ClaimPieces.assignment(bare) != nil { line = unnumbered(bare)[...] }
    if let (left, right) = ClaimPieces.assignment(String(line)), ClaimPieces.value(right) != right {
      line = "\(left) = \(ClaimPieces.value(right))"
    }
    if bare.hasPrefix("return ") { line = bare.dropFirst(7) }
    if bare.hasPrefix("lambda "), let colon = bare.firstIndex(of: ":") {
      line = bare[bare.index(after: colon)...]
    }
    if bare.hasPrefix("[1] ") { line = bare.dropFirst(4) }
    let ends = line.reversed().drop { $0 == " " }
    if ends.first == ".", let last = ends.dropFirst().first, !last.isNumber {
      line = line[..<ends.dropFirst().startIndex.base]
    }
    return String(line)
  }

  /// `2-element Vector{Float64}:` as Julia writes, `ans =` as MATLAB does.
  private static func isAnnouncement(_ line: String) -> Bool {
    if line.hasSuffix(":"), line.first?.isNumber == true { return line.contains("{") }
    return line == "ans ="
  }

  /// `- df/dx = …`, `2. df/dy = …`
  private static func unnumbered(_ line: String) -> String {
    for bullet in ["- ", "* ", "• ", "– "] where line.hasPrefix(bullet) {
      return trimmed(String(line.dropFirst(bullet.count)))
    }
    let start = line.hasPrefix("(") ? line.dropFirst() : line[...]
    let digits = start.prefix { $0.isASCII && $0.isNumber }
    let rest = start[digits.endIndex...]
    guard !digits.isEmpty, rest.hasPrefix(". ") || rest.hasPrefix(") ") else { return line }
    return trimmed(String(rest.dropFirst(2)))
  }

  /// `a) df/dx = …`
  private static func unlettered(_ line: String) -> String {
    guard line.prefix(3).hasSuffix(") "), line.first?.isLowercase == true else { return line }
    return trimmed(String(line.dropFirst(3)))
  }

  // MARK: Lists

  /// `[a, b]^T` as the list that it is the column of.
  private static func transposed(_ text: String) -> String {
    let text = trimmed(text)
    for sign in ["^T", "^{T}", "ᵀ", ".T", "^{\\top}", "^\\top"] where text.hasSuffix(sign) {
      let list = trimmed(String(text.dropLast(sign.count)))
      let right = ClaimPieces.assignment(list)?.right ?? list
      if ClaimPieces.rows(right).joined().count > 1 { return list }
    }
    return text
  }

  /// `<a, b>` and `⟨a, b⟩` as `[a, b]`.
  private static func angled(_ text: String) -> String {
    let right = ClaimPieces.assignment(text)?.right ?? trimmed(text)
    for (open, close) in [("<", ">"), ("⟨", "⟩")]
    where right.hasPrefix(open) && right.hasSuffix(close) && text.hasSuffix(right) {
      return text.dropLast(right.count) + "[" + right.dropFirst().dropLast() + "]"
    }
    return text
  }

  /// `dx=1 dy=2` and `df/dx = a and df/dy = b` with commas between.
  private static func listed(_ text: String) -> String {
    for word in [" and ", " und "] {
      let parts = text.split(separator: word).map(String.init)
      if parts.count > 1, parts.allSatisfy({ ClaimPieces.assignment($0) != nil }) {
        return parts.joined(separator: ", ")
      }
    }
    if let arrow = ["→", "⇒", "⟹"].first(where: { (sign: String) in text.contains(sign) }) {
      return listed(text.replacing(arrow, with: "\n"))
    }
    let columns = text.replacing("\t", with: "  ").split(separator: "  ").map {
      trimmed(String($0))
    }.filter { !$0.isEmpty }
    if columns.count > 1, columns.allSatisfy({ ClaimPieces.assignment($0) != nil }) {
      return columns.joined(separator: "\n")
    }
    let words = text.split(separator: " ").map(String.init)
    let isSpaced = words.count > 1 && !text.contains(",") && !text.contains("\n")
    guard isSpaced,
      words.allSatisfy({ ClaimPieces.assignment($0).map { Double($0.right) != nil } == true })
    else { return text }
    return words.joined(separator: ", ")
  }
}

/// What LaTeX puts around formulas that stand in a list, a matrix or below each other.
private enum LaTeXClaim {
  static func plain(_ text: String) -> String {
    guard text.contains("\\") else { return text }
    var plain = text
    for (command, sign) in commands { plain = plain.replacing(command, with: sign) }
    for (command, (open, middle, close)) in pairs {
      plain = withArguments(of: command, open, middle, close, in: plain)
    }
    while let begin = plain.firstRange(of: "\\begin{"),
      let nameEnd = plain[begin.upperBound...].firstIndex(of: "}")
    {
      let name = String(plain[begin.upperBound..<nameEnd])
      guard let end = plain[nameEnd...].firstRange(of: "\\end{\(name)}") else { break }
      var inside = String(plain[plain.index(after: nameEnd)..<end.lowerBound])
      // A line that begins with the sign goes on with the one above.
      inside = inside.replacing("\\\\\n&=", with: " =").replacing("\\\\ &=", with: " =")
      let isMatrix = name.contains("matrix") || name == "array"
      if isMatrix, inside.hasPrefix("{"), let columns = inside.firstIndex(of: "}") {
        inside = String(inside[inside.index(after: columns)...])
      }
      if isMatrix {
        inside = "[" + inside.replacing("\\\\", with: ";").replacing("&", with: ",") + "]"
      } else {
        inside = inside.replacing("&", with: "")
      }
      plain.replaceSubrange(begin.lowerBound..<end.upperBound, with: inside)
    }
    return plain.replacing("&=", with: "=").replacing("\\\\", with: "\n").replacing(
      "\\ ", with: " ")
  }

  /// Commands with two arguments, and what stands before, between and behind them here.
  private static let pairs = [
    "\\binom": ("[", "; ", "]"), "\\pdv": ("∂", "/∂", " "), "\\dv": ("d", "/d", " "),
  ]

  private static func withArguments(
    of command: String, _ open: String, _ middle: String, _ close: String, in text: String
  ) -> String {
    var plain = ""
    var rest = text[...]
    while let start = rest.firstRange(of: command + "{") {
      plain += rest[..<start.lowerBound]
      guard let first = ClaimPieces.close(of: rest[start.upperBound...]),
        rest[rest.index(after: first)...].hasPrefix("{")
      else { return plain + rest[start.lowerBound...] }
      let second = rest.index(first, offsetBy: 2)
      guard let end = ClaimPieces.close(of: rest[second...]) else {
        return plain + rest[start.lowerBound...]
      }
      plain += open + rest[start.upperBound..<first] + middle + rest[second..<end] + close
      rest = rest[rest.index(after: end)...]
    }
    return plain + rest
  }

  private static let commands: [(String, String)] = [
    ("\\left(", "("), ("\\right)", ")"), ("\\left[", "["), ("\\right]", "]"),
    ("\\[", " "), ("\\]", " "), ("\\(", " "), ("\\)", " "), ("\\qquad", " "), ("\\quad", " "),
    ("\\nabla", "∇"), ("\\langle", "⟨"), ("\\rangle", "⟩"), ("\\approx", "="),
    ("\\left\\langle", "⟨"), ("\\right\\rangle", "⟩"), ("^{\\prime}", "'"), ("^\\prime", "'"),
    ("\\mathrm d", "d"), ("\\vec{∇}", "∇"), ("\\mathbf{i}", " i"), ("\\mathbf{j}", " j"),
    ("\\mathbf{k}", " k"), ("\\hat{i}", " i"), ("\\hat{j}", " j"), ("\\hat{k}", " k"), ("\\;", " "),
    ("\\partial", "∂"), ("\\operatorname{grad}", "grad"), ("\\mathrm{d}", "d"),
    ("\\,", " "), ("\\boxed", ""), ("\\hat{\\imath}", " i"), ("\\hat{\\jmath}", " j"),
    ("\\text{grad}", "grad"),
  ]
}

/// Numbers and lists as programs print the objects that hold them: `tensor([1., 2.])`, `np.float64(1.0)`.
enum PrintedObjects {
  private static let names = [
    "tf.Tensor", "torch.tensor", "tensor", "np.array", "jnp.array", "numpy.array", "array",
    "DeviceArray",
    "Array", "np.float64", "np.float32", "numpy.float64", "float64", "float32", "matrix", "Matrix",
    "Vector", "Tensor",
  ]
  private static let mostObjects = 2_000
  /// How many are taken out of one another: each time all that follows is read again.
  private static let mostNested = 16

  /// Each object's first argument in its place.
  static func unwrapped(_ text: String) -> String {
    names.reduce(withoutTensorFlow(text)) { unwrapped($1 + "(", in: $0) }
  }

  private static func unwrapped(_ call: String, in text: String) -> String {
    var plain = ""
    var rest = text[...]
    var nested = 0
    for _ in 0..<mostObjects {
      guard let start = rest.firstRange(of: call) else { break }
      plain += rest[..<start.lowerBound]
      let isWord = plain.last.map { $0.isLetter || $0 == "_" } == true
      if !isWord, let end = ClaimPieces.close(of: rest[start.upperBound...]) {
        let inside = String(rest[start.upperBound..<end])
        let argument = ClaimPieces.split(inside, at: [","]).first ?? ""
        rest = rest[rest.index(after: end)...]
        if nested < mostNested, argument.contains(call) {
          nested += 1
          rest = Substring(argument + rest)
        } else {
          plain += argument
        }
      } else {
        plain += call
        rest = rest[start.upperBound...]
      }
    }
    return plain + rest
  }

  /// `<tf.Tensor: shape=(), dtype=float32, numpy=12.0>` as `12.0`.
  private static func withoutTensorFlow(_ text: String) -> String {
    var text = text
    for _ in 0..<mostObjects {
      guard let start = text.firstRange(of: "<tf.Tensor:"),
        let value = text[start.upperBound...].firstRange(of: "numpy="),
        let end = text[value.upperBound...].firstIndex(of: ">")
      else { break }
      let number = String(text[value.upperBound..<end])
      text.replaceSubrange(start.lowerBound...end, with: number)
    }
    return text
  }
}
