// Definitions read from files, before there is an expression to use them.
import Syntax

extension Definitions {
  /// These definitions and, after them, those of another text.
  package func loading(_ source: SourceText) throws(Problem) -> Definitions {
    let text = text(with: source)
    let known = list.count
    let all = try parsing(text) { text throws(SyntaxError) in
      try parseDefinitions(text, after: self)
    }
    try Catalogue.check(all.list[known...], of: all.symbolNames, in: text)
    return all
  }

  /// Reads definitions by themselves: the functions whose derivatives they declare may be
  /// elsewhere.
  package init(alone source: SourceText) throws(Problem) {
    let all = try parsing(source) { text throws(SyntaxError) in
      try parseDefinitions(text, isSkimming: true)
    }
    try Catalogue.check(all.list[...], of: all.symbolNames, in: source)
    self = all
  }
}
