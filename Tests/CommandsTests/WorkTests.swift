// One budget: what takes too much is refused before it is begun, with the --max-steps that allows it.
import Testing

@testable import Commands

@Suite struct WorkTests {
  @Test(arguments: [
    ("diff x^x^x --order 10", "nodes"),
    ("simplify f(x)={for i in 1..40 {x=sin(x)*x}; x}; f", "nodes"),
    ("eval x*y --at x=1:1000:1,y=1:1000:1 --mode all", "numbers"),
    ("trace f(x)={for i in 1..60000 {x=sin(x)}; x}; f --at x=1", "rows"),
    ("eval sum(i,1,2000,x^i) --at x=0:1:0.00001 --format text", "operations at all points"),
    ("eval if(x>0.5,sum(i,1,n,x^i),x) --at x=0:1:0.001,n=100000", "goes its own way"),
  ])
  func tooMuchIsRefused(line: String, what: String) {
    let words = line.split(separator: " ").map(String.init)
    // An expression may have blanks; options begin with dashes.
    let options = words.firstIndex { $0.hasPrefix("--") } ?? words.count
    let expression = words[1..<options].joined(separator: " ")
    let run = ProgramRun([words[0], expression] + words[options...])
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(run.error.contains(what), "\(run.error)")
  }

  /// The message says which --max-steps allows it: 100,002 rows are 1.00002 times as many as usual.
  @Test func moreCanBeAllowed() {
    let run = ProgramRun(
      ["trace", "f(x) = { for i in 1..50001 { x = x + 1 }; x }; f", "--at", "x=1"])
    #expect(run.error.contains("--max-steps 10000200"), "\(run.error)")
  }
}

/// What ends at no point is not a matter of the point.
@Suite struct EndlessAtEveryPointTests {
  @Test func isNotSaidToBeSettledByAPoint() {
    let program = "f(x) = { while x > -1e9 { x = x + 1 }; x }; f"
    let run = ProgramRun(["check", program])
    #expect(run.status == 2 && run.error.contains("operations at every random point"))
    let other = "f(x) = { while x > 1 { x = x/2 }; x }; f"
    #expect(ProgramRun(["check", other]).status == 0)
  }
}
