// The library product as a program sees it that knows nothing else of the package.
import Differentiation
import Testing

struct DifferentiableFunctionTests {
  @Test func aTextHasAValueAndAGradient() throws {
    let f = try DifferentiableFunction("ln(x1)+x1*x2-sin(x2)")
    #expect(f.variables == ["x1", "x2"])
    let result = try f.evaluate(at: [2, 5])
    #expect((result.value - 11.652071455223084).magnitude < 1e-14)
    #expect(result.gradient[0] == 5.5)
    #expect((result.gradient[1] - 1.7163378145367738).magnitude < 1e-15)
  }

  @Test func theOrderOfTheVariablesIsTheCallers() throws {
    let f = try DifferentiableFunction("x - 2*y", of: ["y", "z", "x"])
    let result = try f.evaluate(at: [1, 7, 3])
    #expect(result.value == 1)
    #expect(result.gradient == [-2, 0, 1])
  }

  @Test func programsTakeTheirPathAtEachPoint() throws {
    let f = try DifferentiableFunction("f(x) = { if x > 1 { return x^2 }; return 3*x }; f(t)")
    let (above, below) = (try f.evaluate(at: [2]), try f.evaluate(at: [0]))
    #expect(above.value == 4 && above.gradient == [4])
    #expect(below.value == 0 && below.gradient == [3])
  }

  @Test func whatDoesNotExistIsNaN() throws {
    let result = try DifferentiableFunction("ln(x)").evaluate(at: [-1])
    #expect(result.value.isNaN && result.gradient[0].isNaN)
  }

  @Test(arguments: ["x +", "foo(x)", "[x, y]", "x)", ""])
  func whatCannotBeReadIsAnError(text: String) {
    #expect(throws: FunctionError.self) { try DifferentiableFunction(text) }
  }

  @Test func errorsSayWhere() {
    do {
      _ = try DifferentiableFunction("1 + y", of: ["x"])
      Issue.record("y has no value")
    } catch {
      #expect(error.place == "column 5")
      #expect(error.description == "column 5: 'y' is not among the variables")
    }
  }

  @Test func aPointOfAnotherSizeIsAnError() throws {
    let f = try DifferentiableFunction("x*y")
    #expect(throws: FunctionError.self) { try f.evaluate(at: [1]) }
  }
}
