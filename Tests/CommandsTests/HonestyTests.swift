// What doubles cannot say is not claimed, and a message blames what is at fault.
import Testing

@testable import Commands

@Suite struct HonestyTests {
  @Test(arguments: [
    ("x*exp(-x)", "x=720", "x: exp(-x)"), ("1e-309*x", "x=1", "x: -1e-309"),
    ("1e-309*x", "x=1", "x: 1.5e-309"), ("1e-305*x", "x=1", "x: 1.0005e-305"),
  ])
  func aClaimBelowTheNormalNumbersDoesNotAgree(expression: String, point: String, claim: String) {
    let run = ProgramRun(["check", expression, "--at", point, "--gradient", claim])
    #expect(run.status == 1 && !run.output.contains("\nagree:"), "\(run.output)")
  }

  @Test(arguments: [
    ("x*exp(-x)", "x=720", "x: exp(-x) - x*exp(-x)"), ("1e-309*x", "x=1", "x: 1e-309"),
    ("exp(-x)", "x=800", "x: 0"), ("x^2", "x=1e-310", "x: 2*x"), ("x^2", "x=5e-324", "x: 2*x"),
  ])
  func whatIsRightThereStillAgrees(expression: String, point: String, claim: String) {
    let run = ProgramRun(["check", expression, "--at", point, "--gradient", claim])
    #expect(run.status == 0, "\(run.output)\(run.error)")
  }

  @Test(arguments: ["2e99999", "inf", "-inf"])
  func anInfiniteNumberHasNoDigits(number: String) {
    let run = ProgramRun([
      "check", "x^2", "--at", "x=1", "--against", #"printf 'd/dx\n\#(number)\n'"#,
    ])
    #expect(run.status == 1 && !run.output.contains("digits"), "\(run.output)\(run.error)")
  }

  @Test(arguments: [
    "1×10^9223372036854775807", "1.5×10^-9223372036854775808", "1·10⁻⁹²²³³⁷²⁰³⁶⁸⁵⁴⁷⁷⁵⁸⁰⁷",
    "1e9999999",
  ])
  func aRowOfATraceMayHaveAnyExponent(number: String) {
    let run = ProgramRun(
      ["check", "x^2", "--at", "x=1", "--trace", "-"],
      input: Array("v1 = x^2 | \(number)\n".utf8))
    #expect(run.status == 1 || run.status == 2, "\(run.output)\(run.error)")
  }

  @Test(arguments: ["inf", "-inf", "10^400", "1×10^400"])
  func anInfiniteValueOfARowIsWrong(number: String) {
    let run = ProgramRun(
      ["check", "x^2", "--at", "x=1", "--trace", "-"],
      input: Array("v0 = x | \(number)\nv1 = v0^2 | 1\n".utf8))
    #expect(run.status == 1 && run.output.contains("wrong"), "\(run.output)\(run.error)")
  }

  @Test(arguments: [
    ("a=1e308\na=a*10\na=a/2", "'a' is inf"), ("a=ln(-1)\na=a/2", "'a' is nan"),
    ("a=a/2", "'a' is defined by itself"),
    ("ln(-1)\nans", "there is no result that 'ans' could stand for"),
    ("besselj(1e7,1e7)", "is not computed: orders are at most 20,000"),
    ("besselj(0.5,-1)", "is not defined; 'besselj' needs"),
  ])
  func aMessageBlamesWhatIsAtFault(lines: String, message: String) {
    let run = ProgramRun([], input: Array((lines + "\n").utf8))
    #expect(run.error.contains(message), "\(run.error)")
  }

  @Test func aHistoryWithoutItsLastLineEndGluesNothing() {
    let session = TypedSession("1+1\r", history: "sin(x)")
    #expect(session.history == "sin(x)\n1+1\n", "\(session.history)")
  }
}
