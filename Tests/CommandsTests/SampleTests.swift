// Samples/ against Tests/SampleOutputs/, which holds what each script prints, and against README.md.
import Foundation
import Testing

@testable import Commands

@Suite struct SampleTests {
  static let files = Documents.files(in: "Samples")
  static let scripts = files.filter { $0.hasSuffix(".ad") }

  /// What a terminal shows of a script that is run as its first line says, and its exit status.
  private func run(_ script: String) throws -> String {
    let first = Documents.text("Samples/\(script)").prefix { $0 != "\n" }
    let shebang = "#!/usr/bin/env -S autodiff run"
    try #require(first.hasPrefix(shebang), "\(script)")
    let line = "autodiff run\(first.dropFirst(shebang.count)) Samples/\(script)"
    let result = try #require(ShellLine(line)).run()
    return result.output + "\n[exit status \(result.status)]\n"
  }

  /// `UPDATE_SAMPLE_OUTPUTS=1 swift test --filter SampleTests` writes the files anew.
  @Test(arguments: scripts)
  func printsWhatItDid(script: String) throws {
    let output = try run(script)
    if ProcessInfo.processInfo.environment["UPDATE_SAMPLE_OUTPUTS"] != nil {
      try output.write(to: Self.outputFile(script), atomically: true, encoding: .utf8)
    }
    #expect(output == Documents.text("Tests/SampleOutputs/\(script).txt"))
  }

  private static func outputFile(_ script: String) -> URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("SampleOutputs/\(script).txt")
  }

  @Test func eachScriptHasAnOutputAndNoOther() {
    #expect(Documents.files(in: "Tests/SampleOutputs") == Self.scripts.map { $0 + ".txt" })
  }

  /// Only the homework has a wrong answer, and only the hunt for a nan commands without one.
  @Test(arguments: scripts)
  func succeeds(script: String) throws {
    let isMeantToFail = ["homework.ad", "nan-hunt.ad"].contains(script)
    let status = isMeantToFail ? 1 : 0
    #expect(try run(script).hasSuffix("\n[exit status \(status)]\n"))
  }

  @Test(arguments: scripts)
  func saysWhatItTeaches(script: String) {
    let lines = Documents.text("Samples/\(script)").components(separatedBy: "\n")
    #expect(lines.count > 3 && lines[1].hasPrefix("# "))
    #expect(lines.allSatisfy { $0.count <= 120 }, "\(script)")
  }

  @Test func theReadmeListsThem() {
    let rows = Documents.readme.filter { $0.hasPrefix("| [") && $0.contains("](Samples/") }
    let listed = rows.map { String($0.dropFirst(3).prefix { $0 != "]" }) }
    #expect(listed.sorted() == Self.files)
    for (file, row) in zip(listed, rows) { #expect(row.contains("](Samples/\(file)) | ")) }
  }
}
