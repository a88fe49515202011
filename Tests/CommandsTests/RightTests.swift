// Who may have programs run, files written and the memory set: the person at the shell, or at a session's
// prompt, and no text, whatever way it comes in.
import Testing

@testable import CommandLine
@testable import Commands

@Suite struct RightTests {
  /// What needs a right, each as a command line.
  private static let acts = [
    "check x^2 --at x=1 --against 'echo 2'", "check x^2 --at x=1 --hessian --against 'echo 2'",
    "eval x^2 --points p.csv --output out.csv", "eval x^2 --at x=1:3:1 --output out.npy",
    "eval 1 --memory 9G",
  ]

  /// Texts with an act in the place of #, some of which give themselves leave.
  private static let texts = [
    "#", "expect #", "expect error #", "expect # : 1", "task 1 #", "f(x) = x\n#", "load t.ad\n#",
    "run - --allow-programs\n#", "run /dev/stdin --allow-programs\n#", "run --allow-programs -\n#",
    "autodiff run - --allow-programs\n#", "expect error run - --allow-programs\n#",
    "run t.ad --allow-programs", "expect run t.ad --allow-programs", "run t.ad",
    "# allow-programs\n#", "2\nans\n#", "help\n# --allow-programs",
  ]

  /// Command lines that read a text: from standard input, or the file t.ad.
  private static let ways = [
    "", "run -", "run t.ad", "run t.ad a=1", "run - --keep-going --echo", "run - --format json",
    "eval 1 --load t.ad", "eval @t.ad --at x=1", "eval - --at x=1", "diff @t.ad", "simplify -",
    "check x^2 --gradient @t.ad", "check x^2 --hessian @t.ad", "check x^2 --at x=1 --trace t.ad",
    "check x^2 --at x=1 --trace -", "eval x --at @t.ad", "eval x --points t.ad",
    "eval x --points -",
    "eval x --data t.ad --reduce sum", "eval x --worker", "eval x --worker --load t.ad",
    "check --answers t.ad --key k.ad", "check --answers h.txt --key t.ad",
    "functions -", "help t.ad", "t.ad",
  ]

  private struct Run {
    let status: Int32
    let recording = Terminal.Recording()
    /// Whether what needs a right was done.
    let hasActed: Bool

    init(
      _ way: String, _ text: String, environment: [String: String] = [:],
      terminals: Set<StandardStream> = []
    ) {
      let files = [
        "t.ad": text, "p.csv": "x\n1\n2\n", "k.ad": "task 1 diff x^2\n", "h.txt": "# 1\n2*x\n",
        "/home/.local/state/autodiff/history": text,
      ]
      var hasSetMemory = false
      let terminal = Terminal.inMemory(
        recording: recording, input: text, files: files,
        environment: ["HOME": "/home"].merging(environment) { $1 }, terminals: terminals,
        limitMemory: { _ in hasSetMemory = true })
      status = Program.run(way.split(separator: " ").map(String.init), terminal)
      hasActed =
        hasSetMemory || !recording.files.isEmpty || recording.output.contains("agree: the claim")
    }
  }

  @Test(arguments: acts)
  func noTextHasARight(act: String) {
    for text in Self.texts {
      let text = text.replacing("#", with: act) + "\n"
      for way in Self.ways {
        let run = Run(way, text)
        #expect(!run.hasActed, "\(way.debugDescription): \(text.debugDescription)")
        #expect((0...2).contains(run.status))
      }
    }
  }

  /// Neither what the environment says, nor what earlier sessions left.
  @Test(arguments: acts)
  func noSurroundingsGiveOne(act: String) {
    let environment = [
      "AUTODIFF_ALLOW_PROGRAMS": "1", "ALLOW_PROGRAMS": "1", "AUTODIFF_OPTIONS": "--allow-programs",
      "XDG_STATE_HOME": "/home/.local/state", "TERM": "xterm",
    ]
    for way in ["", "run -", "run t.ad", "eval 1 --load t.ad"] {
      #expect(!Run(way, act + "\n", environment: environment).hasActed)
    }
    // The file with the lines of earlier sessions holds the act, and is not what is typed.
    #expect(!Run("", "", environment: environment, terminals: [.input]).hasActed)
  }

  /// The same lines, where a person types them or allows them.
  @Test(arguments: acts.filter { !$0.contains("--hessian") })
  func aPersonHasThem(act: String) {
    #expect(Run("run - --allow-programs", act + "\n").hasActed)
    #expect(Run("run t.ad --allow-programs", act + "\n").hasActed)
    #expect(Run("", act + "\n", terminals: [.input]).hasActed)
  }
}
