// `check --implicit`: derivatives of what an equation defines, and of expressions in unknown
// functions.
import CommandLine
import Calculus
import Checking
import Language
import Reporting
import Syntax

/// What is asked about names that are functions of variables.
struct DependentQuestion {
  let names: DependentNames
  /// `F` of the equation `F = 0`; nil where the functions are unknown.
  let equation: String?
  let order: Int
  let subject: Subject
  let entries: [DependentNames.Entry]

  /// How many random starting points are tried for each point of a curve.
  static let triesForEach = 20

  init(_ arguments: Arguments, _ terminal: Terminal) throws {
    let names = try DependentNames(
      SourceText(arguments.value(.implicit)?.text ?? "", name: "--implicit"))
    let option = try Self.claimOption(arguments)
    order = option == .claimedHessian ? 2 : 1
    if order == 2, names.independents.count > 1 {
      throw Failure.option("--hessian with --implicit takes functions of one variable", remedy: nil)
    }
    let text = names.plain(try arguments.judgedText(terminal))
    let sides = Self.sides(text)
    if sides != nil, names.functions.count > 1 {
      throw Failure.option("one equation defines one function", remedy: "--implicit takes one")
    }
    let body = try Self.body(sides.map { "(\($0.0)) - (\($0.1))" } ?? text)
    equation = sides == nil ? nil : body
    let derivatives = Self.derivatives(of: body, isEquation: sides != nil, names, order)
    let list = derivatives.count == 1 ? derivatives[0] : "[\(derivatives.joined(separator: ", "))]"
    subject = try Subject(
      try Expression(SourceText(list)), first: names.independents + names.functions.map(\.name))
    guard let word = arguments.value(option), !word.text.isEmpty else {
      throw UsageError.missingValue(option: option.spelling, argument: "CLAIM")
    }
    let claim = try CheckRequest.text(of: word.text, option.spelling, terminal)
    entries = try names.entries(claim, order: order)
    self.names = names
  }

  /// The one option that gives a claim.
  private static func claimOption(_ arguments: Arguments) throws -> OptionDefinition {
    let given = [OptionDefinition.claimedGradient, .claimedHessian].filter(arguments.has)
    guard let option = given.first else {
      throw Failure.option("--implicit is about a claim", remedy: "--gradient gives it")
    }
    if given.count > 1 {
      throw Failure.option(
        "--implicit takes one claim, of --gradient or of --hessian", remedy: "leave one out")
    }
    return option
  }

  /// The derivatives in each variable as texts: implicit ones of an equation `body = 0`, total ones
  /// of an expression.
  private static func derivatives(
    of body: String, isEquation: Bool, _ names: DependentNames, _ order: Int
  ) -> [String] {
    names.independents.map { variable in
      if isEquation { return names.implicitDerivative(of: body, in: variable, order: order) }
      let first = names.totalDerivative(of: body, in: variable)
      return order == 1 ? first : names.totalDerivative(of: "(\(first))", in: variable)
    }
  }

  /// An expression in the language's own notation, with parentheses around it.
  private static func body(_ text: String) throws -> String {
    let expression = try Expression(SourceText(text))
    return "(\(expression.reading ?? expression.text))"
  }

  /// The two sides of the only equality sign, `=`, `==` or LaTeX's `&=`; nil where a side is
  /// missing.
  static func sides(_ text: String) -> (String, String)? {
    let plain = ["&=", "= &", "=&", "=="].reduce(text) { $0.replacing($1, with: "=") }
    let parts = plain.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, parts[0].last.map({ !"<>!:".contains($0) }) ?? false,
      parts.allSatisfy({ $0.contains { !$0.isWhitespace } })
    else { return nil }
    return (parts[0], parts[1])
  }

  /// Whether a text that is no expression is an equation, `x^2 + y^2 = 1`, and not the definition
  /// of what stands on its left.
  static func isEquation(_ text: String) -> Bool {
    guard let left = sides(text)?.0, !text.contains(where: { ";{\n".contains($0) }) else {
      return false
    }
    let head = left.filter { $0 != " " }
    return !head.allSatisfy { $0.isLetter || $0.isNumber || "_(),'".contains($0) }
      || head.first?.isNumber == true
  }

  /// What messages call the derivatives.
  var derivativeNames: [String] {
    let power = order == 1 ? "" : "^\(order)"
    return names.independents.map { variable in
      let function = equation == nil ? "" : names.functions[0].name
      return "d\(power)\(function)/d\(variable)\(power)"
    }
  }

  func claims() throws -> [Claim] {
    var claims: [Claim] = []
    for entry in entries {
      var formula = names.plain(entry.formula)
      if let equation { formula = names.eliminated(formula, by: equation) }
      claims.append(
        try Claim.ofValue(formula, output: entry.variable, for: subject))
    }
    return claims
  }

  /// Random points that satisfy the equation; none where points are given, which must do so.
  ///
  /// - Parameter count: how many points are wanted.
  func points(
    on equation: Subject, _ count: Int, _ given: [[Double]]?, _ sampler: inout Sampler
  ) throws -> [[Double]] {
    if let given {
      if let point = given.first(where: { !DependentNames.isOnCurve($0, equation) }) {
        let text = Calculation.text(of: subject.point(point))
        throw Failure.option(
          "the equation does not hold at \(text)", remedy: "--at takes a point of the curve")
      }
      return []
    }
    let starts =
      sampler.simplePointsOfDomain(count) + sampler.points(Self.triesForEach * count)
    let points = Array(names.pointsOfCurve(equation, from: starts).prefix(count))
    if points.isEmpty { throw Failure.noPointFound }
    return points
  }

  /// The equation over the same variables.
  func equationSubject() throws -> Subject? {
    guard let equation else { return nil }
    return try Subject(try Expression(SourceText(equation)), first: subject.variables)
  }
}
