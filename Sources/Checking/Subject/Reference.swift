// The true derivatives that claims are compared with, and bounds for their rounding errors.
import Calculus
import Language
import Syntax

/// Derivatives by automatic differentiation at any point.
package struct Reference {
  let subject: Subject
  let keys: [DerivativeKey]
  /// For each output, its derivatives before simplification, whose running errors are those of the
  /// rules.
  private let raw: [Tape?]
  /// For each output, the same by symbolic mode, as a second opinion.
  private let formulas: [DerivativeFormulas]?
  /// For each key, its position among the keys of its output.
  private let places: [Int]
  /// What is known of the points so far: a sweep says it of all derivatives at once.
  private let known = KnownPoints()

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
    raw = ownKeys.enumerated().map { output, own in
      guard !own.isEmpty,
        let formulas = subject.formulas(of: output, along: own.map(\.path), form: .raw)
      else { return nil }
      return Tape(formulas.graph, outputs: formulas.roots, isActive: isActive)
    }
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
    let errors = errors(of: key.output, at: point)
    let error = errors.formulas?[places[index]] ?? .nan
    let sweep = key.path.count == 1 ? errors.sweep[key.path[0]] : 0
    // A formula that overflows where the derivative does not gives no bound for its error.
    return (error.isFinite ? error : 1e-9 * value.magnitude) + (sweep.isFinite ? sweep : 0)
  }

  /// A bound for the error of a derivative: at least the difference between two exact engines.
  func error(of index: Int, _ value: Double, at point: [Double]) -> Double {
    let rounding = rounding(of: index, value, at: point)
    guard let other = errors(of: keys[index].output, at: point).secondOpinions?[places[index]],
      other.isFinite
    else { return rounding }
    return max(rounding, (other - value).magnitude)
  }

  private func errors(of output: Int, at point: [Double]) -> PointErrors {
    known.errors(of: output, at: point) {
      let tape = subject.outputs[output].computation.tape
      // At a kink the derivative is a limit of both sides, while the formula is that of one branch.
      let isKink = formulas != nil && tape.hasKink(tape.slotValues(at: point))
      return PointErrors(
        formulas: raw[output].map { RunningError.all(of: $0, at: point).map(\.error) },
        sweep: tape.sweepErrors(at: point),
        secondOpinions: isKink ? nil : formulas?[output].values(at: point))
    }
  }
}

/// What there is to know of the errors of an output's derivatives at a point.
private struct PointErrors {
  /// The running errors of the formulas; nil where there are none.
  let formulas: [Double]?
  /// For each variable, what the sweep may have lost of the derivative in it.
  let sweep: [Double]
  /// The derivatives by another engine; nil where that has nothing to say.
  let secondOpinions: [Double]?
}

/// The errors at the points that were looked at, so that each point is looked at once.
private final class KnownPoints {
  private struct Place: Hashable {
    let output: Int
    /// The bits of the point: -0 is another one than 0.
    let point: [UInt64]
  }

  /// How many are kept.
  private static let limit = 256
  private var errors: [Place: PointErrors] = [:]

  func errors(of output: Int, at point: [Double], _ make: () -> PointErrors) -> PointErrors {
    let place = Place(output: output, point: point.map(\.bitPattern))
    if let known = errors[place] { return known }
    let made = make()
    if errors.count >= Self.limit { errors = [:] }
    errors[place] = made
    return made
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
