// README.md and the manual against the program: examples, options, functions, exit statuses.
@testable import CommandLine
import Calculus
import Foundation
import Language
import Testing

@testable import Commands
@testable import Syntax

@Suite struct DocumentedExampleTests {
  @Test(arguments: Documents.readmeExamples + Documents.manualExamples)
  func printsWhatTheDocumentShows(example: DocumentedExample) throws {
    let result = try #require(ShellLine(example.commandLine, columns: example.columns)).run()
    #expect(result.output == example.output)
    let isFailure = example.output.components(separatedBy: "\n")
      .contains { line in
        ["error:", "disagree:"].contains(where: line.hasPrefix)
          || [": error: ", "\"severity\": \"error\"", "\"disagree\"", ", expected "]
            .contains(where: line.contains)
      }
    #expect((result.status == 0) == !isFailure)
  }

  @Test(arguments: Documents.sessions)
  func sessionsGoAsTheyAreShown(lines: [String]) {
    let isTyped = { (line: String) in line.hasPrefix(Prompt.first) || line.hasPrefix(Prompt.next) }
    let recording = Terminal.Recording()
    let terminal = Terminal.inMemory(
      recording: recording,
      input: lines.filter(isTyped).map { $0.dropFirst(4) + "\n" }.joined(),
      environment: ["LANG": "C.UTF-8"])
    #expect(Program.run([], terminal) == 0 && recording.error == "")
    #expect(recording.output == lines.filter { !isTyped($0) }.map { $0 + "\n" }.joined())
  }

  @Test func thereAreExamples() {
    #expect(Documents.readmeExamples.count >= 8)
    #expect(!Documents.sessions.isEmpty)
    for page in Manual.pages { #expect(!page.displays.isEmpty) }
  }

  @Test func theFirstCommandOfTheReadmeIsItsFirstExample() throws {
    let commands = Documents.blocks(Documents.readme, from: "```sh", to: "```").first ?? []
    let example = try #require(Documents.readmeExamples.first)
    #expect(commands == ["swift run -c release \(example.commandLine)", "swift test"])
  }

  @Test(arguments: Program.definition.examples + Program.definition.commands.flatMap(\.examples))
  func theHelpsExamplesWork(example: Example) throws {
    #expect(try #require(ShellLine(example.commandLine)).run().status == 0)
  }

  @Test func theSampleExpressionsWork() {
    let points = [
      "helmholtz.txt": "x1=0.5,x2=0.4,T=1", "logistic.txt": "x=0.2",
      "planck.txt": "λ=500e-9,T=5772",
    ]
    let files = Documents.files(in: "Samples")
    #expect(files.filter { $0.hasSuffix(".txt") } == points.keys.sorted())
    // Programs for `check --against` need a compiler or an interpreter.
    let programs = [
      "class", "figure3.svg", "gradient.c", "gradient.py", "gradient.svg", "graph.svg",
      "homework-trace.md", "points.csv", "sweeps.html", "table4.sh",
    ]
    let others = files.filter { !$0.hasSuffix(".txt") && !$0.hasSuffix(".ad") }
    #expect(others == programs)
    for (file, point) in points {
      let line = ShellLine("autodiff eval - --at \(point) --mode all < Samples/\(file)")
      #expect(line?.run().status == 0, "\(file)")
    }
  }

  @Test func everyCommandAppearsInTheReadmeOrTheManual() {
    let lines = (Documents.readmeExamples + Documents.manualExamples).map(\.commandLine)
    for command in Program.definition.commands {
      #expect(lines.contains { $0.contains("autodiff \(command.name)") }, "\(command.name)")
    }
  }
}

@Suite struct DocumentedOptionTests {
  static let commands = Program.definition.commands

  /// `--at POINT`
  private func label(_ option: OptionDefinition) -> String {
    option.spelling + (option.argument.map { " \($0)" } ?? "")
  }

  /// The options in a line of macros: `Op Fl -wrt Ar NAMES | Fl -direction Ar VECTOR`.
  private func labels(_ macros: String) -> [String] {
    macros.components(separatedBy: "Fl ").dropFirst().map { part in
      part.components(separatedBy: " ").filter { !["Ar", "|", ",", ""].contains($0) }
        .enumerated().map { $0 == 0 ? "-" + $1 : $1 }.joined(separator: " ")
    }
  }

  @Test(arguments: commands.map(\.name))
  func theSynopsisHasACommandsOptionsAndOperands(name: String) throws {
    let command = try #require(Self.commands.first { $0.name == name })
    let synopsis = Manual.program.section("Sh", "SYNOPSIS").split { $0.hasPrefix(".Nm") }
    let lines = try #require(synopsis.first { $0.first == ".Cm \(name)" })
    #expect(lines.flatMap(labels).sorted() == command.options.map(label).sorted())
    let operands = lines.filter { $0.hasPrefix(".Ar ") || $0.hasPrefix(".Op Ar ") }
      .map { $0.hasPrefix(".Op") ? "[\($0.dropFirst(7))]" : String($0.dropFirst(4)) }
    #expect(operands == command.operands.map(\.usage))
  }

  @Test func theSynopsisAndTheListOfCommandsHaveEveryCommand() {
    let names = Self.commands.map(\.name)
    let synopsis = Manual.program.section("Sh", "SYNOPSIS").filter { $0.hasPrefix(".Cm ") }
    #expect(synopsis.map { String($0.dropFirst(4)) } == names)
    #expect(
      Manual.items(Manual.program.section("Sh", "COMMANDS")).map(\.head) == names.map { "Cm " + $0 }
    )
  }

  @Test func theManualHasEveryOptionAndNoOther() {
    let documented = Manual.items(Manual.program.section("Sh", "OPTIONS"))
      .map { item in labels(item.head).last ?? "" }
    let all = Self.commands.flatMap(\.allOptions) + Program.definition.options
    let defined = Set(all.map(label))
    #expect(documented.sorted() == defined.sorted())
  }

  @Test(arguments: commands.map(\.name))
  func theManualAndTheHelpSayTheSameOfAnOption(name: String) throws {
    let command = try #require(Self.commands.first { $0.name == name })
    let items = Manual.items(Manual.program.section("Sh", "OPTIONS"))
    let page = words(command.helpPage(width: 60))
    for option in command.allOptions {
      let item = items.first { labels($0.head).last == label(option) }
      let shortName = option.short.map { labels(item?.head ?? "").contains("-\($0)") } ?? true
      #expect(shortName, "\(option.spelling)")
      #expect(item?.body.contains(option.fullHelp) == true, "\(option.spelling)")
      #expect(page.contains("\(label(option)) \(words(option.fullHelp))"), "\(option.spelling)")
    }
  }

  /// With single spaces between words, however the text was folded.
  private func words(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

@Suite struct DocumentedLanguageTests {
  /// As the manual writes an entry of the table of functions.
  private func entry(
    _ usage: String, _ summary: String, _ aliases: [String], _ requirement: String = ""
  ) -> String {
    let also = aliases.isEmpty ? "" : "; also \(aliases.joined(separator: ", "))"
    let needs = requirement.isEmpty ? "" : "; needs \(requirement)"
    return "Ic \(usage): \(summary)\(also)\(needs)".replacingOccurrences(of: "…", with: "...")
  }

  private static let functions = Manual.items(
    Manual.language.section("Sh", "FUNCTIONS AND THEIR DERIVATIVES"))

  private func entries(_ items: [Manual.Item]) -> [String] {
    items.map { "\($0.head): \($0.body)" }
  }

  @Test func theTableOfFunctionsIsTheCatalogue() {
    let operations = Operation.language.map(\.about)
      .map { entry($0.usage, $0.summary, $0.aliases, $0.requirement) }
    let forms = Catalogue.forms.map { entry($0.usage, $0.summary, []) }
    let derivatives = Catalogue.derivatives.map { entry($0.usage, $0.summary, []) }
    #expect(entries(Self.functions) == operations + forms + derivatives)
  }

  /// The derivatives below the operations, but not those below forms, which are no claims.
  static let derivatives = functions.prefix(Operation.language.count)
    .map { item in
      let usage = item.head.dropFirst("Ic ".count).replacingOccurrences(of: ", ...", with: "")
      // An order is whole, and there is no derivative in it.
      let expression = usage.contains("(n, ") ? "n = 2; \(usage)" : usage
      return (expression, item.displays.joined(separator: ", "))
    }

  @Test(arguments: derivatives)
  func theDerivativesOfTheTableAreRight(expression: String, claim: String) {
    let run = ProgramRun(["check", expression, "--gradient", claim])
    #expect(run.status == 0 && run.error == "", "\(run.output)")
  }

  @Test func theTableOfConstantsIsTheCatalogue() {
    let constants = Catalogue.constants
      .map { entry($0.names[0], $0.summary, Array($0.names.dropFirst())) }
    #expect(entries(Manual.items(Manual.language.section("Sh", "CONSTANTS"))) == constants)
  }

  @Test func theTableOfOperatorsIsTheParsers() {
    let rows = Manual.items(Manual.language.section("Ss", "Operators"))
      .map { $0.head.components(separatedBy: " Ta ")[0].components(separatedBy: " ") }
    let precedences = Set(BinaryOperator.allCases.map(\.precedence)).sorted()
    let binary = precedences.map { precedence in
      BinaryOperator.allCases.filter { $0.precedence == precedence }.map(\.spelling)
    }
    let documented = rows.map { $0.filter { !["Ic", "**"].contains($0) } }
      .filter { !["not", "juxtaposition"].contains($0[0]) && $0 != ["-", "+"] }
    #expect(documented == binary)
  }

  @Test func theKindsOfNotesAreAllThere() {
    let kinds = Manual.items(Manual.program.section("Sh", "DIAGNOSTICS")).map(\.head)
    #expect(kinds.sorted() == Explanation.Kind.allCases.map { "Ic " + $0.rawValue }.sorted())
  }

  /// The names behind `Va` in some lines of the manual.
  private func members(_ lines: [String]) -> Set<String> {
    let names = lines.flatMap { line in
      let words = line.split(separator: " ").map(String.init)
      return line.hasPrefix(".") ? words.drop { !$0.hasSuffix("Va") }.dropFirst() : []
    }
    return Set(names.filter { $0.first?.isLetter == true })
  }

  /// The members of what a command prints.
  private func members(of command: String) -> Set<String> {
    let title = ["run", "functions"].contains(command) ? "run and functions" : command
    return members(Manual.program.section("Ss", "JSON of \(title)"))
      .union(members(Manual.program.section("Ss", "JSON that commands share")))
  }

  @Test func theMembersOfTheJSONAreAllThere() throws {
    let keys: Set = ["x", "y", "x1", "x2", "d/dx", "d/dy", "f1"]
    let documented = [
      "eval", "trace", "diff", "check", "sweep", "swell", "graph", "bench", "run",
    ]
    .reduce(into: Set<String>()) { $0.formUnion(members(of: $1)) }
    let point = "--at x=0,y=1 --format json"
    var printed: Set<String> = []
    for line in [
      "eval 'abs(x)*y' --hessian \(point)", "eval 'x/y' --mode all \(point)",
      "eval 'x*y' --direction x=1 \(point)", "eval 'y*sqrt(x)' \(point)",
      "trace 'sin(x)*y' \(point)", "trace 'sin(x)*y' --mode forward \(point)",
      "diff 'x*y' \(point)", "diff x --format json", "diff 'x*y' --hessian --format json",
      "diff 'x*y' --order 2 --form shared --format json", "swell x --format json",
      "sweep 'x*y' --wrt x \(point)", "sweep 'x*y' --direction x=1 \(point)",
      "eval 'x*y' --mode numerical --difference adaptive \(point)",
      "eval '[x, y]' \(point)", "diff '[x, y]' --steps --format json",
      "graph 'x*y' \(point)", "check 'x*y' \(point)", "check 'x*y' --format json",
      "check '[x*y, y]' --gradient 'f1,x: -1' \(point)",
      "check x \(point.replacingOccurrences(of: ",y=1", with: "")) --against 'printf \"value\n0\n\"'",
      "eval 'f(x) = abs(x); f(x)*y' \(point)", "trace 'z = x*y; z^2' \(point)",
      "eval 'z = x*y; z' --watch z \(point)",
      "eval 'x*x1' --at x=1 --data Samples/points.csv --reduce sum --rows 1:2 --format json",
      "eval 'z = x*y; z' --watch z --direction x=1 \(point)",
      "check 'ln(x1)+x1*x2-sin(x2)' --at x1=2,x2=5 --trace Samples/homework-trace.md --format json",
      "check --answers Samples/class --key Samples/class-key.ad --format json",
      "eval '[x*y, x+y]' --at x=2,y=3 --weights f1=1 --format json",
      "eval 'x^2*y' --at x=3,y=2 --hessian --direction x=1 --format json",
      "eval 'x^2*y' --at x=3,y=2 --hessian --sparse --format json",
      "bench 'x^2*y' --at x=3,y=2 --count --format json",
      "diff 'x^2' --with-value --format json", "functions sin --format json",
    ] {
      let output = try #require(ShellLine("autodiff \(line)")).run().output
      var names: Set<String> = []
      collectMembers(try JSONSerialization.jsonObject(with: Data(output.utf8)), into: &names)
      let command = String(line.prefix { $0 != " " })
      #expect(names.subtracting(keys).subtracting(members(of: command)) == [], "\(line)")
      printed.formUnion(names)
    }
    let script = "eval x --at x=1\\nexpect eval 1 : 1\\nsimplify \"2x sin x\"\\neval sine(x)\\n"
    let run = "printf '\(script)' | autodiff run - --format json --keep-going"
    for line in try #require(ShellLine(run)).run().output.split(separator: "\n")
    where line.hasPrefix("{") {
      collectMembers(try JSONSerialization.jsonObject(with: Data(line.utf8)), into: &printed)
    }
    #expect(documented.sorted() == printed.subtracting(keys).sorted())
  }

  /// The names of all members, but not the modes, which `modes` has for names.
  private func collectMembers(_ value: Any, into names: inout Set<String>) {
    if let object = value as? [String: Any] {
      names.formUnion(
        Set(object.keys).subtracting(["forward", "reverse", "symbolic", "numerical"]))
      object.values.forEach { collectMembers($0, into: &names) }
    } else if let array = value as? [Any] {
      array.forEach { collectMembers($0, into: &names) }
    }
  }
}

@Suite struct DocumentedExitStatusTests {
  @Test func theManualHasTheStatuses() {
    let items = Manual.items(Manual.program.section("Sh", "EXIT STATUS")).map {
      "\($0.head) \($0.body)"
    }
    #expect(items == ExitStatus.all.map { "\($0.status) \($0.meaning)" })
  }

  @Test func theReadmeHasTheStatuses() {
    let rows = Documents.readme.drop { $0 != "| exit status | meaning |" }.dropFirst(2)
      .prefix { $0.hasPrefix("|") }
    #expect(Array(rows) == ExitStatus.all.map { "| \($0.status) | \($0.meaning) |" })
  }

  @Test(arguments: [
    (0, "eval 'abs(x)' --at x=0"), (0, "trace 'x^2' --at x=1"), (0, "functions"), (0, "--help"),
    (0, "diff 'x^2'"), (0, "swell 'x^2'"), (1, "diff '1/x' --at x=0"), (0, "diff 2"),
    (0, "simplify 'x+x'"), (0, "simplify 'x+x' --equal '2*x'"), (1, "simplify x --equal y"),
    (2, "simplify x --equal '1 +'"), (2, "simplify x --equal x --form expanded"),
    (0, "check 'x^2'"), (1, "check 'x^2' --gradient x"), (0, "check 2"),
    (1, "check 'x*y' --against cat"), (2, "check x --against 'exit 1'"),
    (1, "check 'ln(x1)+x1*x2-sin(x2)' --at x1=2,x2=5 --trace Samples/homework-trace.md"),
    (2, "check 'x^2' --at x=1 --trace none.md"),
    (0, "graph 'x^2'"), (1, "graph 'ln(x)' --at x=-1 --format svg"), (2, "graph x --at x=0:1:1"),
    (0, "sweep 'x^2' --at x=1"),
    (1, "sweep 'sqrt(x)' --at x=0"), (2, "sweep 'x*y' --at x=1,y=2"),
    (2, "swell 'x*y'"),
    (0, "run Samples/survey.ad"), (2, "run Samples/survey.ad q=1"), (2, "run none.ad"),
    (2, "eval f --load none.ad"),
    (0, "eval f --load Samples/survey.ad --at x1=1,x2=1"), (2, "run --at x=1 Samples/survey.ad"),
    (0, "eval --help"), (0, "--version"), (1, "eval 'ln(x)' --at x=-1"),
    (1, "eval 'sqrt(x)' --at x=0"), (1, "trace '1/x' --at x=0"),
    (1, "eval 'ln(x)' --at x=-1:1:1 --format json"), (2, "eval '1 +'"), (2, "eval x"),
    (2, "eval x --at x=1 --nonsense"), (2, "nonsense"), (2, "functions nonsense"), (0, ""),
    (0, "help sin"), (2, "help nonsense"),
  ])
  func theProgramKeepsThem(status: Int32, line: String) throws {
    #expect(try #require(ShellLine("autodiff \(line)")).run().status == status)
  }
}
