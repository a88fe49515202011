// The ways through a program that points lead to: each is made ready once.
import Calculus
import Language
import Syntax

/// The outputs of a subject along every way that a point has led to.
final class Ways {
  private var outputs = WayCache<[Subject.Output]>()
  /// The way that each point leads to.
  private var signatures: [[UInt64]: UInt64] = [:]

  /// How many points are remembered at once.
  private static let pointLimit = 100_000

  func outputs(at point: [Double]) -> [Subject.Output]? {
    signatures[point.map(\.bitPattern)].flatMap { outputs[$0] }
  }

  /// Remembers outputs, or gives those that are known of the same way.
  func add(_ new: [Subject.Output], at point: [Double]) -> [Subject.Output] {
    let signature = new.signature
    if signatures.count == Self.pointLimit { signatures = [:] }
    signatures[point.map(\.bitPattern)] = signature
    return outputs.value(of: signature, size: new.size) { new }
  }
}

/// What is made of a subject once for each way through it.
final class PerWay<Made> {
  private let subject: Subject
  private let make: (Subject) -> Made
  private var made = WayCache<Made>()

  init(_ subject: Subject, make: @escaping (Subject) -> Made) {
    self.subject = subject
    self.make = make
  }

  /// What there is where all points lead along the same way: looking the way up takes as long as
  /// there are outputs, for each derivative of each.
  private lazy var only = make(subject)

  func at(_ point: [Double]) -> Made {
    guard subject.isBoundToPoint else { return only }
    let subject = subject.at(point) ?? subject
    return made.value(of: subject.outputs.signature, size: subject.outputs.size) { make(subject) }
  }
}

/// What belongs to the last ways that were gone.
private struct WayCache<Value> {
  private var values: [UInt64: Value] = [:]
  private var size = 0

  /// How many operations all of it may have together.
  private static var sizeLimit: Int { 4_000_000 }

  subscript(signature: UInt64) -> Value? { values[signature] }

  mutating func value(of signature: UInt64, size: @autoclosure () -> Int, else make: () -> Value)
    -> Value
  {
    if let known = values[signature] { return known }
    let size = size()
    if self.size + size > Self.sizeLimit { (values, self.size) = ([:], 0) }
    let value = make()
    values[signature] = value
    self.size += size
    return value
  }
}

extension [Subject.Output] {
  /// That of all their ways together, which is another on a boundary.
  var signature: UInt64 {
    ExecutedPath.signature(of: map(\.computation.path))
  }

  /// About how much there is of them.
  fileprivate var size: Int { reduce(0) { $0 + $1.graph.count } }
}
