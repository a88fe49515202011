// `graph`: names as in a trace, numbers as in `eval`, forms that are what they claim to be.
import Testing

@testable import Commands

@Suite struct GraphCommandTests {
  private static let expressions: [(String, String)] = [
    (example, "x1=2,x2=5"), ("x*y", "x=3,y=4"), ("if(x > 0, ln(x), 0)", "x=-1"),
    ("if(x > 0, ln(x), 0) + y^2", "x=2,y=0"), ("max(x, y, 1)", "x=1,y=5"), ("x", "x=7"),
    ("v1*v2 + sin(v1)", "v1=1,v2=2"), ("sum(i, 1, n, x^i)", "x=2,n=3"), ("x - x", "x=1"),
    ("4*(4*x*(1-x))*(1-4*x*(1-x))", "x=0.2"), ("tanh(a*x + b)^2", "a=1,x=0.5,b=-0.25"),
    ("sigmoid(θ)*π", "θ=0.5"), ("relu(x) - abs(y)", "x=2,y=-3"), ("stop_gradient(x)*x", "x=3"),
  ]

  private func run(_ expression: String, _ options: String) -> ProgramRun {
    ProgramRun("graph", expression, options)
  }

  private func nodes(_ expression: String, _ options: String) throws -> [JSONValue] {
    try run(expression, "--format json " + options).json()["nodes"].elements
  }

  // MARK: Names and edges

  @Test(arguments: expressions)
  func operationsAreCalledAsInTheTrace(expression: String, point: String) throws {
    let trace = try ProgramRun("trace", expression, "--at \(point) --format json").json()
    let names = trace["primals"].elements.compactMap { $0["name"].string }
    let drawn = try nodes(expression, "--at \(point)").filter { $0["kind"].string != "constant" }
    #expect(drawn.compactMap { $0["id"].string } == names)
    let values = trace["primals"].elements.map { $0["value"].number }
    #expect(drawn.map { $0["value"].number } == values)
  }

  @Test func whereAVariableIsCalledLikeAnOperationTheTraceAndTheGraphSayTheSame() throws {
    let trace = try ProgramRun("trace", "v1*2 + v1", "--at v1=3 --format json").json()
    let rows = trace["primals"].elements.map { row in
      "\(row["name"].string ?? "") = \(row["formula"].string ?? "")"
    }
    let labels = try nodes("v1*2 + v1", "--at v1=3").filter { $0["kind"].string != "constant" }
      .compactMap { $0["label"].string }
    #expect(labels == rows)
  }

  @Test(arguments: expressions)
  func everyEdgeIsAnArgumentInTheLabelOfItsUser(expression: String, point: String) throws {
    for kind in ["", "--derivative", "--gradient"] {
      let object = try run(expression, "--format json --at \(point) \(kind)").json()
      let nodes = object["nodes"].elements
      let ids = nodes.compactMap { $0["id"].string }
      #expect(Set(ids).count == nodes.count)
      var arguments: [String: [String]] = [:]
      for edge in object["edges"].elements {
        let (from, to) = (edge["from"].string ?? "?", edge["to"].string ?? "?")
        let places = (ids.firstIndex(of: from), ids.firstIndex(of: to))
        #expect(try #require(places.0) < #require(places.1))
        arguments[to, default: []].append(from)
      }
      for node in nodes {
        let label = node["label"].string ?? ""
        for from in arguments[node["id"].string ?? ""] ?? [] {
          let argument = nodes[ids.firstIndex(of: from) ?? 0]["label"].string ?? ""
          let name = argument.split(separator: " = ").first ?? "?"
          #expect(label.contains(name), "\(expression) \(kind): \(label) without \(name)")
        }
      }
    }
  }

  @Test func nodesThatAreEqualAreOne() throws {
    let nodes = try nodes("sin(x + y)*(x + y) + cos(x + y) + 2*2", "")
    let labels = nodes.compactMap { $0["label"].string }
    #expect(labels.count { $0.hasSuffix(" = x + y") } == 1)
    #expect(labels.count { $0 == "2" } == 1)
    #expect(nodes.map { $0["kind"].string }.prefix(3) == ["input", "input", "constant"])
  }

  // MARK: Numbers

  @Test(arguments: expressions)
  func theNumbersAreThoseOfEval(expression: String, point: String) throws {
    let eval = try ProgramRun("eval", expression, "--at \(point) --format json").json()
    let function = try nodes(expression, "--at \(point)")
    #expect(function.last?["value"].number == eval["value"].number)
    for name in point.split(separator: ",").map({ $0.prefix { $0 != "=" } }) {
      let partial = eval["gradient"][String(name)].number
      let input = function.first { $0["label"].string?.hasSuffix(name) == true }
      #expect(input?["adjoint"].number == partial, "\(name)")
      for kind in ["--gradient", "--derivative"] {
        let nodes = try nodes(expression, "--at \(point) \(kind)")
        let result = nodes.first { $0["id"].string?.hasSuffix("/d\(name)") == true }
        let value = try #require(result?["value"].number)
        #expect(abs(value - (partial ?? .nan)) <= 1e-14 * abs(value), "\(kind) \(name)")
      }
    }
  }

  @Test func adjointsAreThoseOfTheTrace() throws {
    let options = "--at x1=2,x2=5 --format json"
    let trace = try ProgramRun("trace", example, options).json()
    var adjoints: [String: Double] = [:]
    for row in trace["adjoints"].elements { adjoints[row["name"].string!] = row["value"].number }
    for node in try nodes(example, "--at x1=2,x2=5") where node["kind"].string == "operation" {
      #expect(node["adjoint"].number == adjoints[node["id"].string! + "~"])
    }
    for node in try nodes(example, "--at x1=2,x2=5 --gradient") {
      let id = node["id"].string!
      if let adjoint = adjoints[id] { #expect(node["value"].number == adjoint, "\(id)") }
    }
  }

  @Test(arguments: ["", "--derivative", "--gradient"], ["ln(x)", "1/x", "sqrt(x)"])
  func whatDoesNotExistShows(kind: String, expression: String) {
    for point in ["x=0", "x=-1", "x=inf", "x=nan"] {
      let eval = ProgramRun("eval", expression, "--at \(point)")
      for format in GraphFormat.allCases {
        let run = run(expression, "--at \(point) --format \(format.rawValue) \(kind)")
        #expect(run.status == eval.status)
        #expect(format == .json || run.error == eval.error)
        let isShown = ["inf", "nan", "null"].contains { run.output.contains($0) }
        #expect(run.status == 0 || isShown, "\(run.output)")
      }
    }
  }

  @Test func wrtChooses() throws {
    let ids = try nodes("x*y*z", "--gradient --wrt z,x").compactMap { $0["id"].string }
    #expect(ids.suffix(2) == ["dy/dz", "dy/dx"].map { $0.replacing("dy", with: "df") })
    let adjoints = try nodes("x*y", "--at x=2,y=3 --wrt x").map { $0["adjoint"].number }
    #expect(adjoints == [3, nil, 1, 1])
    #expect(try nodes("e^2", "--derivative --wrt e").last?["label"].string == "dy/de = v1")
  }

  // MARK: Mistakes

  @Test(arguments: [
    ("x*y", "--at x=1", "no value is given for 'y'"), ("x", "--at x=1,z=2", "'z' is not in"),
    ("x", "--at x=0:1:0.5", "one point, and --at gives 3"), ("x", "--at x=1 --at x=2", "gives 2"),
    ("x", "--derivative --gradient", "exclude each other"), ("x*y", "--wrt q", "'q' is not in"),
    ("3", "--gradient", "no variable"), ("3", "--derivative", "no variable"),
    ("x", "--format png", "png"), ("x +", "", "error"), ("x", "--digits 0", "--digits"),
    ("sum(i, 1, n, x)", "", "depend on 'n'"),
  ])
  func mistakes(expression: String, options: String, error: String) {
    let run = run(expression, options)
    #expect(run.status == 2 && run.output == "" && run.error.contains(error), "\(run.error)")
  }

  @Test func whatIsTooLargeIsRefused() {
    let sum = (0..<34_000).map { "x^\($0)" }.joined(separator: "+")
    let run = ProgramRun(["graph", "-"], input: Array(sum.utf8))
    #expect(run.status == 2 && run.error.contains("at most 100000 are drawn"))
    let terms = (0..<8000).map { "a\($0)" }.joined(separator: "+")
    let many = ProgramRun(
      ["graph", "-", "--derivative", "--format", "json"], input: Array(terms.utf8))
    #expect(many.status == 0)
  }
}
