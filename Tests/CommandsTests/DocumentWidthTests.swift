// Nothing that README, the manual, the help or the samples show is wider than 80 columns.
import Testing
import Text

@testable import CommandLine
@testable import Commands

@Suite struct DocumentWidthTests {
  /// What a text has that is wider, but for a single word, which cannot be broken.
  private func wide(_ lines: [String], limit: Int = 80) -> [String] {
    lines.filter { line in
      displayWidth(of: line) > limit && line.split(separator: " ").count > 1 && !isWhole(line)
    }
  }

  /// A member of JSON, or a formula, which are there to be copied.
  private func isWhole(_ line: String) -> Bool {
    let text = line.drop { $0 == " " }
    return text.hasPrefix("\"") || text.contains("*if(")
      || text.contains("^2*")
        && !text.contains("  ")
  }

  private func wide(_ text: String, limit: Int = 80) -> [String] {
    wide(text.components(separatedBy: "\n"), limit: limit)
  }

  /// Rows of tables and addresses are not folded; the first command is the one that runs everywhere.
  @Test func theReadme() {
    let first = Documents.blocks(Documents.readme, from: "```sh", to: "```").first?.first
    #expect(wide(Documents.readme.filter { !$0.hasPrefix("|") && $0 != first }) == [])
    #expect(Documents.readme.joined(separator: "\n").utf8.count < 14_400)
  }

  /// A pager indents displays by five columns, and folds the rest.
  @Test(arguments: Manual.pages.indices)
  func theDisplaysOfTheManual(page: Int) {
    for display in Manual.pages[page].displays { #expect(wide(display, limit: 75) == []) }
  }

  @Test(arguments: Program.definition.commands.map(\.name))
  func theHelpOfCommands(name: String) throws {
    for columns in [60, 80] {
      let help = try #require(ShellLine("autodiff \(name) --help", columns: columns)).run().output
      let isExample = { (line: String) in line.hasPrefix("  ") && line.contains("autodiff \(name)")
      }
      let lines = help.components(separatedBy: "\n")
      #expect(wide(columns == 80 ? lines : lines.filter { !isExample($0) }, limit: columns) == [])
    }
  }

  @Test(arguments: ["autodiff --help", "printf 'help' | autodiff", "autodiff functions"])
  func theHelp(line: String) throws {
    #expect(wide(try #require(ShellLine(line)).run().output) == [])
  }

  @Test func theHelpOfEveryWord() {
    for name in LanguageEntry.all.flatMap(\.names) {
      guard let result = ShellLine("autodiff help '\(name)'")?.run() else { continue }
      #expect(wide(result.output) == [], "\(name)")
    }
  }

  /// Formulas are there to be copied and stand on one line.
  @Test(arguments: SampleTests.scripts)
  func theOutputsOfSamples(script: String) {
    let lines = Documents.text("Tests/SampleOutputs/\(script).txt").components(separatedBy: "\n")
    let formula = lines.filter { $0.contains("*") && !$0.contains("  ") && !$0.contains("error") }
    #expect(wide(lines.filter { !formula.contains($0) }) == [], "\(script)")
  }

  @Test(arguments: [
    "functions", "check 'ln(x1)+x1*x2-sin(x2)'",
    "check 'x*sin(x*y)' --gradient 'x: sin(x*y) + x*cos(x*y), y: x^2*cos(x*y)'",
    "swell '4*x*(1-x)' --iterate 50",
    "eval 'sum(i, 1, 3, a*b*c*d*g*h*j*k*l*m*n*o*i)' --hessian --at a=1,b=2,c=3,d=4,g=5,h=6,j=7,k=8,l=9,m=8,n=7,o=1.234567890123",
    "eval 'exp(x/y)' --at x=1:3:1,y=3 --mode all", "eval 'exp(x/y)' --at x=1,y=3 --mode all",
    "eval 'exp(x)/x' --at x=2 --mode numerical --difference adaptive",
    "trace 'ln(x1)+x1*x2-sin(x2)' --at x1=2,x2=5",
    "trace 'ln(x1)+x1*x2-sin(x2)' --at x1=2,x2=5 --mode forward",
    "graph 'ln(x1)+x1*x2-sin(x2)' --at x1=2,x2=5", "diff 'x^2*sin(3*x)' --steps",
    "sweep 'exp(x)*sin(x)' --at x=1", "eval 'y + 2*ln(x - 2)' --at x=1,y=5",
    "eval 'abs(x)' --at x=0",
    "check 'ln(x1)+x1*x2-sin(x2)' --at x1=2,x2=5 --trace Samples/homework-trace.md",
  ])
  func whatCommandsPrint(line: String) throws {
    for columns in [50, 60, 80, 120] {
      let output = try #require(ShellLine("autodiff \(line)", columns: columns)).run().output
      #expect(wide(output, limit: columns) == [], "\(columns)")
    }
  }
}
