// The small kernels against 50-digit references, rounded to doubles, and at their edges; and how
// all kernel tests compare.

import Testing

@testable import Calculus

/// Expects `value` within so many units in the last place of `expected`.
func expectClose(
  _ value: Double, _ expected: Double, ulps: Double, _ name: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(
    value == expected || (value - expected).magnitude <= ulps * expected.ulp,
    "\(name): \(value), not \(expected)", sourceLocation: sourceLocation)
}

/// Expects the same double, the sign of zero included, or NaN for NaN.
func expectSame(
  _ value: Double, _ expected: Double, sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(
    value.isNaN ? expected.isNaN : value == expected && value.sign == expected.sign,
    "\(value), not \(expected)", sourceLocation: sourceLocation)
}

@Suite("Small kernels") struct KernelTests {
  static let gaussianValues: [(x: Double, expected: Double)] = [
    (0.0, 1.0),
    (1e-10, 1.0),
    (0.5, 0.7788007830714049),
    (1.0, 0.36787944117144233),
    (1.1363976740243906, 0.27488576337542553),
    (-2.7132517900978144, 0.0006350954366236961),
    (5.0, 1.3887943864964021e-11),
    (10.0, 3.720075976020836e-44),
    (15.5, 4.5787899692915775e-105),
    (19.608318236048007, 1.046620585690823e-167),
    (23.624500654588708, 4.100653777359687e-243),
    (26.0, 2.6117417612840555e-294),
    (27.0, 0x4d74e0p-1074),
    (-27.2, Double(bitPattern: 0x63)),
  ]

  @Test("exp(−x²) keeps its digits far out") func gaussian() {
    for (x, expected) in Self.gaussianValues {
      expectClose(SpecialFunction.gaussian(x), expected, ulps: 1, "gaussian(\(x))")
    }
  }

  static let sinPiValues: [(x: Double, expected: Double)] = [
    (1e-10, 3.1415926535897934e-10),
    (0.1, 0.30901699437494745),
    (0.25, 0.7071067811865476),
    (0.5, 1.0),
    (0.75, 0.7071067811865476),
    (0.9999999999999999, 3.487868498008632e-16),
    (1.0000000000000002, -6.975736996017264e-16),
    (2.5, 1.0),
    (-3.3, 0.8090169943749471),
    (100.1, 0.30901699437493046),
    (10000000000.3, 0.8090155855424916),
    (4503599627370495.5, -1.0),
  ]

  @Test("sin πx") func sinPi() {
    for (x, expected) in Self.sinPiValues {
      expectClose(
        DoubleDouble.sineAndCosinePi(x).sine.high, expected, ulps: 1, "sine of π\(x)")
    }
  }

  static let cosPiValues: [(x: Double, expected: Double)] = [
    (1e-300, 1.0),
    (1e-10, 1.0),
    (0.1, 0.9510565162951535),
    (0.25, 0.7071067811865476),
    (0.49999999999999994, 1.743934249004316e-16),
    (0.5000000000000001, -3.487868498008632e-16),
    (0.75, -0.7071067811865476),
    (1.0, -1.0),
    (1.4999999999999998, -6.975736996017264e-16),
    (-3.3, -0.5877852522924736),
    (100.1, 0.9510565162951591),
    (10000000000.3, 0.5877871913791073),
    (1e+300, 1.0),
  ]

  @Test("cos πx") func cosPi() {
    for (x, expected) in Self.cosPiValues {
      expectClose(
        DoubleDouble.sineAndCosinePi(x).cosine.high, expected, ulps: 1, "cosine of π\(x)")
    }
  }

  static let sincValues: [(n: Int, x: Double, expected: Double)] = [
    (0, 1e-300, 1.0),
    (0, -1e-10, 1.0),
    (0, 0.004, 0.9999973333354667),
    (0, 0.0051, 0.9999956650056376),
    (0, -0.05, 0.9995833854135666),
    (0, 0.5, 0.958851077208406),
    (0, 1.0, 0.8414709848078965),
    (0, 3.141592653589793, 3.8981718325193755e-17),
    (0, 30.5, -0.02600417178548476),
    (0, 1e+22, -8.522008497671888e-23),
    (0, 1e+300, -8.178819121159085e-301),
    (0, 6.283185307179586, -3.8981718325193755e-17),
    (1, 1e-300, -3.3333333333333334e-301),
    (1, -1e-10, 3.3333333333333335e-11),
    (1, 0.004, -0.001333331200001219),
    (1, 0.0051, -0.0016999955783041077),
    (1, -0.05, 0.01666250037200659),
    (1, 0.5, -0.16253703063606656),
    (1, 1.0, -0.3011686789397568),
    (1, 3.141592653589793, -0.3183098861837907),
    (1, 30.5, 0.02082164419317511),
    (1, 1e+22, 5.232147853951389e-23),
    (1, 1e+300, -5.75386111957549e-301),
    (1, 4.493409457909064, 7.218300729428198e-18),
    (1, 7.725251836937707, 4.8785590002365756e-17),
    (2, 1e-300, -0.3333333333333333),
    (2, -1e-10, -0.3333333333333333),
    (2, 0.004, -0.33333173333485716),
    (2, 0.0051, -0.3333307323373602),
    (2, -0.05, -0.3330833705333031),
    (2, 0.5, -0.3087029546641397),
    (2, 1.0, -0.23913362692838294),
    (2, 3.141592653589793, 0.20264236728467552),
    (2, 30.5, 0.024638818067899505),
    (2, 1e+22, 8.522008497671888e-23),
    (2, 1e+300, 8.178819121159085e-301),
    (2, 2.0815759778181, -9.161953292326635e-17),
    (2, 5.940369990572712, 2.95214690116649e-17),
    (3, 1e-300, 2e-301),
    (3, -1e-10, -2.0000000000000002e-11),
    (3, 0.004, 0.0007999984761914244),
    (3, 0.0051, 0.001019996841646052),
    (3, -0.05, -0.00999702409886157),
    (3, 0.5, 0.09705260420409292),
    (3, 1.0, 0.17709857491700906),
    (3, 3.141592653589793, 0.12480067958459376),
    (3, 30.5, -0.022392538698690317),
    (3, 1e+22, -5.232147853951389e-23),
    (3, 1e+300, 5.75386111957549e-301),
    (3, 3.870238580222165, -6.178672078353772e-18),
    (3, 7.443087053954458, 6.074495917290167e-18),
    (4, 0.0, 0.2),
    (4, 0.001, 0.1999999285714332),
    (4, 0.3, 0.1936088366510373),
    (4, 2.5, -0.09366651145326914),
    (5, 0.0, 0.0),
    (5, 1e-08, -1.4285714285714286e-09),
    (5, 1.0, -0.12508111983116146),
    (6, 0.0, -0.14285714285714285),
    (6, 0.001, -0.14285708730159108),
    (6, 0.25, -0.1393996909782497),
    (6, 9.0, 0.020779228467925664),
    (7, -0.5, -0.05368154518891347),
    (8, 0.0, 0.1111111111111111),
    (8, 0.001, 0.11111106565656886),
    (8, 0.25, 0.10828269946888736),
    (8, 20.0, 0.0470685098383623),
    (10, 0.0, -0.09090909090909091),
    (10, 0.25, -0.0885160755234652),
    (10, -3.0, 0.081967953826637),
    (10, 30.5, 0.017572072304737466),
    (15, 7.0, 0.01833438777339651),
    (20, 0.01, 0.047616873722670754),
    (20, 25.0, 0.01672169325805936),
    (40, 1.0, 0.013659212814826944),
    (40, 33.0, 0.011811702735199367),
  ]

  @Test("sin(x)/x and its derivatives") func sinc() {
    for (n, x, expected) in Self.sincValues {
      expectClose(
        SpecialFunction.sincDerivative(n: n, x), expected, ulps: 3, "sincDerivative(\(n), \(x))")
    }
    for n in 0...12 {
      expectSame(SpecialFunction.sincDerivative(n: n, .infinity), 0)
      expectSame(SpecialFunction.sincDerivative(n: n, -.infinity), 0)
      expectSame(SpecialFunction.sincDerivative(n: n, .nan), .nan)
    }
    expectSame(SpecialFunction.sincDerivative(n: 0, 0), 1)
    expectSame(SpecialFunction.sincDerivative(n: 2, 0), -1.0 / 3)
    expectSame(SpecialFunction.sincDerivative(n: -1, 1), .nan)
    expectSame(SpecialFunction.sincDerivative(n: 170, 40), .nan)
  }

  static let logarithmValues: [(argument: Double, base: Double, expected: Double)] = [
    (3.0, 2.0, 1.584962500721156),
    (1e+300, 7.0, 354.9883987364815),
    (0x1p-1074, 3.0, -677.6185553357453),
    (1.0000000000000002, 10.0, 9.64327466553287e-17),
    (0.9999999999999999, 2.0, -1.6017132519074588e-16),
    (5.0, 1.0000000000000002, 7248263982714164.0),
    (7.0, 0.9999999999999999, -1.752720044436395e+16),
    (10.0, 0.3, -1.9124892893931984),
    (2.0, 1e-300, -0.0010034333188799374),
    (6.0, 1e+300, 0.002593837501278812),
    (1.0000001, 1.00000001, 9.999999616613408),
    (243.0, 3.0000000000000004, 4.999999999999999),
  ]

  @Test("logarithms to any base") func logarithm() {
    for (argument, base, expected) in Self.logarithmValues {
      expectClose(
        SpecialFunction.logarithm(argument, base: base), expected, ulps: 1,
        "logarithm(\(argument), \(base))")
    }
  }

  @Test("logarithms of exact powers are exact") func exactLogarithms() {
    for (argument, base, expected) in [
      (8, 2, 3), (1000, 10, 3), (81, 3, 4), (0.125, 2, -3), (1e22, 10, 22), (0x1p-1074, 2, -1074),
      (8, 0.5, -3), (15.625, 2.5, 3), (1, 7, 0), (0x1p-1074, 0.5, 1074),
    ] as [(Double, Double, Double)] {
      expectSame(SpecialFunction.logarithm(argument, base: base), expected)
    }
    expectSame(SpecialFunction.logarithm(0, base: 2), -.infinity)
    expectSame(SpecialFunction.logarithm(0, base: 0.5), .infinity)
    expectSame(SpecialFunction.logarithm(.infinity, base: 2), .infinity)
    for (argument, base) in [
      (-1, 2), (2, 1), (2, 0), (2, -2), (2, .infinity), (.nan, 2), (2, .nan),
    ]
      as [(Double, Double)]
    {
      expectSame(SpecialFunction.logarithm(argument, base: base), .nan)
    }
  }

  @Test("edges of exp(−x²)") func gaussianEdges() {
    expectSame(SpecialFunction.gaussian(.infinity), 0)
    expectSame(SpecialFunction.gaussian(.nan), .nan)
  }

  /// From Python's `%` and from ⌊a/b⌋ in exact rational arithmetic.
  static let divisionValues: [(a: Double, b: Double, remainder: Double, quotient: Double)] = [
    (7.0, 3.0, 1.0, 2.0),
    (-7.0, 3.0, 2.0, -3.0),
    (7.0, -3.0, -2.0, -3.0),
    (-7.0, -3.0, -1.0, 2.0),
    (5.5, 0.1, 0.0999999999999997, 54.0),
    (10.0, 0.1, 0.09999999999999945, 99.0),
    (-1e-17, 1.0, 1.0, -1.0),
    (1e+300, 3.0, 0.0, 3.3333333333333335e+299),
    (-1e+300, 7.0, 6.0, -1.4285714285714286e+299),
    (1e+20, -0.3, -0.25658458281139496, -3.333333333333334e+20),
    (9007199254740992.0, 1.5, 0.5, 6004799503160661.0),
    (-0.0, 3.0, 0.0, -0.0),
    (6.0, 3.0, 0.0, 2.0),
    (-6.0, 3.0, 0.0, -2.0),
    (6.0, -3.0, -0.0, -2.0),
  ]

  @Test("floored remainder and quotient") func division() {
    for (a, b, remainder, quotient) in Self.divisionValues {
      expectSame(SpecialFunction.remainder(a, b), remainder)
      expectSame(SpecialFunction.floorQuotient(a, b), quotient)
    }
    expectSame(SpecialFunction.remainder(5, .infinity), 5)
    expectSame(SpecialFunction.remainder(5, -.infinity), -.infinity)
    expectSame(SpecialFunction.remainder(-5, .infinity), .infinity)
    expectSame(SpecialFunction.floorQuotient(5, .infinity), 0)
    expectSame(SpecialFunction.floorQuotient(-5, .infinity), -1)
    expectSame(SpecialFunction.floorQuotient(1e300, 1e-300), .infinity)
    for (a, b) in [(1, 0), (.infinity, 1), (1, .nan), (.nan, 1), (0, 0)] as [(Double, Double)] {
      expectSame(SpecialFunction.remainder(a, b), .nan)
      expectSame(SpecialFunction.floorQuotient(a, b), .nan)
    }
  }
}
