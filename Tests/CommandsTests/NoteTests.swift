// Results that are undefined, infinite or on a kink, in every format: statuses, notes, no bare NaN.

import Testing

@testable import Commands

@Suite struct NoteTests {
  /// Expression, point, status, the kinds of the notes and the column of the first.
  static let cases: [(String, String, Int32, [String], Double?)] = [
    ("x^2", "x=1", 0, [], nil), ("2*ln(x)", "x=-1", 1, ["undefined"], 3),
    ("1 + 1/x", "x=0", 1, ["infinite"], 5), ("exp(x)", "x=1000", 1, ["overflow"], 1),
    ("sqrt(x)", "x=0", 1, ["infinite-slope"], 1), ("x+abs(x)", "x=0", 0, ["kink"], 3),
    ("floor(x)", "x=2", 0, ["jump"], 1), ("x*2", "x=nan", 1, ["given"], 1),
    ("x*2", "x=inf", 1, ["given"], 1), ("e*x", "x=1,e=2", 0, ["constant-taken"], nil),
    ("sum(i,1,x,x)", "x=2", 0, ["counting-variable"], nil),
    ("e + abs(x)", "e=1,x=0", 0, ["constant-taken", "kink"], nil),
    ("if(x > 0, ln(x), 0)", "x=-1", 0, [], nil), ("(-8)^(1/3)+0*x", "x=1", 1, ["undefined"], 1),
    ("atan2(x, y)", "x=0,y=0", 0, ["jump"], 1), ("π·abs(x)", "x=0", 0, ["kink"], 3),
    ("x/x", "x=0", 1, ["undefined"], 1), ("inf-inf+x", "x=0", 1, ["given"], 1),
  ]

  @Test(arguments: cases.indices, ["reverse", "forward", "numerical", "all"])
  func json(index: Int, mode: String) throws {
    let (text, point, status, kinds, column) = Self.cases[index]
    let run = ProgramRun("eval", text, "--at \(point) --format json --hessian --mode \(mode)")
    #expect(run.status == status && run.error == "", "\(text): \(run.error)")
    let json = try run.json()
    let notes = json["notes"].elements
    #expect(notes.map { $0["kind"].string } == kinds, "\(run.output)")
    #expect(notes.first?["column"].number == column)
    for note in notes { #expect(note["message"].string?.isEmpty == false) }
    let severities = Set(notes.compactMap { $0["severity"].string })
    #expect(severities.isSubset(of: ["error", "warning", "note"]))
    #expect(severities.contains("error") == (status == 1))
    let result = mode == "all" ? json["modes"]["reverse"] : json
    let name = point.split(separator: "=").map(String.init)[0]
    let numbers = [result["value"], result["gradient"][name]]
    for number in numbers { #expect(number.isNull || number.number != nil) }
    // A difference quotient has a number for a slope that is infinite.
    if mode != "numerical" { #expect(numbers.contains(.null) == (status == 1), "\(run.output)") }
  }

  @Test(arguments: cases.indices, ["text", "csv", "markdown", "latex"])
  func explanationsGoToStandardError(index: Int, format: String) {
    let (text, point, status, kinds, _) = Self.cases[index]
    for command in ["eval", "trace"] {
      let run = ProgramRun(command, text, "--at \(point) --format \(format)")
      #expect(run.status == status && !run.output.isEmpty)
      #expect(run.error.isEmpty == kinds.isEmpty, "\(text): \(run.error)")
      #expect(run.error.contains("error: ") == (status == 1))
      #expect(run.errorIsClean && !run.output.contains("error"))
    }
  }

  @Test func thePathIsTold() throws {
    let options = "--at x=-1 --format json"
    let note = try ProgramRun("eval", "1+exp(ln(x)*2)", options).json()["notes"][0]
    #expect(
      note["path"].string
        == "x = -1 -> ln(x) = nan -> ln(x)*2 = nan -> exp(ln(x)*2) = nan -> 1+exp(ln(x)*2) = nan")
    #expect(note["line"].number == 1 && note["column"].number == 7)
    let text = ProgramRun("eval", "2*ln(x)", "--at x=-1").error
    #expect(
      text
        == joined(
          "error: ln(-1) is not defined; 'ln' needs an argument > 0", "  2*ln(x)", "    ^~~~~",
          "  x = -1 → ln(x) = nan → 2*ln(x) = nan"))
  }

  @Test func infinitePointsAreTextInJSON() throws {
    let json = try ProgramRun("eval", "1/x", "--at x=-inf --format json").json()
    #expect(json["point"]["x"].string == "-inf" && json["value"].number == 0)
    let nan = try ProgramRun("eval", "x", "--at x=nan --format json").json()
    #expect(nan["point"]["x"].string == "nan" && nan["value"].isNull)
  }

  @Test func theSecondDerivativeMayBeTheOneThatIsMissing() throws {
    let run = ProgramRun("eval", "x^1.5", "--at x=0 --hessian --format json")
    let json = try run.json()
    #expect(run.status == 1 && json["value"].number == 0 && json["gradient"]["x"].number == 0)
    #expect(json["hessian"]["x"]["x"].isNull && json["notes"].count == 1)
    #expect(json["notes"][0]["message"].string?.contains("d²/dx²") == true)
    #expect(ProgramRun("eval", "x^1.5", "--at x=0").status == 0)
  }

  @Test func textOfAnyKindIsEscaped() throws {
    let run = ProgramRun(
      ["eval", "-", "--at", "θ=1", "--format", "json"], input: Array("(θ #\t\"\\\n + 1\t*\n2)".utf8)
    )
    let json = try run.json()
    #expect(json["expression"].string == "θ #\t\"\\\n + 1\t*\n2" && json["value"].number == 3)
  }

  @Test func theSameNoteIsToldOnce() {
    let run = ProgramRun("eval", "e*x", "--at e=2,x=1:3:1")
    #expect(run.error == "note: 'e' is your variable here, not the constant\n")
    let trace = ProgramRun("trace", "e*x", "--at e=2,x=1:3:1")
    #expect(trace.error == "note: 'e' is your variable here, not the constant\n")
  }
}
