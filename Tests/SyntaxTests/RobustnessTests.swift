// Deep, wide, long and random input: answered, in time, and never a crash.

@testable import Text
import Testing

@testable import Syntax

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// More than a stack has room for, and too many for what is quadratic: tests run unoptimised.
private let many = 100_000

private func times(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }

@Suite struct RobustnessTests {
  /// Texts, and how many nodes they make; 0 for an error. Tests take them by index, for a failing
  /// test prints its arguments.
  static let readable: [(String, Int)] = [
    (times(many, "(") + "x" + times(many, ")"), 1),
    (times(many, "sin(") + "x" + times(many, ")"), many + 1),
    (times(many, "-") + "x", many + 1), (times(many, "√") + "x", many + 1),
    (times(many, "x^") + "x", 2 * many + 1), (times(many, "x+") + "x", 2 * many + 1),
    (times(many, "-") + "2" + times(many, "(x)"), 3 * many + 1),
    (times(many, "a"), 1), ("0." + times(many, "3"), 1),
    ("max(" + times(many, "x,") + "x)", many + 2), ("x" + times(many, "\u{301}"), 1),
    (times(many, "not ") + "x", many + 1), (times(many, "\n") + "x", 1),
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
    times(many, "("), times(many, ")"), times(many, "x "), times(many, "x<"),
    times(many, "|"), times(many, "["), times(many, "f("), times(many, "(x)/2"),
    times(many, "x+") + "$" + times(many, "+x"), times(many, "f(x,"),
    times(many, "漢") + " x", times(many, "\n") + "$", "$" + times(many, "\u{301}"),
  ]

  @Test(arguments: malformed.indices)
  func largeAndMalformed(index: Int) throws {
    let source = SourceText(Self.malformed[index])
    let error = try #require(expressionError(source))
    #expect(isSafe(error, in: source))
  }

  @Test func randomInputIsAnswered() {
    var random = SplitMix64(state: UInt64(setting("AUTODIFF_FUZZ_SEED") ?? 20_240_607))
    for _ in 0..<fuzzCases() {
      let source = SourceText(randomBytes(&random), name: Bool.random(using: &random) ? "s" : nil)
      do throws(SyntaxError) {
        let tree = try parseExpression(source)
        #expect(isWellFormed(tree))
        #expect(tree.nodes.allSatisfy { isInside($0.range, source) && isInside($0.head, source) })
      } catch {
        #expect(isSafe(error, in: source), "\(source.bytes)")
      }
      do throws(SyntaxError) {
        let tree = try parseOutputs(source)
        #expect(tree.nodes.allSatisfy { isInside($0.range, source) && isInside($0.head, source) })
        #expect(tree.definitions.allSatisfy { stepsAreSound($0, tree) }, "\(source.bytes)")
      } catch {
        #expect(isSafe(error, in: source), "\(source.bytes)")
      }
      do throws(SyntaxError) { _ = try parseDefinitions(source) } catch {
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
    let isNarrow = shown.split(separator: "\n").allSatisfy { displayWidth(of: String($0)) <= 300 }
    return isPrintable && isNarrow && !error.message.isEmpty && isInside(error.range, source)
  }

  /// Whether every step of a body goes on inside of it, and every expression is one of its own.
  private func stepsAreSound(_ definition: Definition, _ tree: SyntaxTree) -> Bool {
    guard let body = definition.body else { return true }
    return body.steps.allSatisfy { step in
      let isLast = step == body.steps.upperBound - 1
      switch tree.steps[step] {
      case .assign(_, _, let root): return definition.nodes.contains(root) && !isLast
      case .value(let root): return definition.nodes.contains(root)
      case .choose(let root, let otherwise, _):
        return definition.nodes.contains(root) && body.steps.contains(otherwise) && !isLast
      case .jump(let target):
        // Behind a `return` it may lead nowhere.
        let isReached = step > body.steps.lowerBound && !tree.steps[step - 1].isValue
        return isReached ? body.steps.contains(target) : target <= body.steps.upperBound
      case .count(_, _, let from, let to, let otherwise):
        return definition.nodes.contains(from) && definition.nodes.contains(to) && from < to
          && body.steps.contains(otherwise) && !isLast
      case .next(_, let first): return body.steps.contains(first) && !isLast
      }
    }
  }

  private func fuzzCases() -> Int { max(1500, setting("AUTODIFF_FUZZ") ?? 0) }

  private func setting(_ name: String) -> Int? {
    getenv(name).flatMap { Int(String(cString: $0)) }
  }

  // MARK: What is tried

  private static let words: [String] = [
    "x", "y1", "θ", "x₁", "sin", "f", "e", "pi", "and", "or", "not", "if", "1", "2.5", ".5", "1e",
    "1e-3", "1_0", "1e400", "0x1", "..", "+", "-", "*", "**", "/", "%", "^", "(", "(", ")", ")",
    ",", ";", ":", "=", "==", "!=", "<", "<=", "!", "|", "||", "&", "[", "]", "{", "}", "'", "\"",
    "$", "\\", "?", "@", "#", "\n", "\r\n", "\t", " ", " ", "−", "·", "√", "²", "⁻", "¹", "–", "½",
    "for", "in", "while", "if", "else", "else if", "return", "for i in 1..3 {", "while x<9 {", "{ ",
    " }", "if (x>0) {", "} else {", "return x", "f(x) = {", "x = 2*x;", "...", ";", "\n",
    "漢", "😀", "\u{301}", "\u{200B}", "\u{202E}", "\u{FEFF}", "\u{0}", "\u{1B}", "x=1", "x=0:1:2",
  ]

  private static let seeds = [
    "ln(x1) + x1*x2 - sin(x2)", "x1=2,x2=5,y=0:1:0.1", "2x^2 - 3(x+1)(x-1)/√(2)", "x1,x2,θ",
    "if(x > 0 and not y < 1, -x^2, 1e-3)",
    "f(x) = {\n  l = x\n  for i in 2..4 { l = 4*l*(1 - l) }\n  l\n}\nf(y)",
    "r(a) = { x = a; while abs(x^2 - a) > 1e-14*a { x = (x + a/x)/2 }; x }; r(2)",
    "p(x, n) = { if n == 0 { return 1 }; h = p(x, floor(n/2)); if (n % 2 == 1) { x*h*h } else { h*h } }; p",
    "f(x) = { if x > 1 { y = 2 } # }\n else if x > 0 { y = x } else { return if(x < 0, 1, 2) }; y }; f",
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

extension BodyStep {
  fileprivate var isValue: Bool { if case .value = self { true } else { false } }
}
