// `eval --sparse` and `--sparsity`: entries in every form, and where they are.
import Testing

@testable import Commands

@Suite struct SparseTests {
  private static let chain = "(x-y)^2 + y*z + w"
  private static let point = "--at x=1,y=2,z=3,w=4"

  private func run(_ expression: String, _ options: String) -> ProgramRun {
    ProgramRun("eval", expression, options)
  }

  @Test func entriesInEveryForm() throws {
    let options = Self.point + " --hessian --sparse --format "
    #expect(
      run(Self.chain, options + "csv").output
        == joined("row,column,value", "x,x,2", "x,y,-2", "y,x,-2", "y,y,2", "y,z,1", "z,y,1"))
    #expect(
      run(Self.chain, options + "mtx").output
        == joined(
          "%%MatrixMarket matrix coordinate real symmetric", "4 4 4", "1 1 2", "2 1 -2", "2 2 2",
          "3 2 1"))
    let json = try run(Self.chain, options + "json").json()
    #expect(json["rows"].elements.compactMap(\.string) == ["x", "x", "y", "y", "y", "z"])
    #expect(json["columns"].elements.compactMap(\.string) == ["x", "y", "x", "y", "z", "y"])
    #expect(json["values"].elements.compactMap(\.number) == [2, -2, -2, 2, 1, 1])
    #expect(json["sweeps"].number == 2)
  }

  @Test func theJacobianOfAList() {
    let options = "--at x=2,y=3,z=5 --sparse --format "
    #expect(
      run("[x*y, z^2, 7]", options + "csv").output
        == joined("row,column,value", "f1,x,3", "f1,y,2", "f2,z,10"))
    #expect(
      run("[x*y, z^2, 7]", options + "mtx").output
        == joined(
          "%%MatrixMarket matrix coordinate real general", "3 3 3", "1 1 3", "1 2 2", "2 3 10"))
    let weighted = run("[x*y, z^2]", "--weights f1=2,f2=1 --hessian " + options + "csv").output
    #expect(weighted == joined("row,column,value", "x,y,2", "y,x,2", "z,z,2"))
  }

  @Test func onlyTheWantedVariables() {
    let hessian = run(Self.chain, Self.point + " --wrt y,z --hessian --sparse --format mtx").output
    #expect(
      hessian
        == joined(
          "%%MatrixMarket matrix coordinate real symmetric", "2 2 2", "1 1 2", "2 1 1"))
    let none = run("x*y", "--at x=1,y=2 --wrt x --hessian --sparse").output
    #expect(none == "second derivatives: 0 of 1 may be other than 0, by 0 sweeps\n")
    let jacobian = run("[x*y, z]", "--at x=1,y=2,z=3 --wrt z,y --sparse --format csv").output
    #expect(jacobian == joined("row,column,value", "f1,y,1", "f2,z,1"))
  }

  /// What `eval` says of a point is said here too.
  @Test(arguments: [
    ("hypot(x,y)*z", "--hessian", "hypot(0, 0) has a kink: d/dx is -1 on the left", 0),
    ("x*abs(x)*z+y", "--hessian", "d²/dx² does not exist: it is -2 on the left", 1),
    ("ln(x)*y*z", "--hessian", "ln(0) is infinite", 1),
    ("[abs(x)*z, y]", "", "abs(0) has a kink: df1/dx is -1 on the left", 0),
    ("[sqrt(x), y*z]", "", "sqrt(0) has an infinite slope", 1),
  ])
  func theSamePointsAreHard(expression: String, option: String, message: String, status: Int32) {
    let options = "--at x=0,y=0,z=1 \(option)"
    let sparse = run(expression, options + " --sparse")
    #expect(sparse.status == status && sparse.error == run(expression, options).error)
    #expect(sparse.error.contains(message), "\(sparse.error)")
    let json = try? run(expression, options + " --sparse --format json").json()
    #expect(json?["notes"][0]["message"].string.map(sparse.error.contains) == true)
  }

  @Test func thePatternIsDrawn() {
    let drawing = run(Self.chain, Self.point + " --sparsity").output
    #expect(drawing.hasSuffix("\n\nx  × × · ·\ny  × × × ·\nz  · × · ·\nw  · · · ·\n"))
    #expect(drawing.hasPrefix("second derivatives: 6 of 16 may be other than 0\n"))
    let svg = run("[x, y]", "--at x=1,y=2 --sparsity --format svg").output
    #expect(svg.contains("viewBox=\"0 0 2 2\"") && svg.contains("d=\"M0 0h1v1h-1zM1 1h1v1h-1z\""))
    #expect(
      run("[x, y]", "--at x=1,y=2 --sparsity --format mtx").output
        == joined("%%MatrixMarket matrix coordinate pattern general", "2 2 2", "1 1", "2 2"))
  }

  /// The extended Rosenbrock function of 2,000 variables, whose whole matrix has four million entries.
  @Test func manyVariablesTakeFewSweeps() throws {
    let count = 2_000
    let terms = stride(from: 1, to: count, by: 2).map { i in
      "100*(x\(i + 1)-x\(i)^2)^2+(1-x\(i))^2"
    }
    let point = (1...count).map { "x\($0)=\($0 % 2 == 1 ? "-1.2" : "1")" }
    let run = ProgramRun(
      [
        "eval", terms.joined(separator: "+"), "--at", point.joined(separator: ","), "--hessian",
        "--sparse", "--format", "json",
      ])
    let json = try run.json()
    #expect(json["values"].count == 2 * count && json["sweeps"].number == 2)
    #expect(Set(json["values"].elements.compactMap(\.number)) == [1330, 480, 200])
    let drawing = ProgramRun(
      [
        "eval", terms.joined(separator: "+"), "--at", point.joined(separator: ","), "--sparsity",
      ])
    #expect(drawing.output.split(separator: "\n").count < 70)
  }

  /// Kinks are looked at as in the whole matrix, and what does not exist is named.
  @Test func troubleIsNamed() {
    let kink = run("abs(x)^3 + x*y", "--at x=0,y=1 --hessian --sparse --format csv")
    #expect(kink.output == joined("row,column,value", "x,x,0", "x,y,1", "y,x,1"))
    let pole = run("sqrt(x) + y^2", "--at x=0,y=1 --hessian --sparse --format csv")
    #expect(pole.status == 1 && pole.error.contains("d/dx") && pole.output.contains("y,y,2"))
    let undefined = run("ln(x)*y", "--at x=-1,y=2 --hessian --sparse --format csv")
    #expect(undefined.status == 1)
    #expect(undefined.output == joined("row,column,value", "x,x,nan", "x,y,nan", "y,x,nan"))
    let list = run("[ln(x), y^2]", "--at x=-1,y=2 --sparse --format csv")
    #expect(list.status == 1)
    #expect(list.output == joined("row,column,value", "f1,x,nan", "f2,y,4"))
  }

  @Test(arguments: [
    ("x", "--at x=1 --sparse", "add --hessian"),
    ("[x, x]", "--at x=1 --sparse --hessian", "weights"),
    ("x^2", "--at x=1 --sparse --hessian --format tsv", "mtx"), ("2", "--sparsity", "no variable"),
    ("x^2", "--at x=1 --hessian --format mtx", "belongs to --sparse"),
    ("x^2", "--at x=1:2:1 --sparsity", "--sparsity needs one point"),
    ("x^2", "--at x=1 --hessian --sparse --reduce sum", "--reduce belongs to --data"),
    ("x^2", "--at x=1 --hessian --sparse --step 0.1", "exclude"),
    ("x^2", "--at x=1 --sparsity --mode forward", "exclude"),
  ])
  func refusals(expression: String, options: String, expected: String) {
    let run = run(expression, options)
    #expect(run.status == 2 && run.output.isEmpty && run.error.contains(expected), "\(run.error)")
  }
}
