// `check --format json`: one object with the verdict, and what each derivative came to.
import Calculus
import Checking
import Language
import Reporting

extension CheckReport {
  var json: JSON {
    let subject = request.subject
    var members: [(key: String, value: JSON)] = [
      ("expression", .string(subject.expression.text)),
      ("wrt", names(subject.activeVariables)),
    ]
    if let program = request.program { members.append(("against", .string(program.command))) }
    members += [
      ("verdict", .string(outcome.verdict.rawValue)),
      ("samples", .integer(request.points.count)),
    ]
    if request.chosen == nil { members.append(("seed", .integer(request.seed))) }
    members.append(
      outcome.claims.isEmpty
        ? ("votes", .array(outcome.votes.map(vote)))
        : ("claims", .array(outcome.claims.map(claim))))
    members.append(("notes", .array(outcome.notes.map(\.json))))
    return .object(members)
  }

  private func names(_ variables: [Int]) -> JSON {
    .array(variables.map { .string(request.subject.variables[$0]) })
  }

  private func vote(_ vote: VoteResult) -> JSON {
    let worst = vote.worst
    var members = identity(vote.quantity)
    members += [
      ("verdict", .string(vote.verdict.rawValue)),
      ("point", request.subject.point(worst.point).json),
      ("forward", .number(worst.forward)), ("reverse", .number(worst.reverse)),
    ]
    if let symbolic = worst.symbolic { members.append(("symbolic", .number(symbolic))) }
    if let numerical = worst.numerical {
      members += [
        ("numerical", .number(numerical.value)),
        ("estimate", .number(numerical.errorEstimate)),
        ("evaluations", .integer(numerical.evaluations)),
      ]
    }
    return .object(members)
  }

  private func identity(_ quantity: VoteResult.Quantity) -> [(key: String, value: JSON)] {
    switch quantity {
    case .partial(let key): return identity(key)
    case .directional(let output, let direction):
      let direction: (key: String, value: JSON) = (
        "direction", request.subject.point(direction).json
      )
      return [("name", .string(name(quantity)))] + self.output(output) + [direction]
    }
  }

  private func identity(_ key: DerivativeKey) -> [(key: String, value: JSON)] {
    [("name", .string(request.name(key)))] + output(key.output) + [("wrt", names(key.path))]
  }

  private func output(_ output: Int) -> [(key: String, value: JSON)] {
    request.outputs.map { [("output", .string($0[output]))] } ?? []
  }

  private func claim(_ claim: ClaimResult) -> JSON {
    let telling = claim.telling
    let evidence =
      claim.verdict == .disagree
      ? "counterexample" : claim.isShownByAlgebra ? "algebra" : "points"
    var members = identity(claim.key)
    members += [
      ("claim", .string(claim.text)), ("verdict", .string(claim.verdict.rawValue)),
      ("evidence", .string(evidence)),
      ("point", request.subject.point(telling.point).json),
      ("claimed", .number(telling.claim)), ("derivative", .number(telling.derivative)),
    ]
    if let mistake = claim.mistake {
      members.append(
        (
          "diagnosis",
          .object([
            ("kind", .string(mistake.kind.rawValue)), ("message", .string(mistake.message)),
          ])
        ))
    }
    return .object(members)
  }
}
