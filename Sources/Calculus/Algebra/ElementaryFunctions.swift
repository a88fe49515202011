// The operators and functions that rules are written with, on any scalar.

extension Scalar {
  @inline(__always)
  static func + (x: Self, y: Self) -> Self { apply(Addition.self, x, y) }
  @inline(__always)
  static func - (x: Self, y: Self) -> Self { apply(Subtraction.self, x, y) }
  @inline(__always)
  static func * (x: Self, y: Self) -> Self { apply(Multiplication.self, x, y) }
  @inline(__always)
  static func / (x: Self, y: Self) -> Self { apply(Division.self, x, y) }
  @inline(__always)
  static prefix func - (x: Self) -> Self { apply(Negation.self, x) }

  @inline(__always)
  func squared() -> Self { Self.apply(Power.self, self, constant(2)) }
}

func sin<S: Scalar>(_ x: S) -> S { S.apply(Sine.self, x) }
func cos<S: Scalar>(_ x: S) -> S { S.apply(Cosine.self, x) }
func tan<S: Scalar>(_ x: S) -> S { S.apply(Tangent.self, x) }
func cot<S: Scalar>(_ x: S) -> S { S.apply(Cotangent.self, x) }
func sinh<S: Scalar>(_ x: S) -> S { S.apply(HyperbolicSine.self, x) }
func cosh<S: Scalar>(_ x: S) -> S { S.apply(HyperbolicCosine.self, x) }
func tanh<S: Scalar>(_ x: S) -> S { S.apply(HyperbolicTangent.self, x) }
func sech<S: Scalar>(_ x: S) -> S { S.apply(HyperbolicSecant.self, x) }
func csch<S: Scalar>(_ x: S) -> S { S.apply(HyperbolicCosecant.self, x) }
func coth<S: Scalar>(_ x: S) -> S { S.apply(HyperbolicCotangent.self, x) }
func exp<S: Scalar>(_ x: S) -> S { S.apply(Exponential.self, x) }
func ln<S: Scalar>(_ x: S) -> S { S.apply(NaturalLogarithm.self, x) }
func sqrt<S: Scalar>(_ x: S) -> S { S.apply(SquareRoot.self, x) }
func sign<S: Scalar>(_ x: S) -> S { S.apply(Sign.self, x) }
func step<S: Scalar>(_ x: S) -> S { S.apply(Step.self, x) }
func floor<S: Scalar>(_ x: S) -> S { S.apply(Floor.self, x) }
func sigmoid<S: Scalar>(_ x: S) -> S { S.apply(Sigmoid.self, x) }
func digamma<S: Scalar>(_ x: S) -> S { S.apply(Digamma.self, x) }
func power<S: Scalar>(_ x: S, _ y: S) -> S { S.apply(Power.self, x, y) }
func hypot<S: Scalar>(_ x: S, _ y: S) -> S { S.apply(Hypotenuse.self, x, y) }
