// Functions and constants under the names that other programs and languages have for them.
import Syntax

/// The language's name for a function that books and other programs call otherwise: `sigmoid` for
/// `σ`, `step` for `Heaviside`, `relu` for `ReLU`; nil for any other name.
package func functionMeant(by name: String) -> String? {
  let lower = name.lowercased()
  if let known = Habit.symbols[name] ?? Habit.functions[name] ?? Habit.functions[lower] {
    return known
  }
  return lower != name && Catalogue.isFunction(lower) ? lower : nil
}

extension Habit {
  static let names: [Habit] = [
    // `fabs(x)`, `Math.PI`, `arctg(x)`
    Habit(one: { pieces in
      pieces.mapping { index in
        if pieces[index + 1] == "(" || pieces[index + 1] == "[" {
          return functions[pieces[index]] ?? functions[pieces[index].lowercased()]
        }
        return constants[pieces[index]]
      }
    }),
    // `square(x)`, `cube(x)`, `root(x, 3)`, `sqr(x)`, `Log[2, x]`
    Habit({ pieces in
      for index in pieces.indices where pieces.isWord(index) && "([".contains(pieces[index + 1]) {
        guard let end = pieces.closing(index + 1) else { continue }
        let arguments = arguments(pieces, index + 2, end)
        guard let forms = ForeignCall(pieces[index], arguments).forms else { continue }
        return forms.map { pieces.replacing(index..<end + 1, by: $0) }
      }
      return []
    }),
    // `sum(i^2, i, 1, 10)`, `sum(i^2 for i in range(10))`
    Habit(one: { pieces in
      guard let index = pieces.indices.first(where: { ["sum", "prod"].contains(pieces[$0]) }),
        pieces[index + 1] == "(", let end = pieces.closing(index + 1)
      else { return nil }
      let inner = Pieces(pieces[index + 2, end])
      let commas = inner.outside(",")
      if commas.count == 3 {
        let counter = commas[0] + (inner.isBlank(commas[0] + 1) ? 2 : 1)
        guard inner.isWord(counter), [commas[1], commas[1] - 1].contains(counter + 1) else {
          return nil
        }
        let body = inner[0, commas[0]]
        let bounds = inner[commas[0] + 1, inner.all.count]
        return pieces.replacing(index..<end + 1, by: "\(pieces[index])(\(bounds), \(body))")
      }
      guard let word = inner.all.firstIndex(of: "for"), inner.isWord(word + 2),
        inner.isOne(of: ["in"], word + 4), inner[word + 6] == "range", inner[word + 7] == "("
      else { return nil }
      let range = Pieces(bare(inner[word + 7, inner.all.count])).all.joined().split(separator: ",")
      let (first, last) = range.count == 2 ? (range[0], range[1]) : ("0", range.first ?? "1")
      let call = "\(inner[word + 2]), \(first), \(last)-1, \(inner[0, word])"
      return pieces.replacing(index..<end + 1, by: "\(pieces[index])(\(call))")
    }),
    // `log_b(x)`, `log₃ x`, `\\log_b x`
    Habit(one: { pieces in
      for index in pieces.indices {
        if pieces[index] == "log_", pieces[index + 1] == "{", let end = pieces.closing(index + 1),
          let range = pieces.operand(from: pieces.next(end))
        {
          let start = pieces[index - 1] == "\\" ? index - 1 : index
          let base = pieces[index + 2, end]
          return pieces.replacing(
            start..<range.upperBound, by: "log(\(bare(pieces[range])), \(base))")
        }
        guard let base = base(of: pieces[index]) else { continue }
        let start = pieces[index - 1] == "\\" ? index - 1 : index
        guard let range = pieces.operand(from: pieces.next(index)) else { continue }
        return pieces.replacing(
          start..<range.upperBound, by: "log(\(bare(pieces[range])), \(base))")
      }
      return nil
    }),
    // `sin2(x)`, `tan-1 x`
    Habit({ pieces in
      for index in pieces.indices {
        let name = pieces[index]
        let next = pieces.next(index + 2)
        if Catalogue.takes(1, name), pieces[index + 1] == "-", pieces[index + 2] == "1",
          ["sin", "cos", "tan", "sinh", "cosh", "tanh"].contains(name),
          let range = pieces.operand(from: next)
        {
          let call = "a\(name)(\(bare(pieces[range])))"
          return [pieces.replacing(index..<range.upperBound, by: call)]
        }
        guard name.last == "2" || name.last == "3", !Catalogue.isFunction(name),
          Catalogue.takes(1, String(name.dropLast())),
          pieces[index + 1] == "(", let end = pieces.closing(index + 1), let power = name.last
        else { continue }
        let (function, argument) = (name.dropLast(), pieces[index + 2, end])
        return ["\(function)(\(argument))^\(power)", "\(function)(\(power)*(\(argument)))"].map {
          pieces.replacing(index..<end + 1, by: $0)
        }
      }
      return []
    }),
    // `xsin(x)`
    Habit(one: { pieces in
      pieces.mapping { index in
        guard pieces[index + 1] == "(", pieces.isWord(index), !Catalogue.isFunction(pieces[index]),
          let product = meaningOfGlued(pieces[index] + "x"), product.hasSuffix("(x)"),
          product.contains("*")
        else { return nil }
        return String(product.dropLast(3))
      }
    }),
    // `f(x)` and `u(t)` of a function that is not defined, `J_0(x)`, `W(x)`, `x(1)`
    Habit(unknownCall),
  ]

  /// The base in the name of a logarithm: `log_b`, `log₃`.
  private static func base(of name: String) -> String? {
    guard name.hasPrefix("log"), name.count > 3 else { return nil }
    if name.hasPrefix("log_") { return String(name.dropFirst(4)) }
    let digits = name.dropFirst(3)
    guard digits.allSatisfy({ ("₀"..."₉").contains($0) }) else { return nil }
    return digits.compactMap(\.wholeNumberValue).map(String.init).joined()
  }

  /// Whether a word is neither called nor a constant.
  static func isVariable(_ pieces: Pieces, _ index: Int) -> Bool {
    pieces.isWord(index) && pieces[index + 1] != "(" && Catalogue.constant(pieces[index]) == nil
      && !Catalogue.isFunction(pieces[index])
  }

  /// The arguments of a call, cut at the commas outside of brackets, from an index up to another.
  static func arguments(_ pieces: Pieces, _ start: Int, _ end: Int) -> [String] {
    let inner = Pieces(pieces[start, end])
    let ends = inner.outside(",") + [inner.all.count]
    var start = 0
    return ends.map { end in
      defer { start = end + 1 }
      return inner[start, max(start, end)]
    }
  }

  /// What a call of an unknown function may be: a product, a Bessel function, a function under its
  /// symbol, or one that is still to be defined.
  @Sendable private static func unknownCall(_ pieces: Pieces) -> [String] {
    for index in pieces.indices where pieces.isWord(index) && pieces[index + 1] == "(" {
      let name = pieces[index]
      guard let end = pieces.closing(index + 1), !Catalogue.isFunction(name) else { continue }
      let argument = pieces[index + 2, end]
      if let bessel = bessel(name) {
        return [pieces.replacing(index..<index + 2, by: bessel)]
      }
      guard isSymbol(name), Pieces(argument).all.count == 1 || !isLetterOfProduct(name) else {
        continue
      }
      let product = pieces.replacing(index..<end + 1, by: "\(name)*\(argument)")
      if let symbol = symbols[name] {
        return [pieces.replacing(index..<index + 1, by: symbol), product]
      }
      if argument.allSatisfy(\.isASCIIDigit) {
        return [pieces.replacing(index..<end + 1, by: name + argument), product]
      }
      let text = pieces[pieces.indices]
      let isWhole = index == 0 && end == pieces.all.count - 1 && argument != name
      let parameter = Pieces(argument).all.count == 1 && Pieces(argument).isWord(0) ? argument : "x"
      if text.contains("\(name)(\(parameter)) = ") || text.contains("\(name)(x) = ") { continue }
      let formula = text.contains("; ") ? "sin(\(parameter))" : "\(parameter)^2"
      let definition = "\(name)(\(parameter)) = \(formula); \(text)"
      let isDefinable = !pieces.all.contains("=") || text.contains("; ")
      return isLetterOfProduct(name)
        ? [product] + (isWhole ? [definition] : []) : isDefinable ? [definition] : []
    }
    return []
  }

  /// One letter, or a Greek one, with an index or without.
  private static func isSymbol(_ name: String) -> Bool {
    let letters = name.prefix { $0 != "_" && !$0.isNumber }
    return letters.count == 1 || isGreekLetter(String(letters))
  }

  /// Whether a letter before parentheses is more likely a factor than a function.
  private static func isLetterOfProduct(_ name: String) -> Bool {
    !["f", "g", "h", "F", "G", "H", "D"].contains(name)
  }

  fileprivate static let symbols = [
    "W": "lambertw", "Φ": "normcdf", "φ": "normpdf", "ψ": "digamma", "psi": "digamma",
    "σ": "sigmoid", "sigma": "sigmoid", "Θ": "step", "Theta": "step", "B": "beta", "Β": "beta",
    "Γ": "gamma", "Gamma": "gamma",
  ]

  /// The symbols of functions that are rarely variables in front of a parenthesis.
  static let functionSymbols = [
    "σ": "sigmoid", "sigma": "sigmoid", "Φ": "normcdf", "Γ": "gamma", "Gamma": "gamma",
    "Θ": "step",
  ]

  /// `besselj(0, ` of `J_0`, `J0`, `J₀` and `j0`.
  private static func bessel(_ name: String) -> String? {
    guard let letter = name.first,
      let function = [
        "J": "besselj", "Y": "bessely", "I": "besseli", "K": "besselk", "j": "besselj",
        "y": "bessely",
      ][
        String(letter)]
    else { return nil }
    let order = name.dropFirst().drop { $0 == "_" }.compactMap(\.wholeNumberValue)
    let isOrder = name.dropFirst().drop { $0 == "_" }.count == order.count
    guard isOrder, !order.isEmpty else { return nil }
    return "\(function)(\(order.map(String.init).joined()), "
  }

  /// Whether a function of another program is known to have another name here.
  static func isForeign(_ name: String) -> Bool {
    functions[name] != nil || functions[name.lowercased()] != nil
      || ForeignCall(name, ["x", "2"]).forms != nil || ForeignCall(name, ["x"]).forms != nil
      || isGreekLetter(name) || name.hasPrefix("log_") || name.hasPrefix("log₃")
      || bessel(name) != nil
      || meaningOfGlued(name + "x") != nil || name.last?.isASCIIDigit == true
  }

  static let constants = [
    "PI": "pi", "Pi": "pi", "E": "e", "Inf": "inf", "infinity": "inf", "Infinity": "inf",
    "M_PI": "pi", "M_E": "e",
  ]

  fileprivate static let functions = [
    "sigm": "sigmoid", "alog": "ln", "powf": "pow", "powi": "pow", "fabs": "abs", "absolute": "abs",
    "maximum": "max", "minimum": "min",
    "fmax": "max",
    "fmin": "min", "power": "pow", "heaviside": "step", "heavisidetheta": "step",
    "unitstep": "step", "signum": "sign", "lngamma": "lgamma", "gammaln": "lgamma",
    "loggamma": "lgamma", "psi": "digamma", "expit": "sigmoid", "sqroot": "sqrt",
    "squareroot": "sqrt",
    "ceiling": "ceil", "fix": "trunc", "fmod": "mod", "derivative": "diff", "d": "diff",
    "productlog": "lambertw", "sqrtf": "sqrt", "sinf": "sin", "cosf": "cos",
    "expf": "exp", "dsin": "sin", "dcos": "cos", "dexp": "exp", "dsqrt": "sqrt", "dlog": "ln",
    "dabs": "abs", "dnorm": "normpdf", "pnorm": "normcdf", "ifelse": "if", "when": "if",
    "ifte": "if", "iif": "if", "where": "if", "cond": "if", "select": "if", "besselJ": "besselj",
  ]
}
