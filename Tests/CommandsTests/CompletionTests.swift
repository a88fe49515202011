// Completion scripts: every command and option in each of them, and what values are offered.
@testable import CommandLine
import Testing

@testable import Commands

@Suite struct CompletionScriptTests {
  private func script(_ shell: CompletionShell) -> String {
    let run = ProgramRun(["--generate-completion-script", shell.rawValue])
    #expect(run.status == 0 && run.error == "")
    return run.output
  }

  /// The lines about a command, from the one that names it on.
  private func lines(about command: CommandDefinition, in shell: CompletionShell) -> [Substring] {
    let lines = script(shell).split(separator: "\n")
    guard shell != .fish else {
      return lines.filter { $0.contains("'__autodiff_command \(command.name)'") }
    }
    let trimmed = lines.map { $0.drop { $0 == " " } }
    return Array(
      trimmed.drop { $0 != "\(command.name))" }.dropFirst().prefix { line in
        !Program.definition.commands.contains { line == "\($0.name))" }
          && line != "help))"
      })
  }

  @Test(arguments: CompletionShell.allCases)
  func allCommandsAndOptionsAreThere(shell: CompletionShell) {
    for command in Program.definition.commands {
      let lines = lines(about: command, in: shell)
      #expect(script(shell).contains(command.name) && !lines.isEmpty, "\(command.name)")
      for option in command.allOptions {
        for spelling in option.spellings {
          let isThere = lines.contains { line in
            let fish =
              spelling.hasPrefix("--") ? "-l \(option.name) " : "-s \(spelling.dropFirst()) "
            return line.contains(shell == .fish ? fish : spelling)
          }
          #expect(isThere, "\(shell) \(command.name) \(spelling)")
        }
      }
    }
  }

  /// The choices of a command's option, in the line of that option.
  @Test(arguments: CompletionShell.allCases)
  func choicesAreOffered(shell: CompletionShell) {
    for command in Program.definition.commands {
      for option in command.options {
        guard let choices = option.choices else { continue }
        let name = shell == .fish ? "-l \(option.name) " : option.spelling
        let isThere = lines(about: command, in: shell).contains {
          $0.contains(name) && $0.contains(choices.joined(separator: " "))
        }
        #expect(isThere, "\(shell) \(command.name) \(option.name)")
      }
    }
  }

  @Test(arguments: [
    (
      CompletionShell.bash,
      ["--load) kind=file", "--against) kind=command", "--gradient) kind=claim", "kind=expression"]
    ),
    (
      .zsh,
      [
        ":FILE:_files'", ":COMMAND:_cmdstring'", ":CLAIM:_autodiff_claim'", "'*:FILE:_files'",
        ":EXPRESSION:_autodiff_expression'",
      ]
    ),
    (
      .fish,
      [
        "-l load -r -F", "-a '(__fish_complete_command)'", "-a '(__autodiff_claim)'",
        "-a '(__autodiff_expression)'",
      ]
    ),
  ])
  func filesAndProgramsAreOffered(shell: CompletionShell, actions: [String]) {
    for action in actions { #expect(script(shell).contains(action), "\(action)") }
    #expect(script(shell).contains("atan2"), "the names that 'functions' takes")
  }

  @Test(arguments: CompletionShell.allCases)
  func scriptsSayWhatTheyAre(shell: CompletionShell) {
    let text = script(shell)
    #expect(text.contains("made by 'autodiff --generate-completion-script \(shell.rawValue)'"))
    #expect(text.utf8.filter { $0 == UInt8(ascii: "\t") }.isEmpty && text.hasSuffix("\n"))
    #expect(ProgramRun(["--generate-completion-script=\(shell.rawValue)"]).output == text)
  }

  @Test(arguments: [
    (["--generate-completion-script"], "needs a value: --generate-completion-script SHELL"),
    (["--generate-completion-script", "fsh"], "cannot be 'fsh'; did you mean 'fish'?"),
    (["--generate-completion-script=tcsh"], "takes bash, zsh, fish"),
    (["--generate-completion-script", "bash", "x"], "'x' is one argument too many"),
    (["--generate-completion-scrip", "bash"], "did you mean '--generate-completion-script'?"),
  ])
  func mistakes(words: [String], error: String) {
    let run = ProgramRun(words)
    #expect(run.status == 2 && run.output == "" && run.error.contains(error), "\(run.error)")
  }

  @Test func theHelpHasTheOption() {
    #expect(ProgramRun(["--help"]).output.contains("--generate-completion-script SHELL"))
  }
}
