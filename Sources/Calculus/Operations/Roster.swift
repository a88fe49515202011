// The roster: the declaration of every operation, and what is looked up in it.

/// Something to do with an operation once its declaration is known, by arity.
protocol OperationVisitor {
  associatedtype Result
  func visit<Op: UnaryOperation>(_ operation: Op.Type) -> Result
  func visit<Op: BinaryOperation>(_ operation: Op.Type) -> Result
  func visit<Op: VariadicOperation>(_ operation: Op.Type) -> Result
}

extension Operation {
  /// Hands the operation's declaration to the visitor. A visitor is specialised for every case, so
  /// in a loop this is one jump to straight-line code.
  @inline(__always)
  func accept<Visitor: OperationVisitor>(_ visitor: Visitor) -> Visitor.Result {
    switch self {
    case .add: visitor.visit(Addition.self)
    case .subtract: visitor.visit(Subtraction.self)
    case .multiply: visitor.visit(Multiplication.self)
    case .divide: visitor.visit(Division.self)
    case .negate: visitor.visit(Negation.self)
    case .remainder: visitor.visit(Remainder.self)
    case .power: visitor.visit(Power.self)
    case .sqrt: visitor.visit(SquareRoot.self)
    case .cbrt: visitor.visit(CubeRoot.self)
    case .hypot: visitor.visit(Hypotenuse.self)
    case .sin: visitor.visit(Sine.self)
    case .cos: visitor.visit(Cosine.self)
    case .tan: visitor.visit(Tangent.self)
    case .cot: visitor.visit(Cotangent.self)
    case .sec: visitor.visit(Secant.self)
    case .csc: visitor.visit(Cosecant.self)
    case .asin: visitor.visit(ArcSine.self)
    case .acos: visitor.visit(ArcCosine.self)
    case .atan: visitor.visit(ArcTangent.self)
    case .acot: visitor.visit(ArcCotangent.self)
    case .asec: visitor.visit(ArcSecant.self)
    case .acsc: visitor.visit(ArcCosecant.self)
    case .atan2: visitor.visit(ArcTangent2.self)
    case .sinh: visitor.visit(HyperbolicSine.self)
    case .cosh: visitor.visit(HyperbolicCosine.self)
    case .tanh: visitor.visit(HyperbolicTangent.self)
    case .coth: visitor.visit(HyperbolicCotangent.self)
    case .sech: visitor.visit(HyperbolicSecant.self)
    case .csch: visitor.visit(HyperbolicCosecant.self)
    case .asinh: visitor.visit(AreaSine.self)
    case .acosh: visitor.visit(AreaCosine.self)
    case .atanh: visitor.visit(AreaTangent.self)
    case .acoth: visitor.visit(AreaCotangent.self)
    case .asech: visitor.visit(AreaSecant.self)
    case .acsch: visitor.visit(AreaCosecant.self)
    case .exp: visitor.visit(Exponential.self)
    case .exp2: visitor.visit(Exponential2.self)
    case .expm1: visitor.visit(ExponentialMinus1.self)
    case .ln: visitor.visit(NaturalLogarithm.self)
    case .log2: visitor.visit(Logarithm2.self)
    case .log10: visitor.visit(Logarithm10.self)
    case .log1p: visitor.visit(Logarithm1Plus.self)
    case .log: visitor.visit(LogarithmToBase.self)
    case .sigmoid: visitor.visit(Sigmoid.self)
    case .logit: visitor.visit(Logit.self)
    case .softplus: visitor.visit(Softplus.self)
    case .logsumexp: visitor.visit(LogSumExp.self)
    case .xlogy: visitor.visit(XLogY.self)
    case .normpdf: visitor.visit(NormalDensity.self)
    case .normcdf: visitor.visit(NormalDistribution.self)
    case .beta: visitor.visit(Beta.self)
    case .lbeta: visitor.visit(LogBeta.self)
    case .erf: visitor.visit(ErrorFunction.self)
    case .erfc: visitor.visit(ErrorFunctionComplement.self)
    case .erfinv: visitor.visit(InverseErrorFunction.self)
    case .lambertw: visitor.visit(LambertW.self)
    case .gamma: visitor.visit(Gamma.self)
    case .lgamma: visitor.visit(LogGamma.self)
    case .factorial: visitor.visit(Factorial.self)
    case .digamma: visitor.visit(Digamma.self)
    case .polygamma: visitor.visit(Polygamma.self)
    case .besselj: visitor.visit(BesselJ.self)
    case .bessely: visitor.visit(BesselY.self)
    case .besseli: visitor.visit(BesselI.self)
    case .besselk: visitor.visit(BesselK.self)
    case .sinc: visitor.visit(Sinc.self)
    case .abs: visitor.visit(AbsoluteValue.self)
    case .sign: visitor.visit(Sign.self)
    case .step: visitor.visit(Step.self)
    case .relu: visitor.visit(Relu.self)
    case .floor: visitor.visit(Floor.self)
    case .ceil: visitor.visit(Ceiling.self)
    case .round: visitor.visit(Round.self)
    case .trunc: visitor.visit(Truncate.self)
    case .max: visitor.visit(Maximum.self)
    case .min: visitor.visit(Minimum.self)
    case .clamp: visitor.visit(Clamp.self)
    case .select: visitor.visit(Conditional.self)
    case .stopGradient: visitor.visit(StopGradient.self)
    case .less: visitor.visit(Less.self)
    case .lessOrEqual: visitor.visit(LessOrEqual.self)
    case .greater: visitor.visit(Greater.self)
    case .greaterOrEqual: visitor.visit(GreaterOrEqual.self)
    case .equal: visitor.visit(Equal.self)
    case .notEqual: visitor.visit(NotEqual.self)
    case .and: visitor.visit(Conjunction.self)
    case .or: visitor.visit(Disjunction.self)
    case .not: visitor.visit(Inversion.self)
    case .floorQuotient: visitor.visit(FloorQuotient.self)
    case .powerSlope: visitor.visit(PowerSlope.self)
    case .loweredPower: visitor.visit(LoweredPower.self)
    case .powerCurvature: visitor.visit(PowerCurvature.self)
    case .powerGrowth: visitor.visit(PowerGrowth.self)
    case .directionCosine: visitor.visit(DirectionCosine.self)
    case .inverseCircleHeight: visitor.visit(InverseCircleHeight.self)
    case .inverseOnePlusSquare: visitor.visit(InverseOnePlusSquare.self)
    case .inverseRadius: visitor.visit(InverseRadius.self)
    case .inverseHyperbolaHeight: visitor.visit(InverseHyperbolaHeight.self)
    case .inverseHyperbolaWidth: visitor.visit(InverseHyperbolaWidth.self)
    case .inverseOneMinusSquare: visitor.visit(InverseOneMinusSquare.self)
    case .logisticDensity: visitor.visit(LogisticDensity.self)
    case .inverseBernoulliVariance: visitor.visit(InverseBernoulliVariance.self)
    case .gaussian: visitor.visit(Gaussian.self)
    case .sincDerivative: visitor.visit(SincDerivative.self)
    case .inverseSecantWidth: visitor.visit(InverseSecantWidth.self)
    case .inverseSecantHeight: visitor.visit(InverseSecantHeight.self)
    case .inverseCosecantWidth: visitor.visit(InverseCosecantWidth.self)
    case .inverseErrorSlope: visitor.visit(InverseErrorSlope.self)
    case .lambertSlope: visitor.visit(LambertSlope.self)
    case .lambertWPlus1: visitor.visit(LambertWPlus1.self)
    case .normalDensitySlope: visitor.visit(NormalDensitySlope.self)
    case .digammaDifference: visitor.visit(DigammaDifference.self)
    case .trigammaDifference: visitor.visit(TrigammaDifference.self)
    case .betaSlope: visitor.visit(BetaSlope.self)
    case .betaMixed: visitor.visit(BetaMixed.self)
    case .besseljSlope: visitor.visit(BesselSlope<BesselJ>.self)
    case .besselySlope: visitor.visit(BesselSlope<BesselY>.self)
    case .besseljCurvature: visitor.visit(BesselCurvature<BesselJ>.self)
    case .besselyCurvature: visitor.visit(BesselCurvature<BesselY>.self)
    case .besseliSlope: visitor.visit(BesselSlope<BesselI>.self)
    case .besselkSlope: visitor.visit(BesselSlope<BesselK>.self)
    case .besseliCurvature: visitor.visit(BesselCurvature<BesselI>.self)
    case .besselkCurvature: visitor.visit(BesselCurvature<BesselK>.self)
    case .softmaxWeight: visitor.visit(SoftmaxWeight.self)
    case .declaredDerivative: visitor.visit(DeclaredDerivative.self)
    case .longSum: visitor.visit(LongSum.self)
    }
  }

  /// What the operation tells about itself.
  package var about: About { Self.abouts[Int(rawValue)] }

  /// By raw value; made once, since everything that has a name is looked for here.
  private static let abouts = allCases.map { $0.accept(AboutVisitor()) }

  /// Whether the operation sits on a kink at some point.
  package var mayHaveKinks: Bool { accept(MayHaveKinksVisitor()) }

  /// The operations of the language, in the roster's order: all but the kernels.
  package static let language = allCases.filter { !$0.isKernel }

  /// Whether only derivatives are made of it.
  package var isKernel: Bool { about.notation == .kernel }

  /// Whether the first argument is an order, in which there is no derivative.
  package var takesOrder: Bool {
    switch self {
    case .polygamma, .besselj, .bessely, .besseli, .besselk: true
    default: false
    }
  }

  /// The operations that a user may call by `name`: none, one, or several that differ in their
  /// number of arguments (`log(x)` and `log(x, base)`).
  package static func named(_ name: String) -> [Operation] {
    byName[name] ?? []
  }

  private static let byName: [String: [Operation]] = {
    var operations: [String: [Operation]] = [:]
    for operation in language {
      for name in operation.about.callNames { operations[name, default: []].append(operation) }
    }
    return operations
  }()
}

private struct AboutVisitor: OperationVisitor {
  func visit<Op: UnaryOperation>(_ operation: Op.Type) -> About { Op.about }
  func visit<Op: BinaryOperation>(_ operation: Op.Type) -> About { Op.about }
  func visit<Op: VariadicOperation>(_ operation: Op.Type) -> About { Op.about }
}

private struct MayHaveKinksVisitor: OperationVisitor {
  func visit<Op: UnaryOperation>(_ operation: Op.Type) -> Bool { Op.mayHaveKinks }
  func visit<Op: BinaryOperation>(_ operation: Op.Type) -> Bool { Op.mayHaveKinks }
  func visit<Op: VariadicOperation>(_ operation: Op.Type) -> Bool { Op.mayHaveKinks }
}
