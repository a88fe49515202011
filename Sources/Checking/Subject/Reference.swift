// The true derivatives that claims are compared with, and bounds for their rounding errors.
import Calculus
import Language
import Syntax

/// Derivatives by automatic differentiation at any point.
package struct Reference {
  let subject: Subject
  let keys: [DerivativeKey]
  /// The derivatives before simplification, whose running errors are those of the rules.
  private let raw: [Tape?]
  /// For each output, the same by symbolic mode, as a second opinion.
  private let formulas: [DerivativeFormulas]?
  /// For each key, its position among the keys of its output.
  private let places: [Int]
  private let sweeps = Sweeps()

  /// What one sweep over an output says of all its derivatives at a point.
  private struct Sweep {
    /// How far rounding may move each first derivative in the sweep itself.
    let errors: [Double]
    let hasKink: Bool
    /// The derivatives by symbolic mode, in the order of the output's keys.
    let others: [Double]?
  }

  /// The sweeps at the last points: claims about many variables share them.
  private final class Sweeps {
    private static let limit = 64
    private var known: [Place: Sweep] = [:]

    struct Place: Hashable {
      let output: Int
      /// The bits of the point: -0 is another one than 0.
      let point: [UInt64]
    }

    func sweep(_ place: Place, _ make: () -> Sweep) -> Sweep {
      if let sweep = known[place] { return sweep }
      if known.count >= Self.limit { known = [:] }
      let sweep = make()
      known[place] = sweep
      return sweep
    }
  }

  private func sweep(of output: Int, at point: [Double]) -> Sweep {
    sweeps.sweep(Sweeps.Place(output: output, point: point.map(\.bitPattern))) {
      let tape = subject.outputs[output].computation.tape
      return Sweep(
        errors: tape.sweepErrors(at: point), hasKink: tape.hasKink(tape.slotValues(at: point)),
        others: formulas?[output].values(at: point))
    }
  }

  /// - Parameter asksTwice: whether symbolic mode computes them as well.
  init(_ subject: Subject, _ keys: [DerivativeKey], asksTwice: Bool = true) {
    self.subject = subject
    self.keys = keys
    let isActive = subject.variables.map { _ in true }
    let ownKeys = subject.outputs.indices.map { output in keys.filter { $0.output == output } }
    formulas =
      !asksTwice
      ? nil
      : zip(subject.outputs, ownKeys).map { output, own in
        DerivativeFormulas(
          output.graph, of: [output.root], along: own.map(\.path),
          variableCount: subject.variables.count)
      }
    var next = subject.outputs.map { _ in 0 }
    places = keys.map { key in
      next[key.output] += 1
      return next[key.output] - 1
    }
    var tapes: [DerivativeKey: Tape] = [:]
    for (output, own) in ownKeys.enumerated() {
      guard let formulas = subject.formulas(of: output, along: own.map(\.path), form: .raw)
      else { continue }
      for (key, root) in zip(own, formulas.roots) {
        tapes[key] = Tape(formulas.graph, output: root, isActive: isActive)
      }
    }
    raw = keys.map { tapes[$0] }
  }

  /// The derivatives at a point, in the order of the keys.
  func values(at point: [Double]) -> [Double] {
    // Sweeps give first and second derivatives; higher ones come from the formulas alone.
    if let formulas, keys.contains(where: { $0.path.count > 2 }) {
      let values = formulas.map { $0.values(at: point) }
      return zip(keys, places).map { values[$0.output][$1] }
    }
    return subject.derivatives(keys, at: point)
  }

  /// How far rounding may have moved a derivative.
  func rounding(of index: Int, _ value: Double, at point: [Double]) -> Double {
    let key = keys[index]
    let error = raw[index].map { RunningError($0, at: point).error } ?? .nan
    let sweep = key.path.count == 1 ? self.sweep(of: key.output, at: point).errors[key.path[0]] : 0
    // A formula that overflows where the derivative does not gives no bound for its error.
    return (error.isFinite ? error : 1e-9 * value.magnitude) + (sweep.isFinite ? sweep : 0)
  }

  /// A bound for the error of a derivative: at least the difference between two exact engines.
  func error(of index: Int, _ value: Double, at point: [Double]) -> Double {
    let rounding = rounding(of: index, value, at: point)
    // At a kink the derivative is a limit of both sides, while the formula is that of one branch.
    let sweep = sweep(of: keys[index].output, at: point)
    guard !sweep.hasKink, let other = sweep.others?[places[index]], other.isFinite else {
      return rounding
    }
    return max(rounding, (other - value).magnitude)
  }
}

extension Subject {
  /// Derivatives at a point by automatic differentiation, in the order of the keys.
  func derivatives(_ keys: [DerivativeKey], at point: [Double]) -> [Double] {
    var gradients: [Int: Gradient] = [:]
    var hessians: [Int: [[Double]]] = [:]
    return keys.map { key in
      let tape = outputs[key.output].computation.tape
      if key.path.count < 2 {
        let gradient = gradients[key.output] ?? tape.reverseGradient(at: point)
        gradients[key.output] = gradient
        return key.path.first.map { gradient.partials[$0] } ?? gradient.value
      }
      let hessian = hessians[key.output] ?? tape.hessian(at: point)
      hessians[key.output] = hessian
      return hessian[key.path[0]][key.path[1]]
    }
  }
}
