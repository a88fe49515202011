// What a mistyped name was probably meant to be.

/// The candidate that is closest to a name: the same but for case, or otherwise one slip away (two
/// in names longer than four characters), a slip being a letter too many, too few, wrong, or
/// swapped with its neighbour. Among equals the longer common beginning wins, then the order given.
package func editDistanceSuggestion(for name: String, among candidates: [String]) -> String? {
  // Suggestions rarely help with very long names, and the cost stays bounded.
  guard name.utf8.count <= 256 else { return nil }
  let folded = Array(name.lowercased())
  let limit = folded.count <= 1 ? 0 : folded.count <= 4 ? 1 : 2
  var best: (candidate: String, distance: Int, prefix: Int)?
  for candidate in candidates where candidate != name && candidate.utf8.count <= 512 {
    let other = Array(candidate.lowercased())
    guard abs(other.count - folded.count) <= limit else { continue }
    guard let distance = editDistance(folded, other, limit: limit) else { continue }
    let prefix = agreement(folded, other)
    if let best, (best.distance, -best.prefix) <= (distance, -prefix) { continue }
    best = (candidate, distance, prefix)
  }
  return best?.candidate
}

/// How well two names begin alike; one that begins with the whole of the other comes first.
private func agreement(_ name: [Character], _ candidate: [Character]) -> Int {
  let common = zip(name, candidate).prefix { $0 == $1 }.count
  return 2 * common + (common == candidate.count ? 1 : 0)
}

/// The Damerau–Levenshtein distance (of optimal string alignments), or nil beyond the limit.
private func editDistance(_ a: [Character], _ b: [Character], limit: Int) -> Int? {
  var beforePrevious: [Int] = []
  var previous = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    row.reserveCapacity(b.count + 1)
    for j in b.indices {
      var cost = min(previous[j + 1] + 1, row[j] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        cost = min(cost, beforePrevious[j - 1] + 1)
      }
      row.append(cost)
    }
    if let least = row.min(), least > limit { return nil }
    (beforePrevious, previous) = (previous, row)
  }
  return previous[b.count] <= limit ? previous[b.count] : nil
}
