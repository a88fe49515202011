// Intermediates of programs: watched, differentiated in, named in traces; long runs in pieces.

@testable import Text
import Testing

@testable import Commands

@Suite struct ObservationTests {
  private static let logistic = "l(x, n) = { for i in 2..n { x = 4*x*(1 - x) }; x }; l(x, 4)"

  private func number(_ run: ProgramRun, _ members: String...) throws -> Double {
    try #require(try members.reduce(run.json()) { $0[$1] }.number)
  }

  // MARK: --wrt

  @Test(arguments: ["forward", "reverse", "symbolic", "numerical"])
  func anIntermediateIsAVariable(mode: String) throws {
    let run = ProgramRun(
      "eval", "z = x1*x2; sin(z) + z + x1*x2",
      "--at x1=2,x2=3 --wrt x1,z --format json --mode \(mode)")
    let dz = try number(run, "gradient", "z")
    let dx = try number(run, "gradient", "x1")
    // cos(6) + 1, without the product that is written out; and the whole of d/dx1.
    #expect((dz - 1.960_170_286_650_366).magnitude < 1e-8)
    #expect((dx - 8.880_510_859_951_098).magnitude < 1e-8)
    #expect(run.status == 0)
  }

  @Test func aCutIntermediateHasNoEffect() throws {
    let run = ProgramRun(
      "eval", "z = x^2; sin(stop_gradient(z)) + 3*z", "--at x=2 --wrt z --format json")
    #expect(try number(run, "gradient", "z") == 3)
  }

  @Test func theSecondDerivativesTakeIntermediates() throws {
    let run = ProgramRun(
      "eval", "f(x) = { z = x^2; z^3 }; f(x)", "--at x=2 --wrt z --hessian --format json")
    #expect(try number(run, "hessian", "z", "z") == 24)
  }

  @Test(
    arguments: [
      ("f(x) = { z = x^2; z }; f(a) + f(b)", "--at a=2,b=3 --wrt z", "more than once"),
      ("z = x^2; z", "--at x=2 --wrt w", "'w' is not in the expression"),
      ("z = x^2; z", "--at x=2 --watch x", "'x' is neither defined nor assigned"),
      ("abc = x^2; abc", "--at x=2 --watch abd", "did you mean 'abc'?"),
      ("z = x^2; z", "--at x=1:2:1 --watch z", "needs one point"),
      ("z = x^2; [z, z]", "--at x=2 --watch z", "not a list"),
      ("z = x^2; z", "--at x=2 --watch z --format csv", "has no CSV form"),
    ])
  func whatCannotBeObserved(expression: String, options: String, message: String) {
    let run = ProgramRun("eval", expression, options)
    #expect(run.status == 2)
    #expect(run.error.contains(message), "\(run.error)")
  }

  // MARK: --watch

  @Test func everyAssignmentIsSeen() throws {
    let watched = try ProgramRun(
      "eval", Self.logistic, "--at x=0.2 --watch x --format json"
    ).json()["watch"].elements
    #expect(watched.map { $0["occurrence"].number } == [1, 2, 3])
    #expect(watched.map { $0["place"].string } == Array(repeating: "column 29", count: 3))
    // The tangent times the adjoint is the whole derivative, at every step of one chain.
    let whole = try number(
      ProgramRun("eval", Self.logistic, "--at x=0.2 --format json"), "gradient", "x")
    for assignment in watched {
      let tangent = try #require(assignment["tangents"]["x"].number)
      let adjoint = try #require(assignment["adjoint"].number)
      #expect((tangent * adjoint - whole).magnitude < 1e-12)
    }
  }

  @Test func whereThereIsNoValueThereIsNoDerivative() throws {
    let run = ProgramRun(
      "eval", "f(x) = { y = 2*x; z = ln(y); z + 1 }; f", "--at x=-1 --watch y,z --format json")
    let watched = try run.json()["watch"].elements
    #expect(watched.map { $0["tangents"]["x"].number } == [2, nil])
    #expect(watched.map { $0["adjoint"].number } == [nil, nil])
    #expect(run.status == 1)
  }

  @Test func aDirectionHasOneTangent() throws {
    let watched = try ProgramRun(
      "eval", "z = x*y; z^2", "--at x=2,y=3 --watch z --direction x=1,y=-1 --format json"
    ).json()["watch"].elements
    #expect(watched.map { $0["tangent"].number } == [1])
    #expect(watched.map { $0["adjoint"].number } == [12])
  }

  @Test func equalCallsAreWatchedEach() throws {
    let watched = try ProgramRun(
      "eval", "f(x) = { z = x^2; z }; f(a) + 2*f(a)", "--at a=2 --watch z --format json"
    ).json()["watch"].elements
    #expect(watched.map { $0["adjoint"].number } == [1, 2])
  }

  // MARK: Traces

  @Test func tracesHaveTheUsersNames() throws {
    let rows = try ProgramRun("trace", Self.logistic, "--at x=0.2 --format json")
      .json()["primals"].elements
    let named = rows.flatMap { row in
      row["assigned"].elements.map { (row["name"].string, $0.string) }
    }
    #expect(named.map(\.1) == ["x (1)", "x (2)", "x (3)"])
    #expect(named.map(\.0) == ["v3", "v6", "v9"])
    let plain = ProgramRun("trace", "x*y", "--at x=1,y=2 --format csv")
    #expect(plain.output.hasPrefix("section,name,formula,partial,value\n"))
  }

  @Test(
    arguments: [
      "g(x, n) = c*sin(x)^n + x; h(x) = g(x, 2)*g(x, 3); h(a*c) + a",
      "g(x, n) = { y = x; for i in 1..n { y = sin(y) + c }; y }; h(x) = g(x, 3)*a; h(a) + g(c, 2)",
      "g(x, n) = x; h(x) = x^2; h(a)*h(a)*g(c, 2)",
    ])
  func foldedTracesEndInTheSame(expression: String) throws {
    let gradient = try ProgramRun("eval", expression, "--at a=2,c=0.3 --format json")
      .json()["gradient"]
    for names in ["g", "h", "g,h"] {
      let options = "--at a=2,c=0.3 --format json --fold \(names)"
      let whole = try ProgramRun("trace", expression, options).json()
      let forward = try ProgramRun("trace", expression, options + " --mode forward").json()
      for (index, name) in ["a", "c"].enumerated() {
        let value: Double = try #require(gradient[name].number)
        let row = whole["adjoints"].elements.first { $0["name"].string == name + "~" }
        let adjoint: Double = try #require(row?["value"].number)
        let tangent: Double = try #require(
          forward["tangents"][index]["rows"].elements.last?["value"].number)
        #expect((adjoint - value).magnitude <= 1e-14 * value.magnitude)
        #expect((tangent - value).magnitude <= 1e-14 * value.magnitude)
      }
    }
    let folded = ProgramRun("trace", expression, "--at a=2,c=0.3 --fold h").output
    #expect(folded.contains("h(v"))
    #expect(ProgramRun("trace", expression, "--at a=2,c=0.3 --fold q").status == 2)
  }

  // MARK: Long runs

  /// In pieces, forward mode gives what it gives in one.
  @Test(
    arguments: [
      "f(x, n) = { y = x; while n > 0 { y = y*0.5 + sin(y)*x - 0.25; n = n - 1 }; y }; a*f(x, 2250)",
      "c = cos(a); f(x) = { y = x; for i in 1..2250 { y = sin(y)*c + q }; y }; q = x*2; 1 + f(x)*c",
      "g(y) = { if y > 0.5 { return y/2 }; y + a/3 }; f(y) = { for i in 1..2250 { y = g(y)*x }; y }; f(a)",
      "f(x) = { s = 0; for i in 1..50 { for j in 1..50 { s = s + sin(x*i)/j } }; s*a }; sum(k, 1, 2, f(x))",
    ])
  func longRunsGoInPieces(expression: String) throws {
    let point = "--at x=0.9,a=1.3 --format json --max-steps 1000000 --mode"
    let pieces = try ProgramRun("eval", expression, point + " forward").json()
    let whole = try ProgramRun("eval", expression, point + " all").json()["modes"]["forward"]
    #expect(pieces["value"].number == whole["value"].number)
    for name in ["x", "a"] {
      let (piece, one) = (pieces["gradient"][name].number, whole["gradient"][name].number)
      #expect(piece == one)
    }
  }

  /// What is to be explained is found, however long the run.
  @Test(
    arguments: [
      ("f(x) = { for i in 1..20000 { x = abs(x - i)*0.999 }; x }; f(x)", "x=1", "kink"),
      ("f(x) = { for i in 1..20000 { x = x + 1 }; ln(x - 30000) }; f(x)", "x=1", "ln(-9999)"),
    ])
  func longRunsAreExplained(expression: String, point: String, message: String) {
    let run = ProgramRun("eval", expression, "--mode forward --at \(point)")
    #expect(run.error.contains(message), "\(run.error)")
  }
}
