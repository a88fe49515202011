// `check --trace` on tables as people write them.
import Testing

@testable import Commands

@Suite struct TraceCheckTests {
  private func check(
    _ table: String, of expression: String = example, at point: String = "x1=2,x2=5",
    _ words: String...
  ) -> ProgramRun {
    ProgramRun(
      ["check", expression, "--at", point, "--trace", "-"] + words, input: Array(table.utf8))
  }

  /// Lines of tables that are right.
  static let right = [
    "v1 = ln x1 = 0.693\nv2 = x1 x2 = 10\nv3 = sin x2 = −0.959\ny = v1 + v2 − v3 = 11.652",
    // Own names, another order, several operations in a row.
    "name,formula,value\nc,sin(x2),-0.96\na,x1*x2,10\nb,ln(x1)+a,10.69\ny,b - c,11.65",
    "θ;ln x₁;0,693\nζ;x_1 x_2;10\nω;θ + ζ − sin x_{2};11,652",
    // No formulas; a byte order mark and the line ends of Windows.
    "\u{FEFF}name,value\r\nv1,0.693\r\nv2,10.0\r\nv3,-0.959\r\ny,11.652\r\n",
    // Rounded as it went: 10.69 + 0.96 = 11.65, and with two digits.
    "a = ln x1 = 0.7\nb = x1*x2 = 10\nc = sin x2 = -1.0\ny = a + b - c = 11.7",
    "| v | formula | value |\n|:--|---|--:|\n| v₁ | ln x1 | **0.69** |\n| y | v₁ + x1·x2 − sin x2 | `11.65` |",
    "v_{-1} = 2\nv_{0} = 5\nv_1 = ln(v_{-1}) = 0.69315\nv_2 = v_{-1} v_0 = 10\ny = v_1+v_2-sin v_0 = 11.652",
    "a = ln x1 = ln 2 = 0.6931...\ny = a + x1*x2 - sin x2 ≈ 11.65",
    "∂y/∂x1 = 5.5\ndy/dx2 = 1.716", "x1~ = 5.5\nx̄2 = 1.7163", "x1_bar = 11/2\nx2bar = 1.716",
    "d/dx1 | 5.5\nd/dx2 | 1.716", "dv1/dx1 = 0.5\ndv2/dx1 = 5\ndy/dx1 = 5.5",
    // Forward mode, tangents only, by column and by prime.
    "v,formula,value,d/dx1,d/dx2\nv1,ln(x1),0.693,0.5,0\nv2,x1*x2,10,5,2\n"
      + "v3,sin(x2),-0.959,0,0.284\ny,v1+v2-v3,11.652,5.5,1.716",
    "x1' = 1\nx2' = 0\nv1' = x1'/x1 = 0.5\nv2' = x1' x2 = 5\ny' = v1' + v2' = 5.5",
    "x1' = 0\nx2' = 1\nv3' = x2' cos x2 = 0.284\ny' = x1 x2' − v3' = 1.716",
    // Reverse mode: contributions, sums, whole adjoints, with += and upward.
    "v5~ = 1\nv4~ = v5~\nv3~ = -v5~\nv1~ = v4~\nv2~ = v4~\nx2~ += v3~*cos(x2) | -0.284\n"
      + "x2~ += v2~*x1 | 1.716\nx1~ = v1~/x1 + v2~*x2 | 5.5",
    "x1~ = v-1~ = 5.5\nv-1~ = v-1~ + v1~/v-1 = 5.5\nv-1~ = v2~ × v0 = 5\nv2~ = v4~ = 1\nv1~ = v4~ = 1\n"
      + "v4~ = v5~ = 1\nv5~ = 1",
    "section,name,value\nadjoint,v5,1\nadjoint,v4,1\nadjoint,v3,-1\nadjoint,v0,1.716\nadjoint,v-1,5.5",
    // A factor that is 1 in this run may be left out.
    "x1' = 0\nx2' = 1\nv2' = x1 = 2\nv3' = cos x2 = 0.284\ny' = v2' − v3' = 1.716",
    // Headers that say little, or in another language.
    "| i | v_i | value |\n|---|---|---|\n| 1 | v1 = ln(x1) | 0.69 |\n| 2 | y = v1+x1*x2-sin(x2) | 11.65 |",
    "Name;Formel;Wert\na;ln(x1);0,693\ny;a+x1*x2-sin(x2);11,652",
    "| Zeile | Rechnung | Wert |\n|-|-|-|\n| v₁ | ln 2 | 0,69 |\n| v₂ | 2·5 | 10 |\n| v₃ | sin 5 | −0,96 |",
    "| step | expression | value | dy/d(step) |\n|-|-|-|-|\n| a | x1*x2 | 10 | 1 |\n| y | ln(x1)+a-sin(x2) | 11.65 | 1 |",
    "| variable | value | ∂/∂x1 |\n|-|-|-|\n| a = ln(x1) | 0.6931 | 0.5 |\n| y = a+x1*x2-sin(x2) | 11.65 | 5.5 |",
    // Variables have rows of their own, above or below.
    "Node | Primal | Adjoint\n--- | --- | ---\nx1 | 2 | 5.5\nv1 | 0.69 | 1\nv3 | -0.96 | -1\nx2 | 5 | 1.72",
    "v,value,adjoint\nv-1,2,5.5\nv0,5,1.716\nv1,0.693,1\nv2,10,1",
    // Adjoints of own names, as quotients; e is what the row says, and not 2.718.
    "a = ln x1 = 0.693\ny = a + x1*x2 - sin x2 = 11.652\ndy/da = 1\ndy/dx1 = dy/da * 1/x1 + x2 = 5.5",
    "e = ln(x1)+x1*x2-sin(x2) = 11.652\ny = e",
    // Lists, and other signs of equality.
    "1) a := ln x1 = 0.693\n2) y := a + x1*x2 - sin x2 = 11.652",
    "- a ← ln x1 -> 0.693\n- y ← a+x1*x2-sin x2 → 11.652",
    // Differentials, without a word that they are tangents.
    "a = x1 x2 = 10\ndx1 = 1\ndx2 = 0\nda = x1 dx2 + x2 dx1 = 5\ndy = dx1/x1 + da - cos(x2) dx2 = 5.5",
    // Adjoints before the names are defined, and no row for the result.
    "y_bar = 1\na_bar = y_bar = 1\nx1_bar = y_bar/x1 + a_bar x2 = 5.5\na = x1*x2",
  ]

  @Test(arguments: right)
  func isRight(table: String) {
    let table = table.contains(" | ") || table.contains("= ") ? table : table + "\n"
    let run = check(table)
    #expect(run.status == 0, "\(run.output)\(run.error)")
  }

  @Test(arguments: [
    ("a = ln x1 = 0.693\nb = x1 + x2 = 7\ny = a + b - sin x2 = 8.652", 2, "should be 10", "x1*x2"),
    ("v3 = sin x2 = 0.0872", 1, "-0.958924", "degrees"),
    ("v3 = sin x2 = 0.959", 1, "-0.958924", "wrong sign"),
    ("v3 = sin x2 = 0.284", 1, "-0.958924", "cos in place of"),
    ("v3 = sin x2 = -0.958", 1, "-0.958924", "cut off"),
    ("v1 = ln x1 = 0.693\ny = 12", 2, "11.6521", ""),
    ("v1 = ln x1 = nan", 1, "0.693147", ""),
    ("y = x1*x2 + ln x1 + sin x2 = 9.734", 1, "11.6521", ""),
    ("x1' = 1\nv2' = x1'*x1 = 2", 2, "should be 5", "not the tangent of"),
    ("x1' = 1\nv4' = 5", 2, "5.5", ""),
    ("v5~ = 1\nv3~ = v5~ = 1", 2, "should be -1", "not what"),
    ("v0~ = v2~*v-1 | 2", 1, "1.71634", "the contribution of v3 is missing"),
    ("v0~ = v3~*cos(v0) | -0.284\nv0~ = v2~*v-1 | 2", 2, "1.71634", "has to be added"),
    (
      "adjoint | local partial | value\n--- | --- | ---\nv3~ = v5~ × 1 | -1 | -1", 3, "right",
      "not what"
    ),
    (
      "adjoint | local partial | value\n--- | --- | ---\nv3~ = v5~ × (-1) | 1 | -1", 3,
      "should be -1", "partial"
    ),
    ("∂y/∂x2 = 2.284", 1, "1.71634", ""),
  ])
  func isWrong(table: String, line: Int, truth: String, words: String) throws {
    let run = check(table)
    #expect(run.status == 1, "\(run.output)\(run.error)")
    #expect(run.output.contains("the first wrong row is line \(line),"), "\(run.output)")
    #expect(
      run.output.contains(truth) && (words.isEmpty || run.output.contains(words)), "\(run.output)")
  }

  @Test(arguments: [
    // 1273.5 with three digits.
    ("a = exp x = 1270\ny = a/1000 = 1.27", "exp(x)/1000", "x=7.1495"),
    // What rounding leaves of 0.
    ("a = x*x = 4.84\nx~ = 5.551e-17", "(x*x)/(x*x)", "x=2.2"),
    // Contributions without formulas: in any order, carried on with two digits, two at once.
    (
      "a = exp x = 2.7\nb = sqrt x = 1\ny = a*b = 2.7\nx~ = 2.7\nx~ = 4.05", "exp(x)*sqrt(x)", "x=1"
    ),
    (
      "a = exp x = 2.7\nb = sqrt x = 1\ny = a*b = 2.7\nx~ = 1.35\nx~ = 4.05", "exp(x)*sqrt(x)",
      "x=1"
    ),
    ("a = x*x = 4.4\nb = 3*x = 6.3\ny = a + b = 10.7\nx~ = 4.2\nx~ = 7.2", "x*x + 3*x", "x=2.1"),
    // Whoever has a calculator goes on with more digits than are written.
    (
      "a = x + x = 1.89\ny = tanh a = 0.955\ny~ = 1\na~ = y~*(1-y^2) = 0.0873", "tanh(x+x)",
      "x=0.9434"
    ),
  ])
  func roundedIsRight(table: String, expression: String, point: String) {
    let run = check(table, of: expression, at: point)
    #expect(run.status == 0, "\(run.output)\(run.error)")
  }

  /// A row that was copied wrongly, when what follows was computed from the right one, with two digits.
  @Test func whatIsComputedFromTheRightValueIsRight() {
    let run = check("a = ln x1 = 0.96\nb = a*100 = 69\ny = b = 69", of: "ln(x1)*100", at: "x1=2")
    #expect(run.output.contains("line 1, a = ln x1: claimed 0.96"), "\(run.output)")
    #expect(!run.output.contains("wrong too") && !run.output.contains("follows"), "\(run.output)")
  }

  @Test func whatFollowsIsTold() throws {
    let run = check(
      "v1 = ln x1 = 0.301\nv2 = x1 x2 = 10\nv4 = v1 + v2 = 10.3\nv3 = sin x2 = -0.96\ny = v4 - v3 = 11.26"
    )
    #expect(run.output.contains("lines 3 and 5 are wrong only because of it"), "\(run.output)")
    let twice = check("v1 = ln x1 = 0.301\nv2 = x1 x2 = 10\nv4 = v1 + v2 = 11.3")
    #expect(twice.output.hasSuffix("line 3 is wrong too\n"), "\(twice.output)")
  }

  @Test func whatIsMissingIsNoted() {
    #expect(check("v1 = 0.693").error == "note: nothing is claimed of y\n")
    #expect(check("x1~ = 5.5").error == "note: nothing is claimed of dy/dx2\n")
    #expect(check("x1' = 1\nv1' = 0.5").error == "note: nothing is claimed of dy/dx1, dy/dx2\n")
    #expect(check("x1~ = 5.5", of: example, at: "x1=2,x2=5", "--wrt", "x1").error == "")
  }

  @Test func whereTheExpressionHasNoValueNothingPasses() {
    let run = check("y = ln x = nan", of: "ln(x)", at: "x=-1")
    #expect(run.status == 1 && run.error.contains("ln(-1) is not defined"))
    #expect(check("a = ln x = nan\ny = 1", of: "if(x > 0, ln(x), 1)", at: "x=-1").status == 0)
  }

  /// What a hand-in must have, and what is counted.
  @Test(arguments: [
    ("forward", "v1 = 0.693\ny = 11.652", 1), ("reverse", "x1~ = 5.5\nx2~ = 1.716", 0),
    ("reverse", "x1~ = 5.5", 1), ("forward", "dy/dx1 = 5.5\ndy/dx2 = 1.716", 0),
    ("complete", "x1~ = 5.5\nx2~ = 1.716\ny = 11.652", 0),
    ("complete", "a = x1*x2 = 10\ny = ln x1 + a - sin x2 = 11.652\nx1~ = 5.5\nx2~ = 1.716", 1),
  ])
  func requirements(what: String, table: String, status: Int32) {
    let run = check(table, of: example, at: "x1=2,x2=5", "--require", what)
    #expect(run.status == status, "\(run.output)")
    #expect(run.output.contains("incomplete") == (status == 1))
  }

  /// A number that belongs to nothing keeps a table from being right.
  @Test(arguments: [
    "v1 = ln x1 = 0.693\nw = x1 + x2 = 7", "name,value,foo\nv1,0.693,3",
    "v1 = ln x1 = 0.693\nw = 7 x1 = 14\ny = 11.652",
  ])
  func whatIsNotJudgedIsNamed(table: String) {
    let run = check(table)
    #expect(run.status == 2 && run.error.contains("not judged"), "\(run.output)\(run.error)")
  }

  /// Rows that lead to nothing are not judged, so that calling marks names passes nothing.
  @Test func whatLeadsNowhereIsNotJudged() {
    let code = "z = w*x\ny = tanh(z)\ndy = 1\ndz = dy*(1 - y^2)\ndw = dz*x\ndx = dz*w"
    #expect(check(code, of: "tanh(w*x)", at: "w=2,x=0.5").status == 0)
    let wrong = check(code.replacing("dz*w", with: "-(dz*w)"), of: "tanh(w*x)", at: "w=2,x=0.5")
    #expect(
      wrong.status == 1 && wrong.output.contains("first wrong row is line 6"), "\(wrong.output)")
    let stray = check("z = w*x\ny = tanh(z)\nq = z + 1", of: "tanh(w*x)", at: "w=2,x=0.5")
    #expect(stray.status == 2 && stray.error.contains("nothing that is asked for comes from 'q'"))
  }

  /// Names that are words for columns elsewhere.
  @Test func columnsForQuantitiesHaveAnyName() {
    let right =
      "\tx\ty\tt\tu\tv\tw\nvalue\t2.5000\t1.3000\t3.2500\t1.1787\t1.5811\t2.7598\n"
      + "adjoint\t0.7162\t0.7692\t0.3077\t1.0000\t1.0000\t1.0000\n"
    for (table, status) in [(right, 0), (right.replacing("0.7692", with: "0.7962"), 1)] {
      #expect(check(table, of: "ln(x*y)+sqrt(x)", at: "x=2.5,y=1.3").status == Int32(status))
    }
  }

  /// A quantity that has its value above has a derivative below a title that says so.
  @Test func namesThatComeAgainAreDerivatives() {
    let values = "{'a': 2.0, 'b': 1.0, 'c': 3.0, 'd': 2.0, 'e': 6.0}\ngrads = "
    for (gradient, status) in [("{'a': 2.0, 'b': 5.0}", 0), ("{'a': 2.0, 'b': 1.0}", 1)] {
      let run = check(values + gradient, of: "(a+b)*(b+1)", at: "a=2,b=1")
      #expect(run.status == Int32(status), "\(run.output)")
    }
  }

  @Test(arguments: ["values", "all"])
  func anUnfilledSheetDoesNotPass(what: String) {
    let sheet = ProgramRun(["trace", example, "--at", "x1=2,x2=5", "--blank", what]).output
    let run = check(sheet)
    #expect(
      run.status == 2 && run.error.contains("nothing is filled in"), "\(run.output)\(run.error)")
  }

  /// Values alone: rows stand for quantities by what they are, and adjoints go through them.
  static let values = [
    "node,value,grad\nw,2,0.2100\nx,0.5,0.8400\nz,1.0000,0.4200\ny,0.7616,1.0000",
    "n,v,g\nw,2,0.2100\nx,0.5,0.8400\nz,1.0000,0.4200\ny,0.7616,1.0000",
    "step,w,x,z,y\nvalue,2,0.5,1.0000,0.7616\ngrad,0.2100,0.8400,0.4200,1.0000",
    "Schritt;Knoten;Wert;Ableitung\n1;w;2;0,2100\n2;x;0,5;0,8400\n3;z;1,0000;0,4200\n4;y;0,7616;1,0000",
    "z = w*x = 1,0000\ny = tanh(z) = 0,7616\nz̄ = 0,4200\nw̄ = 0,2100\nx̄ = 0,8400",
    "z.data = 1.0000\ny.data = 0.7616\nz.grad = 0.4200\nw.grad = 0.2100\nx.grad = 0.8400",
    "Value(label=z, data=1.0000, grad=0.4200)\nValue(label=w, data=2.0, grad=0.2100)",
    "z: 1.0000\ny: 0.7616\ndz: 0.4200\ndw: 0.2100\ndx: 0.8400",
    "w=2 dw=0.2100\nz=1.0000 dz=0.4200\ny=0.7616 dy=1.0000",
    "| $z$ | $\\frac{w x}{1}$ | 1.0000 | 0.4200 |\n| $y$ | $\\tanh{\\left(z\\right)}$ | 0.7616 | 1.0000 |\n| $w$ |  | 2 | 0.2100 |",
  ]

  /// Columns in other orders and under other words, sections, two tables in one file, lines with colons.
  static let shapes = [
    "node,adjoint,value,formula\nw,0.2100,2,\nx,0.8400,0.5,\nz,0.4200,1.0000,w*x\ny,1.0000,0.7616,tanh(z)",
    "node,value,formula,adjoint\nw,2,,0.2100\nz,1.0000,w*x,0.4200\ny,0.7616,tanh(z),1.0000",
    "name,formula,value\nz,w*x,1.0000\ny,tanh(z),0.7616\n\nname,adjoint\ny,1.0000\nz,0.4200\nw,0.2100",
    "i,v_i,expr,value,vbar_i\n0,w,,2,0.2100\n1,z,w*x,1.0000,0.4200\n2,y,tanh(z),0.7616,1.0000",
    "name,val,der\nw,2,0.2100\nx,0.5,0.8400\nz,1.0000,0.4200\ny,0.7616,1.0000",
    "kind,node,value\nvalue,z,1.0000\nvalue,y,0.7616\ngradient,z,0.4200\ngradient,w,0.2100",
    "node = formula,value,adjoint\nw,2,0.2100\nz = w*x,1.0000,0.4200\ny = tanh(z),0.7616,1.0000",
    "z = w*x\ny = tanh(z)\ngradient of z: 0.4200\ngradient of w: 0.2100",
    "w: value=2, grad=0.2100\nz: value=1.0000, grad=0.4200\ny: value=0.7616, grad=1.0000",
    "node,formula,value,tangent formula,tangent\nw,,2,0,0\nx,,0.5,1,1\nz,w*x,1.0000,w*x',2.0000\n"
      + "y,tanh(z),0.7616,(1-y^2)*z',0.8399",
  ]

  @Test(arguments: shapes)
  func otherShapes(table: String) {
    let run = check(table, of: "tanh(w*x)", at: "w=2,x=0.5")
    #expect(run.status == 0, "\(run.output)\(run.error)")
    let wrong = check(
      table.replacing("0.2100", with: "0.1200").replacing("0.8399", with: "0.9399"),
      of: "tanh(w*x)", at: "w=2,x=0.5")
    #expect(wrong.status == 1, "\(wrong.output)\(wrong.error)")
  }

  /// As programs, boxes and other layouts have them: one node a line, in records, with dual numbers.
  static let printed = [
    "┌──────┬───────┬──────────┐\n│ node │ value │ gradient │\n├──────┼───────┼──────────┤\n│ w │ 2 │ 0.2100 │\n"
      + "│ z │ 1.0000 │ 0.4200 │\n│ y │ 0.7616 │ 1.0000 │\n└──────┴───────┴──────────┘",
    "+---+---+---+\n| node | value | grad |\n+---+---+---+\n| w | 2 | 0.2100 |\n| y | 0.7616 | 1.0000 |\n+---+---+---+",
    "w 2 0.2100\nx 0.5 0.8400\nz 1.0000 0.4200\ny 0.7616 1.0000",
    "Step 1: z = w*x = 1.0000\nStep 2: y = tanh(z) = 0.7616\nStep 3: w̄ = 0.2100",
    "(1) z = w*x = 1.0000\n(2) y = tanh(z) = 0.7616\n(3) dy/dw = 0.2100",
    "double z = w*x; /* 1.0000 */\ndouble y = tanh(z); /* 0.7616 */\ndouble w_b = 0.2100;",
    "z = w*x\ny = tanh(z)\nyb = 1\nzb = yb*(1 - y^2)\nwb = zb*x = 0.2100\nxb = zb*w",
    "w: 2, grad: 0.2100\nz: 1.0000, grad: 0.4200\ny: 0.7616, grad: 1.0000",
    "w = 2 (grad 0.2100)\nz = 1.0000 (grad 0.4200)\ny = 0.7616 (grad 1.0000)",
    "w: value 2, gradient 0.2100\nz: value 1.0000, gradient 0.4200",
    "w:\n  value: 2\n  grad: 0.2100\nz:\n  value: 1.0000\n  grad: 0.4200",
    "z =\n\n    1.0000\n\ny =\n\n    0.7616\n\ndw =\n\n    0.2100\n",
    "[{\"name\": \"w\", \"value\": 2, \"adjoint\": 0.2100},\n {\"name\": \"z\", \"value\": 1.0, \"adjoint\": 0.42}]",
    "{\"w\": {\"value\": 2, \"grad\": 0.2100}, \"z\": {\"value\": 1.0, \"grad\": 0.42}}",
    "{'z': 1.0000, 'y': 0.7616}\ngrads = {'w': 0.2100, 'x': 0.8399}",
    "z = w*x = 1.0000\ny = tanh(z) = 0.7616\n∇w = 0.2100\n∇x = 0.8399",
    "z = w*x = 1.0000\ny = tanh(z) = 0.7616\ngrad(w) = 0.2100\ngrad(x) = 0.8399",
  ]

  @Test(arguments: printed)
  func printedByPrograms(table: String) {
    let run = check(table, of: "tanh(w*x)", at: "w=2,x=0.5")
    #expect(run.status == 0, "\(run.output)\(run.error)")
    let wrong = check(
      table.replacing("0.2100", with: "0.1200"), of: "tanh(w*x)", at: "w=2,x=0.5")
    #expect(wrong.status == 1, "\(wrong.output)\(wrong.error)")
  }

  /// The rule that closes a box makes no header of the last row.
  @Test func theLastRowOfABoxIsJudged() {
    let table = "| name | value |\n+---+---+\n| z | 1.0000 |\n| y | 0.1676 |\n+---+---+"
    let run = check(table, of: "tanh(w*x)", at: "w=2,x=0.5")
    #expect(run.status == 1, "\(run.output)\(run.error)")
  }

  /// A formula that is one contribution of two is wrong though the number beside it is the whole adjoint.
  @Test func aContributionIsNoWholeAdjoint() {
    let primals = "a = x*x = 4\nb = 3*x = 6\ny = a + b = 10\nā = 1\nb̄ = 1\n"
    #expect(check(primals + "x̄ = ā*2*x + b̄*3 = 7", of: "x*x + 3*x", at: "x=2").status == 0)
    let run = check(primals + "x̄ = ā*2*x = 7", of: "x*x + 3*x", at: "x=2")
    #expect(run.status == 1 && run.output.contains("contribution of b"), "\(run.output)")
  }

  /// Code that overwrites an adjoint though it states the total beside it.
  @Test(arguments: [
    ("dx = df\nda = db*cos(a)\ndx += da*y # 1.2702\n", "dx += ", "dx = "),
    ("dx = df\nda = db*cos(a)\ndx = dx + da*y # 1.2702\n", "dx + ", ""),
  ])
  func overwrittenAdjoints(adjoints: String, right: String, wrong: String) {
    let primals = "a = x*y\nb = sin(a)\nf = b + x\ndf = 1\ndb = df\n"
    func status(_ table: String) -> Int32 {
      check(primals + table, of: "sin(x*y)+x", at: "x=2,y=0.5").status
    }
    #expect(status(adjoints) == 0)
    #expect(status(adjoints.replacing(right, with: wrong)) == 1)
  }

  /// Tangents without a number and without a seed hold for every seed.
  @Test func tangentsOfAnySeed() {
    let table = "a=xy; ȧ=ẋy+xẏ\nb=sin a; ḃ=ȧ cos a\nf=b+x; ḟ=ḃ+ẋ"
    func status(_ table: String) -> Int32 {
      check(table, of: "sin(x*y)+x", at: "x=2,y=0.5").status
    }
    #expect(status(table) == 0)
    #expect(status(table.replacing("ḃ+ẋ", with: "ḃ")) == 1)
  }

  /// Numbers in the place of names: which they are is found, and decimals say no more than their digits.
  @Test(arguments: [
    ("a = x*y = 1\nb = sin(a) = 0.8415\nf = b + 2 = 2.8415", "b + 2", "b + 3"),
    (
      "a = x*y = 1\nb = sin(1) = 0.8415\nf = 0.8415 + 2 = 2.8415\n∂f/∂a = 1·cos(1) = 0.5403",
      "cos(1)", "sin(1)"
    ),
    (
      "a = x*y\nb = sin(a)\nf = b + x\nf̄ = 1\nā = 0.5403\nx̄ = ā*0.5 + 1 = 1.2702", "0.5 + 1",
      "2.0 + 1"
    ),
    ("a = x*y\nb = sin(a)\nf = b + x\nā = cos(a)\nx̄ = 0.54*y + 1", "0.54", "0.56"),
    (
      "a = x*y\nb = sin(a)\nf = b + x\nx' = 1\ny' = 0\na' = 0.5\nb' = cos(a)*0.5 = 0.2702",
      "cos(a)*0.5", "sin(a)*0.5"
    ),
    (
      "a = x*y\nb = sin(a)\nf = b + x\nx' = 0\ny' = 1\na' = 2\nb' = cos(a)*2 = 1.0806", "cos(a)*2",
      "cos(a)*3"
    ),
  ])
  func numbersForNames(table: String, right: String, wrong: String) {
    let run = check(table, of: "sin(x*y)+x", at: "x=2,y=0.5")
    #expect(run.status == 0, "\(run.output)\(run.error)")
    #expect(
      check(table.replacing(right, with: wrong), of: "sin(x*y)+x", at: "x=2,y=0.5").status == 1)
  }

  /// As languages and libraries have it: methods, functions for signs, objects around numbers, records in lines.
  @Test(arguments: [
    "let a = x * y;\nlet b = a.sin();\nlet f = b + x;\nlet da = a.cos(); // 0.5403\nlet dy = da * x;",
    "a = np.multiply(x, y)\nb = np.sin(a)\nf = np.add(b, x)\nda = np.cos(a) # 0.5403",
    "a tensor(1., grad_fn=<MulBackward0>) tensor(0.5403)\nb tensor(0.8415) tensor(1.)\nf tensor(2.8415) tensor(1.)",
    "a = tensor(1., grad_fn=<MulBackward0>), grad = tensor(0.5403)\nb = tensor(0.8415), grad = tensor(1.)",
    "nodes:\n  - name: a\n    formula: x*y\n    value: 1\n    grad: 0.5403\n  - name: b\n    formula: sin(a)\n    value: 0.8415\n    grad: 1",
    "[('a', 1.0, 0.5403), ('b', 0.8415, 1.0), ('f', 2.8415, 1.0)]",
    "a = xy\\\\\nb = \\sin a\\\\\nf = b + x\\\\\n\\frac{\\partial f}{\\partial a} = \\cos a = 0.5403 \\\\",
    "def f(x, y):\n    a = x*y\n    b = sin(a)\n    return b + x\n\ndef backward(x, y):\n    a = x*y\n    db = 1\n    da = 0.5403\n    dx = da*y + 1\n    return dx",
    "| v | Forward | Local | Backward |\n|---|---|---|---|\n| a = xy | 1 | ∂a/∂x = 0.5, ∂a/∂y = 2 | 0.5403 |\n| f = sin(a) + x | 2.8415 | ∂f/∂x = 1 | 1 |",
    "Forward pass           Backward pass\na = x*y = 1            df/df = 1\nf = sin(a) + x = 2.8415     df/da = cos(a) = 0.5403",
  ])
  func asProgramsPrint(table: String) {
    let run = check(table, of: "sin(x*y)+x", at: "x=2,y=0.5")
    #expect(run.status == 0, "\(run.output)\(run.error)")
    let wrong = check(
      table.replacing("0.5403", with: "0.4503"), of: "sin(x*y)+x", at: "x=2,y=0.5")
    #expect(wrong.status == 1, "\(wrong.output)\(wrong.error)")
  }

  /// Records, sections, trees, logs and sessions, sentences and notation of lectures.
  @Test(arguments: [
    "Node a: val=2.25, grad=0.2353\nNode b: val=4.25, grad=0.2353",
    "Value(data=2.25, grad=0.2353)  # a\nValue(data=4.25, grad=0.2353)  # b",
    "[a]\nvalue = 2.25\ngrad = 0.2353\n\n[b]\nvalue = 4.25\ngrad = 0.2353",
    "f = ln(b) = 1.4469 (grad: 1)\n└─ b = a + y = 4.25 (grad: 0.2353)\n   ├─ a = x^2 = 2.25\n   └─ y = 2",
    "[forward] a = 2.25\n[forward] b = 4.25\n[backward] b = 0.2353",
    "a: 2.25 | grad: 0.2353\nb: 4.25 | grad: 0.2353",
    "- **a** = x² = 2.25\n- **b** = a + y = 4.25\n- **f** = ln b\n- **b̄** = 1/b = 0.2353",
    "a(x) = x^2 = 2.25\nb(a, y) = a + y = 4.25\nf(b) = ln(b)\ndf/db = 1/b = 0.2353",
    ">>> a = x**2\n>>> a\n2.25\n>>> b = a + y\n>>> f = log(b)\n>>> db = 0.2353",
    "Let a = x², so a = 2.25.\nLet b = a + y, so b = 4.25.\ndf/db = 0.2353\nf = ln(b)",
    "a = x² ⇒ a = 2.25; b = a + y => 4.25; f = ln(b); df/db = 1/b = 0.2353",
    "const auto a = std::pow(x, 2);\nconst auto b = a + y;\nconst auto f = Math.Log(b);\nb_bar = 0.2353;",
    "a = x**2\nb = a + y\nf = ln(b)\nbb = 1.d0/b ! 0.2353",
    "b := x² + y ≈ 4.25 (b̄ := 1/b ≈ 0.2353)\nf := ln b",
    #"\[ b = x^2 + y = 4.25 \]"# + "\n" + #"\[ \frac{\partial f}{\partial b} = 0.2353 \]"#
      + "\nf = \\ln b",
  ])
  func asLecturesHaveIt(table: String) {
    let run = check(table, of: "ln(x^2+y)", at: "x=1.5,y=2")
    #expect(run.status == 0, "\(run.output)\(run.error)")
    let wrong = check(
      table.replacing("0.2353", with: "0.3253"), of: "ln(x^2+y)", at: "x=1.5,y=2")
    #expect(wrong.status == 1, "\(wrong.output)\(wrong.error)")
  }

  /// What a line without a row says something to be is not passed over; values of variables and seeds are.
  @Test(arguments: [
    ("note: df/dq = 7", 2), ("grads: {'a': 7.0, 'b': 7.0}", 2), ("a.weight=7", 2),
    ("Forward trace at x = 2", 0), ("# tangents with seed x' = 1", 0),
  ])
  func numbersInTitlesAreNotDropped(title: String, status: Int32) {
    let table = title + "\na = x*y = 1\nf = sin(a) + x = 2.8415"
    let run = check(table, of: "sin(x*y)+x", at: "x=2,y=0.5")
    #expect(run.status == status, "\(run.output)\(run.error)")
  }

  /// `1.` as libraries print it is 1, not something between 0.5 and 1.5.
  @Test func aPointAloneIsNoRounding() {
    #expect(check("a,1.\nf,1.5403", of: "cos(x*y)+x", at: "x=1,y=0.5").status != 0)
  }

  /// A row for each edge of the graph is refused, not read as equations.
  @Test func edgesAreNoEquations() {
    let run = check(
      "node | upstream | local | downstream\nb -> a | 1 | 0.5403 | 0.5403", of: "sin(a)", at: "a=1")
    #expect(run.status == 2, "\(run.output)\(run.error)")
  }

  /// Differentials of the variables alone are derivatives of the result, and no seeds that are right whatever they say.
  @Test func differentialsOfVariables() {
    let primals = "z = w*x = 1.0000\ny = tanh(z) = 0.7616\n"
    #expect(check(primals + "dw = 0.21\ndx = 0.8399", of: "tanh(w*x)", at: "w=2,x=0.5").status == 0)
    #expect(check(primals + "dw = 0.21\ndx = 0.48", of: "tanh(w*x)", at: "w=2,x=0.5").status == 1)
  }

  /// Values alone: what another order of operations may have is not accused, and told.
  @Test func anotherOrderOfOperations() {
    let run = check("a,0.6\nb,1.2\nf,1.2", of: "2*x*y", at: "x=2,y=0.3")
    #expect(
      run.status == 2 && run.error.contains("'a' has no formula"), "\(run.output)\(run.error)")
    let sine = check("a,3\nb,0.1411\nc,0.8589", of: "1-sin(x*y)", at: "x=2,y=1.5")
    #expect(sine.status == 0, "\(sine.output)\(sine.error)")
    let wrong = check("a,3\nb,0.0523\nc,0.8589", of: "1-sin(x*y)", at: "x=2,y=1.5")
    #expect(wrong.status == 1, "\(wrong.output)\(wrong.error)")
  }

  /// What stands behind words that name nothing is not passed over.
  @Test func derivativesInWordsAreNotDropped() {
    let run = check(
      "z = w*x\ny = tanh(z)\nderivative of y wrt w = 7", of: "tanh(w*x)", at: "w=2,x=0.5")
    #expect(run.status == 2 && run.error.contains("not judged"), "\(run.output)\(run.error)")
  }

  @Test(arguments: values)
  func valuesAlone(table: String) {
    let run = check(table, of: "tanh(w*x)", at: "w=2,x=0.5")
    #expect(run.status == 0, "\(run.output)\(run.error)")
    let wrong = check(
      table.replacing("0.2100", with: "0.1200").replacing("0,2100", with: "0,1200"),
      of: "tanh(w*x)", at: "w=2,x=0.5")
    #expect(wrong.status == 1, "\(wrong.output)\(wrong.error)")
  }

  /// Dual numbers, and columns named by what the rows are.
  @Test(arguments: [
    "x = (0.5, 1)\nz = (1.0000, 2.0000)\ny = (0.7616, 0.8399)",
    "node,value,dnode/dx\nx,0.5,1\nz,1.0000,2.0000\ny,0.7616,0.8399",
  ])
  func tangentsOfRows(table: String) {
    #expect(check(table, of: "tanh(w*x)", at: "w=2,x=0.5").status == 0, "\(table)")
    let wrong = table.replacing("0.8399", with: "0.4200")
    #expect(check(wrong, of: "tanh(w*x)", at: "w=2,x=0.5").status == 1)
  }

  @Test func json() throws {
    let run = check(
      "v1 = ln x1 = 0.7\nv3 = sin x2 = 0.959\ny = 11.652", of: example, at: "x1=2,x2=5", "--format",
      "json")
    let json = try run.json()
    #expect(json["verdict"].string == "disagree" && json["rows"].elements.count == 3)
    #expect(json["first"]["line"].number == 2 && json["first"]["claimed"].number == 0.959)
    #expect(json["first"]["diagnosis"]["kind"].string == "sign")
    #expect(json["rows"].elements[0]["verdict"].string == "agree")
  }

  @Test(arguments: [
    ("", "has no rows with values"), ("nothing here", "has no rows with values"),
    ("v1,ln(x1,0.693", "2:6: error: this '(' is never closed"),
    ("v1,ln(x3),0.693", "2:7: error: 'x3' is no quantity"),
    ("v1,zehn,10", "2:4: error: 'zehn' is no quantity"),
    ("a,,10.5", "2:1: error: 'a' has no formula"), ("a,b+1,2\nb,a-1,1", "computed from itself"),
    ("v1,sin,3", "2:4: error: 'sin' is a function and needs its arguments"),
    ("a b,x1,2", "2:1: error: 'a b' does not name a quantity"),
    ("v1,x1',2", "'x1'' is no quantity"),
    ("v1,ln(x1),much", "2:11: error: 'much' is not a number"),
    ("v1,q0 + x1,2", "'q0' is no quantity"),
  ])
  func mistakes(row: String, error: String) {
    let run = check("name,formula,value\n" + row + "\n")
    #expect(run.status == 2 && run.output == "" && run.error.contains(error), "\(run.error)")
    #expect(run.errorIsClean)
  }

  @Test(arguments: [
    (["--gradient", "x: 1", "--at", "x=1"], "exclude each other"), ([], "needs the one point"),
    (["--at", "x=1:2:1"], "needs the one point"), (["--at", "x=1"], "cannot read"),
  ])
  func options(words: [String], error: String) {
    let run = ProgramRun(["check", "x^2", "--trace", "none.md"] + words)
    #expect(run.status == 2 && run.error.contains(error), "\(run.error)")
  }

  /// However deep and long: no row recurses, and none is compared with every other.
  @Test func monsters() {
    let deep = String(repeating: "(", count: 20_000) + "x" + String(repeating: ")", count: 20_000)
    #expect(check("v1,\(deep),2\ny,v1,2", of: "x", at: "x=2").status == 0)
    let functions = String(repeating: "cos² sin ", count: 5_000) + "x"
    #expect(check("v1 = \(functions) = 2", of: "x", at: "x=2").status == 1)
    let chain = (1...2000).map { "a\($0) = \($0 == 1 ? "x" : "a\($0 - 1)") + 1 = \($0)" }
    let run = check(chain.joined(separator: "\n"), of: "x + 2000", at: "x=0")
    #expect(run.status == 0, "\(run.output.suffix(300))")
    let objects = (1...2000).map { "a\($0): b=1, c=2" }
    #expect(check(objects.joined(separator: "\n")).status != 0)
    for strange in [
      "|", "=", "~", "'", "₋", "v-", "\u{301}", "\"", "=,=,=", "||||", "∂/∂", "d/d", "v̇", "\u{FF}",
    ] {
      #expect([0, 1, 2].contains(check(strange).status))
      #expect([0, 1, 2].contains(check("name,formula,value\n\(strange),\(strange),1").status))
    }
  }
}
