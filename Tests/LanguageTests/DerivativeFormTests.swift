// diff(…) inside expressions: its values, and that nested ones never confuse their variables.

import Calculus
import Language
import Syntax
import Testing

@Suite("diff(…) inside an expression")
struct DerivativeFormTests {
  @Test(arguments: [
    ("diff(x^3, x)", 12.0, 12.0), ("diff(x^3, x, 2)", 12, 6), ("diff(x^3, x, 0)", 8, 12),
    ("diff(diff(x^4, x), x)", 48, 48), ("diff(x*diff(x+y, y), x)", 1, 0),
    ("x*diff(x*y, y)", 4, 4), ("diff(y^2, y)*x", 12, 6), ("diff(sum(i, 1, 3, x^i), x)", 17, 14),
    ("diff(if(x > 0, x^2, 0), x)", 4, 2), ("diff(stop_gradient(x)*x, x)", 2, 0),
  ])
  func valueAndSlope(text: String, value: Double, slope: Double) throws {
    let expression = try Expression(SourceText("\(text) + 0*y"))
    let point = Point(names: ["x", "y"], values: [2, 3])
    let computation = try Computation(expression, at: point)
    let reverse = computation.tape.reverseGradient(at: point.values)
    let forward = computation.tape.forwardGradient(at: point.values)
    let formulas = try computation.formulas(at: point)
    #expect(reverse.value == value)
    #expect(reverse.partials[0] == slope)
    #expect(forward.partials[0] == slope)
    #expect(formulas.partials(at: point.values)[0] == slope)
  }
}
