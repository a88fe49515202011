// A run of forward mode in a table, and the seeds that its title or header names.
import Calculus
import Checking
import Language
import Syntax

/// One run of forward mode.
struct TangentRun {
  /// The variables' seeds that a title, a section or a header names; empty if none does.
  var seeds: [(base: String, value: Double)] = []

  /// `x1'=1 x2'=2`, `seed ẋ1 = 1`, `∂/∂x1`: names of variables with a mark, and what they equal.
  static func seeds(
    in text: String, _ isInput: (String) -> Bool
  ) -> [(base: String, value: Double)] {
    let scanner = NameScanner(bytes: Array(text.utf8)) { _ in true }
    var seeds: [(base: String, value: Double)] = []
    var index = 0
    while index < scanner.bytes.count {
      if let quotient = scanner.quotient(at: index), isInput(quotient.under) {
        seeds.append((quotient.under, 1))
        index = quotient.end
      } else if let (name, end) = scanner.name(at: index) {
        index = end
        if name.mark == .tangent, isInput(name.base) {
          let (value, next) = seedValue(scanner.bytes, at: end)
          seeds.append((name.base, value ?? 1))
          index = next
        }
      } else {
        index += scanner.scalar(at: index)?.length ?? 1
      }
    }
    return seeds
  }

  private static func seedValue(_ bytes: [UInt8], at start: Int) -> (Double?, end: Int) {
    var index = start
    while index < bytes.count, bytes[index] == 0x20 { index += 1 }
    guard index < bytes.count, bytes[index] == UInt8(ascii: "=") else { return (nil, start) }
    index += 1
    while index < bytes.count, bytes[index] == 0x20 { index += 1 }
    let first = index
    while index < bytes.count, "+-.0123456789eE".utf8.contains(bytes[index]) { index += 1 }
    return (Double(String(decoding: bytes[first..<index], as: UTF8.self)), max(index, start))
  }
}
