// Functions and constants under the names that other programs and languages have for them.

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
    // `square(x)`, `cube(x)`, `root(x, 3)`, `sqr(x)`
    Habit({ pieces in
      for index in pieces.indices where pieces[index + 1] == "(" && pieces.isWord(index) {
        guard let end = pieces.closing(index + 1),
          let forms = powers(pieces[index], pieces, index + 2..<end)
        else { continue }
        return forms.map { pieces.replacing(index..<end + 1, by: $0) }
      }
      return []
    }),
    // `sum(i^2, i, 1, 10)`, `sum(i^2 for i in range(10))`
    Habit(one: { pieces in
      guard let index = pieces.indices.first(where: { ["sum", "prod"].contains(pieces[$0]) }),
        pieces[index + 1] == "(", let end = pieces.closing(index + 1)
      else { return nil }
      let inner = Pieces(pieces[index + 2..<end])
      let commas = inner.outside(",")
      if commas.count == 3 {
        let counter = commas[0] + (inner.isBlank(commas[0] + 1) ? 2 : 1)
        guard inner.isWord(counter), [commas[1], commas[1] - 1].contains(counter + 1) else {
          return nil
        }
        let body = inner[0..<commas[0]]
        let bounds = inner[commas[0] + 1..<inner.all.count]
        return pieces.replacing(index..<end + 1, by: "\(pieces[index])(\(bounds), \(body))")
      }
      guard let word = inner.all.firstIndex(of: "for"), inner.isWord(word + 2),
        inner.isOne(of: ["in"], word + 4), inner[word + 6] == "range", inner[word + 7] == "("
      else { return nil }
      let range = Pieces(bare(inner[word + 7..<inner.all.count])).all.joined().split(separator: ",")
      let (first, last) = range.count == 2 ? (range[0], range[1]) : ("0", range.first ?? "1")
      let call = "\(inner[word + 2]), \(first), \(last)-1, \(inner[0..<word])"
      return pieces.replacing(index..<end + 1, by: "\(pieces[index])(\(call))")
    }),
    // `log_b(x)`
    Habit(one: { pieces in
      for index in pieces.indices where pieces[index].hasPrefix("log_") && pieces[index + 1] == "("
      {
        guard let end = pieces.closing(index + 1) else { continue }
        let base = pieces[index].dropFirst(4)
        return pieces.replacing(
          index..<end + 1, by: "log(\(pieces[index + 2..<end]), \(base))")
      }
      return nil
    }),
    // `f(x)` of nobody's function
    Habit(one: { pieces in
      guard pieces.isWord(0), pieces[0].count == 1, pieces[1] == "(",
        pieces.closing(1) == pieces.all.count - 1, !pieces.all.contains("="),
        ["f", "g", "h", "F", "G", "H", "u", "y"].contains(pieces[0])
      else { return nil }
      return "\(pieces[0])(x) = x^2; \(pieces[pieces.indices])"
    }),
  ]

  /// Whether a word is neither called nor a constant.
  static func isVariable(_ pieces: Pieces, _ index: Int) -> Bool {
    pieces.isWord(index) && pieces[index + 1] != "(" && Catalogue.constant(pieces[index]) == nil
      && !Catalogue.isFunction(pieces[index])
  }

  private static func powers(
    _ name: String, _ pieces: Pieces, _ range: Range<Int>
  ) -> [String]? {
    let inner = Pieces(pieces[range])
    let text = inner[inner.indices]
    switch name {
    case "square": return ["(\(text))^2"]
    case "cube": return ["(\(text))^3"]
    case "sqr": return ["(\(text))^2", "sqrt(\(text))"]
    case "cbr": return ["cbrt(\(text))"]
    case "root", "nthroot", "surd":
      guard let comma = inner.outside(",").first else { return nil }
      let (base, index) = (inner[0..<comma], inner[comma + 1..<inner.all.count])
      return [index == "3" ? "cbrt(\(base))" : "(\(base))^(1/\(index))"]
    case "nCr", "C", "binom", "binomial", "choose":
      guard let comma = inner.outside(",").first else { return nil }
      let (n, k) = (inner[0..<comma], inner[comma + 1..<inner.all.count])
      return ["factorial(\(n))/(factorial(\(k))*factorial((\(n))-(\(k))))"]
    case "iif", "where", "piecewise", "ifelse", "Piecewise", "cond", "IIf", "Where", "select":
      return ["if(\(text))"]
    default: return nil
    }
  }

  /// Whether a function of another program is known to have another name here.
  static func isForeign(_ name: String) -> Bool {
    functions[name] != nil || functions[name.lowercased()] != nil
      || powers(name, Pieces("(x, 2)"), 1..<5) != nil
  }

  static let constants = [
    "PI": "pi", "Pi": "pi", "E": "e", "Inf": "inf", "infinity": "inf", "Infinity": "inf",
    "M_PI": "pi", "M_E": "e",
  ]

  private static let functions = [
    "fabs": "abs", "absolute": "abs", "maximum": "max", "minimum": "min", "fmax": "max",
    "fmin": "min", "power": "pow", "heaviside": "step", "heavisidetheta": "step",
    "unitstep": "step", "signum": "sign", "lngamma": "lgamma", "gammaln": "lgamma",
    "loggamma": "lgamma", "psi": "digamma", "expit": "sigmoid", "sqroot": "sqrt",
    "squareroot": "sqrt",
    "ceiling": "ceil", "fix": "trunc", "fmod": "mod", "derivative": "diff", "d": "diff",
    "productlog": "lambertw", "leaky_relu": "relu",
  ]
}
