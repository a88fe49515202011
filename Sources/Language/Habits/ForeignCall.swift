// Calls of functions that other programs have and the language has not, written out.
import Syntax

struct ForeignCall {
  let name: String
  let arguments: [String]

  /// - Parameter arguments: as they are typed.
  init(_ name: String, _ arguments: [String]) {
    self.name = name
    self.arguments = arguments
  }

  /// What the call may mean, as the language writes it; nil for a function that is not known.
  var forms: [String]? {
    switch arguments.count {
    case 1: arguments[0].isEmpty ? constant : ofOne(arguments[0]) ?? ofMany
    case 2: ofTwo(arguments[0], arguments[1]) ?? ofMany
    default: ofMany
    }
  }

  /// `PI()`
  private var constant: [String]? {
    switch name.lowercased() {
    case "pi": ["pi"]
    case "e", "exp": ["e"]
    default: nil
    }
  }

  private func ofOne(_ x: String) -> [String]? {
    switch name {
    case "square": ["(\(x))^2"]
    case "cube": ["(\(x))^3"]
    case "sqr": ["(\(x))^2", "sqrt(\(x))"]
    case "cbr": ["cbrt(\(x))"]
    case "root": ["sqrt(\(x))"]
    case "norm", "softmax", "sum", "prod", "mean", "max", "min": ofList(x)
    case "sinpi", "cospi", "tanpi": ["\(name.prefix(3))(pi*(\(x)))"]
    case "sind", "cosd", "tand": ["\(name.prefix(3))((\(x))*pi/180)"]
    case "asind", "acosd", "atand": ["\(name.prefix(4))(\(x))*180/pi"]
    case "qnorm", "probit", "norminv", "NORMSINV": ["sqrt(2)*erfinv(2*(\(x)) - 1)"]
    case "zero": ["0"]
    case "evalf", "N", "float", "Float", "eval", "print", "array", "expand", "approx", "numeric",
      "expression", "quote", "Function", "unapply":
      [x]
    case "sympify", "parse", "S": [x.filter { !"'\"".contains($0) }]
    default: nil
    }
  }

  /// `norm([x, y])` and `softmax([x, y])`, written out.
  private func ofList(_ x: String) -> [String]? {
    let pieces = Pieces(x)
    guard pieces[0] == "[", pieces.closing(0) == pieces.all.count - 1 else {
      return name == "norm" ? ["abs(\(x))"] : nil
    }
    let parts = Habit.arguments(pieces, 1, pieces.all.count - 1)
    let sum = "(" + parts.joined(separator: "+") + ")"
    switch name {
    case "sum": return [sum]
    case "mean": return ["(\(sum)/\(parts.count))"]
    case "prod": return ["(" + parts.map { "(\($0))" }.joined(separator: "*") + ")"]
    case "max", "min": return ["\(name)(\(parts.joined(separator: ", ")))"]
    case "norm":
      return ["sqrt(" + parts.map { "(\($0))^2" }.joined(separator: "+") + ")"]
    default:
      let weights = parts.map { "exp(\($0))" }.joined(separator: "+")
      return ["[" + parts.map { "exp(\($0))/(\(weights))" }.joined(separator: ", ") + "]"]
    }
  }

  private func ofTwo(_ a: String, _ b: String) -> [String]? {
    switch name {
    case "root", "nthroot", "surd": [b == "3" ? "cbrt(\(a))" : "(\(a))^(1/\(b))"]
    case "nCr", "C", "binom", "binomial", "choose":
      ["factorial(\(a))/(factorial(\(b))*factorial((\(a))-(\(b))))"]
    case "Rational", "frac": ["(\(a)/\(b))"]
    case "rem", "remainder": ["((\(a))-(\(b))*trunc((\(a))/(\(b))))"]
    case "Log": ["log(\(b), \(a))"]
    case "logBASE", "LOG", "logb": ["log(\(a), \(b))"]
    case "logbase": ["log(\(b), \(a))", "log(\(a), \(b))"]
    case "unapply": [a]
    case "log": b.hasPrefix("base=") ? ["log(\(a), \(b.dropFirst(5)))"] : nil
    case "ArcTan": ["atan2(\(b), \(a))"]
    case "dot", "inner": ["(\(a))*(\(b))"]
    case "BesselJ", "besselJ": ["besselj(\(a), \(b))"]
    default: nil
    }
  }

  private var ofMany: [String]? {
    switch name {
    case "SUMSQ", "sumsq": ["(" + arguments.map { "(\($0))^2" }.joined(separator: "+") + ")"]
    case "SUM", "Plus": ["(" + arguments.joined(separator: "+") + ")"]
    case "mean", "average", "AVERAGE", "avg", "Mean":
      ["((" + arguments.joined(separator: "+") + ")/\(arguments.count))"]
    case "PRODUCT", "Times": ["(" + arguments.map { "(\($0))" }.joined(separator: "*") + ")"]
    case "piecewise", "Piecewise": cases
    case "Sum", "Product", "sum", "prod": counted
    default: nil
    }
  }

  /// `piecewise(x>0, x, 0)`, `Piecewise((x, x > 0), (0, True))`, `Piecewise[{{x, x > 0}}, 0]`
  private var cases: [String]? {
    let first = Pieces(arguments[0])
    guard "({".contains(first[0]) else {
      return arguments.count == 3 ? ["if(\(arguments.joined(separator: ", ")))"] : nil
    }
    let isNested = first[1] == "{" || first[1] == "("
    var rows = isNested ? Habit.arguments(first, 1, first.all.count - 1) : arguments
    var form = isNested && arguments.count > 1 ? arguments[1] : "nan"
    // `Piecewise((x, x > 0), 0)`
    if !isNested, let last = rows.last, !"({".contains(Pieces(last)[0]) { form = rows.removeLast() }
    for row in rows.reversed() {
      let pieces = Pieces(row)
      let parts = Habit.arguments(pieces, 1, pieces.all.count - 1)
      guard parts.count == 2 else { return nil }
      form = parts[1] == "True" ? parts[0] : "if(\(parts[1]), \(parts[0]), \(form))"
    }
    return [form]
  }

  /// `Sum[x^i, {i, 1, 3}]`
  private var counted: [String]? {
    guard arguments.count == 2 else { return nil }
    let range = Pieces(arguments[1])
    guard "{(".contains(range[0]), range.closing(0) == range.all.count - 1 else { return nil }
    let function = name.lowercased().hasPrefix("s") ? "sum" : "prod"
    return ["\(function)(\(range[1, range.all.count - 1]), \(arguments[0]))"]
  }
}
