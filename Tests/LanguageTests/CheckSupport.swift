// What the tests of `check` share: smooth random expressions, and formulas with a mistake put in.

@testable import Checking
import Calculus
import Syntax

@testable import Language

/// Makes smooth expressions of x, y and z.
struct SmoothGenerator {
  var random: SplitMix64
  private static let unary = [
    "sin", "cos", "tan", "exp", "ln", "sqrt", "tanh", "atan", "asin", "acos", "sinh", "cosh",
    "asinh", "acosh", "atanh", "log1p", "expm1", "log2", "log10", "exp2", "cbrt", "sigmoid",
    "softplus", "erf", "erfc", "sinc", "logit", "cot", "sec", "csc", "coth", "sech", "csch",
    "acot", "gamma", "lgamma", "digamma",
  ]
  /// What students meet.
  private static let school = ["sin", "cos", "exp", "ln", "sqrt", "tan", "atan", "tanh"]

  let isSchool: Bool

  init(seed: UInt64, isSchool: Bool = false) {
    random = SplitMix64(state: seed)
    self.isSchool = isSchool
  }

  mutating func expression(depth: Int) -> String {
    if depth == 0 || number(8) == 0 { return leaf() }
    switch number(12) {
    case 0...5:
      let sign = pick(["+", "-", "*", "*", "/"])
      return "(\(part(depth))\(sign)\(part(depth)))"
    case 6...9: return "\(pick(isSchool ? Self.school : Self.unary))(\(part(depth)))"
    case 10: return "(\(part(depth)))^\(2 + number(3))"
    default:
      return isSchool
        ? "exp(-(\(part(depth)))^2)"
        : pick(["hypot", "atan2", "log", "logsumexp"]) + "(\(part(depth)), \(part(depth)))"
    }
  }

  mutating func number(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
  mutating func pick<T>(_ items: [T]) -> T { items[number(items.count)] }
  private mutating func part(_ depth: Int) -> String { expression(depth: depth - 1) }
  private mutating func leaf() -> String { pick(["x", "y", "z", "x", "y", "x", "2", "3", "5"]) }
}

/// A function with what `check` needs, as the command line makes it.
struct Checked {
  let subject: Subject
  var sampler: Sampler
  let points: [[Double]]

  init?(_ text: String, samples: Int = 8, seed: UInt64 = 1) throws {
    subject = try Subject(Expression(SourceText(text)), first: ["x", "y", "z"])
    guard !subject.activeVariables.isEmpty else { return nil }
    sampler = Sampler(subject, seed: seed)
    points = sampler.points(samples)
    if points.isEmpty { return nil }
  }

  func name(_ key: DerivativeKey) -> String {
    "d/d" + key.path.map { subject.variables[$0] }.joined(separator: ",")
  }

  func votes() -> [VoteResult] {
    var random = SplitMix64(state: 7)
    return VoteJudge(subject, areChosen: false, name: name).results(at: points, &random)
  }

  /// The results of claims as `--gradient` takes them.
  func judged(_ claims: String, order: Int = 1) throws -> [ClaimResult] {
    let claims = try ClaimReader.claims(
      SourceText(claims), order: order, outputNames: nil, for: subject)
    return ClaimJudge(
      subject, claims, chosen: nil, random: points, sampler: sampler, name: name
    ).results()
  }

  func printed(_ graph: Graph, _ root: NodeIndex) -> String {
    FormulaPrinter(graph, style: .plain) { subject.variables[$0] }.text(root)
  }

  /// Whether a formula differs from the derivative by more than rounding at most points.
  func differs(_ text: String, from key: DerivativeKey) throws -> Bool {
    let claim = try Claim(key, SourceText(text), for: subject)
    let reference = Reference(subject, [key])
    let count = points.count { point in
      let truth = reference.values(at: point)[0]
      let error = reference.error(of: 0, truth, at: point)
      let claimed = claim.statement(at: point, 0)
      let size = max(truth.magnitude, claimed.value.magnitude)
      return (truth - claimed.value).magnitude > 1e-5 * size + 100 * (error + claimed.error)
    }
    return count * 2 > points.count
  }
}

/// A mistake put into a derivative on purpose.
enum Mutation: String, CaseIterable {
  case sign, factor, term, exponent, innerDerivative, exchangedVariables

  /// The diagnoses that name this cause.
  ///
  /// A factor that is missing beside its own power is an exponent off by one, a doubled term may be
  /// the whole, and so on: what explains every value and says what was done counts.
  var causes: Set<Mistake.Kind> {
    switch self {
    case .sign: [.sign, .termSign, .quotientRule]
    case .factor:
      [
        .missingFactor, .extraFactor, .innerDerivative, .innerDerivativeTwice, .constantFactor,
        .exponent, .rootFactor, .logarithmBase, .number, .quotientRule, .extraTerm,
      ]
    case .term: [.missingTerm, .extraTerm, .chainPath, .number, .constantFactor, .quotientRule]
    case .exponent:
      [
        .exponent, .missingFactor, .extraFactor, .innerDerivative, .innerDerivativeTwice, .number,
        .quotientRule,
      ]
    case .innerDerivative: [.innerDerivative, .missingFactor, .constantFactor, .number]
    case .exchangedVariables: [.variable, .otherVariable, .swapped]
    }
  }
}

/// Puts mistakes into formulas.
struct Mutator {
  var random: SplitMix64

  /// The text of the derivative with a mistake of the kind; nil where there is no place for it.
  mutating func claim(
    _ mutation: Mutation, for checked: Checked, in variable: Int
  ) -> String? {
    if mutation == .innerDerivative { return withoutInnerDerivative(checked, variable) }
    guard let formulas = checked.subject.formulas(of: 0, along: [[variable]]) else { return nil }
    let root = formulas.roots[0]
    let places = self.places(formulas.graph, root, mutation)
    guard !places.isEmpty else { return nil }
    let (graph, image) = rebuilt(
      formulas.graph, root, at: pick(places), mutation, checked.subject.variables.count)
    return checked.printed(graph, image)
  }

  private mutating func number(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
  private mutating func pick<T>(_ items: [T]) -> T { items[number(items.count)] }

  private func reached(_ graph: Graph, _ root: NodeIndex) -> [NodeIndex] {
    var isReached = Array(repeating: false, count: Int(root) + 1)
    isReached[Int(root)] = true
    for node in stride(from: Int(root), through: 0, by: -1) where isReached[node] {
      for argument in graph.argumentNodes(of: UInt32(node)) { isReached[Int(argument)] = true }
    }
    return isReached.indices.filter { isReached[$0] }.map { NodeIndex($0) }
  }

  /// The nodes that a mistake can be made at.
  private func places(_ graph: Graph, _ root: NodeIndex, _ mutation: Mutation) -> [NodeIndex] {
    reached(graph, root).filter { node in
      switch (mutation, graph[node]) {
      case (.sign, .binary(.add, _, _)), (.sign, .binary(.subtract, _, _)),
        (.sign, .unary(.negate, _)), (.sign, .binary(.multiply, _, _)),
        (.term, .binary(.add, _, _)), (.term, .binary(.subtract, _, _)),
        (.factor, .binary(.multiply, _, _)):
        true
      case (.exponent, .binary(.power, _, let y)):
        if case .constant = graph[y] { true } else { false }
      case (.exchangedVariables, .unary), (.exchangedVariables, .binary):
        graph.argumentNodes(of: node).contains {
          if case .variable = graph[$0] { true } else { false }
        }
      default: false
      }
    }
  }

  private mutating func rebuilt(
    _ source: Graph, _ root: NodeIndex, at place: NodeIndex, _ mutation: Mutation,
    _ variableCount: Int
  ) -> (Graph, NodeIndex) {
    let graph = Graph()
    var images = Array(repeating: NodeIndex(0), count: Int(root) + 1)
    for node in reached(source, root) {
      let arguments = source.argumentNodes(of: node).map { images[Int($0)] }
      images[Int(node)] =
        node == place
        ? mutated(source, node, arguments, mutation, graph, variableCount)
        : graph.node(like: source[node], arguments)
    }
    return (graph, images[Int(root)])
  }

  private mutating func mutated(
    _ source: Graph, _ node: NodeIndex, _ arguments: [NodeIndex], _ mutation: Mutation,
    _ graph: Graph, _ variableCount: Int
  ) -> NodeIndex {
    let content = source[node]
    let same = graph.node(like: content, arguments)
    let (first, last) = (arguments[0], arguments[arguments.count - 1])
    switch (mutation, content) {
    case (.sign, .binary(.add, _, _)): return graph.binary(.subtract, first, last)
    case (.sign, .binary(.subtract, _, _)): return graph.binary(.add, first, last)
    case (.sign, .unary): return first
    case (.sign, _): return graph.unary(.negate, same)
    case (.term, .binary(let operation, _, _)):
      switch number(3) {
      case 0: return first
      case 1: return operation == .add ? last : graph.unary(.negate, last)
      default: return graph.binary(operation, same, last)
      }
    case (.factor, _):
      switch number(4) {
      case 0: return first
      case 1: return last
      case 2: return graph.binary(.multiply, same, pick([first, last]))
      default:
        return graph.binary(
          pick([.multiply, .divide]), same, graph.constant(Double(pick([2, 3]))))
      }
    case (.exponent, .binary(_, _, let y)):
      guard case .constant(let exponent) = source[y] else { return same }
      return graph.binary(
        .power, first, graph.constant(exponent + (number(2) == 0 ? 1 : -1)))
    case (.exchangedVariables, _):
      let places = arguments.indices.filter {
        if case .variable = graph[arguments[$0]] { true } else { false }
      }
      var arguments = arguments
      arguments[pick(places)] = graph.variable(number(variableCount))
      return graph.node(like: content, arguments)
    default: return same
    }
  }

  /// The derivative in which one function g(u) of the original gives g'(u) in place of g'(u) u'.
  private mutating func withoutInnerDerivative(
    _ checked: Checked, _ variable: Int
  ) -> String? {
    let output = checked.subject.outputs[0]
    let (source, root) = (output.graph, output.root)
    let count = checked.subject.variables.count
    let places = reached(source, root).filter { node in
      guard case .unary(let operation, let inner) = source[node], operation != .negate
      else { return false }
      if case .variable = source[inner] { return false }
      let below = reached(source, inner)
      return below.contains { source[$0] == .variable(variable) }
    }
    guard !places.isEmpty else { return nil }
    let place = pick(places)
    guard case .unary(let operation, let inner) = source[place] else { return nil }
    // The function with a variable of its own in the place of g(u), and g of another.
    let outer = Graph()
    var images = Array(repeating: NodeIndex(0), count: Int(root) + 1)
    for node in reached(source, root) {
      images[Int(node)] =
        node == place
        ? outer.variable(count)
        : outer.node(
          like: source[node], source.argumentNodes(of: node).map { images[Int($0)] })
    }
    let function = outer.unary(operation, outer.variable(count + 1))
    guard
      let direct = try? outer.derivatives(
        of: [images[Int(root)]], along: [[variable], [count]], form: .simplified),
      let slope = try? outer.derivatives(
        of: [function], along: [[count + 1]], form: .simplified)
    else { return nil }
    let graph = Graph()
    let parts = graph.append([inner, place], of: source) { graph.variable($0) }
    let replacing: (Int) -> NodeIndex = {
      $0 == count ? parts[1] : $0 == count + 1 ? parts[0] : graph.variable($0)
    }
    let terms = graph.append(direct.roots, of: direct.graph, replacing: replacing)
    let factor = graph.append(slope.roots, of: slope.graph, replacing: replacing)[0]
    let claim = graph.binary(.add, terms[0], graph.binary(.multiply, terms[1], factor))
    return checked.printed(graph, claim)
  }
}

extension Graph {
  func argumentNodes(of node: NodeIndex) -> [NodeIndex] {
    switch self[node] {
    case .variable, .constant: []
    case .unary(_, let x): [x]
    case .binary(_, let x, let y): [x, y]
    case .variadic(_, let xs): xs
    }
  }

  /// The same node over other arguments.
  func node(like content: NodeContent, _ arguments: [NodeIndex]) -> NodeIndex {
    switch content {
    case .variable(let index): variable(index)
    case .constant(let value): constant(value)
    case .unary(let operation, _): unary(operation, arguments[0])
    case .binary(let operation, _, _): binary(operation, arguments[0], arguments[1])
    case .variadic(let operation, _): variadic(operation, arguments)
    }
  }
}
