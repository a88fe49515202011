// A random sample of the rows of a table, whatever their number.
import CommandLine
import Language

/// The values of a row that may be in a sample.
struct SampledRow: Sendable {
  let values: [Double]
  /// Where it stands in the table.
  let line: Int
}

/// A sample of rows, each set of so many as likely as any other (J. S. Vitter's algorithm R, 1985).
struct RowSample {
  private(set) var rows: [SampledRow] = []
  private let size: Int
  private var random: SplitMix64
  private var count = 0

  /// Nil without `--batch`.
  init?(_ arguments: Arguments) throws {
    let size = arguments.count(.batch)
    let seed = arguments.count(.seed)
    if size == nil, seed != nil { throw Failure.option("--seed belongs to --batch", remedy: nil) }
    guard let size else { return nil }
    self.size = size
    random = SplitMix64(state: UInt64(seed ?? 1))
  }

  mutating func add(_ row: SampledRow) {
    count += 1
    if rows.count < size {
      rows.append(row)
    } else {
      let place = Int.random(in: 0..<count, using: &random)
      if place < size { rows[place] = row }
    }
  }
}
