// The order in which the steps of a table are computed, whatever the order of its rows.
import Calculus
import Checking
import Language
import Syntax

/// A row that is computed from itself.
struct StepCycle: Error {
  let row: Int
}

extension [TraceStep] {
  /// The steps' indices, arguments before their users.
  var topologicalOrder: Result<[Int], StepCycle> {
    let users = users
    var waiting = map { Set($0.function?.arguments ?? []).count }
    var order = indices.filter { waiting[$0] == 0 }
    var next = 0
    while next < order.count {
      for user in users[order[next]] {
        waiting[user] -= 1
        if waiting[user] == 0 { order.append(user) }
      }
      next += 1
    }
    let stuck = indices.lazy.filter { waiting[$0] > 0 }.compactMap { self[$0].row }.first
    return stuck.map { .failure(StepCycle(row: $0)) } ?? .success(order)
  }

  /// For each step those that are computed from it.
  var users: [[Int]] {
    var users = [[Int]](repeating: [], count: count)
    for (index, step) in enumerated() {
      for argument in Set(step.function?.arguments ?? []) { users[argument].append(index) }
    }
    return users
  }
}
