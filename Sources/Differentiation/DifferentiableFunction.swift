// The door for Swift programs: a text in, a value and a gradient out.
import Calculus
import Language
import Syntax

/// A function of numbers, read from a text in the language of `autodiff`.
///
/// ```swift
/// let f = try DifferentiableFunction("ln(x1)+x1*x2-sin(x2)")
/// let result = try f.evaluate(at: [2, 5])
/// result.value     // 11.652…
/// result.gradient  // [5.5, 1.716…], in the order of f.variables
/// ```
///
/// The text may define functions, values and programs in front of the expression. Derivatives are
/// exact up to rounding: they come of one reverse sweep, not of differences.
public struct DifferentiableFunction: Sendable {
  /// The names of the arguments, in the order of `evaluate(at:)`.
  public let variables: [String]

  private let expression: Expression
  /// The function where it is the same at every point; nil where a program's path, or how many
  /// terms a sum has, depends on the point.
  private let tape: Tape?

  /// Reads a function.
  ///
  /// - Parameters:
  ///   - text: one expression, no list.
  ///   - variables: the arguments in the order that is wanted; every name that the text leaves open
  ///     must be among them, unless it is a constant. If nil: those of the text, in its order.
  /// - Throws: `FunctionError`, where the text cannot be read or a name is not known.
  public init(_ text: String, of variables: [String]? = nil) throws(FunctionError) {
    do throws(Problem) {
      let read = try Expression(SourceText(text))
      try read.requireOneOutput()
      let free = try Function.variables(of: read, naming: variables ?? [], first: variables ?? [])
      self.variables = variables ?? free
      expression = read.over(self.variables)
      tape = try Self.fixedTape(expression, self.variables)
    } catch {
      throw FunctionError(error)
    }
    try checkNames()
  }

  /// That every name has a value.
  private func checkNames() throws(FunctionError) {
    let isOpen = { (name: FreeName) in
      !variables.contains(name.name) && (name.isParameter || Catalogue.constant(name.name) == nil)
    }
    guard let name = expression.freeNames.first(where: isOpen) else { return }
    throw FunctionError(
      message: "'\(name.name)' is not among the variables",
      place: expression.source.place(of: name.range), remedy: nil)
  }

  private static func fixedTape(
    _ expression: Expression, _ variables: [String]
  ) throws(Problem) -> Tape? {
    let function: Function
    do throws(Problem) {
      function = try Function(expression, naming: variables, first: variables)
    } catch {
      if error.isAboutPath { return nil }
      throw error
    }
    return function.isBoundToPoint ? nil : function.computation().tape
  }

  /// The value and all partial derivatives at a point.
  ///
  /// - Parameter point: one number for each of `variables`.
  /// - Returns: nan in the place of what does not exist there, such as `ln(-1)`.
  /// - Throws: `FunctionError`, where the point has another number of coordinates, or a program
  ///   cannot be run at it.
  public func evaluate(at point: [Double]) throws(FunctionError) -> Evaluation {
    guard point.count == variables.count else {
      throw FunctionError(
        message: "the function has \(variables.count) variables, the point \(point.count) numbers",
        place: nil, remedy: nil)
    }
    let gradient = try tape(at: point).reverseGradient(at: point)
    let isDefined = !gradient.value.isNaN
    return Evaluation(
      value: gradient.value, gradient: gradient.partials.map { isDefined ? $0 : .nan })
  }

  private func tape(at point: [Double]) throws(FunctionError) -> Tape {
    if let tape { return tape }
    do {
      return try Computation(expression, at: Point(names: variables, values: point)).tape
    } catch {
      throw FunctionError(error)
    }
  }

  /// What a function is at a point.
  public struct Evaluation: Sendable, Equatable {
    /// f at the point.
    public let value: Double
    /// The partial derivative in each variable.
    public let gradient: [Double]
  }
}

/// Why a text is no function, or has no value.
public struct FunctionError: Error, Sendable, CustomStringConvertible {
  /// One clause, without a full stop.
  public let message: String
  /// `column 5`, or `line 2, column 5` of a text with several lines, where there is a place.
  public let place: String?
  /// What to do instead, if anything is known.
  public let remedy: String?

  init(message: String, place: String?, remedy: String?) {
    (self.message, self.place, self.remedy) = (message, place, remedy)
  }

  init(_ problem: Problem) {
    let diagnostic = problem.diagnostic
    self.init(
      message: diagnostic.message,
      place: diagnostic.range.flatMap { diagnostic.source?.place(of: $0) },
      remedy: diagnostic.remedy)
  }

  /// The place, the message and the remedy on one line, as far as there are any.
  public var description: String {
    (place.map { "\($0): " } ?? "") + message + (remedy.map { "; \($0)" } ?? "")
  }
}
