// A matrix of which most entries are 0 by structure.

/// The forms of sparse results.
enum SparseFormat: String, CaseIterable {
  case text, csv, json, mtx, svg
}

/// The positions of a matrix whose entries may be other than 0, with the entries.
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
