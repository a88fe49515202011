// What a row is called: its name without what stands around it, and whether it is one.
import Calculus
import Checking
import Language
import Syntax

extension ClaimedRowReader {
  /// The names that are not the marked ones of others: `sbar` where there is `s`.
  var bareNames: Set<String> {
    defined.filter { name in
      let scanner = NameScanner(bytes: []) { isKnown($0) && $0 != name }
      let spelledOut = scanner.spelledOut(
        MarkedName(base: name, mark: nil), hasDifferentials: false)
      return spelledOut.mark == nil
    }
  }

  /// A line on its own that is no row: a remark or a title.
  func remark(_ cell: PlacedText) -> PlacedText? {
    if cell.hasPrefix("#") { return cell }
    let parts = cell.equated
    if parts.count == 1 { return cell }
    return scanner(strippedName(parts[0]).name).wholeName() == nil
      && scanner(parts[0]).quotient(at: 0) == nil ? cell : nil
  }

  /// A name without the plus of `+=`, the colon of `:=`, and a number or a dash in front: `2) a`.
  func strippedName(_ text: PlacedText) -> (name: PlacedText, adds: Bool) {
    var name = text
    let digits = name.bytes.prefix { (0x30...0x39).contains($0) }.count
    for mark in [")", ".", ":"] where digits > 0 && name[digits..<name.count].hasPrefix(mark) {
      name = name[digits + 1..<name.count].trimmed
    }
    for mark in ["- ", "* ", "• "] where name.hasPrefix(mark) {
      name = name[mark.utf8.count..<name.count].trimmed
    }
    let adds = name.hasSuffix("+")
    return (adds || name.hasSuffix(":") ? name[0..<name.count - 1].trimmed : name, adds)
  }

  /// What `dp = y dx + x dy` or `dx = 1` is the tangent of; nil if dp is a name like any other.
  func differential(_ name: String, _ formulas: [PlacedText]) -> String? {
    let base = String(name.dropFirst())
    guard name.hasPrefix("d"), !base.isEmpty, !isInput(name) else { return nil }
    var names: [MarkedName] = []
    for formula in formulas {
      names += RewrittenFormula(formula) { isKnown($0) && $0 != name }.references
    }
    let isTangent = names.isEmpty ? isKnown(base) : names.contains { $0.mark == .tangent }
    return isTangent ? base : nil
  }
}
