// What the syntax tests share: marked positions, a dump of trees, random numbers.

@testable import Syntax

/// A text in which `⟪` and `⟫` mark a range: `1 + ⟪sine⟫(x)`.
struct Marked {
  let source: SourceText
  let range: SourceRange

  init(_ text: String, name: String? = nil) {
    var bytes: [UInt8] = []
    var bounds: [Int] = []
    for scalar in text.unicodeScalars {
      if scalar == "⟪" || scalar == "⟫" {
        bounds.append(bytes.count)
      } else {
        bytes += Array(String(scalar).utf8)
      }
    }
    source = SourceText(bytes, name: name)
    range = SourceRange(start: bounds.first ?? 0, end: bounds.last ?? bytes.count)
  }
}

/// The message and the remedy, as they are shown on one line.
func words(_ error: SyntaxError) -> String {
  error.message + (error.remedy.map { "; " + $0 } ?? "")
}

func expressionError(_ source: SourceText) -> SyntaxError? {
  do {
    _ = try parseExpression(source)
    return nil
  } catch {
    return error
  }
}

/// The tree with every operation in parentheses, made by a loop over the postorder.
func dump(_ tree: SyntaxTree) -> String {
  var stack: [String] = []
  for node in tree.nodes {
    let operands = Array(stack.suffix(node.childCount))
    stack.removeLast(node.childCount)
    switch node.kind {
    case .number(let value): stack.append(short(value))
    case .name(let symbol): stack.append(tree.name(of: symbol))
    case .unary(.not): stack.append("(not \(operands[0]))")
    case .unary(let unary): stack.append("(\(unary.spelling)\(operands[0]))")
    case .binary(let binary) where binary == .or || binary == .and:
      stack.append("(\(operands[0]) \(binary.spelling) \(operands[1]))")
    case .binary(let binary):
      stack.append("(\(operands[0])\(binary.spelling)\(operands[1]))")
    case .call(let symbol, _):
      stack.append("\(tree.name(of: symbol))[\(operands.joined(separator: ","))]")
    case .list: stack.append("[\(operands.joined(separator: ", "))]")
    case .derivativeCall(let symbol, let order, _):
      let primes = String(repeating: "'", count: Int(order))
      stack.append("\(tree.name(of: symbol))\(primes)[\(operands.joined(separator: ","))]")
    }
  }
  return stack.joined(separator: " | ")
}

private func short(_ value: Double) -> String {
  let text = value.description
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}

func dump(_ text: String) throws -> String { dump(try parseExpression(SourceText(text))) }

/// Whether the tree is what its description promises: contiguous subtrees, one root.
func isWellFormed(_ tree: SyntaxTree) -> Bool {
  var starts: [Int] = []
  for (index, node) in tree.nodes.enumerated() {
    guard starts.count >= node.childCount else { return false }
    let first = node.childCount == 0 ? index : starts[starts.count - node.childCount]
    guard first == node.firstIndex else { return false }
    starts.removeLast(node.childCount)
    starts.append(first)
  }
  return starts == [0]
}

/// SplitMix64: small, and the same everywhere for the same seed.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
