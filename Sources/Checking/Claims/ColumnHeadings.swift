// What the columns that a program prints are called, and what they are without names.
import Calculus
import Language
import Syntax

/// The names that columns may have.
struct ColumnHeadings {
  private let subject: Subject
  /// What the outputs of a list are called; nil for an expression that is none.
  private let outputNames: [String]?
  /// 2 where second derivatives are expected.
  private let order: Int

  init(_ subject: Subject, _ outputNames: [String]?, order: Int) {
    self.subject = subject
    self.outputNames = outputNames
    self.order = order
  }

  /// The second derivatives, the rows of each Hessian behind each other.
  private var secondKeys: [DerivativeKey] {
    let variables = subject.listOrder
    return subject.outputs.indices.flatMap { output in
      variables.flatMap { row in
        variables.map { DerivativeKey(output: output, path: [row, $0]) }
      }
    }
  }

  /// What a header may consist of: `d/dx,d/dy or value`.
  var advice: String {
    let keys = order == 2 ? secondKeys : subject.gradientKeys
    let names = keys.prefix(3).map(derivativeName).joined(separator: ",")
    return "\(names)\(keys.count > 3 ? ",…" : "") or \(valueNames(0)[0])"
  }

  private func derivativeName(_ key: DerivativeKey) -> String {
    let order = key.path.count > 1 ? "\(key.path.count)" : ""
    let below = key.path.map { "d\(subject.variables[$0])" }.joined()
    return "d\(order)\(outputNames?[key.output] ?? "")/\(below)"
  }

  /// What the value of an output may be called, unless a variable has the name.
  private func valueNames(_ output: Int) -> [String] {
    outputNames.map { [$0[output]] }
      ?? ["value", "f", "y"].filter { !subject.variables.contains($0) }
  }

  // MARK: With names

  /// Whether any name has the form of a derivative, so that a bare variable is none.
  func hasDerivatives(_ names: [String]) -> Bool {
    outputNames != nil || order == 2
      || names.contains {
        variable($0) == nil && (derivative(Self.plain($0)) ?? second($0)) != nil
      }
  }

  /// - Parameter givesPoints: whether a variable's name alone is its value, and not the derivative.
  func column(
    _ heading: String, givesPoints: Bool
  ) -> Result<ProgramColumn, ProgramMistake> {
    if let variable = variable(heading) {
      if givesPoints { return .success(.coordinate(variable)) }
      return claim(DerivativeKey(output: 0, path: [variable]), heading)
    }
    for output in subject.outputs.indices where valueNames(output).contains(heading) {
      return .success(.claim(DerivativeKey(output: output, path: [])))
    }
    if let key = derivative(Self.plain(heading)) { return claim(key, heading) }
    if let key = second(heading) { return .success(.claim(key)) }
    return .failure(.unknownColumn(heading, advice: advice))
  }

  private func claim(
    _ key: DerivativeKey, _ heading: String
  ) -> Result<ProgramColumn, ProgramMistake> {
    key.path.allSatisfy { subject.isActive[$0] }
      ? .success(.claim(key)) : .failure(.notAskedFor(heading))
  }

  /// `d2/dxdy`, `f_xy` and whatever else a claim may say of a second derivative.
  private func second(_ heading: String) -> DerivativeKey? {
    guard order == 2 else { return nil }
    return ClaimNotation(order: 2, outputNames: outputNames, subject: subject, place: nil)
      .key(heading)
  }

  private func variable(_ name: String) -> Int? {
    subject.variables.firstIndex(of: name)
  }

  /// `d/dx`, `df/dx` or `dx`, for an expression that is no list whatever it calls the function.
  private func derivative(_ name: String) -> DerivativeKey? {
    func key(_ output: Int, _ variable: Int) -> DerivativeKey {
      DerivativeKey(output: output, path: [variable])
    }
    guard name.hasPrefix("d") else { return nil }
    guard let slash = name.firstIndex(of: "/") else {
      return outputNames == nil ? variable(String(name.dropFirst())).map { key(0, $0) } : nil
    }
    let (function, below) = (name[..<slash].dropFirst(), name[slash...].dropFirst())
    guard below.hasPrefix("d"), let variable = variable(String(below.dropFirst())) else {
      return nil
    }
    guard let outputNames else { return function.contains("^") ? nil : key(0, variable) }
    return outputNames.firstIndex(of: String(function)).map { key($0, variable) }
  }

  /// With d in place of ∂.
  private static func plain(_ heading: String) -> String { heading.replacing("∂", with: "d") }

  // MARK: Without names

  /// What so many columns may be: the derivatives, the values, or the values and the derivatives behind
  /// them; those that have so many.
  func unnamed(_ count: Int) -> [[DerivativeKey]] {
    let values = subject.outputs.indices.map { DerivativeKey(output: $0, path: []) }
    let gradient = subject.outputs.indices.flatMap { output in
      subject.listOrder.map { DerivativeKey(output: output, path: [$0]) }
    }
    let readings =
      order == 2
      ? [secondKeys, gradient + secondKeys, values + gradient + secondKeys]
      : [gradient, values, values + gradient]
    return readings.filter { $0.count == count }
  }
}
