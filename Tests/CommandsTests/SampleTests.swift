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
    root.appendingPathComponent("Tests/SampleOutputs/\(script).txt")
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
    let rows = Documents.readme.filter { $0.hasPrefix("| [") }
    #expect(rows.count == Self.scripts.count)
    let readme = Documents.readme.joined(separator: "\n")
    for file in Self.files {
      let isPicture = file.hasSuffix(".svg")
      #expect(readme.contains(isPicture ? "](Samples/\(file))" : "[\(file)](Samples/\(file))"))
    }
  }

  /// The pictures and the page of README.md, by the commands that it gives for them.
  static let pictures: [ShellLine] = Documents.blocks(Documents.readme, from: "```sh", to: "```")
    .flatMap { block in
      block.joined(separator: "\n").replacingOccurrences(of: " \\\n", with: " ")
        .components(separatedBy: "\n").compactMap { ShellLine($0) }
    }
    .filter { $0.target?.hasPrefix("Samples/") == true }

  @Test func theReadmeMakesEachPicture() {
    let targets = Self.pictures.compactMap(\.target)
    let expected = Self.files.filter { $0.hasSuffix(".svg") || $0.hasSuffix(".html") }
      .map { "Samples/\($0)" }
    #expect(targets.sorted() == expected)
  }

  /// `UPDATE_SAMPLE_OUTPUTS=1` writes them anew, too.
  @Test(arguments: pictures.indices)
  func thePicturesAreWhatTheProgramDraws(index: Int) throws {
    let line = Self.pictures[index]
    let target = try #require(line.target)
    let result = line.run()
    #expect(result.status == 0)
    if ProcessInfo.processInfo.environment["UPDATE_SAMPLE_OUTPUTS"] != nil {
      try (result.output + "\n").write(
        to: Self.root.appendingPathComponent(target), atomically: true, encoding: .utf8)
    }
    #expect(result.output + "\n" == Documents.text(target))
  }

  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}
