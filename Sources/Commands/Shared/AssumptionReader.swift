// `--assume`: what is taken for granted of variables, `x > 0, n integer`.
import CommandLine
import Calculus
import Syntax

extension OptionDefinition {
  static var assume: OptionDefinition {
    OptionDefinition(
      "assume", argument: "FACTS",
      help: "what is taken for granted of variables, such as 'x > 0, y >= 0, n integer'")
  }
}

extension Arguments {
  /// The assumptions that were given, by the variables' indices.
  func assumptions(of variables: [String]) throws(Failure) -> [(variable: Int, Assumption)] {
    guard let text = value("assume")?.text else { return [] }
    var assumptions: [(Int, Assumption)] = []
    for part in text.split(separator: ",") {
      guard let (name, assumption) = Self.assumption(part) else {
        throw .option(
          "--assume takes 'x > 0', 'x >= 0' and 'n integer', not '\(echo(String(part)))'",
          remedy: nil)
      }
      guard let index = variables.firstIndex(of: name) else {
        throw .option("the expression has no variable '\(echo(name))' to assume", remedy: nil)
      }
      assumptions.append((index, assumption))
    }
    return assumptions
  }

  private static func assumption(_ text: Substring) -> (name: String, Assumption)? {
    let words = text.split(separator: " ")
    if words.count == 2, words[1] == "integer" { return (String(words[0]), .whole) }
    let line = words.joined()
    let endings: [(String, Assumption)] = [
      (">=0", .nonnegative), ("≥0", .nonnegative), (">0", .positive),
    ]
    for (ending, assumption) in endings where line.hasSuffix(ending) {
      return (String(line.dropLast(ending.count)), assumption)
    }
    let beginnings: [(String, Assumption)] = [
      ("0<=", .nonnegative), ("0≤", .nonnegative), ("0<", .positive),
    ]
    for (beginning, assumption) in beginnings where line.hasPrefix(beginning) {
      return (String(line.dropFirst(beginning.count)), assumption)
    }
    return nil
  }
}
