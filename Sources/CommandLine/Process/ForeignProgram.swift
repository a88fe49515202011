// A program of the user's own, in any language: what it is given, and what came of it.
import Text

/// A command line for the shell, with what it reads from its standard input.
package struct ForeignProgram: Sendable {
  /// For `sh -c`.
  package let command: String
  /// What it reads from standard input, which then ends.
  package let input: [UInt8]
  /// In seconds.
  package let timeLimit: Double
  /// How many bytes of output are read before it is stopped.
  package let outputLimit: Int

  /// - Parameters:
  ///   - timeLimit: in seconds; then the program is killed.
  ///   - outputLimit: in bytes; then the program is killed.
  package init(command: String, input: [UInt8], timeLimit: Double, outputLimit: Int) {
    self.command = command
    self.input = input
    self.timeLimit = timeLimit
    self.outputLimit = outputLimit
  }

  /// How the program came to its end; both limits mean that it was killed.
  package enum Ending: Equatable, Sendable {
    case exit(status: Int32)
    case signal(Int32)
    case timeLimit
    case outputLimit
    case notStarted(reason: String)
  }

  /// What is left of a program that has ended.
  package struct Outcome: Equatable, Sendable {
    /// What it wrote to standard output, up to the limit.
    package var output: [UInt8] = []
    /// The beginning and the end of what it wrote to standard error.
    package var error: [UInt8] = []
    /// How it came to its end.
    package var ending: Ending

    /// An outcome without a process, for tests as well.
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
