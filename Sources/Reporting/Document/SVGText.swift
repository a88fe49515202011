// Numbers and text in SVG documents.

/// A coordinate to a tenth of a pixel.
func svgNumber(_ value: Double) -> String {
  let tenths = Int((value * 10).rounded())
  let whole = tenths.magnitude / 10
  let sign = tenths < 0 ? "-" : ""
  return tenths % 10 == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(tenths.magnitude % 10)"
}

/// `text` for contents and attributes of XML.
func svgEscaped(_ text: String) -> String {
  var out = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": out += "&amp;"
    case "<": out += "&lt;"
    case ">": out += "&gt;"
    case "\"": out += "&quot;"
    case "\u{FFFE}", "\u{FFFF}": out += "\u{FFFD}"
    case _ where scalar.steers: out += "\u{FFFD}"
    default: out.unicodeScalars.append(scalar)
    }
  }
  return out
}
