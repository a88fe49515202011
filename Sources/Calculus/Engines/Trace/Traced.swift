// A number together with its formula: one run of a rule gives both columns of a trace.

/// A double and the term that says how it came about; choices go by the number.
struct Traced: Scalar {
  let value: Double
  let term: Term

  init(_ value: Double, _ term: Term) {
    self.value = value
    self.term = term
  }

  init(integerLiteral value: Double.IntegerLiteralType) {
    self.init(Double(value), Term(integerLiteral: value))
  }

  init(floatLiteral value: Double) { self.init(value, Term(floatLiteral: value)) }

  func constant(_ value: Double) -> Traced { Traced(value, term.constant(value)) }

  var number: Double? { value }
  var isZero: Bool { value == 0 }
  var isNaN: Bool { value.isNaN }
  var isOrdinary: Bool { value.isOrdinary }

  static func apply<Rule: UnaryRule>(_ rule: Rule.Type, _ x: Traced) -> Traced {
    Traced(Rule.value(x.value), Rule.term(x.term))
  }

  static func apply<Rule: BinaryRule>(_ rule: Rule.Type, _ x: Traced, _ y: Traced) -> Traced {
    Traced(Rule.value(x.value, y.value), Rule.term(x.term, y.term))
  }

  static func apply<Rule: VariadicRule>(_ rule: Rule.Type, _ xs: [Traced]) -> Traced {
    Traced(Rule.value(xs.map(\.value)), Rule.term(xs.map(\.term)))
  }
}
