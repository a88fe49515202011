// A program of the user's own, in any language: what it is given, and what came of it.
import Text

/// A command line for the shell, with what it reads from its standard input.
package struct ForeignProgram: Sendable {
  package let command: String
  package let input: [UInt8]
  /// In seconds.
  package let timeLimit: Double
  /// How many bytes of output are read before it is stopped.
  package let outputLimit: Int

  package init(command: String, input: [UInt8], timeLimit: Double, outputLimit: Int) {
    self.command = command
    self.input = input
    self.timeLimit = timeLimit
    self.outputLimit = outputLimit
  }

  package enum Ending: Equatable, Sendable {
    case exit(status: Int32)
    case signal(Int32)
    case timeLimit
    case outputLimit
    case notStarted(reason: String)
  }

  package struct Outcome: Equatable, Sendable {
    package var output: [UInt8] = []
    /// The beginning and the end of what it wrote to standard error.
    package var error: [UInt8] = []
    package var ending: Ending

    package init(output: [UInt8] = [], error: [UInt8] = [], ending: Ending) {
      self.output = output
      self.error = error
      self.ending = ending
    }
  }
}

extension ForeignProgram {
  /// What went wrong with the run itself, if something did.
  package func failure(_ ending: Ending) -> (message: String, remedy: String?)? {
    switch ending {
    case .exit(0): nil
    case .exit(127): ("the program was not found (exit status 127)", nil)
    case .exit(126): ("the program cannot be run (exit status 126)", nil)
    case .exit(let status) where status > 128:
      (
        "the program ended with exit status \(status), as after signal \(status - 128) "
          + "(\(signalName(status - 128)))", nil
      )
    case .exit(let status): ("the program ended with exit status \(status)", nil)
    case .signal(let number):
      ("the program was ended by signal \(number) (\(signalName(number)))", nil)
    case .timeLimit:
      (
        "the program did not end within \(NumberFormat.shortest.text(timeLimit)) s",
        "--time-limit allows more"
      )
    case .outputLimit: ("the program printed more than \(outputLimit) bytes", nil)
    case .notStarted(let reason): ("the program cannot be started: \(reason)", nil)
    }
  }
}
