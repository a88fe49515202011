// What an error says beside its place: the whole text as it was probably meant, or a command.
import Syntax

extension Advice {
  /// - Parameters:
  ///   - text: the text of an expression without the definitions before it.
  ///   - reading: a text in the language's notation; nil where it cannot be read.
  init?(for text: String, reading: (String) -> String?) {
    guard !Self.declaresDerivative(text), !Self.hasBody(text) else { return nil }
    if let request = Request(text), let advice = Advice(request, reading) {
      self = advice
      return
    }
    guard let remedy = Guesses(text, reading: reading).remedy else { return nil }
    self.init(message: nil, remedy: remedy)
  }

  /// Two readings of a part of a text, each as the whole text where that can be typed.
  ///
  /// - Parameters:
  ///   - range: where the part is in the source, whose end the typed text is.
  init(
    _ first: String, _ second: String, for range: SourceRange, in source: SourceText,
    after text: SourceText, reading: (String) -> String?
  ) {
    let start = source.bytes.count - text.bytes.count
    let texts = [first, second].map { part in
      let whole =
        source.text(in: SourceRange(start: start, end: range.start)) + part
        + source.text(in: SourceRange(start: range.end, end: source.bytes.count))
      for text in [whole, part] {
        if let shown = reading(text) ?? Guesses(text, reading: reading).texts.first { return shown }
      }
      return part
    }
    self.init(message: nil, remedy: "write '\(texts[0])' or '\(texts[1])'")
  }

  /// Whether a function has a body in braces, whose errors say what is wrong with it.
  private static func hasBody(_ text: String) -> Bool {
    var isBehindSign = false
    for character in text where !character.isWhitespace {
      if character == "{", isBehindSign { return true }
      isBehindSign = character == "="
    }
    return false
  }

  /// Whether a statement declares a derivative: that is the language's own, and its errors say what
  /// is wrong with it.
  private static func declaresDerivative(_ text: String) -> Bool {
    text.split { $0 == ";" || $0.isNewline }.contains { statement in
      statement.drop { $0.isWhitespace }.hasPrefix("derivative ") && statement.contains("=")
    }
  }

  private init?(_ request: Request, _ reading: (String) -> String?) {
    if case .unsupported(let verb) = request.kind {
      self.init(
        message:
          "'\(echo(request.phrase))' is not understood: autodiff differentiates, and does not \(verb)",
        remedy: request.table(reading).map { "for a table type: \($0)" }, phrase: request.phrase)
      return
    }
    let formula =
      reading(request.body) ?? Guesses(request.body, reading: reading).texts.first
    guard let formula, let line = request.line(for: formula) else { return nil }
    self.init(
      message: "'\(echo(request.phrase))' is no part of a formula", remedy: "type: \(line)",
      phrase: request.phrase)
  }
}
