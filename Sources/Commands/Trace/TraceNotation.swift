// The names of a trace: the survey's v₋₁, v̇₂ and v̄₃, in Unicode, in ASCII and in LaTeX.
import Calculus
import Reporting
import Text

/// How quantities of a trace are called.
///
/// With n variables, inputs are v(1-n) … v(0) in the order of the point; operations are v(1), v(2),
/// …
struct TraceNotation {
  let tape: Tape
  let variables: [String]
  let style: FormulaStyle
  private let latexNames: LaTeXNames

  init(tape: Tape, variables: [String], style: FormulaStyle) {
    self.tape = tape
    self.variables = variables
    self.style = style
    latexNames = LaTeXNames(style == .latex ? variables : [], reserved: "v_{")
  }

  var name: (TraceName) -> String {
    { quantity in
      switch quantity {
      case .primal(let slot): primal(slot)
      case .tangent(let slot): tangent(slot)
      case .adjoint(let slot): adjoint(slot)
      }
    }
  }

  func primal(_ slot: Slot) -> String { numbered("v", number(slot)) }
  func tangent(_ slot: Slot) -> String { numbered(dotted("v"), number(slot), mark: "'") }
  func adjoint(_ slot: Slot) -> String { numbered(barred("v"), number(slot), mark: "~") }

  /// A variable by the user's name.
  func variable(_ index: Int) -> String {
    style == .latex ? latexNames.text(variables[index]) : variables[index]
  }

  /// A number of a call's arguments.
  func number(_ value: Double) -> String {
    let numbers = NumberFormat.shortest
    return style == .latex ? numbers.latex(value) : numbers.text(value)
  }

  /// A function by the user's name.
  func functionName(_ name: String) -> String { style == .latex ? LaTeXName.text(name) : name }

  func variableTangent(_ index: Int) -> String {
    switch style {
    case .plain: variables[index] + "'"
    case .unicode: marked(variables[index], "\u{0307}")
    case .latex: latexNames.text(variables[index], accent: "\\dot")
    }
  }

  func variableAdjoint(_ index: Int) -> String {
    switch style {
    case .plain: variables[index] + "~"
    case .unicode: marked(variables[index], "\u{0304}")
    case .latex: latexNames.text(variables[index], accent: "\\bar")
    }
  }

  /// The survey's y, unless a variable has that name.
  var output: String { Self.output(variables) }

  static func output(_ variables: [String]) -> String {
    ["y", "f", "w", "result"].first { !variables.contains($0) } ?? "output"
  }

  var outputTangent: String { dotted(output) + (style == .plain ? "'" : "") }
  var outputAdjoint: String { barred(output) + (style == .plain ? "~" : "") }

  var times: String {
    switch style {
    case .plain: "*"
    case .unicode: "×"
    case .latex: "\\times"
    }
  }

  /// ∂v₂/∂v₋₁
  func partial(_ user: Slot, _ slot: Slot) -> String {
    switch style {
    case .plain: "d\(primal(user))/d\(primal(slot))"
    case .unicode: "∂\(primal(user))/∂\(primal(slot))"
    case .latex: "\\partial \(primal(user)) / \\partial \(primal(slot))"
    }
  }

  // MARK: Pieces

  private func number(_ slot: Slot) -> Int {
    slot < tape.variableCount
      ? slot - (tape.variableCount - 1) : slot - (tape.count - tape.instructionCount) + 1
  }

  private func numbered(_ base: String, _ number: Int, mark: String = "") -> String {
    switch style {
    case .plain: base + String(number) + mark
    case .unicode: base + subscripted(String(number))
    case .latex: "\(base)_{\(number)}"
    }
  }

  private func subscripted(_ text: String) -> String {
    let digits = Array("₀₁₂₃₄₅₆₇₈₉")
    return String(text.map { $0 == "-" ? "₋" : $0.wholeNumberValue.map { digits[$0] } ?? $0 })
  }

  private func dotted(_ base: String) -> String {
    switch style {
    case .plain: base
    case .unicode: base + "\u{0307}"
    case .latex: "\\dot{\(base)}"
    }
  }

  private func barred(_ base: String) -> String {
    switch style {
    case .plain: base
    case .unicode: base + "\u{0304}"
    case .latex: "\\bar{\(base)}"
    }
  }

  /// A mark over the first character of a name.
  private func marked(_ name: String, _ mark: String) -> String {
    guard let first = name.first else { return name }
    return String(first) + mark + name.dropFirst()
  }
}
