// The point that a claim names beside a derivative: df/dx|_{x=2}, f_x|(2, 3).
import Calculus
import Language
import Syntax

/// The one point that claims are judged at, as a text may name it.
struct ClaimPlace {
  private let point: [Double]
  private let names: [String]
  private let order: [Int]

  init(point: [Double], _ subject: Subject) {
    self.point = point
    names = subject.variables
    order = subject.listOrder
  }

  /// A text without `|x=2,y=3`, `|_{(2,3)}` and the like, where they name this point; another one stays.
  func left(out text: String) -> String {
    var plain = text.replacing("\\left.", with: "").replacing("\\right|", with: "|")
    var start = plain.startIndex
    while let bar = plain[start...].firstIndex(of: "|") {
      let end = end(behind: bar, in: plain)
      if isPoint(plain[bar..<end]) {
        plain.removeSubrange(bar..<end)
        start = bar
      } else {
        start = plain.index(after: bar)
      }
    }
    return plain
  }

  /// Where what stands behind a bar ends: at the bracket that closes it, or at white space.
  private func end(behind bar: String.Index, in text: String) -> String.Index {
    var depth = 0
    var index = text.index(after: bar)
    while index < text.endIndex {
      if "({[".contains(text[index]) { depth += 1 }
      if ")}]".contains(text[index]) {
        depth -= 1
        if depth == 0 { return text.index(after: index) }
      }
      if depth == 0, text[index] == " " { return index }
      index = text.index(after: index)
    }
    return index
  }

  /// `x=2,y=3` or `2, 3`
  private func isPoint(_ text: Substring) -> Bool {
    let values = text.filter { !"|_{}()[] ".contains($0) }.split(separator: ",")
    guard !values.isEmpty else { return false }
    let isNamed = values.allSatisfy { value in
      let sides = value.split(separator: "=").map(String.init)
      guard sides.count == 2, let variable = names.firstIndex(of: sides[0]) else { return false }
      return Double(sides[1]) == point[variable]
    }
    return isNamed
      || values.count == order.count
        && zip(values, order).allSatisfy { Double($0) == point[$1] }
  }
}
