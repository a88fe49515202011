// Reading an expression, with advice where it cannot be read or where it means something else than
// it seems to.
import Syntax

extension Expression {
  /// - Parameters:
  ///   - definitions: what was defined before; the text may define more.
  ///   - named: names that are variables by the command line, each a single name however it looks.
  package init(
    _ source: SourceText, after definitions: Definitions = Definitions(), named: Set<String> = [],
    operationLimit: Int = Expression.usualOperationLimit, observer: RequestObserver? = nil
  ) throws(Problem) {
    do throws(Problem) {
      self = try Self.readingAlone(
        source, after: definitions, named: named, operationLimit: operationLimit, observer)
    } catch {
      throw error.advised(about: source, after: definitions)
    }
    guard let doubt = doubt ?? doubtfulSpelling(named: named) else { return }
    if case .reported(_, remedy: _?) = doubt.kind { throw doubt }
    let problem = doubt.advised(about: source, after: definitions)
    if problem.advice != nil { throw problem }
  }

  /// An expression, or a definition alone, `f(x) = x^2`, in the place of one.
  private static func readingAlone(
    _ source: SourceText, after definitions: Definitions, named: Set<String>,
    operationLimit: Int, _ observer: RequestObserver?
  ) throws(Problem) -> Expression {
    do throws(Problem) {
      return try Expression(
        reading: source, after: definitions, named: named, operationLimit: operationLimit,
        observer: observer)
    } catch {
      guard let body = source.definedAlone,
        let expression = try? Expression(
          reading: body, after: definitions, named: named, operationLimit: operationLimit,
          observer: observer),
        expression.freeNames.contains(where: { Catalogue.constant($0.name) == nil })
      else { throw error }
      return expression
    }
  }
}
