// `check --answers`: hand-ins, one after the other, against the tasks of a key.
import CommandLine
import Language
import Reporting
import Syntax
import Text

/// One hand-in with what each task came to.
struct GradedHandIn {
  let name: String
  let grades: [Grade]
  /// Parts that were not read, though the rest was.
  let strays: [String]

  func marks(_ tasks: [GradingTask]) -> Double {
    zip(grades, tasks).reduce(0) { $0 + $1.0.marks($1.0.right, of: $1.1.marks) }
  }

  func following(_ tasks: [GradingTask]) -> Double {
    zip(grades, tasks).reduce(0) { $0 + $1.0.marks($1.0.following, of: $1.1.marks) }
  }

  var verdict: Grade.Verdict {
    let verdicts = grades.map(\.verdict)
    if verdicts.allSatisfy({ $0 == .right }) { return .right }
    if verdicts.allSatisfy({ $0 == .missing }) { return .missing }
    return [.unreadable, .wrong].first(where: verdicts.contains) ?? .incomplete
  }
}

struct Grading {
  let tasks: [GradingTask]
  let handIns: [GradedHandIn]
  let feedback: Feedback
  let format: CheckFormat
  let color: ColorOption

  /// Larger files are not read.
  private static let largestHandIn = 1 << 20
  private static let mostHandIns = 10_000

  init(_ arguments: Arguments, _ terminal: Terminal) throws {
    for option in [
      OptionDefinition.claimedGradient, .claimedHessian, .against, .trace, .implicit,
    ] where arguments.has(option) {
      throw Failure.option(
        "--answers and \(option.spelling) exclude each other", remedy: "leave one out")
    }
    format = arguments.choice(.format, default: .text)
    color = arguments.choice(.color, default: .auto)
    feedback = arguments.choice(.feedback, default: .full)
    let key = arguments.value(.key)?.text
    let tasks = try Self.tasks(key, arguments, terminal)
    self.tasks = tasks
    let operands = arguments.operands.dropFirst(key == nil ? 1 : 0).map(\.text)
    let paths = arguments.values(.answers).map(\.text) + operands
    let files = try Self.files(paths, terminal)
    handIns = files.map { Self.graded($0, tasks, arguments.commands, terminal) }
  }

  private static func tasks(
    _ key: String?, _ arguments: Arguments, _ terminal: Terminal
  ) throws -> [GradingTask] {
    if let key { return try AnswerKey(key, arguments, terminal).tasks }
    guard !arguments.operands.isEmpty else {
      throw Failure.option(
        "nothing says what the answers are to", remedy: "give EXPRESSION first, or a --key")
    }
    var asked = arguments
    asked.leaveOut([.answers, .feedback])
    return [try GradingTask("1", marks: 1, "check", [], asked, terminal)]
  }

  // MARK: Files

  /// A file, with what it is called in the list.
  private typealias File = (name: String, path: String, isOrdinary: Bool)

  /// The files that are named, and those of folders, in the order of their names.
  private static func files(
    _ paths: [String], _ terminal: Terminal
  ) throws -> [File] {
    var files: [File] = []
    for path in paths {
      guard let entries = terminal.entries(ofFolder: path) else {
        files.append((name: shown(path), path: path, isOrdinary: true))
        continue
      }
      files += self.files(of: entries, in: path, named: "", terminal)
    }
    guard !files.isEmpty else {
      throw Failure.option(
        "there are no hand-ins in '\(echo(paths.joined(separator: " ")))'", remedy: nil)
    }
    guard files.count <= mostHandIns else {
      throw Failure.option("there are more than \(mostHandIns) hand-ins", remedy: nil)
    }
    return files
  }

  /// The files of a folder, and of the folders in it, which may be one for each student.
  private static func files(
    of entries: [FolderEntry], in path: String, named prefix: String, _ terminal: Terminal
  ) -> [File] {
    entries.filter { !$0.name.hasPrefix(".") }.flatMap { entry -> [File] in
      let inside = path.hasSuffix("/") ? path + entry.name : "\(path)/\(entry.name)"
      let name = prefix + entry.name
      guard entry.kind == .folder else {
        return [(name: shown(name), path: inside, isOrdinary: entry.kind == .file)]
      }
      guard prefix.isEmpty, let more = terminal.entries(ofFolder: inside) else { return [] }
      return files(of: more, in: inside, named: name + "/", terminal)
    }
  }

  /// A name that begins like a formula gets `./` in front, since a spreadsheet would evaluate it.
  private static func shown(_ name: String) -> String {
    let name = echo(name)
    return name.first.map { "=+-@".contains($0) } == true ? "./\(name)" : name
  }

  // MARK: One hand-in

  private static func graded(
    _ file: File, _ tasks: [GradingTask], _ commands: CommandSet, _ terminal: Terminal
  ) -> GradedHandIn {
    do {
      guard file.isOrdinary else {
        throw FileError(path: file.name, reason: "it is no ordinary file")
      }
      let bytes = try terminal.readFile(file.path)
      guard bytes.count <= largestHandIn else {
        throw FileError(path: file.name, reason: "it is larger than 1 MiB")
      }
      let handIn = try HandIn(SourceText(bytes, name: file.name), tasks, commands)
      return GradedHandIn(
        name: file.name,
        grades: tasks.indices.map { grade(handIn.answers[$0] ?? [], tasks[$0], terminal) },
        strays: handIn.strays)
    } catch {
      return GradedHandIn(
        name: file.name, grades: tasks.map { _ in .unread(error) }, strays: [])
    }
  }

  private static func grade(
    _ answers: [SourceText], _ task: GradingTask, _ terminal: Terminal
  ) -> Grade {
    guard let answer = answers.first else { return .missing }
    guard answers.count == 1 else {
      let everything = SourceRange(start: 0, end: answers[1].bytes.count)
      return Grade(
        unread: Diagnostic(
          .error, "task \(task.name) is answered twice", source: answers[1], range: everything))
    }
    return task.grade(answer, terminal)
  }

  func run(_ terminal: Terminal) -> Int32 {
    let report = GradingReport(grading: self)
    switch format {
    case .json: terminal.write(report.json.text)
    case .csv: terminal.write(report.csv)
    case .markdown: terminal.write(report.markdown)
    case .text: terminal.write(report.text(for: terminal))
    }
    return handIns.allSatisfy { $0.verdict == .right } ? 0 : 1
  }
}
