// `check --trace` on what `trace` prints, as it is and with one value changed.
import Calculus
import Syntax
import Testing

@testable import Commands
@testable import Language

/// Expressions with a point each.
private struct Traced: Sendable, CustomTestStringConvertible {
  let expression: String
  let point: String

  var testDescription: String { "\(expression) at \(point)" }

  func trace(_ options: String) -> ProgramRun {
    ProgramRun("trace", expression, "--at \(point) " + options)
  }

  func check(_ table: String, _ options: String = "") -> ProgramRun {
    ProgramRun(
      ["check", expression, "--at", point, "--trace", "-"]
        + options.split(separator: " ").map(String.init), input: Array(table.utf8))
  }

  /// Each operation of the language as a part of a larger expression, at points where it has a value.
  static let catalogue: [Traced] = Operation.language.flatMap { operation -> [Traced] in
    let names = ["a", "b", "c"]
    let parameters = operation.about.parameters
    return points.enumerated().filter { index, _ in
      (index + Int(operation.rawValue)).isMultiple(of: setting("AUTODIFF_TRACE_THIN", default: 6))
    }.map { _, values in
      let count = min(parameters.count, 3)
      let call = usage(operation, Array(names.prefix(count)))
      let point = zip(names, values).prefix(count).map { "\($0)=\($1)" }.joined(separator: ",")
      return Traced(expression: "\(call)*sin(a) - exp(\(call)/8)", point: point)
    }
  }

  private static let points = [
    ["2", "0.7", "3"], ["1", "3", "5"], ["0.5", "2", "0.3"], ["-0.4", "0.6", "2"],
    ["3", "-1.5", "-2"], ["0", "1.25", "0.5"],
  ]

  private static func usage(_ operation: Operation, _ names: [String]) -> String {
    let about = operation.about
    guard about.usage.contains("("), about.usage.hasPrefix(about.name) else {
      let sign = about.name
      return names.count == 1 ? "(\(sign) \(names[0]))" : "(\(names[0]) \(sign) \(names[1]))"
    }
    return "\(about.name)(\(names.joined(separator: ", ")))"
  }

  static let written = [
    Traced(expression: example, point: "x1=2,x2=5"),
    Traced(expression: "x*y + sin(x*y)/x", point: "x=1.5,y=-0.7"),
    Traced(expression: "exp(-x^2)*cos(3*x) + x*x", point: "x=0.6"),
    Traced(expression: "ln(x+y)*sqrt(x^2+y^2) - tanh(z/y)", point: "x=1.2,y=0.8,z=2.5"),
    Traced(expression: "logsumexp(x, y, x) + max(x, y, 2) + hypot(x, y)", point: "x=1,y=3"),
    Traced(expression: "if(x > 0, ln(x), x^2) + sum(k, 1, 4, x^k/k)", point: "x=0.9"),
    Traced(expression: "tanh'(x)*y + diff(sin(x*y), x)", point: "x=0.3,y=1.7"),
    Traced(expression: "if(x > 0, ln(x), 0) + x", point: "x=-1"),
    Traced(expression: "x", point: "x=3"), Traced(expression: "y + f*w", point: "y=2,f=3,w=0.1"),
    Traced(expression: "v1*v2 + v1", point: "v1=2,v2=3"),
    Traced(expression: "θ*x₁ + x₁^2", point: "θ=2,x₁=3"),
    Traced(expression: "sin(pi*x)", point: "x=1"),
    Traced(expression: "x^1000*exp(-x)", point: "x=1.9"),
    Traced(expression: "1e-20*x + 1e-30*x^2", point: "x=3"),
    Traced(expression: "abs(x) - cbrt(x) + stop_gradient(x)*x", point: "x=-2"),
  ]
}

@Suite struct TraceRoundTripTests {
  static let forms = ["--format csv", "--format markdown", "--format markdown --digits 3"]

  @Test(arguments: Traced.catalogue + Traced.written)
  private func whatTracePrintsIsRight(traced: Traced) {
    for mode in ["forward", "reverse"] {
      for form in Self.forms {
        let printed = traced.trace("--mode \(mode) \(form)")
        guard printed.status == 0 else { continue }
        let run = traced.check(printed.output)
        #expect(run.status == 0, "\(mode) \(form): \(run.output)\(run.error)\(printed.output)")
      }
    }
  }

  @Test(arguments: Traced.written)
  private func allWaysToPrintItAreRead(traced: Traced) {
    for form in ["--format text", "--format text --digits 2", "--format csv --digits 2"] {
      for (mode, locale) in [("forward", "C"), ("reverse", "C"), ("reverse", "C.UTF-8")] {
        let printed = ProgramRun(
          ["trace", traced.expression, "--at", traced.point, "--mode", mode]
            + form.split(separator: " ").map(String.init), environment: ["LANG": locale])
        guard printed.status == 0 else { continue }
        let run = traced.check(printed.output)
        #expect(run.status == 0, "\(mode) \(form): \(run.output)\(run.error)\(printed.output)")
      }
    }
  }

  /// JSON and LaTeX, of what has plain names and values everywhere.
  @Test(arguments: Traced.written.prefix(5))
  private func recordsAndLaTeXAreRead(traced: Traced) {
    for form in ["--format json", "--format latex", "--format latex --digits 4"] {
      for mode in ["forward", "reverse"] {
        let printed = traced.trace("--mode \(mode) \(form)")
        let run = traced.check(printed.output)
        #expect(run.status == 0, "\(mode) \(form): \(run.output)\(run.error)\(printed.output)")
      }
    }
  }

  @Test func mostOfTheCatalogueHasATrace() {
    let count = Traced.catalogue.count { $0.trace("").status == 0 }
    #expect(count > 40)
  }

  @Test func bothModesInOneFile() {
    let traced = Traced.written[0]
    for form in Self.forms {
      let both = ["reverse", "forward"].map { traced.trace("--mode \($0) \(form)").output }
      #expect(traced.check(both.joined(separator: "\n")).status == 0)
      #expect(traced.check(both.reversed().joined(separator: "\n")).status == 0)
    }
  }
}

/// One value of a table changed, and what comes of it.
@Suite struct TraceMutationTests {
  /// The lines of a CSV table; the value is what stands behind the last comma.
  private struct Lines {
    var lines: [String]

    init(_ text: String) { lines = text.split(separator: "\n").map(String.init) }

    var text: String { lines.joined(separator: "\n") + "\n" }

    func value(_ line: Int) -> String {
      String(lines[line].suffix(from: lines[line].lastIndex(of: ",")!).dropFirst())
    }

    func with(_ value: String, in line: Int) -> Lines {
      var changed = self
      let end = lines[line].lastIndex(of: ",")!
      changed.lines[line] = lines[line].prefix(upTo: end) + "," + value
      return changed
    }
  }

  private static func changes(_ text: String) -> [String] {
    guard let value = Double(text), value.isFinite else { return [] }
    var changed = [
      (-value), value * 2, value + 1, value / 10, value * 1.01, value - 0.001,
    ].map { shortest($0) }
    // One digit for another.
    for (position, digit) in text.enumerated().prefix(6) where digit.isNumber {
      var characters = Array(text)
      characters[position] = digit == "7" ? "3" : "7"
      changed.append(String(characters))
    }
    return changed.filter { Double($0) != value }
  }

  @Test(arguments: Traced.written, ["forward", "reverse"])
  private func theChangedRowIsTheFirstWrongOne(traced: Traced, mode: String) throws {
    let printed = traced.trace("--mode \(mode) --format csv")
    guard printed.status == 0 else { return }
    let lines = Lines(printed.output)
    for line in lines.lines.indices.dropFirst() {
      let changes = Self.changes(lines.value(line))
      let step = setting("AUTODIFF_TRACE_THIN", default: 6)
      for (index, change) in changes.enumerated() where (index + line) % (2 * step - 1) == 0 {
        let run = traced.check(lines.with(change, in: line).text, "--format json")
        let json = try run.json()
        #expect(
          run.status == 1 && json["first"]["line"].number == Double(line + 1),
          "line \(line + 1) with \(change): \(run.output)")
        let wrong = json["rows"].elements.count { $0["verdict"].string == "disagree" }
        #expect(wrong == 1, "line \(line + 1) with \(change): \(run.output)")
      }
    }
  }

  /// Whoever goes on with a wrong value gets rows that only follow.
  @Test(arguments: Traced.written)
  private func whatIsComputedFromItOnlyFollows(traced: Traced) throws {
    let printed = traced.trace("--mode reverse --format csv")
    guard printed.status == 0 else { return }
    let point = try PointReader.points(SourceText(traced.point))[0]
    let computation = try Computation(Expression(SourceText(traced.expression)), at: point)
    let tape = computation.tape
    let values = tape.slotValues(at: point.values)
    let slots = (0..<tape.count).filter { tape.operation(in: $0) != nil }
    guard !slots.isEmpty else { return }
    for changed in slots where values[changed].isFinite {
      var wrong = values
      wrong[changed] = values[changed] * 1.25 + 1
      for slot in slots where slot > changed {
        wrong[slot] = tape.operation(in: slot)!.value(tape.operands(of: slot).map { wrong[$0] })
      }
      guard slots.allSatisfy({ wrong[$0].isFinite }) else { continue }
      var lines = Lines(printed.output)
      let primalLines = lines.lines.indices.filter { lines.lines[$0].hasPrefix("primal") }
      for (place, slot) in slots.enumerated() {
        let line = primalLines[tape.variableCount + place]
        lines = lines.with(shortest(wrong[slot]), in: line)
      }
      lines = lines.with(shortest(wrong[tape.output]), in: primalLines.last!)
      let first = primalLines[tape.variableCount + slots.firstIndex(of: changed)!] + 1
      let primal = Lines(primalLines.reduce(into: lines.lines[0]) { $0 += "\n" + lines.lines[$1] })
      let json = try traced.check(primal.text, "--format json").json()
      #expect(json["first"]["line"].number == Double(first))
      for row in json["rows"].elements where row["line"].number != Double(first) {
        let isFollower = row["verdict"].string == "follows"
        #expect(isFollower || row["verdict"].string == "agree", "\(primal.text)")
        if isFollower { #expect(row["because"].number == Double(first)) }
      }
    }
  }
}
