// A task of a class: what is asked, how many marks it has, and how one answer to it is judged.
import CommandLine
import Calculus
import Checking
import Language
import Reporting
import Syntax
import Text
import TraceChecking

/// Which derivatives are asked for, with the points that they are judged at.
struct ClaimQuestion {
  let request: CheckRequest
  /// 1 for a gradient, 2 for second derivatives.
  let order: Int
  /// The derivatives that an answer has to have.
  let asked: [DerivativeKey]
}

struct GradingTask {
  let name: String
  let marks: Double
  /// The words of its command line, by which a hand-in's `expect` names it.
  let words: [String]
  /// Nil where a table is asked for.
  let claims: ClaimQuestion?
  /// Nil where no table can be an answer.
  let table: TraceQuestion?

  /// The commands that ask for something.
  static let commands = ["diff", "eval", "trace", "check"]

  /// Options of a task that say nothing about what is asked, or that would give the answer away.
  private static let excluded: [OptionDefinition] = [
    .claimedGradient, .against, .implicit, .trace, .answers, .key, .feedback, .timeLimit, .mixed,
    .direction, .points, .data, .weights, .fold, .blank,
  ]

  /// - Parameters:
  ///   - command: the name of that of `words`, which stand behind it.
  init(
    _ name: String, marks: Double, _ command: String, _ words: [String],
    _ arguments: Arguments, _ terminal: Terminal
  ) throws {
    for option in Self.excluded where arguments.has(option) {
      throw Failure.option(
        "a task cannot have \(option.spelling)", remedy: "it says what is asked, no more")
    }
    let isTrace = command == "trace"
    if command == "check", arguments.has(.hessian) {
      throw Failure.option(
        "a task cannot have the answer in it", remedy: "'diff … --hessian' asks for it")
    }
    let needsTable = isTrace || arguments.has(.require)
    self.name = name
    self.marks = marks
    self.words = Self.withoutForm([command] + words)
    claims = needsTable ? nil : try Self.question(arguments, terminal)
    let mayBeTable = command == "check" && claims?.request.chosen?.count == 1
    let requirement =
      isTrace ? arguments.choice(.mode, default: TraceMode.reverse).requirement : nil
    table =
      needsTable || mayBeTable
      ? try TraceQuestion(arguments, terminal, requirement: requirement) : nil
  }

  /// A command line without what says how its answer looks.
  static func withoutForm(_ words: [String]) -> [String] {
    var isValue = false
    return words.filter { word in
      let isForm = ["--digits", "--format", "--color"].contains {
        word.split(separator: "=").first ?? "" == $0
      }
      defer { isValue = isForm && !word.contains("=") }
      return !isForm && !isValue
    }
  }

  private static func question(
    _ arguments: Arguments, _ terminal: Terminal
  ) throws -> ClaimQuestion {
    let request = try CheckRequest(arguments, terminal, forHandIns: true)
    let active = request.subject.activeVariables
    if arguments.has(.hessian) {
      if request.outputs != nil { throw Failure.hessianOfList }
      let pairs = active.indices.flatMap { row in active[row...].map { [active[row], $0] } }
      return ClaimQuestion(
        request: request, order: 2, asked: pairs.map { DerivativeKey(output: 0, path: $0) })
    }
    let order = arguments.count(.order) ?? 1
    guard order > 1 else {
      return ClaimQuestion(request: request, order: 1, asked: request.subject.gradientKeys)
    }
    if request.outputs != nil { throw Failure.hessianOfList }
    return ClaimQuestion(
      request: request, order: order,
      asked: active.map { DerivativeKey(output: 0, path: Array(repeating: $0, count: order)) })
  }
}

extension TraceMode {
  /// What a table of this mode must contain.
  fileprivate var requirement: TraceRequirement { self == .forward ? .forward : .reverse }
}

// MARK: - Judging

/// The marks of an answer and what led to them.
struct Grade {
  /// What is reported of the first mistake: where it is, and what it is.
  struct Mistake {
    let place: String
    let message: String
  }

  /// How many rows or derivatives there should be.
  var asked = 0
  /// How many are right, and how many are right in consequence of earlier mistakes.
  var right = 0
  var following = 0
  var mistake: Mistake?
  /// Whether something is wrong, and not only missing.
  var isWrong = false
  var isMissing = false
  /// Why the answer could not be read.
  var unread: Diagnostic?

  static let missing = Grade(isMissing: true)

  static func unread(_ error: any Error) -> Grade { Grade(unread: error.diagnostic) }

  enum Verdict: String { case right, wrong, incomplete, missing, unreadable }

  var verdict: Verdict {
    if unread != nil { return .unreadable }
    if isMissing { return .missing }
    if isWrong { return .wrong }
    return mistake == nil ? .right : .incomplete
  }

  /// Rounded to hundredths, so that sums agree with what is shown.
  func marks(_ right: Int, of marks: Double) -> Double {
    guard asked > 0 else { return 0 }
    return (marks * Double(right) / Double(asked) * 100).rounded() / 100
  }
}

extension GradingTask {
  func grade(_ answer: SourceText, _ terminal: Terminal) -> Grade {
    do {
      guard let claims else { return try gradeTable(answer) }
      do {
        return try gradeClaims(answer, claims, terminal)
      } catch {
        let lines = answer.bytes.split(separator: UInt8(ascii: "\n")).count
        guard table != nil, lines > 1 else { throw error }
        return try gradeTable(answer)
      }
    } catch {
      return .unread(error)
    }
  }

  private func gradeClaims(
    _ answer: SourceText, _ question: ClaimQuestion, _ terminal: Terminal
  ) throws -> Grade {
    var request = question.request
    request.claims = try ClaimReader.claims(
      answer, order: question.order, outputNames: request.outputs?.all, for: request.subject)
    let outcome = try request.outcome()
    let claimed = Set(outcome.claims.map { $0.key.withoutOrder })
    let missing = question.asked.filter { !claimed.contains($0.withoutOrder) }
    var grade = Grade(asked: claimed.count + missing.count)
    grade.right = outcome.claims.count { $0.verdict.passes }
    grade.following = grade.right
    if let wrong = outcome.claims.first(where: { !$0.verdict.passes }) {
      let report = CheckReport(request: request, outcome: outcome)
      grade.isWrong = true
      grade.mistake = Grade.Mistake(
        place: request.name(wrong.key), message: report.sentence(wrong))
    } else if !missing.isEmpty {
      grade.mistake = Self.missing(missing.map(request.name))
    }
    return grade
  }

  private func gradeTable(_ answer: SourceText) throws -> Grade {
    guard let table else { return .missing }
    let check = try TraceCheck(table, answer)
    let rows = check.outcome.rows.filter { $0.verdict != .unjudged }
    // At a point, a row is answered by its value, not by a formula.
    let isOpen = { (row: RowResult) in
      row.verdict == .empty || row.verdict == .right && row.row.numbers.isEmpty
    }
    let open = rows.count(where: isOpen)
    var grade = Grade(asked: rows.count - open + max(open, check.absent.count))
    grade.right = rows.count { $0.verdict == .right && !isOpen($0) }
    grade.following =
      grade.right
      + rows.count { if case .follows = $0.verdict { true } else { false } }
    let report = TraceCheckReport(check: check)
    if let first = check.outcome.first.map({ check.outcome.rows[$0] }) {
      grade.isWrong = true
      grade.mistake = Grade.Mistake(place: report.place(first), message: report.sentence(first))
    } else if !check.absent.isEmpty {
      grade.mistake = Self.missing(check.absent)
    } else if let row = rows.first(where: isOpen) {
      grade.mistake = Grade.Mistake(
        place: report.place(row), message: "\(report.place(row)): nothing is claimed")
    }
    return grade
  }

  private static func missing(_ names: [String]) -> Grade.Mistake {
    let more = names.count > 4 ? " and \(names.count - 4) more" : ""
    let list = names.prefix(4).joined(separator: ", ") + more
    return Grade.Mistake(place: list, message: "nothing is claimed of \(list)")
  }
}

extension DerivativeKey {
  /// With the variables in sorted order: mixed second derivatives do not depend on it.
  fileprivate var withoutOrder: DerivativeKey {
    DerivativeKey(output: output, path: path.sorted())
  }
}
