// The rewrites that make other forms of formulas, by name, and a record of where each was applied.

/// A rewrite of sums and products; those of sums of squares of functions are `SquareIdentity`.
enum PresentationRewrite: String, CaseIterable {
  case commonFactors = "common factors in front: x*y + x = x*(y + 1)"
  case gatheredTerms = "terms gathered by their functions: x*ln(x) + ln(x) + x = (x + 1)*ln(x) + x"
  case oneDenominator = "over one denominator: 1/x + 1/y = (x + y)/(x*y)"
  case expansion = "multiplied out: x*(y + 1) = x*y + x"
  case likeBases = "like bases as one power: x^2/x = x"
  case vanishing = "0 times what is defined: 0*ln(x) = 0"
  case signs = "signs times what has them: x*sign(x) = abs(x)"
  case powersOfRoots = "powers of roots: sqrt(x)^2 = x"
  case cubeRoots = "cube roots: cbrt(x)^3 = x"
  case powersOfPowers = "powers of powers: (x^(1/3))^2 = x^(2/3)"
  case takenExponents = "numbers out of exponents: x^(n - 1)*x = x^n"
  case joinedExponents = "numbers into exponents: x^n/x = x^(n - 1)"
  case numbersOutOfRoots = "numbers out of roots: sqrt(3)*sqrt(6) = 3*sqrt(2)"
  case spelling = "quotients of functions: sin(x)/cos(x) = tan(x)"
  case doubleArgument = "double arguments: sin(x)*cos(x) = sin(2*x)/2"
  case reciprocalExponential = "exp(-x)/(1 + exp(-x)) = 1/(exp(x) + 1)"
  case joinedDivisors = "1/((1 + x)*(1 - x)) = 1/(1 - x^2)"
  case rootsAbove = "roots above: x/sqrt(x*y) = sqrt(x*y)/y"
  case oneExponential = "exp(x)*exp(y) = exp(x + y)"
  case commonDivisors = "factors in common: (x^2 - 1)/(x - 1) = x + 1"
  case sineAndCosine = "in sine and cosine: tan(x) = sin(x)/cos(x)"
  case cancelledTerms = "terms that are 0 together"
  case products = "sums that are products"

  /// The names of all rewrites, with those of the identities of squares.
  static var names: [String] {
    allCases.map(\.rawValue) + SquareIdentity.all.map(\.name)
  }
}

extension NormalGraph {
  /// Takes down that a rewrite made a node of another, if anybody wants to know.
  func note(
    _ rewrite: PresentationRewrite, before: @autoclosure () -> NodeIndex,
    after: @autoclosure () -> NodeIndex
  ) {
    note(rewrite.rawValue, before: before(), after: after())
  }
}
