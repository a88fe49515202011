// The elementary operations, as codes.

/// An elementary operation. The code in a graph's node and in a tape's instruction.
package enum Operation: UInt8, CaseIterable, Sendable {
  case add, subtract, multiply, divide, negate, remainder, power, sqrt, cbrt, hypot
  case sin, cos, tan, cot, sec, csc, asin, acos, atan, acot, asec, acsc, atan2
  case sinh, cosh, tanh, coth, sech, csch, asinh, acosh, atanh, acoth, asech, acsch
  case exp, exp2, expm1, ln, log2, log10, log1p, log, sigmoid, logit, softplus, logsumexp
  case xlogy, normpdf, normcdf, beta, lbeta
  case erf, erfc, erfinv, lambertw, gamma, lgamma, factorial, digamma, polygamma, besselj, bessely
  case besseli, besselk, sinc
  case abs, sign, step, relu, floor, ceil, round, trunc, max, min, clamp, select, stopGradient
  case less, lessOrEqual, greater, greaterOrEqual, equal, notEqual, and, or, not
  // Kernels: what derivatives are made of. No user calls them.
  case floorQuotient, powerSlope, loweredPower, powerCurvature, powerGrowth, directionCosine
  case inverseCircleHeight, inverseOnePlusSquare, inverseRadius
  case inverseHyperbolaHeight, inverseHyperbolaWidth, inverseOneMinusSquare
  case logisticDensity, inverseBernoulliVariance, gaussian
  case softmaxWeight, besseljSlope, besselySlope, besseljCurvature, besselyCurvature
  case besseliSlope, besselkSlope, besseliCurvature, besselkCurvature
  case sincDerivative
  case inverseSecantWidth, inverseSecantHeight, inverseCosecantWidth
  case inverseErrorSlope, lambertSlope, lambertWPlus1
  case normalDensitySlope, digammaDifference, trigammaDifference, betaSlope, betaMixed

  // What a user declares.
  case declaredDerivative

  // What a long sum is made into.
  case longSum
}
