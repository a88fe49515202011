// `--format html`: the page's steps against the trace, in the text of the page and in a browser.
import Foundation
import CommandLine
import Reporting
import Testing
import Text

@testable import Commands

@Suite struct PageCommandTests {
  static let expressions: [(String, String)] = [
    (example, "--at x1=2,x2=5"), ("x*x*sin(x)", "--at x=0.5"), ("x", "--at x=3"), ("7", ""),
    ("2+3", ""), ("if(x > 0, ln(x), 0) + y", "--at x=-1,y=2"), ("max(x, y, 3)", "--at x=1,y=9"),
    ("f(l) = { for i in 2..4 { l = 4*l*(1 - l) }; l }; f(x)", "--at x=0.2"),
    ("g(a) = sin(a)*a; g(x)*g(y)", "--at x=1,y=2 --fold g"), ("sqrt(x)", "--at x=-1"),
    ("x*y", "--at x=1,y=2 --wrt y"), ("θ*π + ħ", "--at θ=1,ħ=2"),
  ]
  static let modes = ["--mode forward", "--mode reverse"]

  /// The texts of the cells of every row, without what only fills them up.
  private func rows(_ html: String) -> [[String]] {
    html.components(separatedBy: "<tr id=\"step-").dropFirst().map { row in
      let line = row.prefix { $0 != "\n" }
      return line.components(separatedBy: "<td").dropFirst().map { cell in
        let start = cell.drop { $0 != ">" }.dropFirst()
        return unescaped(String(start.prefix { $0 != "<" }))
      }
    }
  }

  private func unescaped(_ text: String) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")]
      .reduce(text) { $0.replacingOccurrences(of: $1.0, with: $1.1) }
  }

  @Test(arguments: expressions, modes)
  func theRowsAreThoseOfTheTrace(request: (String, String), mode: String) {
    let options = "\(mode) \(request.1)"
    let page = ProgramRun("trace", request.0, "--format html \(options)")
    let text = ProgramRun("trace", request.0, "--format markdown \(options)")
    #expect(page.status == text.status && page.error == text.error)
    let expected = text.output.split(separator: "\n").filter { $0.hasPrefix("| ") }.map { line in
      line.dropFirst(2).dropLast(2).replacingOccurrences(of: "\\", with: "")
        .components(separatedBy: " | ")
    }.filter { !["primal", "adjoint", ":---"].contains($0[0]) }
    #expect(rows(page.output) == expected)
  }

  @Test func theGraphsPageHasItsNumbers() throws {
    let options = "--at x1=2,x2=5"
    let page = rows(ProgramRun("graph", example, "--format html \(options)").output)
    let nodes = try ProgramRun("graph", example, "--format json \(options)").json()["nodes"]
      .elements
    let values = nodes.compactMap { $0["value"].number }
    let adjoints = nodes.reversed().compactMap { $0["adjoint"].number }
    #expect(page.prefix(nodes.count).compactMap { Double($0[2]) } == values)
    #expect(page.dropFirst(nodes.count).compactMap { Double($0[1]) } == adjoints)
    for kind in ["--gradient", "--derivative", ""] {
      let run = ProgramRun("graph", "x*sin(x)", "--format html \(kind)")
      let count = try ProgramRun("graph", "x*sin(x)", "--format json \(kind)").json()["nodes"].count
      #expect(run.status == 0 && rows(run.output).count == count)
    }
  }

  /// The marked part of the listing is the text of the step.
  @Test func theListingHasTheDefinitionsInUse() {
    let run = ProgramRun(
      "trace", "unused = 3; f(x) = x^2; ħ = 2; f(3*a) + ħ*a", "--format html --at a=2")
    #expect(run.output.contains("<pre id=\"listing\">f(x) = x^2\nħ = 2\nf(3*a) + ħ*a</pre>"))
    #expect(run.output.contains("data-place=\"19 22\""))
    #expect(run.output.contains("data-place=\"26 29\""))
  }

  @Test(arguments: [
    ("trace", "x", "--at x=0:1:0.5", "one point, and --at gives 3"),
    ("trace", "sum(i, 1, 9000, sin(i*x))", "--at x=1", "more than 5000 steps"),
    ("graph", "sum(i, 1, 9000, sin(i*x))", "", "at most 5000"),
  ])
  func limits(command: String, expression: String, options: String, error: String) {
    let run = ProgramRun(command, expression, "--format html \(options)")
    #expect(run.status == 2 && run.output == "" && run.error.contains(error), "\(run.error)")
  }

  // MARK: In a browser

  private static let browser = ["chromium", "chromium-browser", "google-chrome", "chrome"]
    .compactMap(path(of:)).first

  private static func path(of program: String) -> String? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .map { "\($0)/\(program)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// Goes through all steps with keys, there and back, and writes what it sees as JSON.
  private static let visitor = #"""
    <script>
    const press = (key) => document.dispatchEvent(new KeyboardEvent("keydown", {key}));
    const look = () => ({
      said: document.getElementById("said").textContent,
      row: (document.querySelector("tr.lit") ?? {}).id ?? null,
      current: document.querySelectorAll("[aria-current=step]").length,
      node: Array.from(document.querySelectorAll("g.node")).findIndex((node) =>
        node.classList.contains("lit")),
      labels: Array.from(document.querySelectorAll("g.node")).map((node) =>
        Array.from(node.querySelectorAll(".detail")).map((line) => line.textContent)),
      seen: document.querySelectorAll("tbody tr:not(.ahead)").length,
      marked: (document.querySelector("#listing mark") ?? {}).textContent ?? null,
    });
    const count = document.querySelectorAll("tbody tr").length;
    press("Home");
    const there = [look()], back = [];
    for (let step = 0; step < count; step += 1) { press("ArrowRight"); there.push(look()); }
    press("ArrowRight");
    back.unshift(look());
    for (let step = 0; step < count; step += 1) { press("ArrowLeft"); back.unshift(look()); }
    const report = document.createElement("textarea");
    report.id = "report";
    report.textContent = JSON.stringify({there, same: JSON.stringify(there) === JSON.stringify(back)});
    document.body.append(report);
    </script>
    """#

  /// The document after its scripts, and what the browser's console says.
  private func visit(_ html: String, _ browser: String) throws -> (document: String, log: String) {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("autodiff-page-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("page.html")
    let visited = html.replacingOccurrences(of: "</body>", with: Self.visitor + "</body>")
    try visited.write(to: file, atomically: true, encoding: .utf8)
    let (output, log) = (folder.appendingPathComponent("out"), folder.appendingPathComponent("log"))
    for url in [output, log] { try Data().write(to: url) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: browser)
    process.arguments = [
      "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr",
      "--user-data-dir=\(folder.path)/profile", "--dump-dom", file.absoluteString,
    ]
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: log)
    try process.run()
    process.waitUntilExit()
    return (
      try String(contentsOf: output, encoding: .utf8), try String(contentsOf: log, encoding: .utf8)
    )
  }

  @Test(
    .enabled(if: browser != nil, "needs Chromium"), arguments: 0..<8)
  func aBrowserStepsThroughIt(index: Int) throws {
    let browser = try #require(Self.browser)
    let request = Self.expressions[index]
    let options = "\(Self.modes[index % 2]) \(request.1)"
    let html = ProgramRun("trace", request.0, "--format html \(options)").output
    let (document, log) = try visit(html, browser)
    #expect(!log.contains("CONSOLE"), "\(log)")
    let text = try #require(document.components(separatedBy: "<textarea id=\"report\">").last)
    let report = try JSONValue(unescaped(text.components(separatedBy: "</textarea>")[0]))
    #expect(report["same"] == .bool(true))
    let (steps, rows) = (report["there"].elements, rows(html))
    #expect(steps.count == rows.count + 1)
    for (step, row) in zip(steps.dropFirst(), rows) {
      let said = step["said"].string ?? ""
      #expect(row.allSatisfy { $0.isEmpty || said.contains($0) }, "\(said): \(row)")
      let value = try #require(row.last { Double($0) != nil }.flatMap { Double($0) })
      let node = step["node"].number.map { Int($0) } ?? -1
      let shown = step["labels"][node].elements.last { $0.string != "" }?.string ?? ""
      #expect(shown.hasSuffix(NumberFormat(digits: 6).text(value)), "\(shown): \(row)")
    }
    for (number, step) in steps.enumerated() {
      #expect(step["row"].string == (number == 0 ? nil : "step-\(number)"))
      #expect(step["seen"].number == Double(number))
      #expect(step["current"].number == (number == 0 ? 0 : 1))
    }
    #expect(steps[0]["labels"].elements.flatMap(\.elements).allSatisfy { $0.string == "" })
  }
}
