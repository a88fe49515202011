// Points as other programs write them: `x 3`, `x: 3`, `{"x": 3}`, `(2, 5)`, `x=2; y=5`.
import Syntax

extension Problem {
  /// The same with a point that can be typed in place of one that cannot be read.
  ///
  /// - Parameter names: the variables of the expression; plain numbers are taken in their order.
  package func advisedAboutPoint(_ names: [String]) -> Problem {
    guard case .syntax = kind else { return self }
    let typed = String(decoding: source.bytes, as: UTF8.self)
    guard let meant = Self.point(typed, names) else { return self }
    var problem = self
    problem.advice = Advice(message: nil, remedy: "write '\(meant)'")
    return problem
  }

  private static func point(_ text: String, _ names: [String]) -> String? {
    guard text.utf8.count <= 200 else { return nil }
    var text = text.filter { !"\"'“”‘’".contains($0) }
    while let first = text.first, "([{ ".contains(first), text.count > 2 { text.removeFirst() }
    while let last = text.last, ")]} ,;".contains(last) { text.removeLast() }
    for (sign, plain) in [("==", "="), (":=", "="), (";", ","), (" and ", ","), ("|", ",")] {
      text = Habit.replacing(sign, by: plain, in: text)
    }
    let parts = text.split(separator: ",").map { part in
      Habit.replacing("  ", by: " ", in: String(part)).drop { $0 == " " }
    }
    if !parts.isEmpty, parts.count == names.count, parts.allSatisfy(isNumber) {
      return readable(zip(names, parts).map { "\($0)=\($1)" })
    }
    return readable(parts.flatMap { bindings(String($0)) })
  }

  /// `x=2 y=5` as two, and `x 3` or `x: 3` as one.
  private static func bindings(_ part: String) -> [String] {
    let words = part.split(separator: " ").map(String.init)
    if words.count > 1, words.allSatisfy({ $0.contains("=") }) { return words }
    let sides = part.split { "=: ".contains($0) }.map(String.init)
    return sides.count == 2 ? ["\(sides[0])=\(sides[1])"] : [part]
  }

  private static func isNumber(_ text: Substring) -> Bool {
    text.first.map { $0.isNumber || "-−.".contains($0) } ?? false
  }

  private static func readable(_ bindings: [String]) -> String? {
    let text = bindings.joined(separator: ",")
    return (try? PointReader.points(SourceText(text))) == nil ? nil : text
  }
}
