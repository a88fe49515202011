// The ways in which a table can be read, where it does not say itself which is meant.

/// Choices between readings: what was decided, and which others there were.
struct Readings {
  /// One place where a table can be read in several ways.
  struct Fork {
    let key: String
    /// What each way is called; the first is the likeliest.
    let ways: [String]
  }

  private(set) var forks: [Fork] = []
  var taken: [String: Int] = [:]

  /// The way to take, the likeliest where nothing is decided.
  mutating func way(_ key: String, _ ways: [String]) -> Int {
    if !forks.contains(where: { $0.key == key }) { forks.append(Fork(key: key, ways: ways)) }
    return min(taken[key] ?? 0, ways.count - 1)
  }

  /// What was chosen against the likeliest way, in words.
  var told: [String] {
    forks.compactMap { fork in
      guard let way = taken[fork.key], way > 0 else { return nil }
      return "\(fork.key) is read as \(fork.ways[way])"
    }
  }
}
