// What the session tests share: running a text at a point, and what it is told.

import Calculus
import Language
import Syntax
import Testing

/// An expression run at a point.
struct Run {
  let computation: Computation
  let point: [Double]
  private let explainer: Explainer

  /// - Parameter at: a point as `--at` takes it; empty for an expression without variables.
  init(_ text: String, at: String = "") throws {
    let expression = try Expression(SourceText(text))
    var place = Point(names: [], values: [])
    let source = at.isEmpty ? nil : SourceText(at, name: "--at")
    if let source { place = try PointReader.points(source)[0] }
    _ = try Computation.check(place, from: source, for: expression)
    computation = try Computation(expression, at: place)
    point = place.values
    explainer = Explainer(computation, at: point)
  }

  var tape: Tape { computation.tape }
  var value: Double { tape.value(at: point) }
  var reverse: [Double] { tape.reverseGradient(at: point).partials }
  var forward: [Double] { tape.forwardGradient(at: point).partials }
  var symbolic: [Double] {
    get throws {
      let place = Point(names: computation.variables, values: point)
      return try computation.formulas(at: place).partials(at: point)
    }
  }

  /// Each variable's axis, with what the derivative along it is called.
  private var axes: [(name: String, seeds: [Double])] {
    computation.variables.indices.map { ("d/d\(computation.variables[$0])", tape.unit($0)) }
  }

  var aboutValue: [Explanation] { explainer.aboutValue() }

  /// About the derivatives that are no numbers.
  var aboutDerivatives: [Explanation] {
    let broken = axes.indices.filter { !reverse[$0].isFinite }
    return broken.isEmpty ? [] : explainer.aboutDerivatives(broken.map { axes[$0] })
  }

  var aboutKinks: [Explanation] {
    explainer.aboutKinks(zip(axes, reverse).map { ($0.name, $0.seeds, $1) })
  }
}

extension Computation {
  /// The formulas of the only output.
  func formulas(at point: Point) throws -> GradientFormulas {
    let active = variables.indices.filter { tape.isActive[$0] }.map { variables[$0] }
    let again = try Self.outputs(
      of: expression, at: point, withRespectTo: active, keepsGraphs: true)
    return try #require(again[0].formulas)
  }
}

func value(_ text: String, at: String = "") throws -> Double { try Run(text, at: at).value }

/// The value of the first output.
func firstValue(_ text: String, at: String = "") throws -> Double {
  let point = try at.isEmpty ? Point(names: [], values: []) : PointReader.points(SourceText(at))[0]
  let outputs = try Computation.outputs(of: Expression(SourceText(text)), at: point)
  return outputs[0].tape.value(at: point.values)
}

/// What is said of a text, on one line: message; remedy @ the text that is marked.
func complaint(_ text: String, at: String = "") -> String {
  complaint { _ = try Run(text, at: at) }
}

func complaint(_ body: () throws -> Void) -> String {
  do {
    try body()
    return "no error"
  } catch let problem as Problem {
    let diagnostic = problem.diagnostic
    let remedy = diagnostic.remedy.map { "; \($0)" } ?? ""
    return diagnostic.message + remedy + " @ " + (problem.range.map(problem.source.text) ?? "")
  } catch {
    return "\(error)"
  }
}

/// An explanation on one line: kind: message @ the text that is marked.
func summary(_ explanation: Explanation) -> String {
  let diagnostic = explanation.diagnostic
  var place = ""
  if let source = diagnostic.source, let range = diagnostic.range {
    place = " @ " + source.text(in: range)
  }
  return "\(explanation.kind.rawValue): \(diagnostic.message)\(place)"
}

/// Equal as numbers, NaN to NaN.
func same(_ x: Double, _ y: Double) -> Bool { x == y || (x.isNaN && y.isNaN) }
func same(_ x: [Double], _ y: [Double]) -> Bool {
  x.count == y.count && zip(x, y).allSatisfy { same($0, $1) }
}
