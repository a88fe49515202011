// A matrix of which most places are 0 by structure.

/// The forms of sparse results.
enum SparseFormat: String, CaseIterable {
  case text, csv, json, mtx, svg
}

/// The places of a matrix that may hold something other than 0, with the numbers there.
struct SparseMatrix {
  let rowNames: [String]
  let columnNames: [String]
  /// For each row its columns, in rising order.
  let columns: [[Int]]
  /// Parallel to the columns.
  let values: [[Double]]
  let isSymmetric: Bool
  /// How many sweeps the numbers took.
  let sweepCount: Int

  var count: Int { columns.reduce(0) { $0 + $1.count } }
}
