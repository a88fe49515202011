// What `check --trace` prints: the rows with their verdicts, what is wrong, and the verdict.
import CommandLine
import Text
import TraceChecking
import Language
import Reporting

struct TraceCheckReport {
  let check: TraceCheck

  private var outcome: TraceOutcome { check.outcome }
  private var rows: [RowResult] { outcome.rows }

  func text(for terminal: Terminal) -> String {
    let style = TextStyle(isEnabled: terminal.allowsColor(for: .output, option: check.color))
    let table = table.text(
      width: terminal.width, unicode: terminal.usesUnicode, style: style, numbers: numbers)
    let failures = failures.map {
      "\n" + terminal.foldedLine($0.what)
        + ($0.why.map { terminal.foldedLine($0, margin: 2) } ?? "")
    }
    let line = String(terminal.foldedLine(verdictLine).dropLast())
    let verdict = check.passes ? style.green(line) : style.red(line)
    return table + terminal.inItsCharacters(failures.joined() + "\n" + verdict + "\n")
  }

  func markdown() -> String {
    let failures = failures.map {
      "- \($0.what.markdown)" + ($0.why.map { "; \($0.markdown)" } ?? "") + "\n"
    }
    let verdict = check.passes ? "agree" : "disagree"
    return table.markdown(numbers: numbers) + "\n"
      + (failures.isEmpty ? "" : failures.joined() + "\n")
      + "**\(verdict)**" + String(verdictLine.dropFirst(verdict.count)).markdown + "\n"
  }

  // MARK: The table

  private var table: Table {
    var table = Table(columns: [
      Table.Column("line", alignment: .trailing), Table.Column("row", folds: true),
      Table.Column("claimed", alignment: .decimal), Table.Column("true", alignment: .decimal),
      Table.Column("verdict"),
    ])
    for result in rows {
      table.append([
        .text(String(result.row.line)), .text(shown(result.row)),
        result.shownNumber.map { .text($0.written) } ?? .empty,
        result.truth.map { .text(text($0, beside: result)) } ?? .empty, .text(word(result)),
      ])
    }
    return table
  }

  private func word(_ result: RowResult) -> String {
    switch result.verdict {
    case .right: "right"
    case .wrong: "wrong"
    case .follows(let root): "follows from line \(rows[root].row.line)"
    case .empty: "nothing claimed"
    case .unjudged: "not judged"
    }
  }

  /// A row as it was written; a long one is cut.
  private func shown(_ row: ClaimedRow) -> String {
    let text = row.text
    return text.count <= 60 ? text : text.prefix(59) + "…"
  }

  // MARK: Numbers

  private var numbers: NumberFormat {
    check.numbers.digits == nil ? NumberFormat(digits: 6) : check.numbers
  }

  /// A true value with as many digits as show that a claim differs.
  private func text(_ truth: Double, beside result: RowResult) -> String {
    guard let claimed = result.shownNumber?.value, result.verdict != .right else {
      return numbers.text(truth)
    }
    let format = ((numbers.digits ?? 6)...17).lazy.map(NumberFormat.init).first {
      $0.text(truth) != $0.text(claimed)
    }
    return (format ?? .shortest).text(truth)
  }

  // MARK: Words

  private var failures: [(what: String, why: String?)] {
    rows.filter { $0.verdict == .wrong }.map(failure)
  }

  private func failure(_ result: RowResult) -> (what: String, why: String?) {
    let why = result.remark?.message ?? result.mistake.map { "probably: \($0.message)" }
    return ("line \(result.row.line): \(shown(result.row)): \(difference(result))", why)
  }

  /// What is wrong with a row, in a line.
  func sentence(_ result: RowResult) -> String {
    let failure = failure(result)
    return failure.what + (failure.why.map { "; \($0)" } ?? "")
  }

  /// Which row it is, without its contents.
  func place(_ result: RowResult) -> String {
    "line \(result.row.line), \(result.row.name.text)"
  }

  private func difference(_ result: RowResult) -> String {
    if let partial = result.partial, let claimed = result.row.partial {
      return "the partial is claimed to be \(claimed.written), should be \(numbers.text(partial))"
    }
    guard let claimed = result.shownNumber else { return "the formula is wrong" }
    guard let truth = result.truth else { return "claimed \(claimed.written)" }
    if result.remark != nil, numbers.text(truth) == numbers.text(claimed.value) {
      return "the value \(claimed.written) is right, the formula is not"
    }
    return "claimed \(claimed.written), should be \(text(truth, beside: result))"
  }

  /// `disagree: the first wrong row is line 6, v₃ = sin v₀: claimed 0.959, should be -0.958924; …`
  private var verdictLine: String {
    let place = "at \(Calculation.text(of: check.point))"
    guard let first = outcome.first else {
      if !check.absent.isEmpty {
        let list = check.absent.prefix(8).joined(separator: ", ")
        let more = check.absent.count > 8 ? " and \(check.absent.count - 8) more" : ""
        return "disagree: incomplete, nothing is claimed of \(list)\(more)"
      }
      guard check.passes else { return "disagree: the expression has no value \(place)" }
      let count = rows.count { $0.verdict == .right }
      let open = rows.count { $0.verdict == .empty }
      let bare = rows.count { $0.verdict == .right && $0.row.numbers.isEmpty }
      let unclaimed =
        (bare == 0 ? "" : "; \(bare) without a value")
        + (open == 0 ? "" : "; \(open) without a claim")
        + (outcome.hasDerivatives ? "" : "; derivatives not claimed")
      return "agree: \(count == 1 ? "the row" : "all \(count) rows"), \(place)\(unclaimed)"
    }
    let result = rows[first]
    var clauses = [
      "disagree: the first wrong row is line \(result.row.line), \(shown(result.row)): "
        + difference(result)
    ]
    let followers = outcome.followers(of: first)
    if !followers.isEmpty {
      clauses.append("\(lines(followers)) wrong only because of it")
    }
    let others = rows.indices.filter { $0 != first && rows[$0].verdict == .wrong }
    if !others.isEmpty { clauses.append("\(lines(others)) wrong too") }
    return clauses.joined(separator: "; ")
  }

  /// `line 8 is`, `lines 8, 9 and 12 are`
  private func lines(_ indices: [Int]) -> String {
    var numbers: [Int] = []
    for index in indices where numbers.last != rows[index].row.line {
      numbers.append(rows[index].row.line)
    }
    if numbers.count == 1 { return "line \(numbers[0]) is" }
    let shown = numbers.prefix(12).map(String.init)
    let list =
      numbers.count > 12
      ? shown.joined(separator: ", ") + " and \(numbers.count - 12) more"
      : shown.dropLast().joined(separator: ", ") + " and \(shown[shown.count - 1])"
    return "lines \(list) are"
  }

  // MARK: JSON

  var json: JSON {
    .object([
      ("expression", .string(check.expression.text)),
      ("wrt", .array(check.question.variables.map { .string($0) })),
      ("verdict", .string(check.passes ? "agree" : "disagree")), ("point", check.point.json),
      ("rows", .array(rows.map(json))), ("first", outcome.first.map { json(rows[$0]) } ?? .null),
      ("missing", .array(outcome.missing.map { .string($0) })),
      (
        "counts",
        .object([
          ("judged", .integer(rows.count { $0.verdict != .empty && $0.verdict != .unjudged })),
          ("right", .integer(rows.count { $0.verdict == .right })),
          ("wrong", .integer(rows.count { $0.verdict == .wrong })),
          ("unclaimed", .integer(rows.count { $0.verdict == .empty })),
        ])
      ), ("absent", .array(check.absent.map { .string($0) })),
      ("notes", .array(check.notes.map(\.json))),
    ])
  }

  private func json(_ result: RowResult) -> JSON {
    let row = result.row
    var members: [(key: String, value: JSON)] = [
      ("line", .integer(row.line)), ("section", .string(row.kind.rawValue)),
      ("name", .string(row.name.text)),
    ]
    if let formula = row.formulas.last { members.append(("formula", .string(formula.text))) }
    members.append(("claimed", result.shownNumber.map { .number($0.value) } ?? .null))
    members.append(("value", result.truth.map { .number($0) } ?? .null))
    switch result.verdict {
    case .right: members.append(("verdict", "agree"))
    case .wrong: members.append(("verdict", "disagree"))
    case .empty: members.append(("verdict", "empty"))
    case .unjudged: members.append(("verdict", "unjudged"))
    case .follows(let root):
      members.append(("verdict", "follows"))
      members.append(("because", .integer(rows[root].row.line)))
    }
    if let mistake = result.mistake {
      members.append(
        (
          "diagnosis",
          .object([
            ("kind", .string(mistake.kind.rawValue)), ("message", .string(mistake.message)),
          ])
        ))
    } else if let remark = result.remark {
      members.append(
        (
          "diagnosis",
          .object([
            ("kind", .string(remark.kind.rawValue)), ("message", .string(remark.message)),
          ])
        ))
    }
    return .object(members)
  }
}

extension RowResult {
  /// The number that is wrong, or the last one.
  fileprivate var shownNumber: ClaimedNumber? { claimed ?? row.value }
}

extension ClaimedNumber {
  /// As it was written.
  var written: String { place.text }
}

extension String {
  /// With what is special in Markdown escaped.
  var markdown: String { CheckReport.escaped(self) }
}
