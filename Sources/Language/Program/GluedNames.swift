// Names that are functions and their arguments written without a gap: `sinx`, `xlnx`, `πt`.

import Syntax

/// What a glued name was meant for, as the language writes it; nil for a name that is none.
package func meaningOfGlued(_ name: String) -> String? {
  let letters = Array(name)
  guard letters.count <= 32 else { return nil }
  if letters.count > 1, letters[0] == "π", letters.allSatisfy({ $0.isLetter && $0 != "_" }) {
    return letters.map(String.init).joined(separator: "*")
  }
  var factors: [String] = []
  var pending: [Character] = []
  var function: String?
  var index = 0
  while index < letters.count {
    let rest = String(letters[index...])
    if let next = gluedFunctions.first(where: { rest.hasPrefix($0) }), rest.count > next.count {
      if function != nil || !pending.isEmpty {
        guard let product = product(of: pending) else { return nil }
        factors.append(function.map { "\($0)(\(product))" } ?? product)
      }
      (function, pending) = (next, [])
      index += next.count
    } else {
      pending.append(letters[index])
      index += 1
    }
  }
  guard let function, let argument = product(of: pending) else { return nil }
  return (factors + ["\(function)(\(argument))"]).joined(separator: "*")
}

/// The functions that people write without parentheses, longer ones before their beginnings.
private let gluedFunctions = [
  "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "coth", "asin", "acos", "atan", "sqrt",
  "sin", "cos", "tan", "cot", "sec", "csc", "log", "exp", "abs", "ln",
]

/// `x`, `x1` or `2x` as a product; nil for what is more than one letter with numbers around it.
private func product(of letters: [Character]) -> String? {
  let number = letters.prefix(while: \.isNumber)
  guard let letter = letters.dropFirst(number.count).first, letter.isLetter else { return nil }
  let digits = letters.dropFirst(number.count + 1)
  guard digits.allSatisfy(\.isNumber) else { return nil }
  return (number.isEmpty ? "" : String(number) + "*") + String(letter) + String(digits)
}

extension Expression {
  /// That no name is left open that nobody means for one.
  ///
  /// - Parameter names: the variables that somebody named.
  package func checkGlued(naming names: [String]) throws(Problem) {
    for free in freeNames where !free.isParameter && !names.contains(free.name) {
      if let meaning = meaningOfGlued(free.name) {
        throw Problem(.gluedName(free.name, meaning: meaning), in: source, at: free.range)
      }
    }
  }
}
