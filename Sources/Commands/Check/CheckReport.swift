// What `check` prints: a table, what is wrong and probably why, and the verdict in one line.
import CommandLine
import Text
import Calculus
import Checking
import Language
import Reporting

struct CheckReport {
  let request: CheckRequest
  let outcome: CheckOutcome

  private static let brief = NumberFormat(digits: 2)

  func text(for terminal: Terminal) -> String {
    let style = TextStyle(isEnabled: terminal.allowsColor(for: .output, option: request.color))
    let table = table.text(
      width: terminal.width, unicode: terminal.usesUnicode, style: style,
      numbers: request.numbers)
    let failures = outcome.claims.compactMap(failure).map {
      "\n" + terminal.foldedLine($0.what)
        + ($0.why.map { terminal.foldedLine($0, margin: 2) } ?? "")
    }
    let verdict = "\n" + colored(String(terminal.foldedLine(verdictLine).dropLast()), style) + "\n"
    return table + terminal.inItsCharacters(failures.joined() + verdict)
  }

  func markdown(for terminal: Terminal) -> String {
    let failures = outcome.claims.compactMap(failure)
      .map { "- \(Self.escaped($0.what))" + ($0.why.map { "; \(Self.escaped($0))" } ?? "") + "\n" }
    return table.markdown(numbers: request.numbers) + "\n"
      + (failures.isEmpty ? "" : failures.joined() + "\n")
      + "**\(outcome.verdict.rawValue)**" + verdictLine.dropFirst(outcome.verdict.rawValue.count)
      + "\n"
  }

  private func colored(_ line: String, _ style: TextStyle) -> String {
    switch outcome.verdict {
    case .agree: style.green(line)
    case .kink: style.yellow(line)
    default: style.red(line)
    }
  }

  static func escaped(_ text: String) -> String {
    text.reduce(into: "") { $0 += "*_`|<".contains($1) ? "\\\($1)" : String($1) }
  }

  /// What is wrong with a claim, in a line.
  func sentence(_ claim: ClaimResult) -> String {
    guard let failure = failure(claim) else {
      return "\(request.name(claim.key)): \(claim.verdict.rawValue)"
    }
    return failure.what + (failure.why.map { "; \($0)" } ?? "")
  }

  // MARK: Tables

  private var table: Table { outcome.claims.isEmpty ? voteTable : claimTable }

  /// Whether the derivatives were judged at different points, so that each row names its own.
  private var namesPoints: Bool { request.points.count > 1 || request.chosen == nil }

  /// The engines' values at the point where they are farthest apart; the others as differences from
  /// reverse mode.
  private var voteTable: Table {
    var columns = [
      Table.Column("derivative"), Table.Column("verdict"),
      Table.Column("reverse", alignment: .decimal),
      Table.Column("forward off", alignment: .trailing),
      Table.Column("symbolic off", alignment: .trailing),
      Table.Column("numerical off", alignment: .trailing),
      Table.Column("its estimate", alignment: .trailing),
    ]
    if namesPoints { columns.append(Table.Column("farthest apart at", whenNarrow: .standsBelow)) }
    var table = Table(columns: columns)
    for vote in outcome.votes {
      let worst = vote.worst
      let off = { (value: Double) -> Table.Cell in
        .text(Self.brief.text((value - worst.reverse).magnitude))
      }
      table.append(
        [
          .text(name(vote.quantity)), .text(vote.verdict.rawValue),
          .text(numbers.text(worst.reverse)),
          off(worst.forward), worst.symbolic.map(off) ?? .empty,
          worst.numerical.map { off($0.value) } ?? .empty,
          worst.numerical.map { .text(Self.brief.text($0.errorEstimate)) } ?? .empty,
        ] + (namesPoints ? [.text(place(worst.point))] : []))
    }
    return table
  }

  private var claimTable: Table {
    var columns = [
      Table.Column("derivative"), Table.Column("claim", folds: true),
      Table.Column("verdict"), Table.Column("shown"),
    ]
    let showsNumbers = !outcome.claims.allSatisfy { $0.isShownByAlgebra }
    if showsNumbers {
      columns += [
        Table.Column("claimed", alignment: .decimal), Table.Column("true", alignment: .decimal),
      ]
      if namesPoints { columns.append(Table.Column("for instance at", whenNarrow: .standsBelow)) }
    }
    var table = Table(columns: columns)
    for claim in outcome.claims {
      let telling = claim.telling
      let pair = texts(telling)
      let numbers: [Table.Cell] =
        [.text(pair.claim), .text(pair.derivative)]
        + (namesPoints ? [.text(place(telling.point, about: claim.variables))] : [])
      table.append(
        [
          .text(request.name(claim.key)), .text(claim.text), .text(claim.verdict.rawValue),
          .text(shown(claim)),
        ] + (claim.isShownByAlgebra ? [] : numbers))
    }
    return table
  }

  private func shown(_ claim: ClaimResult) -> String {
    switch claim.evidence {
    case .algebra: "by algebra"
    case .points where claim.verdict == .disagree: "counterexample"
    case .points(let count): count == 1 ? "at 1 point" : "at \(count) points"
    }
  }

  // MARK: Words

  /// As many digits as the user asked for, or enough to compare by eye.
  private var numbers: NumberFormat {
    request.numbers.digits == nil ? NumberFormat(digits: 6) : request.numbers
  }

  /// A claim and a derivative with as many digits as show that they differ.
  private func texts(_ comparison: Comparison) -> (claim: String, derivative: String) {
    let (claim, derivative) = (comparison.claim, comparison.derivative)
    let digits = (numbers.digits ?? 6)...17
    let telling = digits.lazy.map(NumberFormat.init).first {
      $0.text(claim) != $0.text(derivative) || comparison.verdict != .disagree
    }
    let format = telling ?? .shortest
    return (format.text(claim), format.text(derivative))
  }

  /// What is wrong with a claim, and probably why.
  private func failure(_ claim: ClaimResult) -> (what: String, why: String?)? {
    guard claim.verdict == .disagree else { return nil }
    let telling = claim.telling
    let pair = texts(telling)
    let value = telling.claim.isNaN ? "the claim has no value" : "the claim is \(pair.claim)"
    let noun = claim.key.path.isEmpty && request.valueNames == nil ? "value" : "derivative"
    let place = place(telling.point, about: claim.variables)
    return (
      "\(request.name(claim.key)): at \(place) \(value), the \(noun) \(pair.derivative)",
      claim.mistake.map { "probably: \($0.message)" }
    )
  }

  /// `disagree: d/dx2, at 20 random points (seed 1)`
  private var verdictLine: String {
    let verdict = outcome.verdict
    let votes = outcome.votes.filter { $0.verdict == verdict }.map { name($0.quantity) }
    let claims = outcome.claims.filter { $0.verdict == verdict }.map { request.name($0.key) }
    let names = votes + claims
    let what =
      verdict == .agree
      ? agreement
      : names.prefix(4).joined(separator: ", ") + (names.count > 4 ? ", …" : "")
    return "\(verdict.rawValue): \(what)\(places)"
  }

  private var agreement: String {
    switch outcome.claims.count {
    case 0: enginesAgreed
    case 1: "the claim"
    case 2: "both claims"
    case let count: "all \(count) claims"
    }
  }

  /// Which engines agree; numerical mode only where it had an answer for every derivative.
  private var enginesAgreed: String {
    let fewest = outcome.votes.min {
      $0.numericalCount * $1.pointCount < $1.numericalCount * $0.pointCount
    }
    guard let fewest, fewest.numericalCount < fewest.pointCount else {
      return "forward, reverse, symbolic and numerical mode"
    }
    let others = "forward, reverse and symbolic mode"
    return fewest.numericalCount == 0
      ? others
      : "\(others), and numerical mode at \(fewest.numericalCount) of \(fewest.pointCount) points"
  }

  private var places: String {
    if outcome.claims.allSatisfy(\.isShownByAlgebra), !outcome.claims.isEmpty {
      return ", by algebra"
    }
    let count = request.points.count - request.simpleCount
    let points = count == 1 ? "1 point" : "\(count) points"
    if request.chosen != nil {
      return count == 1 ? ", at \(place(request.points[0]))" : ", at \(points)"
    }
    let random = ", at \(points.replacing("point", with: "random point")) (seed \(request.seed))"
    guard request.simpleCount > 0 else { return random }
    return random + " and \(request.simpleCount) simple one\(request.simpleCount == 1 ? "" : "s")"
  }

  func name(_ quantity: VoteResult.Quantity) -> String {
    switch quantity {
    case .partial(let key): request.name(key)
    case .directional(let output, _):
      "along a direction" + (request.outputs.map { ", \($0[output])" } ?? "")
    }
  }

  /// A point of a few variables in full; of many variables only those that matter.
  private func place(_ point: [Double], about variables: [Int] = []) -> String {
    let chosen =
      point.count <= Self.mostShown || variables.isEmpty ? Array(point.indices) : variables
    let shown = chosen.prefix(Self.mostShown).map {
      "\(request.subject.variables[$0]) = \(shortest(point[$0]))"
    }
    return shown.joined(separator: ", ") + (point.count > shown.count ? ", …" : "")
  }

  private static let mostShown = 6
}

extension ClaimResult {
  var isShownByAlgebra: Bool { if case .algebra = evidence { verdict == .agree } else { false } }
}
