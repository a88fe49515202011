// `help NAME`: every command and every word of the language has a page that is complete.

@testable import CommandLine
import Calculus
import Language
import Testing

@testable import Commands

@Suite struct HelpTopicTests {
  @Test(arguments: Operation.language.flatMap { [$0.about.name] + $0.about.callNames })
  func everyFunctionHasADomainADerivativeAndAnExample(name: String) {
    let run = ProgramRun(["help", name])
    #expect(run.status == 0 && run.error == "")
    for heading in ["\nDomain:\n  ", "\nDerivative:\n  ", "\nExample:\n  autodiff eval "] {
      #expect(run.output.contains(heading), "\(run.output)")
    }
    let example = run.output.split(separator: "\n").drop { $0 != "Example:" }.dropFirst(1)
    let result = ShellLine(String(example.first?.dropFirst(2) ?? ""))?.run()
    #expect(result?.status == 0)
  }

  @Test(arguments: Catalogue.forms.map(\.name) + ["f'", "'", "diff"])
  func everyFormHasAnExample(name: String) {
    #expect(ProgramRun(["help", name]).output.contains("\nExample:\n  autodiff eval "))
  }

  @Test(arguments: ["for", "while", "if", "else", "return", "derivative"])
  func everyStatementHasAnExample(name: String) {
    let page = ProgramRun(["help", name]).output
    #expect(page.contains("\nExample:\n  autodiff eval "), "\(page)")
  }

  @Test(arguments: ["expect", "load"])
  func theWordsOfScripts(name: String) {
    #expect(ProgramRun(["help", name]).output.hasPrefix(name))
  }

  @Test func theExampleIsWhatEvalPrints() {
    let page = ProgramRun(["help", "sinc"]).output
    #expect(page.contains("Derivative:\n  (cos(x) - sinc(x))/x, and 0 at 0\n"))
    let eval = ProgramRun("eval", "sinc(x)", "--at x=2").output
    #expect(page.hasSuffix(eval.split(separator: "\n").map { "  \($0)\n" }.joined()))
  }

  @Test(arguments: Program.commands.all.map { $0.definition.name })
  func everyCommand(name: String) {
    let help = ProgramRun(["help", name]).output
    #expect(help.hasPrefix(ProgramRun([name, "--help"]).output))
  }

  @Test func severalNamesOrNone() {
    let pages = ["sin", "eval"].map { ProgramRun(["help", $0]).output }
    #expect(ProgramRun(["help", "sin", "eval"]).output == pages.joined(separator: "\n"))
    let mistake = ProgramRun(["help", "sin", "snh"])
    #expect(mistake.status == 2 && mistake.output == "")
    let overview = ProgramRun(["--help"]).output
    for words in [["help"], ["-h", "sin"], ["help", "sin", "--help"]] {
      #expect(ProgramRun(words).output == overview)
    }
  }

  @Test func aConstantAndAMistake() {
    #expect(ProgramRun(["help", "π"]).output.contains("Value:\n  3.141592653589793\n"))
    let run = ProgramRun(["help", "snh"])
    #expect(
      run.status == 2 && run.error == "error: there is no help for 'snh'; did you mean 'sinh'?\n")
    #expect(ProgramRun(["help", "\u{1B}[31m"]).errorIsClean)
  }
}
