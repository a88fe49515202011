// The order in which formulas name variables where nobody wrote one: parameters first, x before y.

/// Ranks of variables in products: parameters first, in the order of the text, then names that
/// usually stand for variables (t, u, … z), by name.
struct VariableOrder: Sendable {
  private var places: [UInt32] = []
  private(set) var parameterCount: UInt32 = 0

  init() {}

  /// - Parameter names: those of the variables, by index.
  init(names: [String]) {
    let keys = names.map { Key($0) }
    let sorted = names.indices.sorted { x, y in
      let (first, second) = (keys[x], keys[y])
      guard let first else { return second != nil || x < y }
      guard let second else { return false }
      return (first.letter, first.number, x) < (second.letter, second.number, y)
    }
    places = Array(repeating: 0, count: names.count)
    for (place, index) in sorted.enumerated() { places[index] = UInt32(place) }
    parameterCount = UInt32(keys.lazy.filter { $0 == nil }.count)
  }

  func place(of variable: Int) -> UInt32 {
    variable < places.count ? places[variable] : UInt32(variable)
  }

  /// What a variable's name is sorted by; nil for a parameter's.
  private struct Key {
    let letter: Unicode.Scalar
    let number: Int

    init?(_ name: String) {
      guard let letter = name.unicodeScalars.first, ("t"..."z").contains(letter) else { return nil }
      let rest = name.unicodeScalars.dropFirst()
      let digits = rest.filter { $0 != "_" }
      guard digits.allSatisfy({ ("0"..."9").contains($0) }), digits.count < 10 else { return nil }
      self.letter = letter
      number = digits.reduce(0) { 10 * $0 + Int($1.value) - 48 }
    }
  }
}

extension Graph {
  /// Lets formulas name the variables in the usual order.
  ///
  /// - Parameter names: those of the variables, by index.
  package func orderVariables(named names: [String]) {
    variableOrder = VariableOrder(names: names)
  }
}
