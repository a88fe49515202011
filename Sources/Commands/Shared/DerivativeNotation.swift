// How derivatives and variables are called: keys in plain text, ∂²f/∂x₁², and the same in LaTeX.
import Calculus
import Reporting

/// The notation of derivatives of one function.
struct DerivativeNotation {
  let variables: [String]
  let style: FormulaStyle
  /// What variables are called in formulas.
  let names: [String]

  init(_ variables: [String], style: FormulaStyle) {
    self.variables = variables
    self.style = style
    switch style {
    case .plain: names = variables
    case .latex:
      let latex = LaTeXNames(variables)
      names = variables.map { latex.text($0) }
    case .unicode:
      let lowered = variables.map(Self.lowered)
      // Only where the lowered names are all different: `x1` and `x₁` may both be there.
      names = Set(lowered).count == variables.count ? lowered : variables
    }
  }

  /// A path as a key: `x1`, or `x,y` for a second derivative, and the function's name for itself.
  func key(_ path: [Int]) -> String {
    path.isEmpty ? function : path.map { variables[$0] }.joined(separator: ",")
  }

  /// `d/dx`, `d^2/dx dy`, `∂²f/∂x₁²`, `\frac{\partial^2 f}{\partial x_1^2}`
  func `operator`(_ path: [Int], of function: String = "") -> String {
    guard !path.isEmpty else { return function.isEmpty ? self.function : function }
    let isPartial = variables.count > 1 && style != .plain
    let d = !isPartial ? "d" : style == .latex ? "\\partial " : "∂"
    let runs = Self.runs(path)
    let below = runs.map { d + names[$0.variable] + raised($0.count) }
    let space = style == .latex ? " \\, " : style == .plain ? " " : ""
    let upper = path.count == 1 ? d + function : above(d, path.count, function)
    let lower = below.joined(separator: space)
    return style == .latex ? "\\frac{\(upper)}{\(lower)}" : "\(upper)/\(lower)"
  }

  /// What the function itself is called: f, unless a variable has that name.
  var function: String { ["f", "y", "w"].first { !variables.contains($0) } ?? "F" }

  /// The name of something that is no variable, an output or a subexpression.
  func symbol(_ name: String) -> String {
    switch style {
    case .plain: name
    case .unicode: Self.lowered(name)
    case .latex: LaTeXName.text(name)
    }
  }

  /// `\frac{\partial f}{\partial (x, y)}`, in LaTeX.
  func jacobian(_ active: [Int], of function: String) -> String {
    guard active.count != 1 else { return self.operator(active, of: function) }
    let below = active.map { names[$0] }.joined(separator: ", ")
    return "\\frac{\\partial \(function)}{\\partial (\(below))}"
  }

  private func above(_ d: String, _ order: Int, _ function: String) -> String {
    let stem = String(d.reversed().drop { $0 == " " }.reversed()) + raised(order)
    return style == .latex ? "\(stem) \(function)" : stem + function
  }

  private func raised(_ order: Int) -> String {
    guard order > 1 else { return "" }
    switch style {
    case .plain: return "^\(order)"
    case .latex: return "^{\(order)}"
    case .unicode: return Self.digits(order, from: "⁰¹²³⁴⁵⁶⁷⁸⁹")
    }
  }

  /// Equal neighbours of a path with their number.
  private static func runs(_ path: [Int]) -> [(variable: Int, count: Int)] {
    var runs: [(variable: Int, count: Int)] = []
    for variable in path {
      if runs.last?.variable == variable {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((variable, 1))
      }
    }
    return runs
  }

  /// `x1` as `x₁`.
  static func lowered(_ name: String) -> String {
    let stem = name.utf8.reversed().drop { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    let count = name.utf8.count - stem.count
    guard count > 0, let number = Int(name.suffix(count)), !name.suffix(count).hasPrefix("0"),
      !name.dropLast(count).hasSuffix("_")
    else { return name }
    return name.dropLast(count) + digits(number, from: "₀₁₂₃₄₅₆₇₈₉")
  }

  private static func digits(_ number: Int, from digits: String) -> String {
    let digits = Array(digits)
    return String(String(number).compactMap { $0.wholeNumberValue.map { digits[$0] } })
  }
}
