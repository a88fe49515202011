// The gamma family against 50-digit references, rounded to doubles, and at its edges.

import Testing

@testable import Calculus

@Suite("Gamma kernels") struct GammaKernelTests {
  static let gammaValues: [(x: Double, expected: Double)] = [
    (1e-300, 9.999999999999999e+299),
    (1e-17, 1e+17),
    (1e-05, 99999.42279422555),
    (0.1, 9.51350769866873),
    (0.5, 1.772453850905516),
    (0.9999999999999999, 1.0),
    (1.0000000000000002, 0.9999999999999999),
    (1.4616321449683622, 0.8856031944108887),
    (1.5, 0.886226925452758),
    (2.5, 1.329340388179137),
    (3.141592653589793, 2.288037795340032),
    (10.1, 454760.7514415856),
    (22.5, 2.3828015944641842e+20),
    (30.75, 1.1298646142275894e+32),
    (99.99, 8.913035245168963e+155),
    (150.3, 1.7112969992195767e+261),
    (170.6, 9.295995953500918e+305),
    (171.6, 1.5858969096672565e+308),
    (-1e-17, -1e+17),
    (-0.1, -10.686287021193193),
    (-0.5, -3.544907701811032),
    (-0.9999999999999999, -9007199254740992.0),
    (-1.0000000000000002, 4503599627370495.5),
    (-1.5, 2.363271801207355),
    (-2.7, -0.931082784838964),
    (-8.80224458563572, -2.3168883791236127e-05),
    (-27.242278775220797, 1.8719267681697052e-28),
    (-100.25, -1.503087709322751e-158),
    (-138.7954794943588, -1.4966827427372133e-238),
    (-150.5, -4.478447658150641e-264),
    (-170.5, -3.3127395215386074e-308),
    (-180.3, -0.0),
  ]

  @Test("Γ is correctly rounded") func gamma() {
    for (x, expected) in Self.gammaValues {
      expectClose(SpecialFunction.gamma(x), expected, ulps: 0, "gamma(\(x))")
    }
  }

  static let factorialValues: [(x: Double, expected: Double)] = [
    (1e-17, 1.0),
    (-1e-17, 1.0),
    (0.5, 0.886226925452758),
    (-0.5, 1.772453850905516),
    (-0.9999999999999999, 9007199254740991.0),
    (3.7, 15.431411600047436),
    (22.5, 5.361303587544414e+21),
    (100.1, 1.4799329491461265e+158),
    (170.5, 9.4833675668248e+307),
    (170.6, 1.5858969096672565e+308),
    (-1.5, -3.544907701811032),
    (-20.25, 1.7352291144367385e-17),
    (-150.5, 6.740063725516714e-262),
    (1e-300, 1.0),
  ]

  @Test("x! is correctly rounded where x + 1 is not a double") func factorial() {
    for (x, expected) in Self.factorialValues {
      expectClose(SpecialFunction.factorial(x), expected, ulps: 0, "factorial(\(x))")
    }
  }

  static let logGammaValues: [(x: Double, expected: Double)] = [
    (1e-300, 690.7755278982137),
    (1e-17, 39.14394658089878),
    (0.1, 2.252712651734206),
    (0.5, 0.5723649429247001),
    (0.9999999999999999, 6.408381213480008e-17),
    (1.0000000000000002, -1.2816762426960008e-16),
    (1.001, -0.0005763935982833062),
    (1.5, -0.12078223763524522),
    (1.9999999999999998, -9.387698065543117e-17),
    (2.0000000000000004, 1.8775396131086244e-16),
    (2.01, 0.004260022907098346),
    (3.5, 1.2009736023470743),
    (10.738719853096455, 14.493221928763525),
    (30.5, 72.9534711841694),
    (100.0, 359.1342053695754),
    (100000.0, 1051287.7089736569),
    (1e+17, 3.8143946580898775e+18),
    (1e+300, 6.897755278982137e+302),
    (-1e-10, 23.025850929998178),
    (-0.5, 1.2655121234846454),
    (-1.6941444904558356, 0.9133936289119884),
    (-2.4570247382208006, 5.619192358950097e-17),
    (-2.7476826467274127, 1.733509244024501e-16),
    (-3.143580888349981, -8.66968743630949e-15),
    (-3.955294284858598, -4.14382750757705e-16),
    (-10.3, -14.457515440024208),
    (-30.2, -73.66632139194519),
    (-100.7, -365.61225576180533),
    (-1000.25, -5912.363970042725),
    (-134.99999999999997, -499.39266516923584),
  ]

  @Test("ln|Γ| keeps its digits beside its zeros") func logGamma() {
    for (x, expected) in Self.logGammaValues {
      expectClose(SpecialFunction.logGamma(x), expected, ulps: 1, "logGamma(\(x))")
    }
  }

  static let digammaValues: [(x: Double, expected: Double)] = [
    (1e-300, -9.999999999999999e+299),
    (1e-17, -1e+17),
    (1e-05, -100000.57719921567),
    (0.1, -10.423754940411076),
    (0.5, -1.9635100260214235),
    (1.0, -0.5772156649015329),
    (1.4616321449683622, -9.241265521729427e-17),
    (1.4616321449683625, 1.2245374622004068e-16),
    (1.46163, -2.0756283887224574e-06),
    (1.461632145, 3.061493192929884e-11),
    (1.5, 0.03648997397857652),
    (2.0, 0.42278433509846713),
    (5.5, 1.6110931485817512),
    (10.0, 2.251752589066721),
    (19.9, 2.9653837242676784),
    (20.1, 2.9756379786475406),
    (1000.0, 6.907255195648812),
    (1e+17, 39.14394658089878),
    (1e+300, 690.7755278982137),
    (-1e-10, 9999999999.422785),
    (-0.1, 9.245073050052948),
    (-0.5, 0.03648997397857652),
    (-0.5040830082644554, 7.289763902976895e-17),
    (-1.5734984731623904, 1.5649788481838454e-16),
    (-2.6107208684441447, -1.0720275936410002e-15),
    (-5.667162441556886, -1.1523464353066704e-14),
    (-9.702672540001863, 4.939256869086382e-15),
    (-1.0000000000000002, 4503599627370496.0),
    (-2.9999999999999996, -2251799813685246.8),
    (-10.5, 2.3982391295357814),
    (-35.3, 5.8604810679009685),
    (-1000.25, 10.050097693066705),
    (-123456.75, 8.582057567691884),
  ]

  @Test("ψ keeps its digits beside its zeros and poles") func digamma() {
    for (x, expected) in Self.digammaValues {
      expectClose(SpecialFunction.digamma(x), expected, ulps: 3, "digamma(\(x))")
    }
  }

  static let polygammaValues: [(n: Double, x: Double, expected: Double)] = [
    (1.0, 1e-100, 1e+200),
    (1.0, 1e-05, 10000000001.644909),
    (1.0, 0.5, 4.934802200544679),
    (1.0, 1.0, 1.6449340668482264),
    (1.0, 1.25, 1.1973291545071107),
    (1.0, 10.0, 0.10516633568168575),
    (1.0, 100.0, 0.010050166663333571),
    (1.0, 100000000.0, 1.000000005e-08),
    (1.0, 1e+200, 1e-200),
    (1.0, -0.5, 8.934802200544679),
    (1.0, -0.1, 101.92253995947719),
    (1.0, -1.0000000000000002, 2.028240960365167e+31),
    (1.0, -3.7, 14.84242186412428),
    (1.0, -100.3, 15.06949314924401),
    (1.0, -12345.678, 13.735213862761746),
    (2.0, 0.3, -75.27253658872604),
    (2.0, 1.0, -2.4041138063191885),
    (2.0, 7.5, -0.020305252536644666),
    (2.0, 1e+100, -1e-200),
    (2.0, -0.4, 21.287168462856535),
    (2.0, -0.5, -0.82879664423432),
    (2.0, -2.4994443912584825, -2.004392574645893e-15),
    (2.0, -3.7, -68.89345468867354),
    (2.0, -40.2, 247.04731681097337),
    (3.0, 1e-50, 6e+200),
    (3.0, 2.5, 0.22390584881725206),
    (3.0, -2.2, 3768.52054063475),
    (4.0, -2.4999955795487976, 6.626218124730392e-14),
    (5.0, 3.3, 0.12084171431847723),
    (8.0, -7.75, -10569114259.666914),
    (20.0, 0.1, -2.432902008176637e+39),
    (20.0, 5.0, -5217.714221590228),
    (50.0, 12.5, -354308687.5037833),
    (100.0, 30.0, -626546063.6686132),
    (100.0, -0.5, -1.5303349262176004e+140),
    (170.0, 60.0, -666.0567445274287),
    (171.0, 60.0, 1896.294640812574),
    (300.0, 100.0, -3222042538708.512),
    (1000.0, 350.0, -1.0429535153811976e+21),
    (10000.0, 3600.0, -7.958804377666315e+92),
    (100000.0, 36789.0, -0.001307778404029684),
  ]

  @Test("ψ⁽ⁿ⁾ on both sides of 0 and for large n") func polygamma() {
    for (n, x, expected) in Self.polygammaValues {
      expectClose(SpecialFunction.polygamma(n, x), expected, ulps: 2, "polygamma(\(n), \(x))")
    }
  }

  @Test("whole factorials are exact, then correctly rounded") func wholeFactorials() {
    var exact: UInt64 = 1
    for n in 1...20 {
      exact *= UInt64(n)
      expectSame(SpecialFunction.factorial(Double(n)), Double(exact))
      expectSame(SpecialFunction.gamma(Double(n + 1)), Double(exact))
    }
    expectSame(SpecialFunction.factorial(0), 1)
    expectSame(SpecialFunction.factorial(22), 1_124_000_727_777_607_680_000)
    expectSame(SpecialFunction.factorial(100), 9.332621544394415e+157)
    expectSame(SpecialFunction.factorial(170), 7.257415615307999e+306)
  }

  @Test("gamma and factorial at their edges") func gammaEdges() {
    expectSame(SpecialFunction.gamma(0), .infinity)
    expectSame(SpecialFunction.gamma(-0.0), -.infinity)
    expectSame(SpecialFunction.gamma(.infinity), .infinity)
    expectSame(SpecialFunction.gamma(171.7), .infinity)
    expectSame(SpecialFunction.gamma(-200.5), -0.0)
    expectSame(SpecialFunction.gamma(-201.5), 0)
    for x in [-1, -2, -170, -1e300, -.infinity, .nan] as [Double] {
      expectSame(SpecialFunction.gamma(x), .nan)
    }
    expectSame(SpecialFunction.factorial(171), .infinity)
    expectSame(SpecialFunction.factorial(-0.0), 1)
    for x in [-1, -2, -1e17, -.infinity, .nan] as [Double] {
      expectSame(SpecialFunction.factorial(x), .nan)
    }
  }

  @Test("ln|Γ| at its edges") func logGammaEdges() {
    for x in [0, -0.0, -1, -50, -1e300, .infinity, -.infinity, 1e306] as [Double] {
      expectSame(SpecialFunction.logGamma(x), .infinity)
    }
    expectSame(SpecialFunction.logGamma(1), 0)
    expectSame(SpecialFunction.logGamma(2), 0)
    expectSame(SpecialFunction.logGamma(.nan), .nan)
  }

  @Test("digamma and polygamma at their edges") func polygammaEdges() {
    expectSame(SpecialFunction.digamma(0), -.infinity)
    expectSame(SpecialFunction.digamma(-0.0), .infinity)
    expectSame(SpecialFunction.digamma(.infinity), .infinity)
    for x in [-1, -7, -1e300, -.infinity, .nan] as [Double] {
      expectSame(SpecialFunction.digamma(x), .nan)
    }
    expectSame(SpecialFunction.polygamma(0, 2.5), SpecialFunction.digamma(2.5))
    expectSame(SpecialFunction.polygamma(1, 0), .infinity)
    expectSame(SpecialFunction.polygamma(1, -3), .infinity)
    expectSame(SpecialFunction.polygamma(2, 0), -.infinity)
    expectSame(SpecialFunction.polygamma(2, -0.0), .infinity)
    expectSame(SpecialFunction.polygamma(2, -3), .nan)
    expectSame(SpecialFunction.polygamma(1, .infinity), 0)
    expectSame(SpecialFunction.polygamma(2, .infinity), -0.0)
    expectSame(SpecialFunction.polygamma(1, -.infinity), .nan)
    expectSame(SpecialFunction.polygamma(300, 0.5), -.infinity)
    expectSame(SpecialFunction.polygamma(1e15, -0.5), -.infinity)
    for n in [-1, 1.5, 1e300, .infinity, .nan] as [Double] {
      expectSame(SpecialFunction.polygamma(n, 2), .nan)
    }
  }
}
