// What the command tests share: a run of the program in memory, random numbers.

@testable import CommandLine
import Testing

@testable import Commands

let example = "ln(x1)+x1*x2-sin(x2)"
let examplePoint = ["--at", "x1=2,x2=5"]

/// A run of the program: words in, streams and status out.
struct ProgramRun {
  let output: String
  let error: String
  let status: Int32

  /// - Parameters:
  ///   - input: what standard input holds.
  ///   - environment: `LANG=C.UTF-8` unless it says otherwise.
  init(
    _ words: [String], input: [UInt8] = [], environment: [String: String] = [:],
    terminals: Set<StandardStream> = []
  ) {
    let environment = ["LANG": "C.UTF-8"].merging(environment) { $1 }
    var streams: [StandardStream: [UInt8]] = [:]
    let terminal = Terminal(
      Terminal.System(
        readInput: { input },
        readFile: { path throws(FileError) in throw FileError(path: path, reason: "none") },
        write: { stream, bytes in
          streams[stream, default: []] += bytes
          return nil
        },
        environment: { environment[$0] }, isTerminal: { terminals.contains($0) },
        columns: { 80 }))
    status = Program.run(words, terminal)
    output = String(decoding: streams[.output] ?? [], as: UTF8.self)
    error = String(decoding: streams[.error] ?? [], as: UTF8.self)
  }

  /// `eval` or another command with an expression, then options separated by spaces.
  init(
    _ command: String, _ expression: String, _ options: String = "",
    environment: [String: String] = [:], terminals: Set<StandardStream> = []
  ) {
    self.init(
      [command, expression] + options.split(separator: " ").map(String.init),
      environment: environment, terminals: terminals)
  }

  /// The output as JSON, which nothing may stand behind.
  func json() throws -> JSONValue { try JSONValue(output) }

  /// Whether the error stream is plain text: no control characters but line ends.
  var errorIsClean: Bool {
    error.unicodeScalars.allSatisfy {
      $0 == "\n" || ($0.value >= 32 && !(127..<160).contains($0.value))
    }
  }
}

func joined(_ lines: String...) -> String { lines.joined(separator: "\n") + "\n" }

/// A number that an environment variable may change.
func setting(_ name: String, default other: Int) -> Int {
  Terminal.system().environment(name).flatMap { Int($0) } ?? other
}

/// SplitMix64: small, and the same everywhere for the same seed.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
