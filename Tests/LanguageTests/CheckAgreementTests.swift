// `check` against itself: no false alarms, no misses, and the share of mistakes that it recognizes.

@testable import Checking
import Calculus
import Syntax
import Testing

@testable import Language

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

private func setting(_ name: String, default other: Int) -> Int {
  getenv(name).flatMap { Int(String(cString: $0)) } ?? other
}

@Suite struct CheckAgreementTests {
  /// `AUTODIFF_CHECKS=5000` and `AUTODIFF_MUTATIONS=2000` are the large runs.
  private static let expressions = setting("AUTODIFF_CHECKS", default: 300)
  private static let mutations = setting("AUTODIFF_MUTATIONS", default: 240)

  private struct Tally {
    var counts: [Verdict: Int] = [:]
    var complaints: [String] = []

    mutating func add(_ verdict: Verdict, _ about: @autoclosure () -> String) {
      counts[verdict, default: 0] += 1
      if verdict != .agree, verdict != .illConditioned { complaints.append(about()) }
    }

    func report(_ title: String) {
      let counts = counts.sorted { $0.key < $1.key }.map { "\($0.key.rawValue) \($0.value)" }
      print("\(title): \(counts.joined(separator: ", "))")
      #expect(
        complaints.isEmpty,
        "\(title), \(complaints.count): \(complaints.prefix(12).joined(separator: "\n"))")
      #expect((self.counts[.agree] ?? 0) > 0)
    }
  }

  private func vote(_ text: String, samples: Int = 4, _ tally: inout Tally) throws -> Bool {
    guard let checked = try Checked(text, samples: samples) else { return false }
    for result in checked.votes() {
      tally.add(result.verdict, "\(text): \(result.worst) \(result.quantity)")
    }
    return true
  }

  @Test func theEnginesAgreeOnTheCatalogue() throws {
    var tally = Tally()
    for text in SymbolicAgreementTests.calls { _ = try vote(text, &tally) }
    tally.report("catalogue")
  }

  @Test func theEnginesAgreeOnRandomExpressions() throws {
    var generator = SmoothGenerator(seed: 4)
    var tally = Tally()
    var judged = 0
    for index in 0..<Self.expressions {
      if try vote(generator.expression(depth: 1 + index % 4), &tally) { judged += 1 }
    }
    print("\(judged) of \(Self.expressions) expressions have a domain that was found")
    tally.report("random expressions")
  }

  /// With kinks, jumps, branches and sums among them.
  @Test func theEnginesAgreeOnExpressionsWithKinks() throws {
    var generator = ExpressionGenerator(random: SplitMix64(state: 2_026))
    var tally = Tally()
    for index in 0..<Self.expressions {
      _ = try vote(generator.expression(depth: 1 + index % 4), &tally)
    }
    tally.report("expressions with kinks")
  }

  /// The true formulas, in forms that are not the one that `diff` prints.
  @Test func trueFormulasPass() throws {
    var generator = SmoothGenerator(seed: 40)
    var tally = Tally()
    for index in 0..<Self.expressions {
      let text = generator.expression(depth: 1 + index % 4)
      guard let checked = try Checked(text, samples: 6) else { continue }
      let variable = generator.pick(checked.subject.activeVariables)
      let name = checked.subject.variables[variable]
      for form in FormulaForm.allCases {
        guard let formulas = checked.subject.formulas(of: 0, along: [[variable]], form: form)
        else { continue }
        let size = formulas.graph.treeSizes(of: formulas.roots)[0]
        guard let count = size.word, count < 3000 else { continue }
        let formula = checked.printed(formulas.graph, formulas.roots[0])
        let disguised = [
          formula, "((\(formula))*(2 + cos(\(name)))/(cos(\(name)) + 2))",
          "(\(formula)) + sin(\(name)) - cos(pi/2 - \(name))",
        ][index % 3]
        let result = try checked.judged("\(name): \(disguised)")[0]
        // As the rules give it, a formula may have a hole where it would be simplified: 0/0.
        if form == .raw, result.telling.claim.isNaN { continue }
        tally.add(
          result.verdict,
          "\(text): \(name): \(disguised.prefix(200)) \(result.telling), \(String(describing: result.mistake))"
        )
      }
    }
    tally.report("true formulas")
  }

  /// Mistakes that change the function are found, and most of them recognized.
  @Test func mistakesAreCaught() throws {
    var generator = SmoothGenerator(seed: 400, isSchool: true)
    var mutator = Mutator(random: SplitMix64(state: 4000))
    var caught: [Mutation: Int] = [:]
    var recognized: [Mutation: Int] = [:]
    var misses: [String] = []
    var others: [String] = []
    var (made, attempt) = (0, 0)
    while made < Self.mutations, attempt < 100 * Self.mutations {
      attempt += 1
      let mutation = Mutation.allCases[made % Mutation.allCases.count]
      let text = generator.expression(depth: 2 + attempt % 3)
      guard let checked = try Checked(text, samples: 12), checked.points.count > 3 else { continue }
      let variable = generator.pick(checked.subject.activeVariables)
      guard let claim = mutator.claim(mutation, for: checked, in: variable), claim.count < 600,
        try checked.differs(claim, from: DerivativeKey(output: 0, path: [variable]))
      else { continue }
      made += 1
      let result = try checked.judged("\(checked.subject.variables[variable]): \(claim)")[0]
      guard result.verdict == .disagree else {
        misses.append("\(text): \(claim): \(result.verdict)")
        continue
      }
      caught[mutation, default: 0] += 1
      if let kind = result.mistake?.kind, mutation.causes.contains(kind) {
        recognized[mutation, default: 0] += 1
      } else {
        others.append(
          "\(mutation) \(text): \(claim): \(result.mistake.map { "\($0.kind) \($0.message)" } ?? "-")"
        )
      }
    }
    print("mistakes: \(made) made, \(misses.count) missed")
    for mutation in Mutation.allCases {
      print("  \(mutation): \(recognized[mutation] ?? 0) of \(caught[mutation] ?? 0) recognized")
    }
    if setting("AUTODIFF_VERBOSE", default: 0) > 0 { print(others.joined(separator: "\n")) }
    #expect(made >= Self.mutations)
    #expect(misses.isEmpty, "\(misses.prefix(10).joined(separator: "\n"))")
    let total = recognized.values.reduce(0, +)
    #expect(Double(total) >= 0.9 * Double(made), "\(total) of \(made)")
  }
}
