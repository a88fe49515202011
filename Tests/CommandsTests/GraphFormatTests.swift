// The forms of `graph`: DOT by a strict reader, well-formed SVG, text that fits.
@testable import Text
import Foundation
import Reporting
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@testable import Commands

/// Reads the part of Graphviz's language that is written here, and nothing else.
private struct StrictDOT {
  private(set) var nodes: [String: String] = [:]
  private(set) var edges: [(String, String)] = []

  init?(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.first == "digraph {", lines.suffix(2) == ["}", ""] else { return nil }
    for line in lines.dropFirst().dropLast(2) {
      guard line.hasPrefix("  ") else { return nil }
      guard let start = line.firstIndex(of: "[") else {
        let ends = line.split(separator: " ").map(String.init)
        guard ends.count == 3, ends[1] == "->", nodes[ends[0]] != nil, nodes[ends[2]] != nil
        else { return nil }
        edges.append((ends[0], ends[2]))
        continue
      }
      let head = line[..<start].trimmingCharacters(in: .whitespaces)
      guard let label = Self.label(line[start...]) else { return nil }
      if head == "graph" || head == "node" || head == "edge" { continue }
      guard head.first == "n", Int(head.dropFirst()) == nodes.count else { return nil }
      nodes[head] = label
    }
  }

  /// `[key=value, key="…"]`: the label among them, empty if there is none.
  private static func label(_ text: Substring) -> String? {
    guard text.last == "]" else { return nil }
    var label = ""
    var rest = text.dropFirst().dropLast()
    while !rest.isEmpty {
      guard let equals = rest.firstIndex(of: "=") else { return nil }
      let key = rest[..<equals].trimmingCharacters(in: .whitespaces)
      guard !key.isEmpty, key.allSatisfy({ $0.isASCII && $0.isLetter }) else { return nil }
      rest = rest[equals...].dropFirst()
      var value = ""
      if rest.first == "\"" {
        rest = rest.dropFirst()
        while let character = rest.popFirst(), character != "\"" {
          if character == "\\" {
            guard let next = rest.popFirst(), "\\\"n".contains(next) else { return nil }
            value += next == "n" ? "\n" : String(next)
          } else {
            value.append(character)
          }
        }
      } else {
        value = String(rest.prefix { $0 != "," })
        guard value.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else { return nil }
        rest = rest.dropFirst(value.count)
      }
      if key == "label" { label = value }
      guard rest.isEmpty || rest.first == "," else { return nil }
      rest = rest.dropFirst()
    }
    return label
  }
}

@Suite struct GraphFormatTests {
  private static let expressions = [
    (example, "x1=2,x2=5"), ("x", "x=nan"), ("if(x < 1 and y != 2, x, 1/y)", "x=0,y=0"),
    ("θ₁ + λ^π*é", "θ₁=1,λ=2,é=3"), ("漢*漢", "漢=1e300"), ("_x__*a_b", "_x__=1,a_b=2"),
    ("x^-2 - -x", "x=-1e-7"), ("amp*lt", "amp=1,lt=2"),
    ("end*graph*subgraph", "end=1,graph=2,subgraph=3"),
    ("3.5e-300*x # <&>\"]] --> \\n", "x=2"), ("tan(x)", "x=0"),
  ]
  private static let kinds = ["", "--derivative", "--gradient"]

  @Test(arguments: expressions, kinds)
  func dotIsWhatGraphvizReads(expression: (String, String), kind: String) throws {
    for point in ["", "--at \(expression.1)"] {
      let dot = ProgramRun("graph", expression.0, "--format dot \(kind) \(point)").output
      let json = try ProgramRun("graph", expression.0, "--format json \(kind) \(point)").json()
      let read = try #require(StrictDOT(dot), "\(dot)")
      let nodes = json["nodes"].elements
      #expect(read.nodes.count == nodes.count)
      let ids = nodes.compactMap { $0["id"].string }
      let edges = json["edges"].elements.compactMap { edge -> String? in
        guard let from = ids.firstIndex(of: edge["from"].string ?? ""),
          let to = ids.firstIndex(of: edge["to"].string ?? "")
        else { return nil }
        return "n\(from) n\(to)"
      }
      #expect(read.edges.map { "\($0) \($1)" } == edges)
    }
  }

  @Test(arguments: expressions, kinds)
  func svgIsWellFormed(expression: (String, String), kind: String) {
    for point in ["", "--at \(expression.1)"] {
      let svg = ProgramRun("graph", expression.0, "--format svg \(kind) \(point)").output
      let parser = XMLParser(data: Data(svg.utf8))
      #expect(parser.parse(), "\(svg)")
    }
  }

  @Test(arguments: expressions, kinds)
  func textFitsTheTerminal(expression: (String, String), kind: String) {
    for width in [80, 40] {
      let run = ProgramRun(
        "graph", expression.0, "\(kind) --at \(expression.1)",
        environment: ["COLUMNS": "\(width)"], terminals: [.output])
      let widest = run.output.split(separator: "\n").map { displayWidth(of: String($0)) }.max()
      #expect(widest ?? 0 <= width, "\(run.output)")
    }
  }

  @Test func theRunningExampleIsATableIn80Columns() {
    for kind in Self.kinds {
      let run = ProgramRun(
        "graph", example, "\(kind) --at x1=2,x2=5", environment: ["COLUMNS": "80"],
        terminals: [.output])
      #expect(run.output.contains("Level  Node"), "\(run.output)")
    }
  }

  @Test func withoutUnicodeTextIsASCII() {
    for kind in Self.kinds {
      let run = ProgramRun(
        "graph", example, "\(kind) --at x1=2,x2=5", environment: ["LANG": "C"])
      #expect(run.output.utf8.allSatisfy { $0 < 128 })
    }
  }

  @Test func numbersAreOnThePicture() throws {
    let svg = ProgramRun("graph", example, "--at x1=2,x2=5 --format svg").output
    for text in ["11.652071455223084", "x̄1 = 5.5", "x̄2 = 1.7163378145367738", "v̄₃ = -1"] {
      #expect(svg.contains(">\(text)<"), "\(text)")
    }
    let rounded = ProgramRun("graph", example, "--at x1=2,x2=5 --format dot --digits 3").output
    #expect(rounded.contains("x2\\n5\\nx̄2 = 1.72"))
    let mermaid = ProgramRun("graph", "x*sin(x)", "--at x=2 --gradient --format mermaid").output
    #expect(mermaid.hasPrefix("---\ntitle: \"y = x*sin(x) with its gradient, at x = 2\"\n---\n"))
    #expect(mermaid.contains("flowchart LR\n"))
  }
}
