// What `check` is asked: an expression, claims about its derivatives, and points to judge them at.
import CommandLine
import Text
import Calculus
import Checking
import Language
import Reporting
import Syntax

struct CheckRequest {

  let subject: Subject
  /// What the outputs of a list are called; nil for an expression that is none.
  let outputs: OutputNames?
  var claims: [Claim]
  /// The claims when a list is read in alphabetical order; nil where that changes nothing.
  private(set) var alphabetical: [Claim]?
  /// Whether a program's numbers may be rounded.
  private(set) var allowsRounding = false
  /// The names of values that are derivatives themselves.
  private(set) var valueNames: [String]?
  /// The program whose output the claims are, if there is one.
  let program: ProgramClaims?
  /// The points of `--at`; nil for random ones.
  let chosen: [[Double]]?
  /// Random points of the domain, which formulas are judged and diagnosed at.
  let random: [[Double]]
  /// How many simple points follow the random ones.
  let simpleCount: Int
  let sampler: Sampler
  let seed: Int
  let tolerance: Double
  let format: CheckFormat
  let numbers: NumberFormat
  let color: ColorOption
  let notes: [Explanation]

  var points: [[Double]] { chosen ?? random }

  /// - Parameter forHandIns: whether claims come later, from files, and not by options.
  init(
    _ arguments: Arguments, _ terminal: Terminal, forHandIns: Bool = false
  ) throws {
    format = arguments.choice(.format, default: .text)
    color = arguments.choice(.color, default: .auto)
    numbers = arguments.numberFormat
    seed = arguments.count(.seed) ?? 1
    let judged = try JudgedSubject(arguments, terminal, seed: seed)
    subject = judged.subject
    outputs = judged.outputs
    chosen = judged.points
    let claims =
      forHandIns ? [] : try Self.claims(arguments, terminal, outputs, subject, at: chosen)
    program = forHandIns ? nil : try ProgramClaims(arguments)
    tolerance = try Self.tolerance(arguments)
    allowsRounding = program != nil && !arguments.has(.tolerance)
    if !judged.hasOrder, !claims.isEmpty {
      let others = try Self.claims(
        arguments, terminal, outputs, subject.inAlphabeticalOrder, at: chosen)
      let isSame = zip(claims, others).allSatisfy { $0.key == $1.key && $0.text == $1.text }
      alphabetical = isSame ? nil : others
    }
    var sampler = Sampler(subject, ranges: judged.ranges, seed: UInt64(seed))
    let count = arguments.count(.samples) ?? SampleCount.usual
    // Numbers are claims about the points at which they were computed.
    let random =
      forHandIns
      ? sampler.points(count)
      : try Self.random(count, &sampler, isAlone: chosen == nil, for: claims)
    self.sampler = sampler
    var simple: [[Double]] = []
    if program != nil, chosen == nil {
      simple = sampler.simplePointsOfDomain(ProgramClaims.simplePoints)
        .filter { !random.contains($0) }
    }
    simpleCount = simple.count
    self.random = random + simple
    let points = chosen ?? random + simple
    self.claims =
      try program?.claims(
        at: points, areRandom: chosen == nil, of: subject, outputs?.all, terminal, color) ?? claims
    notes = judged.notes + subject.aboutWays(at: points)
  }

  /// Derivatives as the values of a subject of their own.
  init(
    _ question: DependentQuestion, _ arguments: Arguments, _ terminal: Terminal
  ) throws {
    for option in [OptionDefinition.against, .withRespectTo] where arguments.has(option) {
      throw Failure.option(
        "--implicit and \(option.spelling) exclude each other", remedy: "leave one out")
    }
    format = arguments.choice(.format, default: .text)
    color = arguments.choice(.color, default: .auto)
    numbers = arguments.numberFormat
    seed = arguments.count(.seed) ?? 1
    tolerance = try Self.tolerance(arguments)
    (program, simpleCount, outputs, notes) = (nil, 0, nil, [])
    valueNames = question.derivativeNames
    subject = question.subject
    claims = try question.claims()
    let ranges = try Self.ranges(arguments, subject.expression, naming: [])
    var sampler = Sampler(subject, ranges: ranges, seed: UInt64(seed))
    let count = arguments.count(.samples) ?? SampleCount.usual
    let given = try Self.points(arguments, subject.expression, terminal)?.map(subject.coordinates)
    if let equation = try question.equationSubject() {
      random = try question.points(on: equation, count, given, &sampler)
      chosen = given ?? random
    } else {
      random = try Self.random(count, &sampler, isAlone: given == nil, for: claims)
      chosen = given
    }
    self.sampler = sampler
  }

  /// What a script's `expect` claims of `diff`, at the points that `diff` is given.
  init(_ request: DiffRequest, expecting claim: String) throws {
    format = .text
    color = request.color
    numbers = request.numbers
    seed = 1
    tolerance = VoteJudge.defaultTolerance
    program = nil
    simpleCount = 0
    outputs = request.outputs
    notes = []
    let points = request.points.isEmpty ? nil : request.points
    let subject = try Subject(request.expression, naming: request.variables, at: points?[0])
    try Self.check(subject, points)
    let claims = try request.claims(claim, subject)
    var sampler = Sampler(subject, seed: 1)
    random = try Self.random(SampleCount.usual, &sampler, isAlone: points == nil, for: claims)
    chosen = points.map { $0.map(subject.coordinates) }
    self.subject = subject
    self.claims = claims
    self.sampler = sampler
  }

  /// Random points of the domain; none where all claims are numbers, which belong to the points at
  /// which they were computed.
  private static func random(
    _ count: Int, _ sampler: inout Sampler, isAlone: Bool, for claims: [Claim]
  ) throws -> [[Double]] {
    guard isAlone || claims.contains(where: { !$0.isOfNumbers }) else { return [] }
    let points = sampler.points(count)
    if isAlone, points.isEmpty { throw Failure.noPointFound }
    return points
  }

  // MARK: Options

  /// The points of `--at`; nil without it.
  static func points(
    _ arguments: Arguments, _ expression: Expression, _ terminal: Terminal
  ) throws -> [Point]? {
    let sources = try arguments.pointTexts(terminal)
    guard !sources.isEmpty else { return nil }
    for option in [OptionDefinition.samples, .range] where arguments.has(option) {
      throw Failure.option(
        "\(option.spelling) is for random points, --at for others", remedy: "leave one out")
    }
    return try Calculation.points(sources, expression)
  }

  /// Throws where there is nothing to check, or where a program does not end at a point.
  static func check(_ subject: Subject, _ points: [Point]?) throws {
    guard !subject.activeVariables.isEmpty else {
      throw Failure.option(
        "the expression has no variable to differentiate in",
        remedy: "'autodiff eval' gives its value")
    }
    try subject.expression.checkDerivatives(
      subject.activeVariables.count, points: points?.count ?? SampleCount.usual)
    for point in points ?? [] { _ = try subject.moved(to: subject.coordinates(of: point)) }
  }

  private static func claims(
    _ arguments: Arguments, _ terminal: Terminal, _ outputs: OutputNames?, _ subject: Subject,
    at points: [[Double]]?
  ) throws -> [Claim] {
    if arguments.has(.hessian), outputs != nil { throw Failure.hessianOfList }
    var claims: [Claim] = []
    for (option, order) in [(OptionDefinition.claimedGradient, 1), (.claimedHessian, 2)] {
      guard let word = arguments.value(option) else { continue }
      if word.text.isEmpty, order == 2, arguments.has(.against) { continue }
      if word.text.isEmpty {
        throw UsageError.missingValue(option: option.spelling, argument: "CLAIM")
      }
      let source = try text(of: word.text, option.spelling, terminal)
      claims += try ClaimReader.claims(
        source, order: order, outputNames: outputs?.all, for: subject,
        at: points?.count == 1 ? points?[0] : nil)
    }
    return claims
  }

  /// An option's value, or the contents of the file that it names behind `@`.
  static func text(
    of value: String, _ option: String, _ terminal: Terminal
  ) throws -> SourceText {
    guard value.hasPrefix("@") else { return SourceText(value, name: option) }
    let path = String(value.dropFirst())
    return SourceText(
      try terminal.readFile(path), name: path)
  }

  /// The ranges of `--range`, for variables of the expression.
  static func ranges(
    _ arguments: Arguments, _ expression: Expression, naming names: [String]
  ) throws -> [String: ClosedRange<Double>] {
    guard let word = arguments.value(.range) else { return [:] }
    return try PointReader.intervals(
      SourceText(word.text, name: "--range"),
      among: Function.variables(of: expression, naming: names, first: []))
  }

  static func tolerance(_ arguments: Arguments) throws -> Double {
    guard let word = arguments.value(.tolerance) else { return VoteJudge.defaultTolerance }
    let tolerance = try PointReader.number(
      SourceText(word.text, name: "--tolerance"), for: "--tolerance")
    guard tolerance >= 0, tolerance < 1 else {
      throw Failure.option(
        "--tolerance must be at least 0 and less than 1, not \(shortest(tolerance))", remedy: nil)
    }
    return tolerance
  }
}
