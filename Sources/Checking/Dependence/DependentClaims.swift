// What a user says total or implicit derivatives are: `dy/dx = …`, `y' = …`, or one formula.
import Calculus
import Language
import Syntax

extension DependentNames {
  /// A formula, and in which variable it is claimed as a derivative.
  package struct Entry {
    /// The position of the variable in which the derivative is taken.
    package let variable: Int
    /// The claimed derivative, as the user wrote it.
    package let formula: String
  }

  /// The entries of a claim.
  ///
  /// - Parameters:
  ///   - order: how often is differentiated.
  ///   - output: what the expression is called, which may be any name.
  package func entries(_ source: SourceText, order: Int) throws(Problem) -> [Entry] {
    let text = PastedClaim.plain(String(decoding: source.bytes, as: UTF8.self))
    let pieces = ClaimPieces.split(text, at: [",", ";", "\n"])
    if pieces.count == 1, ClaimPieces.assignment(text) == nil, independents.count == 1 {
      return [Entry(variable: 0, formula: text)]
    }
    var entries: [Entry] = []
    for piece in pieces {
      if let entry = equationOfDerivative(piece, order: order) {
        entries.append(entry)
        continue
      }
      guard let (left, right) = ClaimPieces.assignment(piece),
        let variable = variable(left, order: order)
      else {
        throw Problem(
          .claimWithoutKey(
            independents.map { "d\(functions[0].name)/d\($0) = FORMULA" }
              .joined(separator: ", ")), in: source, at: nil)
      }
      entries += ClaimPieces.sides(right).map { Entry(variable: variable, formula: $0) }
    }
    return entries
  }

  /// `2x + 2y y' = 0` and `x dx + y dy = 0`, solved for the derivative, which they are linear in; nil for another text.
  private func equationOfDerivative(_ text: String, order: Int) -> Entry? {
    guard order == 1, functions.count == 1, independents.count == 1,
      let (left, right) = ClaimPieces.assignment(text)
    else { return nil }
    let (function, derivative) = (functions[0].name, Self.name(functions[0].name, independents))
    var sides = [left, right].map { plain($0) }
    if sides.joined().contains("d\(function)"), sides.joined().contains("d\(independents[0])") {
      sides = sides.map {
        Self.replacing("d\(independents[0])", with: "(1)", in: $0)
          .replacing("d\(function)", with: derivative)
      }
    }
    let isKey =
      variable(left, order: order) != nil && left.first?.isNumber == false
      && !left.contains { "+-*·^ ".contains($0) }
    guard !isKey, sides.joined().contains(derivative) else { return nil }
    func difference(_ value: String) -> String {
      let plain = sides.map { Self.replacing(derivative, with: value, in: $0) }
      return "((\(plain[0])) - (\(plain[1])))"
    }
    let (start, end) = (difference("(0)"), difference("(1)"))
    return Entry(variable: 0, formula: "\(start)/(\(start) - \(end))")
  }

  /// A factor in the place of a name, with the sign that may be left out before one.
  private static func replacing(_ name: String, with factor: String, in text: String) -> String {
    let pieces = text.split(separator: name, omittingEmptySubsequences: false)
    return pieces.dropFirst().reduce(String(pieces[0])) { plain, piece in
      let last = plain.last { $0 != " " }
      let isFactor = last.map { $0.isLetter || $0.isNumber || $0 == ")" } == true
      return plain + (isFactor ? "*" : "") + factor + piece
    }
  }

  /// The variable of `dy/dx`, `y'`, `y'(x)`, `y_x` or `d/dx …`.
  private func variable(_ left: String, order: Int) -> Int? {
    var key = ClaimPieces.plain(left).filter { $0 != " " }
    if key.hasSuffix(")"), let open = key.lastIndex(of: "("), !key[..<open].hasSuffix("/d") {
      key = String(key[..<open])
    }
    let primes = key.count { $0 == "'" }
    if primes > 0 { return primes == order && independents.count == 1 ? 0 : nil }
    let matching = independents.indices.filter { index in
      let variable = independents[index]
      if order == 1, key == variable { return true }
      let below = order == 1 ? ["/d\(variable)"] : ["/d\(variable)^2", "/d\(variable)2"]
      let isQuotient = key.first == "d" && below.contains { key.contains($0) }
      return isQuotient
        || functions.contains {
          Self.name($0.name, Array(repeating: variable, count: order)) == key
        }
    }
    // `dy/dx1` begins like `dy/dx`.
    return matching.max { independents[$0].count < independents[$1].count }
  }

  /// Points of a curve or surface `equation = 0`: where the function has a value near random ones.
  ///
  /// - Parameters:
  ///   - equation: over the variables of the points.
  ///   - starts: where to look.
  package func pointsOfCurve(_ equation: Subject, from starts: [[Double]]) -> [[Double]] {
    guard let index = equation.variables.firstIndex(of: functions[0].name) else { return [] }
    let tape = equation.outputs[0].computation.tape
    return starts.compactMap { start in
      var point = start
      var step = Double.infinity
      for _ in 0..<Self.mostSteps where step.magnitude > 1e-15 * point[index].magnitude {
        let gradient = tape.reverseGradient(at: point)
        step = gradient.value / gradient.partials[index]
        guard step.isFinite else { return nil }
        point[index] -= step
      }
      // Newton's method converges slowly to multiple roots, and diverges where there is no root.
      guard step.magnitude <= 1e-12 * point[index].magnitude else { return nil }
      return Self.isOnCurve(point, equation) && Self.isKnown(point, index, tape) ? point : nil
    }
  }

  /// Whether a root's coordinate has about half of its digits in spite of rounding: F's error over
  /// its slope is small.
  private static func isKnown(_ point: [Double], _ index: Int, _ tape: Tape) -> Bool {
    let slope = tape.reverseGradient(at: point).partials[index]
    let error = (RunningError(tape, at: point).error / slope).magnitude
    return error <= 1e-8 * point[index].magnitude
  }

  private static let mostSteps = 60

  /// Whether an equation holds to within rounding.
  package static func isOnCurve(_ point: [Double], _ equation: Subject) -> Bool {
    let run = RunningError(equation.outputs[0].computation.tape, at: point)
    return run.value.magnitude <= 1e-12 + 64 * run.error
  }
}

extension Claim {
  /// A formula for the value of an output.
  package static func ofValue(
    _ formula: String, output: Int, for subject: Subject
  ) throws(Problem) -> Claim {
    let plain = CodeNotation.plain(SourceText(formula), variables: Set(subject.variables))
    return try Claim(DerivativeKey(output: output, path: []), plain, for: subject)
  }
}
