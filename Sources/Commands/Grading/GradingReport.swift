// What `check --answers` prints: a row for each hand-in, then what could not be read, and where.
import CommandLine
import Reporting
import Syntax
import Text

struct GradingReport {
  let grading: Grading

  private var tasks: [GradingTask] { grading.tasks }
  private var hasSeveralTasks: Bool { tasks.count > 1 }
  private static let numbers = NumberFormat(digits: 8)

  func text(for terminal: Terminal) -> String {
    let style = TextStyle(isEnabled: terminal.allowsColor(for: .output, option: grading.color))
    let table = table.text(
      width: terminal.width, unicode: terminal.usesUnicode, style: style, numbers: Self.numbers)
    let lines = unread.map { $0 + "\n" }.joined()
    return table + terminal.inItsCharacters("\n" + lines + (lines.isEmpty ? "" : "\n"))
      + summary + "\n"
  }

  var markdown: String {
    let lines = unread.map { "- \($0.markdown)\n" }.joined()
    return table.markdown(numbers: Self.numbers) + "\n" + lines + (lines.isEmpty ? "" : "\n")
      + summary.markdown + "\n"
  }

  /// A column for each number, so that a spreadsheet can add them up.
  var csv: String {
    var names = ["hand-in", "verdict", "marks", "following", "of"]
    for task in tasks where hasSeveralTasks { names += [task.name, "\(task.name) following"] }
    if grading.feedback != .verdict { names.append("first mistake") }
    var table = Table(columns: names.map { Table.Column(.text($0)) })
    for handIn in grading.handIns {
      let each = zip(handIn.grades, tasks).flatMap { grade, task -> [Table.Cell] in
        [.number(marks(grade, task)), .number(following(grade, task))]
      }
      let own: [Table.Cell] = [
        .text(handIn.name), .text(handIn.verdict.rawValue), .number(rounded(handIn.marks(tasks))),
        .number(rounded(handIn.following(tasks))), .number(total),
      ]
      let cells = own + (hasSeveralTasks ? each : [])
      table.append(
        cells + (grading.feedback == .verdict ? [] : [.text(firstMistake(handIn, inFull: true))]))
    }
    return table.csv()
  }

  // MARK: The table

  private var table: Table {
    var columns = [Table.Column("hand-in"), Table.Column("verdict")]
    for task in tasks where hasSeveralTasks {
      columns.append(Table.Column(.text(task.name), alignment: .trailing))
    }
    columns += [
      Table.Column("marks", alignment: .decimal), Table.Column("following", alignment: .decimal),
    ]
    if grading.feedback != .verdict { columns.append(Table.Column("first mistake", folds: true)) }
    var table = Table(columns: columns)
    for handIn in grading.handIns {
      let each = zip(handIn.grades, tasks).map { Table.Cell.text(cell($0, $1)) }
      let own: [Table.Cell] = [.text(handIn.name), .text(handIn.verdict.rawValue)]
      let cells =
        own + (hasSeveralTasks ? each : []) + [
          .number(rounded(handIn.marks(tasks))), .number(rounded(handIn.following(tasks))),
        ]
      table.append(
        cells + (grading.feedback == .verdict ? [] : [.text(firstMistake(handIn, inFull: false))]))
    }
    return table
  }

  /// `2`, `1.5 (2)` where marks for consistent errors make a difference, `?` for what is
  /// unreadable.
  private func cell(_ grade: Grade, _ task: GradingTask) -> String {
    switch grade.verdict {
    case .unreadable: return "?"
    case .missing: return "–"
    default:
      let (strict, following) = (marks(grade, task), following(grade, task))
      let text = Self.numbers.text(strict)
      return strict == following ? text : "\(text) (\(Self.numbers.text(following)))"
    }
  }

  private func marks(_ grade: Grade, _ task: GradingTask) -> Double {
    grade.marks(grade.right, of: task.marks)
  }

  private func following(_ grade: Grade, _ task: GradingTask) -> Double {
    grade.marks(grade.following, of: task.marks)
  }

  private var total: Double { tasks.reduce(0) { $0 + $1.marks } }

  private func rounded(_ marks: Double) -> Double { (marks * 100).rounded() / 100 }

  // MARK: Words

  /// The first thing that is not right, as far as feedback allows.
  ///
  /// - Parameter inFull: whether it says why something could not be read, for which there is a list
  ///   of its own.
  private func firstMistake(_ handIn: GradedHandIn, inFull: Bool) -> String {
    let pairs = zip(handIn.grades, tasks)
    let first =
      pairs.first { $0.0.verdict == handIn.verdict } ?? pairs.first { $0.0.verdict != .right }
    guard let (grade, task) = first, grade.verdict != .right else { return "" }
    let prefix = hasSeveralTasks ? "\(task.name): " : ""
    if let unread = grade.unread {
      return prefix + (inFull ? Self.line(unread) : "unreadable, see below")
    }
    guard let mistake = grade.mistake else { return prefix + "no answer" }
    switch grading.feedback {
    case .verdict: return ""
    case .hint: return prefix + mistake.place
    case .full: return prefix + mistake.message
    }
  }

  /// What could not be read, a line each; a file that could not be read at all has one.
  private var unread: [String] {
    grading.handIns.flatMap { handIn -> [String] in
      var lines: [String] = []
      for (grade, task) in zip(handIn.grades, tasks) {
        guard let unread = grade.unread else { continue }
        let line = "unreadable: " + Self.line(unread, in: handIn.name, task.name)
        if !lines.contains(where: { $0 == line }) { lines.append(line) }
      }
      return lines + handIn.strays.map { "not read: \($0)" }
    }
  }

  private static func line(_ unread: Diagnostic, in file: String, _ task: String) -> String {
    let line = self.line(unread)
    return line.contains(file) ? line : "\(file): \(line)"
  }

  private static func line(_ unread: Diagnostic) -> String {
    let place =
      unread.place
      ?? unread.source.flatMap { source in
        unread.range.map { source.place(of: $0) } ?? source.name
      }
    return (place.map { "\($0): " } ?? "") + unread.message
      + (unread.remedy.map { "; \($0)" } ?? "")
  }

  private var summary: String {
    let count = grading.handIns.count
    let kinds: [Grade.Verdict] = [.right, .wrong, .incomplete, .missing, .unreadable]
    let counts = kinds.compactMap { kind -> String? in
      let count = grading.handIns.count { $0.verdict == kind }
      return count == 0 ? nil : "\(count) \(kind.rawValue)"
    }
    let mean = grading.handIns.reduce(0) { $0 + $1.following(tasks) } / Double(max(1, count))
    return "\(count) hand-in\(count == 1 ? "" : "s"): \(counts.joined(separator: ", ")); "
      + "mean \(Self.numbers.text(rounded(mean))) of \(Self.numbers.text(total)) marks"
  }

  // MARK: JSON

  var json: JSON {
    .object([
      ("feedback", .string(grading.feedback.rawValue)),
      (
        "tasks",
        .array(
          tasks.map { .object([("task", .string($0.name)), ("marks", .number($0.marks))]) })
      ), ("hand-ins", .array(grading.handIns.map(json))),
    ])
  }

  private func json(_ handIn: GradedHandIn) -> JSON {
    .object([
      ("hand-in", .string(handIn.name)), ("verdict", .string(handIn.verdict.rawValue)),
      ("marks", .number(rounded(handIn.marks(tasks)))),
      ("following", .number(rounded(handIn.following(tasks)))),
      ("answers", .array(zip(handIn.grades, tasks).map(json))),
      ("unread", .array(handIn.strays.map { .string($0) })),
    ])
  }

  private func json(_ grade: Grade, _ task: GradingTask) -> JSON {
    var members: [(key: String, value: JSON)] = [
      ("task", .string(task.name)), ("verdict", .string(grade.verdict.rawValue)),
      ("marks", .number(marks(grade, task))), ("following", .number(following(grade, task))),
      ("judged", .integer(grade.asked)), ("right", .integer(grade.right)),
    ]
    if let mistake = grade.mistake, grading.feedback != .verdict {
      members.append(("place", .string(mistake.place)))
      if grading.feedback == .full { members.append(("message", .string(mistake.message))) }
    }
    if let unread = grade.unread { members.append(("message", .string(Self.line(unread)))) }
    return .object(members)
  }
}
