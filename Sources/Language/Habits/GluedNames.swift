// Names that are functions and their arguments written without a space: `sinx`, `xlnx`, `πt`.

import Syntax

/// What a glued name probably means, as the language writes it; nil for any other name.
package func meaningOfGlued(_ name: String) -> String? {
  let letters = Array(name)
  guard letters.count <= 32 else { return nil }
  // `log₂x`
  for (prefix, function) in [("log₂", "log2"), ("log₁₀", "log10")] where name.hasPrefix(prefix) {
    return product(of: Array(letters.dropFirst(prefix.count))).map { "\(function)(\($0))" }
  }
  let letterwise = productOfLetters(letters) ?? productOfIndexed(letters) ?? productWithPi(name)
  if let letterwise { return letterwise }
  var factors: [String] = []
  var pending: [Character] = []
  var function: String?
  var index = 0
  while index < letters.count {
    let rest = String(letters[index...])
    if let next = gluedFunctions.first(where: { rest.hasPrefix($0) }), rest.count > next.count {
      if function != nil || !pending.isEmpty {
        let isCoefficient = function == nil && pending.count == 2 && pending.allSatisfy(\.isLetter)
        guard let product = isCoefficient ? separated(pending) : product(of: pending) else {
          return nil
        }
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
  let isWord = factors.first?.count == 3 && !"xyztuθ".contains(argument.last ?? " ")
  return isWord && factors.count == 1 && factors[0].contains("*")
    ? nil : (factors + ["\(function)(\(argument))"]).joined(separator: "*")
}

/// `ωt`, `πft`, `αβ`: a Greek letter beside others, each a name of its own. A difference, `Δx`, is
/// one name, and so is a letter with a word behind it.
private func productOfLetters(_ letters: [Character]) -> String? {
  var names: [String] = []
  for letter in letters {
    if letter.isSubscriptDigit, !names.isEmpty {
      names[names.count - 1].append(letter)
    } else if letter.isLetter, letter != "_" {
      names.append(String(letter))
    } else {
      return nil
    }
  }
  let isMixed = letters.contains(where: \.isGreek) || letters.contains(where: \.isSubscriptDigit)
  guard (2...4).contains(names.count), isMixed, !"Δδ∂d".contains(letters[0]) else { return nil }
  return names.joined(separator: "*")
}

/// `pix`, `pift`: π before letters that are often beside it.
private func productWithPi(_ name: String) -> String? {
  let letters = name.dropFirst(2)
  guard name.hasPrefix("pi"), (1...2).contains(letters.count),
    letters.allSatisfy({ "xtrnkfz".contains($0) })
  else { return nil }
  return "pi*" + separated(Array(letters))
}

/// `x₁x₂`, `x1y2`: letters each with an index.
private func productOfIndexed(_ letters: [Character]) -> String? {
  var names: [String] = []
  for letter in letters {
    guard letter.isNumber || letter.isLetter, letter != "_" else { return nil }
    if letter.isNumber, let last = names.last {
      names[names.count - 1] = last + String(letter)
    } else {
      names.append(String(letter))
    }
  }
  let areIndexed = names.allSatisfy { $0.count > 1 && $0.first?.isLetter == true }
  return names.count > 1 && areIndexed ? names.joined(separator: "*") : nil
}

/// `x*y` of `xy`, where x and y are names that are known; the longest name is taken first.
package func productOfNames(_ name: String, _ known: [String]) -> String? {
  guard name.utf8.count <= 32 else { return nil }
  var factors: [String] = []
  var rest = Substring(name)
  while !rest.isEmpty {
    let next = known.filter { rest.hasPrefix($0) }.max { $0.count < $1.count }
    guard let next, !next.isEmpty else { return nil }
    factors.append(next)
    rest = rest.dropFirst(next.count)
  }
  return factors.count > 1 ? factors.joined(separator: "*") : nil
}

func separated(_ letters: [Character]) -> String {
  letters.map(String.init).joined(separator: "*")
}

extension Character {
  fileprivate var isSubscriptDigit: Bool { ("₀"..."₉").contains(self) }

  var isGreek: Bool {
    unicodeScalars.allSatisfy { (0x370..<0x400).contains($0.value) }
  }
}

/// The functions that people write without parentheses, longer ones before their beginnings.
let gluedFunctions = [
  "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "coth", "asin", "acos", "atan", "sqrt",
  "log10", "sin", "cos", "tan", "cot", "sec", "csc", "log", "exp", "abs", "ln",
]

/// `x`, `x1` or `2x` as a product; nil for what is more than one letter with numbers around it.
private func product(of letters: [Character]) -> String? {
  let number = letters.prefix(while: \.isNumber)
  guard let letter = letters.dropFirst(number.count).first, letter.isLetter else { return nil }
  let digits = letters.dropFirst(number.count + 1)
  guard digits.allSatisfy(\.isNumber) else { return nil }
  return (number.isEmpty ? "" : String(number) + "*") + String(letter) + String(digits)
}
