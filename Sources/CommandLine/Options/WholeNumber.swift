// Whole numbers as options take them.

/// A whole number as people type one: `1000000`, `1e6`, `1_000_000`, `1,000,000`; nil for anything
/// else.
package func wholeNumber(_ text: String) -> Int? {
  let groups = text.split(separator: ",", omittingEmptySubsequences: false)
  guard groups.count == 1 || groups.dropFirst().allSatisfy({ $0.count == 3 }) else { return nil }
  let plain = text.filter { $0 != "_" && $0 != "," }
  guard plain.allSatisfy({ $0.isASCII }), text.first?.isNumber == true || text.first == "-" else {
    return nil
  }
  if let number = Int(plain) { return number }
  guard plain.contains(where: { "eE.".contains($0) }),
    plain.allSatisfy({ $0.isNumber || "eE.+-".contains($0) }), let number = Double(plain)
  else { return nil }
  return Int(exactly: number)
}
