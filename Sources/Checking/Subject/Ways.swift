// The paths that a program takes at different points: what each needs is made once.
import Calculus
import Language
import Syntax

/// The outputs of a subject for every path that a point has led to.
final class Ways {
  private var outputs = WayCache<[Subject.Output]>()
  /// The signature of the path at each point.
  private var signatures: [[UInt64]: UInt64] = [:]

  /// How many points are remembered at once.
  private static let pointLimit = 100_000

  func outputs(at point: [Double]) -> [Subject.Output]? {
    signatures[point.map(\.bitPattern)].flatMap { outputs[$0] }
  }

  /// Remembers outputs, or returns those that are known for the same path.
  func add(_ new: [Subject.Output], at point: [Double]) -> [Subject.Output] {
    let signature = new.signature
    if signatures.count == Self.pointLimit { signatures = [:] }
    signatures[point.map(\.bitPattern)] = signature
    return outputs.value(of: signature, size: new.size) { new }
  }
}

/// Something that is made of a subject once for each path.
final class PerWay<Made> {
  private let subject: Subject
  private let make: (Subject) -> Made
  private var made = WayCache<Made>()

  init(_ subject: Subject, make: @escaping (Subject) -> Made) {
    self.subject = subject
    self.make = make
  }

  /// The one there is where all points lead along the same path: comparing signatures takes time in
  /// the number of outputs, and would be done for each derivative of each output.
  private lazy var only = make(subject)

  func at(_ point: [Double]) -> Made {
    guard subject.isBoundToPoint else { return only }
    let subject = subject.at(point) ?? subject
    return made.value(of: subject.outputs.signature, size: subject.outputs.size) { make(subject) }
  }
}

/// The values for the paths that were met last.
private struct WayCache<Value> {
  private var values: [UInt64: Value] = [:]
  private var size = 0

  /// How many operations the remembered values may have together.
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
  /// The signature of all outputs' paths together, which is another one exactly at a boundary
  /// between branches.
  var signature: UInt64 {
    ExecutedPath.signature(of: map(\.computation.path))
  }

  /// About how many operations they have.
  fileprivate var size: Int { reduce(0) { $0 + $1.graph.count } }
}
