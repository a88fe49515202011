// Options and values under the names that other programs have for them.

extension CommandDefinition {
  /// What to type in place of an unknown option: `--json`, `--var`, `-at`, `—at`.
  func remedy(forOption word: String) -> String? {
    let dashes = word.prefix { "-—–−".contains($0) }
    let name = String(word.dropFirst(dashes.count))
    if dashes != "--", allOptions.contains(where: { $0.name == name }) { return "--\(name)" }
    for option in allOptions {
      guard let value = Self.valueNames[name] ?? option.choices.map({ _ in name }),
        option.choices?.contains(value) == true, ["format", "mode", "color"].contains(option.name)
      else { continue }
      return "\(option.spelling) \(value)"
    }
    guard let other = Self.optionNames[name],
      let option = allOptions.first(where: { other.contains($0.name) })
    else { return nil }
    return option.spelling + (option.argument.map { " \($0)" } ?? "")
  }

  /// Values of --format, --mode and --color that other programs have as options or call by other
  /// names.
  private static let valueNames = [
    "tex": "latex", "md": "markdown", "unicode": "unicode", "rev": "reverse", "bwd": "reverse",
    "backward": "reverse", "backprop": "reverse", "fwd": "forward", "numeric": "numerical",
    "num": "numerical", "sym": "symbolic", "txt": "text", "plain": "text", "no-color": "never",
    "nocolor": "never", "colour": "always",
  ]

  private static let optionNames = [
    "var": ["wrt"], "vars": ["wrt"], "variable": ["wrt"], "variables": ["wrt"], "by": ["wrt"],
    "respect-to": ["wrt"], "with-respect-to": ["wrt"], "dx": ["wrt"], "x": ["at"], "point": ["at"],
    "where": ["at"], "value": ["at"], "precision": ["digits"], "decimals": ["digits"],
    "prec": ["digits"], "round": ["digits"], "out": ["output"], "grad": ["gradient"],
    "is": ["gradient", "equal"], "equals": ["gradient", "equal"], "derivative": ["gradient"],
    "claim": ["gradient"], "n": ["order", "digits"], "depth": ["order"], "degree": ["order"],
    "h": ["step"], "steps": ["per-decade"], "show-steps": ["steps"], "explain": ["steps"],
    "step-by-step": ["steps"], "file": ["points", "load"], "include": ["load"],
    "hess": ["hessian"], "second": ["hessian", "order"], "along": ["direction"],
    "seed": ["direction", "seed"],
  ]
}

extension OptionDefinition {
  /// The choice that a value in other words or in capitals means.
  func choice(meaning value: String) -> String? {
    guard let choices else { return nil }
    let lower = value.lowercased()
    let names = [
      "tex": "latex", "md": "markdown", "txt": "text", "rev": "reverse", "backward": "reverse",
      "bwd": "reverse", "fwd": "forward", "ad": "reverse", "numeric": "numerical", "jpg": "svg",
      "png": "svg", "pdf": "svg", "no": "never", "yes": "always",
    ]
    return [lower, names[lower] ?? ""].first(where: choices.contains)
  }
}

extension CommandDefinition {
  /// What to type in place of words behind the expression: `x=3`, `at x=3`, `by x`, `x + 1`.
  ///
  /// - Parameter operands: all that were given; the command takes one less.
  func remedy(forOperands operands: [String]) -> String? {
    let extra = operands.dropFirst(self.operands.count)
    guard self.operands.count == 1, self.operands[0].name == "EXPRESSION", let word = extra.first
    else { return nil }
    let rest = extra.filter { !["at", "by", "wrt", "for", "where", "with"].contains($0) }
    let (points, names) = (rest.filter(Self.isBinding), rest.filter(Self.isName))
    if points.count == rest.count, !points.isEmpty, has("at") {
      return "a point goes behind --at: --at \(points.joined(separator: ","))"
    }
    let isName = names.count == rest.count && !names.isEmpty && has("wrt")
    if isName, rest.count < extra.count || !Self.isOperand(operands[0]) {
      return "variables go behind --wrt: --wrt \(names.joined(separator: ","))"
    }
    if Int(word) != nil, extra.count == 1, has("order") {
      return "the order goes behind --order: --order \(word)"
    }
    let whole = operands.joined(separator: " ")
    guard !whole.contains("'"), whole.count < 60 else { return nil }
    return "an expression with spaces in it goes in quotes: '\(whole)'"
  }

  private func has(_ name: String) -> Bool { allOptions.contains { $0.name == name } }

  private static func isName(_ word: String) -> Bool {
    word.first?.isLetter == true && word.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
  }

  /// Whether a word may be followed by an argument without parentheses: `sin x`, `2 x`.
  private static func isOperand(_ word: String) -> Bool {
    word.allSatisfy { $0.isLetter || $0.isNumber }
  }

  private static func isBinding(_ word: String) -> Bool {
    let sides = word.split(separator: "=", omittingEmptySubsequences: false)
    return sides.count >= 2 && isName(String(sides[0])) && !sides[1].isEmpty
  }
}
