// The names that quantities have by their number alone: v-1, v0, v1 as in the survey, or v1, v2, v3.
import Calculus
import Language

/// A letter and the number of the first variable.
struct Numbering {
  let letter: Character
  private let offset: Int
  /// Whether numbers mean nothing: rows are told apart by their values.
  private let isByValue: Bool

  /// What is said of the choice between ways to count.
  static let fork = "the numbers of the rows"

  /// - Parameter bare: what rows are called that have a value and no formula.
  init(_ bare: [String], _ tape: Tape, _ readings: inout Readings) {
    let letters = Set(bare.map { Self.parts($0)?.letter })
    let isSeries = letters.count == 1 && bare.count > 1
    letter = isSeries ? letters.first.flatMap { $0 } ?? "v" : "v"
    let ways = [
      "the survey numbers them", "numbers from the first variable, 1",
      "numbers from the first variable, 0", "names with no meaning",
    ]
    let hasNumbers = bare.contains { Self.parts($0)?.letter == "v" } || isSeries
    let way = hasNumbers ? readings.way(Self.fork, ways) : 0
    offset = way == 1 ? tape.variableCount : way == 2 ? tape.variableCount - 1 : 0
    isByValue = way == 3
  }

  /// The letter and the number of a name such as `v-1`.
  static func parts(_ base: String) -> (letter: Character, number: Int)? {
    guard let letter = base.first, letter.isLetter, base.count < 9,
      let number = Int(base.dropFirst())
    else { return nil }
    return (letter, number)
  }

  /// Whether a base may be such a name.
  static func isPossible(_ base: String, _ tape: Tape) -> Bool {
    guard let (letter, number) = parts(base), letter == "v" else { return false }
    return number > -tape.variableCount && number <= tape.variableCount + tape.instructionCount
  }

  func slots(_ tape: Tape) -> [String: Slot] {
    var slots: [String: Slot] = [:]
    for slot in 0..<tape.count {
      if let name = name(of: slot, tape) { slots[name] = slot }
    }
    return slots
  }

  /// `v-1`, `v3`; nil for a constant, and where numbers mean nothing.
  func name(of slot: Slot, _ tape: Tape) -> String? {
    guard !isByValue else { return nil }
    if slot < tape.variableCount { return "\(letter)\(slot - tape.variableCount + 1 + offset)" }
    guard tape.operation(in: slot) != nil else { return nil }
    return "\(letter)\(slot - (tape.count - tape.instructionCount) + 1 + offset)"
  }
}
