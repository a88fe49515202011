// What the columns that a program prints are called, and what they are without names.
import Calculus
import Language
import Syntax

/// The names that columns may have.
struct ColumnHeadings {
  private let subject: Subject
  /// What the outputs of a list are called; nil for an expression that is none.
  private let outputNames: [String]?

  init(_ subject: Subject, _ outputNames: [String]?) {
    self.subject = subject
    self.outputNames = outputNames
  }

  /// What a header may consist of: `d/dx,d/dy or value`.
  var advice: String {
    let keys = subject.gradientKeys
    let names = keys.prefix(3).map(derivativeName).joined(separator: ",")
    return "\(names)\(keys.count > 3 ? ",…" : "") or \(valueNames(0)[0])"
  }

  private func derivativeName(_ key: DerivativeKey) -> String {
    "d\(outputNames?[key.output] ?? "")/d\(subject.variables[key.path[0]])"
  }

  /// What the value of an output may be called, unless a variable has the name.
  private func valueNames(_ output: Int) -> [String] {
    outputNames.map { [$0[output]] }
      ?? ["value", "f", "y"].filter { !subject.variables.contains($0) }
  }

  // MARK: With names

  /// Whether any name has the form of a derivative, so that a bare variable is none.
  func hasDerivatives(_ names: [String]) -> Bool {
    outputNames != nil
      || names.contains { variable($0) == nil && derivative(Self.plain($0)) != nil }
  }

  /// - Parameter givesPoints: whether a variable's name alone is its value, and not the derivative.
  func column(
    _ heading: String, givesPoints: Bool
  ) -> Result<ProgramColumn, ProgramMistake> {
    if let variable = variable(heading) {
      if givesPoints { return .success(.coordinate(variable)) }
      return claim(0, variable, heading)
    }
    for output in subject.outputs.indices where valueNames(output).contains(heading) {
      return .success(.claim(DerivativeKey(output: output, path: [])))
    }
    if let (output, variable) = derivative(Self.plain(heading)) {
      return claim(output, variable, heading)
    }
    return .failure(.unknownColumn(heading, advice: advice))
  }

  private func claim(
    _ output: Int, _ variable: Int, _ heading: String
  ) -> Result<ProgramColumn, ProgramMistake> {
    subject.isActive[variable]
      ? .success(.claim(DerivativeKey(output: output, path: [variable])))
      : .failure(.notAskedFor(heading))
  }

  private func variable(_ name: String) -> Int? {
    subject.variables.firstIndex(of: name)
  }

  /// `d/dx`, `df/dx` or `dx`, for an expression that is no list whatever it calls the function.
  private func derivative(_ name: String) -> (output: Int, variable: Int)? {
    guard name.hasPrefix("d") else { return nil }
    guard let slash = name.firstIndex(of: "/") else {
      return outputNames == nil ? variable(String(name.dropFirst())).map { (0, $0) } : nil
    }
    let (function, below) = (name[..<slash].dropFirst(), name[slash...].dropFirst())
    guard below.hasPrefix("d"), let variable = variable(String(below.dropFirst())) else {
      return nil
    }
    guard let outputNames else { return function.contains("^") ? nil : (0, variable) }
    return outputNames.firstIndex(of: String(function)).map { ($0, variable) }
  }

  /// With d in place of ∂.
  private static func plain(_ heading: String) -> String { heading.replacing("∂", with: "d") }

  // MARK: Without names

  /// What so many columns are: the gradient, the value, or the value and the gradient behind it, if
  /// only one of these has so many.
  func unnamed(_ count: Int) -> [DerivativeKey]? {
    let values = subject.outputs.indices.map { DerivativeKey(output: $0, path: []) }
    let gradient = subject.outputs.indices.flatMap { output in
      subject.listOrder.map { DerivativeKey(output: output, path: [$0]) }
    }
    let fitting = [gradient, values, values + gradient].filter { $0.count == count }
    return fitting.count == 1 ? fitting[0] : nil
  }
}
