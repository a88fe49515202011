// JSON values, and the strings and numbers in them.
import Text

/// A JSON value; the members of an object keep their order.
package enum JSON: Sendable {
  case null
  case bool(Bool)
  /// A double in the shortest text that reads back. JSON has no NaN and no infinities: they are
  /// written as `null`, and it is for the caller to say why.
  case number(Double)
  case integer(Int)
  case string(String)
  case array([JSON])
  case object([(key: String, value: JSON)])

  /// The value as indented text that ends in a line feed. A small array or object of nothing but
  /// scalars stays on one line.
  package var text: String {
    var writer = JSONWriter()
    writer.write(self)
    return writer.out + "\n"
  }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  /// A string; it is escaped when it is written.
  package init(stringLiteral value: String) {
    self = .string(value)
  }

  /// An array of any values.
  package init(arrayLiteral elements: JSON...) {
    self = .array(elements)
  }

  /// An object whose members keep the order of the literal.
  package init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(elements.map { (key: $0.0, value: $0.1) })
  }
}

extension JSON {
  /// The text of a value without members, `nil` for arrays and objects that have some.
  var scalarText: String? {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let value): value.isFinite ? NumberFormat.shortest.text(value) : "null"
    case .integer(let value): String(value)
    case .string(let text): jsonQuoted(text)
    case .array(let elements): elements.isEmpty ? "[]" : nil
    case .object(let members): members.isEmpty ? "{}" : nil
    }
  }
}

/// `text` in quotes, with everything escaped that JSON forbids or that speaks to a terminal.
package func jsonQuoted(_ text: String) -> String {
  var out = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": out += "\\\""
    case "\\": out += "\\\\"
    case "\n": out += "\\n"
    case "\r": out += "\\r"
    case "\t": out += "\\t"
    // Separators of lines are text like any other here.
    case "\u{2028}", "\u{2029}": out.unicodeScalars.append(scalar)
    case _ where scalar.steers: out += jsonEscape(scalar)
    default: out.unicodeScalars.append(scalar)
    }
  }
  return out + "\""
}

private func jsonEscape(_ scalar: Unicode.Scalar) -> String {
  let hex = String(scalar.value, radix: 16)
  return "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
}
