// Names that stand for functions of variables, `y(x)`, `r(t)`, and their derivatives as names of
// their own.
import Calculus
import Language
import Syntax
import Text

/// The functions that a user says names stand for.
package struct DependentNames {
  /// Their names, each with the variables that it depends on.
  package let functions: [(name: String, variables: [String])]

  /// The variables that derivatives are taken in, in their order.
  package var independents: [String] {
    functions.flatMap(\.variables).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// How often a name may be differentiated.
  private static let highestOrder = 4

  /// Reads `y(x)` or `r(t), theta(t)`.
  ///
  /// - Throws: a problem for what is no list of such.
  package init(_ source: SourceText) throws(Problem) {
    let text = String(decoding: source.bytes, as: UTF8.self)
    var functions: [(name: String, variables: [String])] = []
    for piece in ClaimPieces.split(text, at: [",", ";"]) {
      let parts = piece.split(separator: "(", omittingEmptySubsequences: false).map(String.init)
      let name = trimmed(parts[0])
      let variables =
        parts.count == 2 && parts[1].hasSuffix(")")
        ? ClaimPieces.split(String(parts[1].dropLast()), at: [","]) : []
      guard !variables.isEmpty, ([name] + variables).allSatisfy(Self.isName) else {
        throw Problem(
          .reported(
            "'\(echo(piece))' does not say what is a function of what",
            remedy: "write it as 'y(x)', or 'r(t), theta(t)'"), in: source, at: nil)
      }
      functions.append((name, variables))
    }
    self.functions = functions
  }

  private static func isName(_ text: String) -> Bool {
    text.first?.isLetter == true
      && text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
  }

  /// What a derivative of a function is called: `r_t`, `r_tt`.
  static func name(_ function: String, _ path: [String]) -> String {
    path.isEmpty ? function : function + "_" + path.joined()
  }

  // MARK: Texts

  /// A text with names in place of `y(x)`, `y'`, `y'(x)`, `dy/dx`, `ẏ` and `\dot{y}`.
  package func plain(_ text: String) -> String {
    var plain = ClaimPieces.plain(text)
    for (name, variables) in functions {
      let arguments = "(" + variables.joined(separator: ",") + ")"
      plain = plain.replacing("(" + variables.joined(separator: ", ") + ")", with: arguments)
      for variable in variables {
        for differential in ["d\(name)/d\(variable)", "d\(name)\(arguments)/d\(variable)"] {
          plain = plain.replacing(differential, with: Self.name(name, [variable]))
        }
        for second in ["d^2\(name)/d\(variable)^2", "d2\(name)/d\(variable)2"] {
          plain = plain.replacing(second, with: Self.name(name, [variable, variable]))
        }
      }
      guard variables.count == 1 else {
        plain = replacing(name, "", arguments, with: name, in: plain)
        continue
      }
      for order in (0...Self.highestOrder).reversed() {
        let primes = String(repeating: "'", count: order)
        let derivative = Self.name(name, Array(repeating: variables[0], count: order))
        plain = replacing(name, primes, arguments, with: derivative, in: plain)
        if order > 0 { plain = replacing(name, primes, "", with: derivative, in: plain) }
      }
      for (sign, order) in [("\u{0308}", 2), ("\u{0307}", 1)] {
        let derivative = Self.name(name, Array(repeating: variables[0], count: order))
        plain = replacing(name + sign, "", arguments, with: derivative, in: plain)
        plain = replacing(name + sign, "", "", with: derivative, in: plain)
      }
    }
    return plain
  }

  /// Puts a name in the place of another one with primes and arguments, where that is a whole word.
  private func replacing(
    _ name: String, _ primes: String, _ arguments: String, with other: String, in text: String
  ) -> String {
    let wanted = name + primes + arguments
    guard wanted != other else { return text }
    let pieces = text.split(separator: wanted, omittingEmptySubsequences: false)
    guard pieces.count > 1 else { return text }
    var plain = String(pieces[0])
    for piece in pieces.dropFirst() {
      let last = plain.last
      let isWord =
        last.map { !$0.isLetter && !$0.isNumber && $0 != "_" } != false
        && piece.first.map { $0 != "'" && (arguments.isEmpty ? !$0.isLetter && $0 != "(" : true) }
          != false
      plain += (isWord ? other : wanted) + piece
    }
    return plain
  }

  // MARK: Total derivatives

  /// The names of functions and of their derivatives that a text has, with what each becomes when
  /// it is differentiated.
  private func derivatives(
    _ variable: String, in text: String
  ) -> [(name: String, derivative: String)] {
    functions.filter { $0.variables.contains(variable) }.flatMap { function in
      (0..<Self.highestOrder).compactMap { order in
        let path = Array(repeating: variable, count: order)
        let name = Self.name(function.name, path)
        guard order == 0 || text.contains(name) else { return nil }
        return (name, Self.name(function.name, path + [variable]))
      }
    }
  }

  /// A text's derivative in a variable, through all that depends on it.
  package func totalDerivative(of text: String, in variable: String) -> String {
    let ways = derivatives(variable, in: text).map { "diff(\(text), \($0.name))*\($0.derivative)" }
    return (["diff(\(text), \(variable))"] + ways).joined(separator: " + ")
  }

  /// The derivative that the equation `text = 0` gives the one function in a variable; of order 2
  /// the one after it.
  package func implicitDerivative(of text: String, in variable: String, order: Int) -> String {
    let name = functions[0].name
    let first = "(-(diff(\(text), \(variable)))/(diff(\(text), \(name))))"
    return order == 1 ? first : "diff(\(first), \(variable)) + diff(\(first), \(name))*\(first)"
  }

  /// A text without derivatives of the one function, which the equation gives.
  package func eliminated(_ text: String, by equation: String) -> String {
    var plain = text
    for variable in functions[0].variables {
      plain = replacing(
        Self.name(functions[0].name, [variable]), "", "",
        with: implicitDerivative(of: equation, in: variable, order: 1), in: plain)
    }
    return plain
  }
}
