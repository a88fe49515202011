// `eval --mode forward` of long programs, in memory that does not grow with their steps.
import CommandLine
import Calculus
import Language

extension Evaluator {
  /// The evaluation of a long program where only forward mode and only numbers are asked for; nil
  /// where the general evaluation is needed.
  func forwardRun(_ arguments: Arguments) throws -> Evaluation? {
    let point = calculation.points[0]
    let active = calculation.active ?? point.names
    guard modes == [.forward], !wantsHessian, !arguments.has(.watch),
      calculation.points.count == 1, active.allSatisfy(point.names.contains)
    else { return nil }
    let wanted = point.names.indices.filter { active.contains(point.names[$0]) }
    let directions =
      calculation.direction.map { direction in [point.names.map { direction.value(of: $0) ?? 0 }] }
      ?? wanted.map { variable in point.names.indices.map { $0 == variable ? 1 : 0 } }
    let run = try ForwardRun(calculation.expression, at: point, along: directions)
    guard let run else { return nil }
    let names =
      calculation.direction == nil ? wanted.map { "d/d\(point.names[$0])" } : ["derivative"]
    let result = EngineResult(
      mode: .forward, values: [run.value], derivatives: run.derivatives,
      cost: .forwardSweeps(directions.count), quotients: [])
    return Evaluation(
      point: point, valueNames: ["value"], names: names, results: [result], hessians: [],
      products: [],
      explanations: calculation.notes)
  }
}
