// Names: the point's variables and constants, functions, and what is said of those that are neither.

import Calculus
import Syntax
import Testing

@testable import Language

@Suite struct NameTests {
  @Test func aPointMayTakeAConstantsName() throws {
    #expect(try value("e*x", at: "x=3") == 3 * 2.718281828459045)
    let run = try Run("e*x", at: "e=2,x=3")
    #expect(run.value == 6 && run.reverse == [3, 2])
    #expect(try value("pi+tau", at: "pi=1,tau=2") == 3)
  }

  @Test func theNamesTakenAreTold() throws {
    let expression = try Expression(SourceText("e*x+pi"))
    let point = Point(names: ["e", "x"], values: [2, 3])
    #expect(try Computation.check(point, from: nil, for: expression) == ["e"])
    #expect(
      Explanation.constantTaken("e").diagnostic.message
        == "'e' is your variable here, not the constant")
  }

  /// A function's name without `(` behind it is free to be a variable, next to the function.
  @Test(
    arguments: [
      ("gamma*2", "gamma=3", 6), ("step+step(1)", "step=3", 4), ("max(max, 1)", "max=5", 5),
      ("sin + sin(0)", "sin=2", 2), ("sum+sum(i,1,2,i)", "sum=10", 13), ("2if", "if=2", 4),
    ] as [(String, String, Double)])
  func functionNamesAsVariables(text: String, point: String, expected: Double) throws {
    #expect(try value(text, at: point) == expected)
  }

  @Test(
    arguments: [
      ("θ+x₁*x1", "θ=1,x₁=2,x1=5", 11), ("Δx_2*x", "Δx_2=3,x=2", 6), ("X-x", "X=5,x=1", 4),
    ] as [(String, String, Double)])
  func unicodeNames(text: String, point: String, expected: Double) throws {
    #expect(try value(text, at: point) == expected)
  }

  @Test(
    arguments: [
      ("x+y", "x=1", "no value is given for 'y'; add 'y=…' to --at @ y"),
      ("x+alpha", "x=1", "no value is given for 'alpha'; add 'alpha=…' to --at @ alpha"),
      (
        "x*alpha", "x=1,alfa=2",
        "no value is given for 'alpha'; --at has 'alfa', which is not in the expression @ alpha"
      ),
      ("x", "x=1,y=2", "'y' is not in the expression @ y"),
      (
        "length", "length=1,lenght=2",
        "'lenght' is not in the expression; did you mean 'length'? "
          + "@ lenght"
      ),
      ("2+3", "x=1", "'x' is not in the expression @ x"),
      ("sine(x)", "x=1", "'sine' is not a function; did you mean 'sin'? @ sine"),
      ("foobarbaz(x)", "x=1", "'foobarbaz' is not a function @ foobarbaz"),
      (
        "1+sin", "",
        "'sin' is a function, and stands here like a variable; write 'sin(x)'; if 'sin' is meant for a variable, name it in --wrt or --at @ sin"
      ),
      ("sum", "", "'sum' is a function and needs its arguments; write 'sum(…)' @ sum"),
      ("diff(x,2)", "x=1", "'diff' needs a variable to differentiate in; write 'diff(x^2, x)' @ 2"),
      ("diff(x,x,0.5)", "x=1", "the order of 'diff' must be a whole number from 0 to 100 @ 0.5"),
    ])
  func complaints(text: String, point: String, expected: String) {
    #expect(complaint(text, at: point) == expected)
  }

  @Test(
    arguments: [
      ("atan2(x)", "'atan2' is called with 1 argument in place of atan2(y, x) @ atan2"),
      ("sin(x,x)", "'sin' is called with 2 arguments in place of sin(x) @ sin"),
      (
        "1+log(x,x,x)",
        "'log' is called with 3 arguments in place of log(x) or log(x, base) @ log"
      ),
      ("if(x,x)", "'if' is called with 2 arguments in place of if(condition, a, b) @ if"),
      ("clamp(x,0)", "'clamp' is called with 2 arguments in place of clamp(x, low, high) @ clamp"),
      (
        "sum(x,1,3)",
        "'sum' is called with 3 arguments in place of sum(i, from, to, expression) @ sum"
      ),
      (
        "sum(i,1,3)*x",
        "'sum' is called with 3 arguments in place of sum(i, from, to, expression) @ sum"
      ),
    ])
  func argumentCounts(text: String, expected: String) {
    #expect(complaint(text, at: "x=1") == expected)
  }

  /// Of two mistakes the one that stands first, or that explains the other, is told.
  @Test func freeNamesAreListedOnceInTheOrderOfTheText() throws {
    let text = "sum(i, a, b, i*x + sum(j, i, n, j*k)) + x + i + pi"
    let names = try Expression(SourceText(text)).freeNames.map(\.name)
    #expect(names == ["a", "b", "x", "n", "k", "i", "pi"])
  }

  @Test func theTextIsShownWithoutWhatSurroundsIt() throws {
    #expect(try Expression(SourceText("  x + 1  # comment\n")).text == "x + 1")
  }
}
