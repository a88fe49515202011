// What a user says derivatives are: formulas, or numbers that a program printed, one claim for each.
import Text
import Calculus
import Language
import Syntax

/// One derivative as the user has it.
package struct Claim {
  /// The derivative that it is about.
  package let key: DerivativeKey
  /// The claim as it was written.
  package let text: String
  let content: Content
  /// Half a unit of the last decimal that was written, where the claim is a plain decimal number.
  let halfUnit: Double?

  enum Content {
    case formula(ClaimFormula)
    /// One for each point that is judged, in their order.
    case numbers(PrintedNumbers)
  }

  var formula: ClaimFormula? { if case .formula(let formula) = content { formula } else { nil } }

  /// The variables that it is about: those it is a derivative in, and those that it names.
  var variables: [Int] {
    switch content {
    case .formula(let formula):
      let tape = formula.tape
      let named = (0..<tape.variableCount).filter { tape.nodes[$0] != nil }
      return Set(key.path + named).sorted()
    case .numbers(let numbers): return Array(0..<numbers.variableCount)
    }
  }

  /// Whether it is numbers, right or wrong at the points that they are about only.
  package var isOfNumbers: Bool {
    guard let formula else { return true }
    if case .constant = formula.graph[formula.root] { return true }
    return formula.tape.instructionCount == 0
  }

  init(_ key: DerivativeKey, _ text: String, _ numbers: PrintedNumbers) {
    self.key = key
    self.text = text
    content = .numbers(numbers)
    halfUnit = nil
  }

  init(
    _ key: DerivativeKey, _ text: SourceText, for subject: Subject
  ) throws(Problem) {
    try self.init(
      key, text, over: subject.variables, after: subject.expression.definitions)
  }

  /// - Parameters:
  ///   - definitions: what the formula may use.
  ///   - point: what the bounds of sums are read off, if they depend on variables.
  init(
    _ key: DerivativeKey, _ text: SourceText, over variables: [String],
    after definitions: Definitions, at point: [Double]? = nil
  ) throws(Problem) {
    var expression = try Expression(text, after: definitions)
    expression = expression.readingProducts(of: variables) ?? expression
    try expression.requireOneOutput()
    try Elaborator.checkForms(expression)
    for free in expression.freeNames
    where !variables.contains(free.name) && Catalogue.constant(free.name) == nil {
      let (name, range) = (free.name, free.range)
      if Catalogue.isFunction(name) {
        throw Problem(.functionWithoutArguments(name), in: expression.source, at: range)
      }
      let suggestion =
        productOfNames(name, variables)
        ?? editDistanceSuggestion(for: name, among: variables + Catalogue.functionNames)
      throw Problem(
        .notInExpression(name, suggestion: suggestion), in: expression.source, at: range)
    }
    var elaborator = Elaborator(expression, variables: variables, point: point)
    let elaboration = try elaborator.elaborate()
    self.key = key
    self.text = expression.text
    content = .formula(
      ClaimFormula(
        graph: elaboration.graph, root: elaboration.output,
        tape: Tape(
          elaboration.graph, output: elaboration.output,
          isActive: variables.map { _ in true }),
        isBoundToPoint: elaboration.isBoundToPoint))
    halfUnit = Self.halfUnit(of: self.text)
  }

  /// Of `-1.25` or `1.25e-3`; nil for what is no plain decimal number, and for `12.`, which libraries print for 12.
  ///
  /// What single precision prints in full, `2.7182817`, is known to two units of that precision.
  private static func halfUnit(of text: String) -> Double? {
    let number = text.utf8.drop { $0 == UInt8(ascii: "-") }
    let digits = number.prefix { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
    guard let point = digits.firstIndex(of: UInt8(ascii: ".")),
      let exponent = exponent(in: number[digits.endIndex...])
    else { return nil }
    let decimals = digits.distance(from: point, to: digits.endIndex) - 1
    guard decimals > 0 else { return nil }
    let halfUnit = 0.5 * Operation.power.value([10, Double(exponent - decimals)])
    guard let single = Float(String(decoding: number, as: UTF8.self)), digits.count > 7,
      single.description.utf8.elementsEqual(number)
    else { return halfUnit }
    return max(halfUnit, Double(2 * single.ulp))
  }

  /// What `e-3` says; 0 if there is nothing.
  private static func exponent(in text: Substring.UTF8View) -> Int? {
    guard let first = text.first else { return 0 }
    guard first | 0x20 == UInt8(ascii: "e") else { return nil }
    let exponent = Int(String(decoding: text.dropFirst(), as: UTF8.self))
    return exponent.flatMap { $0.magnitude < 10_000 ? $0 : nil }
  }
}

/// A claim that has a value anywhere.
struct ClaimFormula {
  let graph: Graph
  let root: NodeIndex
  let tape: Tape
  /// Whether another point may need another formula.
  let isBoundToPoint: Bool
}

/// Reads claims as `diff` prints derivatives.
package enum ClaimReader {
  /// - Parameters:
  ///   - order: 1 for a gradient or a Jacobian, 2 for second derivatives.
  ///   - outputNames: what the outputs of a list are called; nil for an expression that is none.
  ///   - path: the variables of the derivative that a formula without a key is.
  ///   - place: the one point that claims are judged at, if there is one.
  package static func claims(
    _ source: SourceText, order: Int, outputNames: [String]?, for subject: Subject,
    path: [Int]? = nil, at place: [Double]? = nil
  ) throws(Problem) -> [Claim] {
    let pasted = PastedClaim.plain(String(decoding: source.bytes, as: UTF8.self))
    let isChanged = !pasted.utf8.elementsEqual(source.bytes)
    let source = CodeNotation.plain(
      isChanged ? source.holding(Array(pasted.utf8)) : source, variables: Set(subject.variables))
    let nameCount = order + (outputNames == nil ? 0 : 1)
    let text = ClaimText(source)
    let entries = text.entries { _ in nameCount }
    let everything = SourceRange(start: 0, end: source.bytes.count)
    let isKeyed =
      text.isCleanBefore(entries[0].range.start)
      && entries.allSatisfy { (try? key($0, order: order, outputNames, subject, source)) != nil }
    let isBare =
      outputNames == nil && (path != nil || subject.activeVariables.count == 1)
      && ClaimPieces.isFormula(source.text(in: everything))
    if !isKeyed, !isBare {
      let notation = ClaimNotation(
        order: order, outputNames: outputNames, subject: subject, place: place)
      if let entries = notation.entries(source) {
        return try claims(entries, in: source, for: subject)
      }
    }
    var claims: [Claim] = []
    if !entries[0].names.isEmpty, !text.isCleanBefore(entries[0].range.start) {
      let value = text.leadingFormula(before: entries[0].range.start)
      guard order == 1, outputNames == nil, Double(value) != nil else {
        throw Problem(.claimWithoutKey(example(order, outputNames, subject)), in: source, at: nil)
      }
      // As `expect` has it: the value, and then the derivatives.
      claims.append(
        try Claim(DerivativeKey(output: 0, path: []), piece(value, source), for: subject))
    }
    for entry in entries {
      let key: DerivativeKey
      if entry.names.isEmpty {
        let active = subject.activeVariables
        let only = active.count == 1 ? Array(repeating: active[0], count: order) : nil
        guard outputNames == nil, let path = path ?? only else {
          throw Problem(
            .claimWithoutKey(example(order, outputNames, subject)), in: source, at: everything)
        }
        key = DerivativeKey(output: 0, path: path)
      } else {
        key = try self.key(entry, order: order, outputNames, subject, source)
      }
      if entry.formula.isEmpty {
        throw Problem(.claimEmpty(entry.names.joined(separator: ",")), in: source, at: entry.range)
      }
      if claims.contains(where: { $0.key == key }) {
        throw Problem(
          .givenTwice(entry.names.joined(separator: ",")), in: source, at: entry.range)
      }
      claims.append(
        try Claim(key, piece(entry.formula, source), for: subject))
    }
    return claims
  }

  /// A formula with its place in the text, as far as it stands there as it is.
  private static func piece(_ formula: String, _ source: SourceText) -> SourceText {
    let (bytes, formula) = (source.bytes, Array(formula.utf8))
    guard let first = formula.first, bytes.count <= mostSearched,
      let start = bytes.indices.first(where: {
        bytes[$0] == first && bytes[$0...].starts(with: formula)
      })
    else { return source.holding(formula) }
    return source.piece(SourceRange(start: start, end: start + formula.count))
  }

  private static let mostSearched = 1 << 14

  private static func claims(
    _ entries: [(key: DerivativeKey, formula: String)], in source: SourceText, for subject: Subject
  ) throws(Problem) -> [Claim] {
    var claims: [Claim] = []
    for (key, formula) in entries {
      let name = key.path.map { subject.variables[$0] }.joined(separator: ",")
      if formula.isEmpty { throw Problem(.claimEmpty(name), in: source, at: nil) }
      claims.append(try Claim(key, piece(formula, source), for: subject))
    }
    return claims
  }

  private static func key(
    _ entry: ClaimEntryText, order: Int, _ outputNames: [String]?, _ subject: Subject,
    _ source: SourceText
  ) throws(Problem) -> DerivativeKey {
    var names = entry.names[...]
    guard names.count == order + (outputNames == nil ? 0 : 1), !names.contains("") else {
      throw Problem(
        .claimKey(example(order, outputNames, subject)), in: source, at: entry.range)
    }
    var output = 0
    if let outputNames, let name = names.popFirst() {
      let listed = ClaimPieces.rows(subject.expression.text)[0]
      let index =
        outputNames.firstIndex(of: name)
        ?? (subject.variables.contains(name) ? nil : listed.firstIndex(of: name))
      guard let index else {
        throw Problem(
          .claimOutput(name, known: outputNames), in: source, at: entry.range)
      }
      output = index
    }
    var path: [Int] = []
    for name in names {
      guard let index = subject.variables.firstIndex(of: name) else {
        let suggestion = editDistanceSuggestion(for: name, among: subject.variables)
        throw Problem(.notInExpression(name, suggestion: suggestion), in: source, at: entry.range)
      }
      path.append(index)
    }
    return DerivativeKey(output: output, path: path)
  }

  /// How an entry is written.
  private static func example(
    _ order: Int, _ outputNames: [String]?, _ subject: Subject
  ) -> String {
    let name = subject.variables.first ?? "x"
    let names = (outputNames.map { [$0[0]] } ?? []) + Array(repeating: name, count: order)
    return names.joined(separator: ",") + ": FORMULA"
  }
}
