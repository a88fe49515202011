// The Bessel functions against 50-digit references, rounded to doubles, and at their edges.

import Testing

@testable import Calculus

@Suite("Bessel kernels") struct BesselKernelTests {
  static let besselJValues: [(order: Double, x: Double, expected: Double)] = [
    (0.0, 1e-10, 1.0),
    (0.0, 1.0, 0.7651976865579666),
    (0.0, 2.404825557695773, -6.10876525973673e-17),
    (0.0, 2.9, -0.22431154579196808),
    (0.0, 3.1, -0.29206434765069755),
    (0.0, 35.9, -0.11327019821190752),
    (0.0, 36.1, -0.09683260009238351),
    (0.0, 1000000.0, 0.00033104301373987376),
    (1.0, 1e-300, 5e-301),
    (1.0, 3.8317059702075125, -6.149807356994906e-17),
    (1.0, 25.903672087618382, -7.670952608123099e-17),
    (1.0, 1000000000000000.0, 2.4468665123771328e-08),
    (2.0, 8.417244140399864, -1.3795742419504512e-16),
    (2.0, 5.5, -0.11731548164728747),
    (3.0, -4.5, -0.4247039729774556),
    (-3.0, 4.5, -0.4247039729774556),
    (5.0, 20.0, 0.15116976798239498),
    (20.0, 957.1969269180717, -0.00013891680760592194),
    (20.0, 27.9, -0.18000039026728998),
    (50.0, 16.619668608805927, 7.953984735268122e-20),
    (50.0, 36.0, 2.0789736249633065e-05),
    (50.0, 4.0, 3.422448010297074e-50),
    (100.0, 99.0, 0.0776871617004594),
    (150.0, 700.0, -0.018121320888412777),
    (400.0, 100.0, 1.1286901874150992e-192),
    (1000.0, 1000.0, 0.04473067294796404),
    (0.5, 1.0, 0.6713967071418031),
    (-0.5, 1e-100, 7.978845608028654e+49),
    (-0.5, 2.0, -0.23478571040624846),
    (1.5, 1e-05, 8.410441739983097e-09),
    (0.25, 2.7808877239949776, -3.41715088210397e-18),
    (3.75, 7.288976529053959, -6.386136452746353e-17),
    (-2.3, 0.7, 3.738205069849707),
    (-7.6, 31.0, 0.09070376300793757),
    (1e-18, 5.0, -0.1775967713143383),
    (33.3, 40.0, -0.037808974177842646),
    (-50.7, 60.0, 0.02257418123228942),
    (200.25, 3.0, 0.0),
  ]

  @Test("J of whole and other orders, beside its zeros too") func besselJ() {
    for (order, x, expected) in Self.besselJValues {
      expectClose(
        SpecialFunction.besselJ(order: order, x), expected, ulps: 8, "besselJ(\(order), \(x))")
    }
  }

  static let besselYValues: [(order: Double, x: Double, expected: Double)] = [
    (0.0, 1e-300, -439.8351636227653),
    (0.0, 0.8935769662791675, -2.3389279284062102e-17),
    (0.0, 1.0, 0.08825696421567696),
    (0.0, 2.9, 0.40791176923625005),
    (0.0, 3.1, 0.34310288935449806),
    (0.0, 7.086051060301773, 2.651448172550504e-17),
    (0.0, 35.9, -0.07000918380697199),
    (0.0, 36.1, -0.09086613778489648),
    (0.0, 1000000.0, -0.0007259685223351791),
    (1.0, 0x730d67819e8d2p-1074, -6.366197723675814e+307),
    (1.0, 2.197141326031017, 2.513306678922122e-17),
    (1.0, 50.0, -0.05679566856201477),
    (2.0, 3.3842417671495935, -4.841745705212081e-18),
    (3.0, 8.151981876718569, -0.014683813072110025),
    (3.0, 17.81719529825253, -0.00023650979802482716),
    (-3.0, 4.5, 0.009013681593688273),
    (5.0, 20.0, -0.10003576788953243),
    (20.0, 27.89361904777816, -0.013254312284021115),
    (20.0, 36.0, -0.011726813721397052),
    (50.0, 36.0, -441.7284969463614),
    (50.0, 2.06, -4.513347791195877e+61),
    (100.0, 99.0, -0.20107219957383568),
    (150.0, 700.0, 0.024549997431923692),
    (0.5, 1.0, -0.4310988680183761),
    (0.5, 0x730d67819e8d2p-1074, -7.978845608028655e+153),
    (-0.5, 2.0, 0.5130161365618278),
    (1.5, 1e-05, -25231325.221463162),
    (0.25, 7.0, -0.13766989672295984),
    (3.75, 9.048615456016034, -1.6774497634311988e-17),
    (-2.3, 0.7, -2.676290082774723),
    (-7.6, 31.0, -0.11380373759950847),
    (1e-18, 5.0, -0.30851762524903376),
    (33.3, 40.0, 0.16446718156378978),
    (-50.7, 60.0, -0.13866924678897946),
  ]

  @Test("Y of whole and other orders, beside its zeros too") func besselY() {
    for (order, x, expected) in Self.besselYValues {
      expectClose(
        SpecialFunction.besselY(order: order, x), expected, ulps: 12, "besselY(\(order), \(x))")
    }
  }

  @Test("J at its edges") func firstKindEdges() {
    expectSame(SpecialFunction.besselJ(order: 0, 0), 1)
    expectSame(SpecialFunction.besselJ(order: 2, 0), 0)
    expectSame(SpecialFunction.besselJ(order: 2.5, 0), 0)
    expectSame(SpecialFunction.besselJ(order: -0.5, 0), .infinity)
    expectSame(SpecialFunction.besselJ(order: -1.5, 0), -.infinity)
    expectSame(SpecialFunction.besselJ(order: 2, .infinity), 0)
    expectSame(SpecialFunction.besselJ(order: 2, -.infinity), 0)
    expectSame(SpecialFunction.besselJ(order: 1e6, 10), 0)
    expectSame(SpecialFunction.besselJ(order: 1e300, 1e10), 0)
    expectSame(SpecialFunction.besselJ(order: 0.5, -1), .nan)
    expectSame(SpecialFunction.besselJ(order: .infinity, 1), .nan)
    expectSame(SpecialFunction.besselJ(order: .nan, 1), .nan)
    expectSame(SpecialFunction.besselJ(order: 1, .nan), .nan)
  }

  @Test("Y at its edges") func secondKindEdges() {
    expectSame(SpecialFunction.besselY(order: 0, 0), -.infinity)
    expectSame(SpecialFunction.besselY(order: 3, 0), -.infinity)
    expectSame(SpecialFunction.besselY(order: -3, 0), .infinity)
    expectSame(SpecialFunction.besselY(order: -0.5, 0), 0)
    expectSame(SpecialFunction.besselY(order: 0, .infinity), 0)
    expectSame(SpecialFunction.besselY(order: 1e6, 10), -.infinity)
    for (order, x) in [(0, -1), (0.5, -1), (.infinity, 1), (.nan, 1), (1, .nan)]
      as [(Double, Double)]
    {
      expectSame(SpecialFunction.besselY(order: order, x), .nan)
    }
  }

  @Test("the documented limit: great orders beside a great argument") func limit() {
    expectSame(SpecialFunction.besselJ(order: 1e5, 1e5), .nan)
    expectSame(SpecialFunction.besselJ(order: -20001.25, 20_000), .nan)
    #expect(SpecialFunction.besselJ(order: 2e4, 2e4).isFinite)
    #expect(SpecialFunction.besselJ(order: 1e5, 1e10).isFinite)
  }

  @Test("I and K at their edges") func modifiedEdges() {
    expectSame(SpecialFunction.besselI(order: 0, 0), 1)
    expectSame(SpecialFunction.besselI(order: 2.5, 0), 0)
    expectSame(SpecialFunction.besselI(order: -2, 0), 0)
    expectSame(SpecialFunction.besselI(order: -0.5, 0), .infinity)
    expectSame(SpecialFunction.besselI(order: -1.5, 0), -.infinity)
    expectSame(SpecialFunction.besselI(order: 1, .infinity), .infinity)
    expectSame(SpecialFunction.besselI(order: 0, 714), .infinity)
    expectSame(SpecialFunction.besselI(order: 1e6, 10), 0)
    expectSame(SpecialFunction.besselI(order: 1e6, 1e6), .infinity)
    expectSame(SpecialFunction.besselI(order: 0.5, -1), .nan)
    expectSame(SpecialFunction.besselI(order: .infinity, 1), .nan)
    expectSame(SpecialFunction.besselI(order: 1, .nan), .nan)
    expectSame(SpecialFunction.besselK(order: 0, 0), .infinity)
    expectSame(SpecialFunction.besselK(order: 2, .infinity), 0)
    expectSame(SpecialFunction.besselK(order: 2, 750), 0)
    expectSame(SpecialFunction.besselK(order: 400, 1), .infinity)
    expectSame(SpecialFunction.besselK(order: 1e6, 10), .infinity)
    expectSame(SpecialFunction.besselK(order: 0, -1), .nan)
    expectSame(SpecialFunction.besselK(order: .infinity, 1), .nan)
  }

  /// Iᵥ Kᵥ₊₁ + Iᵥ₊₁ Kᵥ = 1/x, also where no double holds a factor.
  @Test(
    "I and K have their Wronskian",
    arguments: [0, 0.3, 1, 7.5, 40, 3000], [1e-5, 1.9, 3.4, 30, 700, 1e5])
  func wronskian(order: Double, x: Double) {
    let (this, next) = (ModifiedOrder(order), ModifiedOrder(order, 1))
    let first = SpecialFunction.modifiedFirst(this, x).scaled
    let second = SpecialFunction.modifiedSecond(this, x).scaled
    let nextFirst = SpecialFunction.modifiedFirst(next, x).scaled
    let nextSecond = SpecialFunction.modifiedSecond(next, x).scaled
    expectClose((first * nextSecond + nextFirst * second).value, 1 / x, ulps: 4, "\(order), \(x)")
  }
}
