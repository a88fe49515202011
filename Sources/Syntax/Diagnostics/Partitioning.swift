// Binary search.

extension Array {
  /// The first index whose element satisfies `isSecond`, where all that do stand behind all that
  /// do not.
  package func partitioningIndex(_ isSecond: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isSecond(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
