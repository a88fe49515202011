// Deep, wide, long and random input: answered, in time, and never a crash.

import Testing

@testable import Syntax

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

private let million = 1_000_000
/// Where the shape matters more than the size: tests run unoptimised.
private let many = 100_000

private func times(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }

@Suite struct RobustnessTests {
  /// Texts, and how many nodes they make; 0 for an error. Tests take them by index, for a failing
  /// test prints its arguments.
  static let readable: [(String, Int)] = [
    (times(million, "(") + "x" + times(million, ")"), 1),
    (times(million, "sin(") + "x" + times(million, ")"), million + 1),
    (times(million, "-") + "x", million + 1), (times(many, "√") + "x", many + 1),
    (times(many, "x^") + "x", 2 * many + 1), (times(million, "x+") + "x", 2 * million + 1),
    (times(many, "-") + "2" + times(many, "(x)"), 3 * many + 1),
    (times(million, "a"), 1), ("0." + times(million, "3"), 1),
    ("max(" + times(many, "x,") + "x)", many + 2), ("x" + times(many, "\u{301}"), 1),
    (times(many, "not ") + "x", many + 1), (times(million, "\n") + "x", 1),
    ("x" + times(many, "²") + "+1", 0),
  ]

  @Test(arguments: readable.indices)
  func large(index: Int) {
    let (text, count) = Self.readable[index]
    let source = SourceText(text)
    do {
      let tree = try parseExpression(source)
      #expect(tree.nodes.count == count)
      #expect(isWellFormed(tree))
    } catch {
      #expect(count == 0 && isSafe(error, in: source))
    }
  }

  static let malformed: [String] = [
    times(million, "("), times(many, ")"), times(many, "x "), times(many, "x<"),
    times(million, "|"), times(million, "["), times(many, "f("), times(many, "(x)/2"),
    times(many, "x+") + "$" + times(million, "+x"), times(many, "f(x,"),
    times(many, "漢") + " x", times(million, "\n") + "$", "$" + times(many, "\u{301}"),
  ]

  @Test(arguments: malformed.indices)
  func largeAndMalformed(index: Int) throws {
    let source = SourceText(Self.malformed[index])
    let error = try #require(expressionError(source))
    #expect(isSafe(error, in: source))
  }

  @Test func randomInputIsAnswered() {
    var random = SplitMix64(state: 20_240_607)
    for _ in 0..<fuzzCases() {
      let source = SourceText(randomBytes(&random), name: Bool.random(using: &random) ? "s" : nil)
      do throws(SyntaxError) {
        let tree = try parseExpression(source)
        #expect(isWellFormed(tree))
        #expect(tree.nodes.allSatisfy { isInside($0.range, source) && isInside($0.head, source) })
      } catch {
        #expect(isSafe(error, in: source), "\(source.bytes)")
      }
      do throws(SyntaxError) { _ = try parseBindings(source, allowRanges: true) } catch {
        #expect(isSafe(error, in: source), "\(source.bytes)")
      }
      do throws(SyntaxError) { _ = try parseNames(source) } catch {
        #expect(isSafe(error, in: source), "\(source.bytes)")
      }
    }
  }

  // MARK: What is checked

  private func isInside(_ range: SourceRange, _ source: SourceText) -> Bool {
    range.start <= range.end && range.end <= source.bytes.count
  }

  private func isSafe(_ error: SyntaxError, in source: SourceText) -> Bool {
    let shown = DiagnosticRenderer().render(Diagnostic(error, in: source))
    let isPrintable = shown.unicodeScalars.allSatisfy { $0 == "\n" || !$0.isControl }
    let isNarrow = shown.split(separator: "\n").allSatisfy { displayWidth(String($0)) <= 300 }
    return isPrintable && isNarrow && !error.message.isEmpty && isInside(error.range, source)
  }

  private func fuzzCases() -> Int {
    getenv("AUTODIFF_FUZZ_CASES").flatMap { Int(String(cString: $0)) } ?? 5000
  }

  // MARK: What is tried

  private static let words: [String] = [
    "x", "y1", "θ", "x₁", "sin", "f", "e", "pi", "and", "or", "not", "if", "1", "2.5", ".5", "1e",
    "1e-3", "1_0", "1e400", "0x1", "..", "+", "-", "*", "**", "/", "%", "^", "(", "(", ")", ")",
    ",", ";", ":", "=", "==", "!=", "<", "<=", "!", "|", "||", "&", "[", "]", "{", "}", "'", "\"",
    "$", "\\", "?", "@", "#", "\n", "\r\n", "\t", " ", " ", "−", "·", "√", "²", "⁻", "¹", "–", "½",
    "漢", "😀", "\u{301}", "\u{200B}", "\u{202E}", "\u{FEFF}", "\u{0}", "\u{1B}", "x=1", "x=0:1:2",
  ]

  private static let seeds = [
    "ln(x1) + x1*x2 - sin(x2)", "x1=2,x2=5,y=0:1:0.1", "2x^2 - 3(x+1)(x-1)/√(2)", "x1,x2,θ",
    "if(x > 0 and not y < 1, -x^2, 1e-3)",
  ]

  private func randomBytes(_ random: inout SplitMix64) -> [UInt8] {
    switch Int.random(in: 0..<3, using: &random) {
    case 0:
      return (0..<Int.random(in: 0...40, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
    case 1:
      return (0..<Int.random(in: 0...30, using: &random)).flatMap { _ in
        Array((Self.words.randomElement(using: &random) ?? "").utf8)
      }
    default: return mutation(&random)
    }
  }

  private func mutation(_ random: inout SplitMix64) -> [UInt8] {
    var bytes = Array((Self.seeds.randomElement(using: &random) ?? "").utf8)
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0 where bytes.count > 1: bytes.remove(at: place)
      case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
      default:
        let word = Self.words.randomElement(using: &random) ?? ""
        bytes.insert(contentsOf: Array(word.utf8), at: place)
      }
    }
    return bytes
  }
}
