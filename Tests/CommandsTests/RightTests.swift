// Who may let text run programs: the person at the shell, or at a session's prompt, and no text.
import Testing

@testable import Commands

@Suite struct RightTests {
  private static let check = "check x^2 --at x=1 --against 'true'"

  /// What a text may hold to widen its own right.
  private static let texts = [
    check, "run - --allow-programs\n\(check)", "run /dev/stdin --allow-programs\n\(check)",
    "autodiff run - --allow-programs\n\(check)", "expect \(check)",
    "expect error run - --allow-programs",
    "run --allow-programs -", "f(x) = x\nrun evil.ad --allow-programs",
  ]

  @Test(arguments: texts)
  func pipedTextRunsNoProgram(text: String) {
    let run = ProgramRun([], input: Array((text + "\n").utf8))
    #expect(!run.error.contains("the program"), "\(run.error)")
    #expect(run.error.contains("error: ") || run.output.contains("met"), "\(run.error)")
  }

  @Test(arguments: texts)
  func aScriptRunsNoProgram(text: String) {
    let run = ProgramRun(["run", "-"], input: Array((text + "\n").utf8))
    #expect(!run.error.contains("the program"), "\(run.error)")
    #expect(run.status == 2)
  }
}
