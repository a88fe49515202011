// `trace`: Tables 2 and 3 of the survey entry by entry, and the numbering on other expressions.

import Testing

@testable import Commands

@Suite struct TraceTests {
  /// A text table's rows, split where two spaces or more separate its columns.
  private func rows(_ run: ProgramRun) -> [[String]] {
    run.output.split(separator: "\n").map { line in
      line.split(separator: "  ").map { $0.trimmingPrefix(" ") }.map(String.init)
    }
  }

  private static let primals = [
    ("v₋₁ = x1", "2"), ("v₀ = x2", "5"), ("v₁ = ln v₋₁", "0.693"), ("v₂ = v₋₁ × v₀", "10"),
    ("v₃ = sin v₀", "-0.959"), ("v₄ = v₁ + v₂", "10.7"), ("v₅ = v₄ − v₃", "11.7"),
    ("y = v₅", "11.7"),
  ]

  /// Both seeds, one table after the other.
  @Test func table2() {
    let run = ProgramRun("trace", example, "--at x1=2,x2=5 --mode forward --digits 3")
    let tangents = [
      ("v̇₋₁ = ẋ1", "1", "0"), ("v̇₀ = ẋ2", "0", "1"), ("v̇₁ = v̇₋₁ / v₋₁", "0.5", "0"),
      ("v̇₂ = v̇₋₁ × v₀ + v̇₀ × v₋₁", "5", "2"), ("v̇₃ = v̇₀ × cos v₀", "0", "0.284"),
      ("v̇₄ = v̇₁ + v̇₂", "5.5", "2"), ("v̇₅ = v̇₄ − v̇₃", "5.5", "1.72"), ("ẏ = v̇₅", "5.5", "1.72"),
    ]
    let rows = rows(run)
    #expect(run.status == 0 && run.error == "" && rows.count == 22)
    for (start, title) in [(0, "forward mode, seed ẋ1 = 1"), (11, "forward mode, seed ẋ2 = 1")] {
      #expect(rows[start] == [title])
      #expect(rows[start + 1] == ["primal", "value", "tangent", "tangent value"])
      let expected = zip(Self.primals, tangents).map {
        [$0.0, $0.1, $1.0, start == 0 ? $1.1 : $1.2]
      }
      #expect(Array(rows[start + 3..<start + 11]) == expected)
    }
  }

  /// What is not differentiated in is a constant, and has no tangent.
  @Test func oneSeed() {
    let run = ProgramRun("trace", example, "--at x1=2,x2=5 --mode forward --wrt x2 --digits 3")
    #expect(run.output.hasPrefix("forward mode, seed ẋ2 = 1\n") && rows(run).count == 11)
    #expect(rows(run)[9].suffix(1) == ["1.72"] && rows(run)[10].suffix(2) == ["ẏ = v̇₅", "1.72"])
  }

  @Test func table3() {
    let run = ProgramRun("trace", example, "--at x1=2,x2=5 --digits 4")
    let adjoints = [
      ["v̄₅ = ȳ", "1"], ["v̄₄ = v̄₅ × ∂v₅/∂v₄ = v̄₅ × 1", "1", "1"],
      ["v̄₃ = v̄₅ × ∂v₅/∂v₃ = v̄₅ × (−1)", "-1", "-1"], ["v̄₁ = v̄₄ × ∂v₄/∂v₁ = v̄₄ × 1", "1", "1"],
      ["v̄₂ = v̄₄ × ∂v₄/∂v₂ = v̄₄ × 1", "1", "1"],
      ["v̄₀ = v̄₃ × ∂v₃/∂v₀ = v̄₃ × cos v₀", "0.2837", "-0.2837"],
      ["v̄₋₁ = v̄₂ × ∂v₂/∂v₋₁ = v̄₂ × v₀", "5", "5"],
      ["v̄₀ = v̄₀ + v̄₂ × ∂v₂/∂v₀ = v̄₀ + v̄₂ × v₋₁", "2", "1.716"],
      ["v̄₋₁ = v̄₋₁ + v̄₁ × ∂v₁/∂v₋₁ = v̄₋₁ + v̄₁ / v₋₁", "0.5", "5.5"], ["x̄2 = v̄₀", "1.716"],
      ["x̄1 = v̄₋₁", "5.5"],
    ]
    let rows = rows(run)
    let values = ["2", "5", "0.6931", "10", "-0.9589", "10.69", "11.65", "11.65"]
    #expect(rows[0] == ["primal trace"] && rows[1] == ["primal", "value"])
    #expect(Array(rows[3...10]) == zip(Self.primals, values).map { [$0.0, $1] })
    #expect(rows[11] == ["adjoint trace, in the order of the sweep"])
    #expect(rows[12] == ["adjoint", "local partial", "value"])
    #expect(Array(rows.dropFirst(14)) == adjoints)
    #expect(run.status == 0 && run.error == "")
  }

  @Test func csv() {
    let run = ProgramRun("trace", example, "--at x1=2,x2=5 --format csv")
    let lines = run.output.split(separator: "\n").map(String.init)
    #expect(lines[0] == "section,name,formula,partial,value")
    #expect(lines[3] == "primal,v1,ln(v-1),,0.6931471805599453")
    let primals = lines.filter { $0.hasPrefix("primal,") }
    #expect(primals.count == 8 && primals.last == "primal,y,v5,,11.652071455223084")
    #expect(
      lines.filter { $0.hasPrefix("adjoint,") } == [
        "adjoint,v5~,y~,,1", "adjoint,v4~,v5~*1,1,1", "adjoint,v3~,v5~*(-1),-1,-1",
        "adjoint,v1~,v4~*1,1,1", "adjoint,v2~,v4~*1,1,1",
        "adjoint,v0~,v3~*cos(v0),0.28366218546322625,-0.28366218546322625",
        "adjoint,v-1~,v2~*v0,5,5", "adjoint,v0~,v0~ + v2~*v-1,2,1.7163378145367738",
        "adjoint,v-1~,v-1~ + v1~/v-1,0.5,5.5", "adjoint,x2~,v0~,,1.7163378145367738",
        "adjoint,x1~,v-1~,,5.5",
      ])
    #expect(lines.count == 20)
  }

  @Test func json() throws {
    let reverse = try ProgramRun("trace", example, "--at x1=2,x2=5 --format json").json()
    #expect(reverse["mode"].string == "reverse" && reverse["primals"].count == 8)
    #expect(
      reverse["adjoints"].elements.map(\.["name"].string)
        == ["v5~", "v4~", "v3~", "v1~", "v2~", "v0~", "v-1~", "v0~", "v-1~", "x2~", "x1~"])
    #expect(reverse["adjoints"][7]["value"].number == 1.7163378145367738)
    #expect(reverse["adjoints"][7]["from"].string == "v2~")
    let forward = try ProgramRun(
      "trace", example, "--at x1=2,x2=5 --format json --mode forward --direction x1=1,x2=2"
    ).json()
    #expect(forward["tangents"].count == 1 && forward["tangents"][0]["seed"]["x2"].number == 2)
    #expect(forward["tangents"][0]["rows"][3]["value"].number == 9)
    #expect(forward["tangents"][0]["rows"][6]["value"].number == 8.932675629073547)
  }

  /// Level by level, and from left to right within a level, whatever the depth on the left.
  @Test(
    arguments: [
      (
        "sin(cos(x)) + exp(y)*x",
        [
          "v-1 = x", "v0 = y", "v1 = cos(v-1)", "v2 = exp(v0)", "v3 = sin(v1)", "v4 = v2*v-1",
          "v5 = v3 + v4", "f = v5",
        ]
      ),
      ("x*x", ["v-1 = x", "v0 = y", "v1 = v-1*v-1", "f = v1"]),
      (
        "sin(x)*sin(x) - y",
        ["v-1 = x", "v0 = y", "v1 = sin(v-1)", "v2 = v1*v1", "v3 = v2 - v0", "f = v3"]
      ),
      ("y", ["v-1 = x", "v0 = y", "f = v0"]),
      ("2*x^3", ["v-1 = x", "v0 = y", "v1 = v-1^3", "v2 = 2*v1", "f = v2"]),
      ("if(x > 0, x, y)", ["v-1 = x", "v0 = y", "v1 = v-1 > 0", "v2 = if(v1, v-1, v0)", "f = v2"]),
      (
        "max(x, y, 3) + hypot(x, y)",
        [
          "v-1 = x", "v0 = y", "v1 = max(v-1, v0, 3)", "v2 = hypot(v-1, v0)", "v3 = v1 + v2",
          "f = v3",
        ]
      ),
    ])
  func numbering(text: String, expected: [String]) {
    // Both names are to be in the expression: a term that is nothing comes last.
    let isComplete = text.contains("x") && text.contains("y")
    let run = ProgramRun(
      "trace", isComplete ? text : text == "y" ? "if(1, y, x)" : "if(1, \(text), y)",
      "--at x=2,y=3", environment: ["LANG": "C"])
    let names = rows(run).prefix { $0[0] != "adjoint trace, in the order of the sweep" }
      .dropFirst(3).map { $0[0] }
    if isComplete {
      #expect(names == expected)
    } else {
      #expect(names.starts(with: expected.dropLast()))
    }
  }

  @Test func repeatedOperandsHaveARowForEachUse() {
    let lines = ProgramRun("trace", "x*x", "--at x=3 --format csv").output.split(separator: "\n")
    #expect(
      lines.suffix(3) == [
        "adjoint,v0~,v1~*v0,3,3", "adjoint,v0~,v0~ + v1~*v0,3,6", "adjoint,x~,v0~,,6",
      ])
  }

  @Test func constantsAndBareVariables() {
    let constant = ProgramRun("trace", "2+3")
    #expect(constant.status == 0 && rows(constant).contains(["v₁ = 2 + 3", "5"]))
    #expect(rows(constant).contains(["y = v₁", "5"]))
    #expect(rows(ProgramRun("trace", "7")).contains(["y = 7", "7"]))
    let variable = rows(ProgramRun("trace", "x", "--at x=3"))
    #expect(variable.contains(["v₀ = x", "3"]) && variable.contains(["y = v₀", "3"]))
    #expect(variable.contains(["v̄₀ = ȳ", "1"]) && variable.contains(["x̄ = v̄₀", "1"]))
  }

  @Test func chosenVariables() {
    let reverse = rows(ProgramRun("trace", example, "--at x1=2,x2=5 --wrt x1"))
    #expect(reverse.last == ["x̄1 = v̄₋₁", "5.5"])
    #expect(!reverse.contains { $0[0].hasPrefix("v̄₀") || $0[0].hasPrefix("v̄₃") })
    let forward = ProgramRun("trace", "x*y", "--at x=2,y=3 --mode forward --direction x=1,y=-1")
    #expect(rows(forward).contains(["v₁ = v₋₁ × v₀", "6", "v̇₁ = v̇₋₁ × v₀ + v̇₀ × v₋₁", "1"]))
    #expect(
      ProgramRun("trace", "x*y", "--at x=2,y=3 --direction x=1").error
        == "error: --direction belongs to --mode forward; a reverse sweep has the whole gradient at once\n"
    )
  }

  @Test func undefinedStepsAreShownAndTold() throws {
    let run = ProgramRun("trace", "2*ln(x)", "--at x=-1")
    #expect(run.status == 1 && rows(run).contains(["v₁ = ln v₀", "nan"]))
    #expect(
      run.error.hasPrefix("error: ln(-1) is not defined; 'ln' needs an argument > 0\n  2*ln(x)\n"))
    let json = try ProgramRun("trace", "2*ln(x)", "--at x=-1 --format json").json()
    #expect(json["primals"][1]["value"].isNull && json["notes"][0]["kind"].string == "undefined")
    #expect(json["notes"][0]["column"].number == 3)
  }
}
