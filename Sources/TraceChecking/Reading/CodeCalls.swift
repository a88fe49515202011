// Calls that programs write and print in formulas: `np.dot(w, x)`, `a.sin()`, `tensor(1., grad_fn=<MulBackward0>)`.
import Language
import Syntax

/// Puts them in the notation that is read here.
enum CodeCalls {
  /// Functions of two arguments that stand for a sign.
  private static let signs = [
    "dot": "*", "mul": "*", "multiply": "*", "matmul": "*", "add": "+", "sub": "-",
    "subtract": "-", "div": "/", "divide": "/", "powi": "^", "powf": "^", "pow": "^", "power": "^",
  ]
  /// What holds a number in print.
  private static let holders: Set<String> = [
    "tensor", "Tensor", "array", "Array", "DeviceArray", "float64", "float32", "Variable",
    "Parameter", "dlarray", "Float64",
  ]
  /// How many calls of one text are rewritten.
  private static let mostCalls = 64

  static func plain(_ text: PlacedText) -> PlacedText {
    guard text.bytes.contains(UInt8(ascii: "(")) else { return text }
    var text = text
    var end = text.count
    for _ in 0..<mostCalls {
      // The last call first: what stands in another one is plain before that is read.
      guard let open = text.bytes[..<end].lastIndex(of: UInt8(ascii: "(")) else { break }
      if let call = Call(text, open: open) { text = call.rewritten ?? text }
      end = min(open, text.count)
    }
    return text
  }

  private struct Call {
    let text: PlacedText
    let name: String
    /// From the beginning of its name, or of what it is a method of, to behind its parenthesis.
    let range: Range<Int>
    let subject: PlacedText?
    let arguments: [PlacedText]

    init?(_ text: PlacedText, open: Int) {
      guard let close = text.close(of: open) else { return nil }
      let start = text.wordStart(before: open)
      self.text = text
      name = text[start..<open].text
      guard !name.isEmpty else { return nil }
      var first = start
      var subject: PlacedText?
      if start > 1, text.bytes[start - 1] == UInt8(ascii: ".") {
        first = text.wordStart(before: start - 1)
        subject = text[first..<start - 1]
      }
      self.subject = subject.flatMap {
        $0.isEmpty || CodeCalls.modules.contains($0.text) ? nil : $0
      }
      range = first..<close + 1
      arguments = text[open + 1..<close].split(at: UInt8(ascii: ","))
    }

    /// nil where it is a call as others.
    var rewritten: PlacedText? {
      if CodeCalls.holders.contains(name), let first = arguments.first {
        let number = first.withoutBrackets
        return Double(number.text) == nil ? nil : replaced(by: [number])
      }
      let operands = (subject.map { [$0] } ?? []) + arguments.filter { !$0.isEmpty }
      if let sign = CodeCalls.signs[name.lowercased()], operands.count == 2 {
        return replaced(by: [operands[0], operands[1]], "((", ")\(sign)(", "))")
      }
      // Math.Exp
      let name = name.lowercased()
      guard subject != nil || name != self.name, operands.count == 1,
        Catalogue.functionNames.contains(name)
      else { return nil }
      return replaced(by: operands, "\(name)(", "", ")")
    }

    private func replaced(
      by parts: [PlacedText], _ open: String = "", _ middle: String = "", _ close: String = ""
    ) -> PlacedText {
      let place = text.range(range).start
      var result = text[0..<range.lowerBound]
      result.append(open, from: place)
      for (index, part) in parts.enumerated() {
        if index > 0 { result.append(middle, from: place) }
        result.append(part)
      }
      result.append(close, from: place)
      result.append(text.from(range.upperBound))
      return result
    }
  }

  /// Whose functions are called by their names alone.
  static let modules: Set<String> = [
    "np", "math", "Math", "torch", "jnp", "tf", "std", "numpy", "F",
  ]
}

extension PlacedText {
  fileprivate func wordStart(before end: Int) -> Int {
    var start = end
    while start > 0, bytes[start - 1].isWord || bytes[start - 1] >= 0x80 { start -= 1 }
    return start
  }

  /// `[1.]` without its brackets.
  fileprivate var withoutBrackets: PlacedText {
    var text = trimmed
    while text.count > 2, text.hasPrefix("["), text.hasSuffix("]") {
      text = text[1..<text.count - 1].trimmed
    }
    return text
  }
}

extension UInt8 {
  /// A letter or digit of ASCII, or an underscore.
  var isWord: Bool {
    (0x41...0x5A).contains(self & 0xDF) || (0x30...0x39).contains(self) || self == 0x5F
  }
}
