// A table of derivatives at hard points, made apart from the code by a multiprecision program.
import Calculus
import Testing

@testable import Language

/// One row: an expression, a point, the value, the gradient and the upper triangle of second
/// derivatives; `-` where there is no such derivative, `?` where a first one is a convention.
struct LimitCase: CustomTestStringConvertible {
  let testDescription: String
  let expression: String
  let point: String
  let value: Double
  /// NaN where there is none.
  let gradient: [Double]
  /// NaN where there is none, nil where nothing is said.
  let second: [Double?]

  init?(_ line: Substring) {
    let fields = line.split(separator: "|", omittingEmptySubsequences: false).map { field in
      String(field.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
    guard fields.count == 5, let value = Double(fields[2]) else { return nil }
    testDescription = String(line)
    (expression, point, self.value) = (fields[0], fields[1], value)
    gradient = fields[3].split(separator: " ").map { Double($0) ?? .nan }
    second = fields[4].split(separator: " ").map { $0 == "?" ? nil : Double($0) ?? .nan }
  }

  static let all = table.split(separator: "\n").compactMap { LimitCase($0) }

  private static let table = """
    (1 + 0.25*abs(x))*exp(-0.25*abs(x)) | x=0 | 1 | 0 | -0.0625
    (1 + 4*abs((x - 1)))*exp(-4*abs((x - 1))) | x=1 | 1 | 0 | -16
    (x - 1)*cbrt((x - 1)) | x=1 | 0 | 0 | -
    1/exp(x) | x=2000 | 0 | 0 | 
    1/x^3*x^4 | x=1e-120 | 0 | 1 | 
    abs((x - 1))*exp(-((x - 1)/1)^2) | x=1 | 0 | - | ?
    abs((x - 1))^2*3 | x=1 | 0 | 0 | 6
    abs((x - 1))^3 + 0.5*(x - 1) | x=1 | 0 | 0.5 | 0
    abs((x - 2))*sinh(1.5*abs((x - 2))) | x=2 | 0 | 0 | 3
    abs(sin(2*x)) | x=0 | 0 | - | ?
    abs(tanh(2*(x - 1)))^2 | x=1 | 0 | 0 | 8
    abs(tanh(2*x))^2 | x=0 | 0 | 0 | 8
    abs(x)*exp(-(x/1e-9)^2) | x=0 | 0 | - | ?
    abs(x)*exp(-(x/1e6)^2) | x=0 | 0 | - | ?
    abs(x)*sinh(0.25*abs(x)) | x=0 | 0 | 0 | 0.5
    abs(x)^2*0.25 | x=0 | 0 | 0 | 0.5
    abs(x)^3 + 2*x | x=0 | 0 | 2 | 0
    cbrt(1.5*(x - 2)^3) | x=2 | 0 | 1.1447142425533319 | 0
    cbrt(abs((x - 1))) | x=1 | 0 | - | ?
    cbrt(abs(x)) | x=0 | 0 | - | ?
    cbrt(x)^3 + 1.5*x | x=0 | 0 | 2.5 | 0
    cbrt(x^5)*cbrt(x) | x=0 | 0 | 0 | 2
    clamp(x/1e6, 0, 1) | x=0 | 0 | - | ?
    cos(0.25*abs(x)) | x=0 | 1 | 0 | -0.0625
    exp(-3*hypot(x, y)^2) | x=0,y=0 | 1 | 0 0 | -6 0 -6
    exp(x)*exp(-x)*x | x=2000 | 2000 | 1 | 
    exp(x)^0.1 | x=750 | 3.7332419967990015e+32 | 3.7332419967990016e+31 | 
    f(x) = { if x == 0 { return 3 }; sin(3*x)/x }; f(x) | x=0 | 3 | 0 | -9
    f(x) = { if x == 2 { return 1 }; expm1((x - 2)^2)/(x - 2)^2 }; f(x) | x=2 | 1 | 0 | 1
    f(x) = { r = 1.5; if x != 0 { r = sin(1.5*x)/x }; r }; f(x) | x=0 | 1.5 | 0 | -1.125
    f(x) = { r = 1; if x != 0 { r = tan(x)/x }; r }; f(x) | x=0 | 1 | 0 | 0.6666666666666666
    f(x) = { r = 3; if x != 2 { r = atan(3*(x - 2))/(x - 2) }; r }; f(x) | x=2 | 3 | 0 | -18
    hypot(1.5*x, y)^2 | x=0,y=0 | 0 | 0 0 | 4.5 0 2
    hypot(x, y)^4 + 1.5*x*y | x=0,y=0 | 0 | 0 0 | 0 1.5 0
    if((x - 1) < 0, cos((x - 1)), 1 + 4*(x - 1)) | x=1 | 1 | - | ?
    if((x - 1) == 0, 0, (x - 1)^2*cos(2/(x - 1))) | x=1 | 0 | 0 | -
    if((x - 1) == 0, 0, 0.25*(x - 1)^2*sin(1/(x - 1))) | x=1 | 0 | 0 | -
    if((x - 1) > 0, (x - 1)*ln((x - 1)), 0) | x=1 | 0 | - | ?
    if((x - 1) > 0, (x - 1)^2*ln((x - 1)), 0) | x=1 | 0 | 0 | -
    if((x - 1) > 0, sqrt(3*(x - 1)), 0) | x=1 | 0 | - | ?
    if(abs((x - 1)) <= 0, 0, (x - 1)^2*sign((x - 1))) | x=1 | 0 | 0 | -
    if(x != 0, ((1 + x)^3 - 1)/x, 3) | x=0 | 3 | 3 | 2
    if(x != 0, atan(2*x)/x, 2) | x=0 | 2 | 0 | -5.333333333333333
    if(x != 0, x/tanh(x), 1) | x=0 | 1 | 0 | 0.6666666666666666
    if(x != 2, sin(1.5*(x - 2))/(x - 2), 1.5) | x=2 | 1.5 | 0 | -1.125
    if(x != 2, tan((x - 2))/(x - 2), 1) | x=2 | 1 | 0 | 0.6666666666666666
    if(x < 0, expm1(0.5*x), 0.5*x) | x=0 | 0 | 0.5 | -
    if(x == 0, 0, 4*x^2*sin(1/x)) | x=0 | 0 | 0 | -
    if(x == 0, 0, x*atan(0.25/x)) | x=0 | 0 | - | ?
    if(x == 0, 0, x*sin(1/x)) | x=0 | 0 | - | ?
    if(x == 0, 0, x^2*gamma(sin(1/x))) | x=0 | 0 | - | ?
    if(x == 0, 0, x^2*lgamma(cos(1/x))) | x=0 | 0 | - | ?
    if(x == 0, 0, x^2*digamma(sin(1/x))) | x=0 | 0 | - | ?
    if(x == 0, 0, x^2*cos(0.5/x)) | x=0 | 0 | 0 | -
    if(x == 0, 1, sinh(x)/x) | x=0 | 1 | 0 | 0.3333333333333333
    if(x == 0, 1/6, (x - sin(x))/x^3) | x=0 | 0.16666666666666666 | 0 | -0.016666666666666666
    if(x == 0, 4, sin(4*x)/x) | x=0 | 4 | 0 | -21.333333333333332
    if(x == 1, 1, tan((x - 1))/(x - 1)) | x=1 | 1 | 0 | 0.6666666666666666
    if(x == 2, 1.5, ln(1 + 1.5*(x - 2))/(x - 2)) | x=2 | 1.5 | -1.125 | 2.25
    if(x == 2, 1.5, sin(1.5*(x - 2))/(x - 2)) | x=2 | 1.5 | 0 | -1.125
    if(x == y, 2*x, (x^2 - y^2)/(x - y)) | x=1,y=1 | 2 | 1 1 | 0 0 0
    if(x > 0, sqrt(2*x), 0) | x=0 | 0 | - | ?
    if(x > 0, x*ln(x), 0) | x=0 | 0 | - | ?
    if(x > 0, x^2*ln(x), 0) | x=0 | 0 | 0 | -
    ln(cosh(x)) | x=1000 | 999.3068528194401 | 1 | 
    ln(exp(x) + exp(y)) | x=1000,y=1000 | 1000.6931471805599 | 0.5 0.5 | 
    ln(x^3) | x=1e150 | 1036.1632918473206 | 0 | 
    max((x - 1), 0.25*(x - 1) + (x - 1)^2) | x=1 | 0 | - | ?
    max((x - 2)^2, sinh((x - 2))^2, tan((x - 2))^2) | x=2 | 0 | 0 | 2
    max(4*x^2, x^4) | x=0 | 0 | 0 | 8
    max(cos(2*(x - 2)), 1 - (x - 2)^2) | x=2 | 1 | 0 | -2
    max(cos(3*x), 1 - x^2) | x=0 | 1 | 0 | -2
    max(x, 3*x + x^2) | x=0 | 0 | - | ?
    min(-3*x^2, x^3) | x=0 | 0 | 0 | -6
    min(exp(x) - 1, 1.5*x) | x=0 | 0 | - | ?
    relu(0.25*x)^2 | x=0 | 0 | 0 | -
    relu(x/1) | x=0 | 0 | - | ?
    sqrt((x - 1)^2)^2*3 + (x - 1) | x=1 | 0 | 1 | 6
    sqrt(0.25*(x - 1)^2) | x=1 | 0 | - | ?
    sqrt(0.25*x)^2 | x=0 | 0 | 0.25 | 0
    sqrt(1 - cos(1.5*x)^2)*x | x=0 | 0 | 0 | -
    sqrt(1.5*x^2) | x=0 | 0 | - | ?
    sqrt(2*x^4) | x=0 | 0 | 0 | 2.8284271247461903
    sqrt(sin(x)^4) | x=0 | 0 | 0 | 2
    sqrt(x)^3 | x=0 | 0 | 0 | -
    sqrt(x^2 + y^2) | x=3e200,y=4e200 | 5e+200 | 0.6 0.8 | 
    sqrt(x^2 + y^2)^2*4 | x=0,y=0 | 0 | 0 0 | 8 0 8
    sqrt(x^2)^2*2 + x | x=0 | 0 | 1 | 4
    sqrt(x^6) | x=0 | 0 | 0 | 0
    tanh(x) + sinh(x)/cosh(x) | x=2000 | 2 | 0 | 
    x*abs(0.5*x) | x=0 | 0 | 0 | -
    x*cbrt(3*x^2) | x=0 | 0 | 0 | -
    x*cbrt(x) | x=0 | 0 | 0 | -
    x*sqrt(0.25*x) | x=0 | 0 | 0 | -
    x*sqrt(x^2 + y^2) | x=0,y=0 | 0 | 0 0 | - - 0
    x^1.5*ln(x + 1) | x=0 | 0 | 0 | 0
    x^2/y^2 | x=1e200,y=2e200 | 0.25 | 0 0 | 
    x^20/x^19 | x=1e30 | 1e+30 | 1 | 
    if(x == 0, 0, x^2*floor(1/x)) | x=0 | 0 | 1 | -
    if(x == 0, 0, x^2*atan(1/x)) | x=0 | 0 | 0 | -
    if(x == 0, 0, x/ln(abs(x))) | x=0 | 0 | 0 | -
    if(x == 0, 0, exp(-1/x^2)) | x=0 | 0 | 0 | 0
    if(x == 0, 0, tanh(1/x)*x^3) | x=0 | 0 | 0 | 0
    if(x == 0, 1, abs(x)^x) | x=0 | 1 | - | ?
    if(x == 0, 0, cbrt(x)) | x=0 | 0 | - | ?
    1/(1 + exp(-x)) | x=-1000 | 0 | 0 | 0
    exp(x)/(exp(x) + exp(y)) | x=800,y=800 | 0.5 | 0.25 -0.25 | 0 0 0
    ln(exp(x) + exp(y)) | x=750,y=750 | 750.6931471805599 | 0.5 0.5 | 0.25 -0.25 0.25
    (x*y)/(x + y) | x=2e200,y=2e200 | 1e200 | 0.25 0.25 | -1.25e-201 1.25e-201 -1.25e-201
    acos(1 - x^2)^2 | x=0 | 0 | 0 | 4
    acos(1 - x^2)*sin(x) | x=0 | 0 | 0 | -
    ceil(acos(1 - x^2))*x | x=0 | 0 | 1 | 0
    (asin(x) - asin(1))^4 | x=1 | 0 | 0 | 8
    acos(x)^2 | x=1 | 0 | -2 | 0.6666666666666666
    acosh(x)^2 | x=1 | 0 | 2 | -0.6666666666666666
    if(x == 0, 1, x*gamma(x)) | x=0 | 1 | -0.5772156649015329 | 1.978111990655945
    if(x == -1, 0, 1/gamma(x)) | x=-1 | 0 | -1 | 0.8455686701969343
    if(x == 0, 0, lgamma(x) + ln(abs(x))) | x=0 | 0 | -0.5772156649015329 | 1.6449340668482264
    if(x == 0, 1, x*cot(x)) | x=0 | 1 | 0 | -0.6666666666666666
    if(x == 0, 1, x*csch(x)) | x=0 | 1 | 0 | -0.3333333333333333
    if(x == 1, 0, (x - 1)*atanh(x)) | x=1 | 0 | - | ?
    if(x == 0, 0, x^3*logit(x)) | x=0 | 0 | 0 | 0
    if(x == 0, 0, x^2*asinh(1/x)) | x=0 | 0 | 0 | -
    x*atan2(x, x) | x=0 | 0 | - | ?
    x*atan2(x^2, x) | x=0 | 0 | - | ?
    x^2*atan2(y, -1) + y | x=0,y=0 | 0 | 0 1 | 6.283185307179586 - 0
    y*abs(x^2)^abs(y) | x=0,y=0 | 0 | 0 0 | 0 - 0
    (x - 1)*abs(y)^abs(sin(x - 1)) | x=1,y=0 | 0 | 0 0 | 0 - 0
    abs(x*(y - 2))^1.1 | x=0,y=2 | 0 | 0 0 | 0 0 0
    x + abs(x)^pi | x=0 | 0 | 1 | 0
    if(x == 0, 1, (1 + x^3*ln(abs(x)))^2) | x=0 | 1 | 0 | 0
    abs(if(x == 0, 0, exp(-1/x^2)))^1.5 + x^2 | x=0 | 0 | 0 | 2
    ceil(atan2(relu(tanh(x))*(y - x), y)*x) | x=0,y=0 | 0 | 0 0 | 0 - 0
    (x + (0 - x))^(y/-1) | x=1.5,y=-1 | 0 | 0 0 | 0 0 0
    log1p(1 - x)*cbrt(x - 1)*atan2(x - 1, x - 1) | x=1 | 0 | 0 | -
    sinc((xlogy(x^4, abs(-2*x))*abs(log1p(x)))*log1p(x)) | x=0 | 1 | 0 | 0
    ((x - 1)^2 - y)*mod(y^2 - (x - 1), 0.5)*sqrt(y^4) | x=1,y=0 | 0 | 0 0 | 0 0 0
    ((x + 4) - abs(1 - x)^1.1)^2 | x=1 | 25 | 10 | -
    mod(abs(y*x), 2) - if(x == 0, 0, (1e5*x)^3*atan(1e-5/x)) | x=0,y=0 | 0 | 0 0 | 0 - 0
    sqrt(x*y) + hypot((x + y)^1.5*x^2, 1e5*y)^4 | x=0,y=0 | 0 | 0 0 | 0 - 0
    """
}

@Suite struct LimitTableTests {
  @Test func everyRowIsRead() { #expect(LimitCase.all.count == 140) }

  @Test(arguments: LimitCase.all)
  func limitsAreFound(_ row: LimitCase) throws {
    let run = try Run(row.expression, at: row.point)
    #expect(isNear(run.value, row.value))
    let told = run.aboutKinks.contains { $0.diagnostic.severity == .warning }
    for (forward, (reverse, expected)) in zip(run.forward, zip(run.reverse, row.gradient)) {
      // A number stands for what does not exist with a warning only.
      #expect(expected.isNaN ? told || !reverse.isFinite : isNear(reverse, expected))
      #expect(expected.isNaN ? told || !forward.isFinite : isNear(forward, expected))
    }
    let hessian = run.tape.hessian(at: run.point)
    let triangle = hessian.indices.flatMap { row in hessian[row][row...] }
    for (found, expected) in zip(triangle, row.second) {
      guard let expected else { continue }
      #expect(expected.isNaN ? !found.isFinite : isNear(found, expected))
    }
  }

  private func isNear(_ found: Double, _ expected: Double) -> Bool {
    (found - expected).magnitude <= 1e-11 * expected.magnitude + (expected == 0 ? 1e-14 : 0)
  }
}
