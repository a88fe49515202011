// The loop around a session: reads input, statement by statement, until there is no more.
import CommandLine
import Syntax

enum SessionLoop {
  /// Runs a session on standard input; on a terminal the exit status is 0 whatever the lines did,
  /// otherwise it is the worst of theirs.
  static func run(_ terminal: Terminal, _ commands: CommandSet) -> Int32 {
    let isInteractive = terminal.isInputTerminal
    var session = Session(terminal, commands, isInteractive: isInteractive)
    if isInteractive { terminal.interaction.catchInterrupts() }
    let input: any SessionInput =
      isInteractive && EditedInput.isPossible(on: terminal)
      ? EditedInput(terminal) : PlainInput(terminal, prompts: isInteractive)
    if isInteractive { greet(terminal) }
    do {
      while !session.isOver, terminal.isOutputOpen, let source = try input.next(session) {
        session.run(source)
      }
    } catch {
      terminal.show(error.diagnostic, color: .auto)
      return 2
    }
    return isInteractive ? 0 : session.status
  }

  private static func greet(_ terminal: Terminal) {
    guard terminal.isOutputTerminal else { return }
    terminal.write("autodiff \(Version.current): 'help' tells what to type, Ctrl-D ends\n")
  }
}
