// What is printed where: widths, plain ASCII, colour, closed output.

@testable import CommandLine
@testable import Text
import Reporting
import Testing

@testable import Commands

@Suite struct LayoutTests {
  private static let expressions = [
    example, "exp(-(x1-x2)^2/(2*x1^2))/sqrt(2*pi)*sigmoid(x1*x2)", "sum(i, 1, 3, sin(i*x1)^2/x2)",
    "if(x1 > 0 and x2 > 1, max(x1, x2, 2), atan2(x1, x2))",
  ]

  @Test(arguments: expressions, [30, 40, 60, 80])
  func noLineIsWiderThanTheTerminal(text: String, width: Int) {
    for command in ["eval", "trace"] {
      for mode in ["forward", "reverse"] {
        for locale in ["C", "C.UTF-8"] {
          let run = ProgramRun(
            command, text, "--at x1=2,x2=5 --mode \(mode)",
            environment: ["COLUMNS": "\(width)", "LANG": locale])
          #expect(run.status == 0 && !run.output.isEmpty)
          for line in run.output.split(separator: "\n") {
            #expect(displayWidth(of: String(line)) <= width, "\(line)")
          }
        }
      }
    }
  }

  @Test func widthComesFromTheTerminal() {
    let options = "--at x1=2,x2=5 --mode all"
    let narrow = ProgramRun(
      "eval", Self.expressions[1], options, environment: ["NO_COLOR": "1"], terminals: [.output])
    #expect(narrow.output.split(separator: "\n").allSatisfy { displayWidth(of: String($0)) <= 80 })
    // A file gets one line a row, however long.
    let wide = ProgramRun("trace", Self.expressions[1], "--at x1=2,x2=5")
    #expect(wide.output.split(separator: "\n").contains { displayWidth(of: String($0)) > 80 })
  }

  @Test(arguments: expressions)
  func otherLocalesGetASCII(text: String) {
    for options in ["--mode forward", "--mode reverse", "--mode reverse --hessian", "--mode all"] {
      for command in ["eval", "trace"]
      where command == "eval" || options.hasSuffix("ward") || options.hasSuffix("reverse") {
        let run = ProgramRun(
          command, text, "--at x1=2,x2=5 " + options, environment: ["LANG": "C"])
        #expect(run.status == 0 && run.output.allSatisfy(\.isASCII), "\(command) \(options)")
      }
    }
  }

  @Test func errorsInOtherLocalesAreASCII() {
    for (text, options) in [
      ("ln(x)", "--at x=-1"), ("sin+x", "--at x=1"), ("x", ""), ("abs(x)", "--at x=0"),
      ("1/2x", "--at x=1"), (String(repeating: "x+", count: 200) + "$", "--at x=1"),
    ] {
      let run = ProgramRun("eval", text, options, environment: ["LC_ALL": "C"])
      #expect(!run.error.isEmpty && run.error.allSatisfy(\.isASCII), "\(run.error)")
    }
  }

  private static let escape: Character = "\u{1B}"

  @Test(
    arguments: [
      ("", [:], true, true), ("", [:], false, false), ("--color always", [:], false, true),
      ("--color never", [:], true, false), ("--color=auto", [:], true, true),
      ("", ["NO_COLOR": "1"], true, false), ("--color always", ["NO_COLOR": "1"], true, false),
      ("", ["NO_COLOR": ""], true, true), ("--color always", ["TERM": "dumb"], true, false),
    ] as [(String, [String: String], Bool, Bool)])
  func color(options: String, environment: [String: String], isTerminal: Bool, expected: Bool) {
    // An undefined result, a kink, and a request that cannot be carried out.
    for (text, point) in [("ln(x)", "x=-1"), ("abs(x)", "x=0"), ("sine(x)", "x=0")] {
      let run = ProgramRun(
        "eval", text, "--at \(point) " + options, environment: environment,
        terminals: isTerminal ? [.error, .output] : [])
      #expect(run.error.contains(Self.escape) == expected, "\(text): \(run.error)")
    }
  }

  @Test func onlyTextIsColoured() {
    for format in ["csv", "json", "markdown", "latex"] {
      for command in ["eval", "trace"] {
        let run = ProgramRun(
          command, example, "--at x1=2,x2=5 --color always --format \(format)",
          terminals: [.output, .error])
        #expect(run.status == 0 && !run.output.contains(Self.escape))
      }
    }
    let page = ProgramRun("trace", example, "--at x1=2,x2=5 --color always").output
    #expect(page.contains(Self.escape))
  }

  @Test(arguments: [["eval", "1/x", "--at", "x=0"], ["trace", "x", "--at", "x=1"], ["--help"]])
  func aClosedOutputEndsQuietly(words: [String]) {
    let recording = Terminal.Recording()
    recording.outputFailure = .closed
    let status = Program.run(words, Terminal.inMemory(recording: recording))
    #expect(status == 141 && recording.output == "")
    #expect(!recording.error.contains("write"))
  }

  @Test func aFullDiskIsAnError() {
    let recording = Terminal.Recording()
    recording.outputFailure = .failed(reason: "No space left on device")
    #expect(Program.run(["eval", "1+1"], Terminal.inMemory(recording: recording)) == 2)
    #expect(recording.error == "error: cannot write the output: No space left on device\n")
  }
}
