// The derivatives themselves, which claims are held against, with what rounding may have done to them.
import Calculus
import Language
import Syntax

/// Derivatives by automatic differentiation at any point.
package struct Reference {
  let subject: Subject
  let keys: [DerivativeKey]
  /// The derivatives as the rules give them, for their running errors.
  private let raw: [Tape?]
  /// The same as symbolic mode evaluates them, for each output: a second opinion.
  private let formulas: [DerivativeFormulas]?
  /// The place of each key among those of its output.
  private let places: [Int]

  /// - Parameter asksTwice: whether symbolic mode is to be asked too.
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
    // Sweeps give two orders; beyond them there are the formulas only.
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
    let sweep =
      key.path.count == 1
      ? subject.outputs[key.output].computation.tape.sweepErrors(at: point)[key.path[0]] : 0
    // A formula that overflows where the derivative does not says nothing of the derivative.
    return (error.isFinite ? error : 1e-9 * value.magnitude) + (sweep.isFinite ? sweep : 0)
  }

  /// How well a derivative is known: no better than two exact engines agree.
  func error(of index: Int, _ value: Double, at point: [Double]) -> Double {
    let rounding = rounding(of: index, value, at: point)
    // At a kink the derivative is a limit, and the formula is that of one branch.
    let tape = subject.outputs[keys[index].output].computation.tape
    if tape.hasKink(tape.slotValues(at: point)) { return rounding }
    guard let other = formulas?[keys[index].output].values(at: point)[places[index]],
      other.isFinite
    else { return rounding }
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
