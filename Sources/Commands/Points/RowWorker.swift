// What a thread does with a piece of a table: its rows are read, evaluated, and written.
import Calculus
import Language

/// Reads, evaluates and writes the rows of pieces.
struct RowWorker {
  private let plan: RowPlan
  private var evaluator: RowEvaluator
  private var block: RowBlock

  init(_ plan: RowPlan) {
    self.plan = plan
    evaluator = RowEvaluator(plan.task)
    block = RowBlock(
      variables: plan.columns.places.count, shown: plan.columns.shown.count,
      results: plan.task.resultNames.count)
  }

  mutating func run(_ chunk: RowChunk) -> RowOutcome {
    switch plan.layout {
    case .separated(let separator, let hasQuotes):
      var reader = CSVReader(chunk.bytes, separator: separator, hasQuotes: hasQuotes)
      return run(&reader, chunk)
    case .objects:
      var reader = JSONLinesReader(chunk.bytes, columns: plan.header)
      return run(&reader, chunk)
    case .array(let array):
      var reader = NumPyReader(chunk.bytes, array)
      return run(&reader, chunk)
    case .grids(let grids):
      var reader = GridReader(grids, chunk.points)
      return run(&reader, chunk)
    }
  }

  private mutating func run<Reader: TableReader>(
    _ reader: inout Reader, _ chunk: RowChunk
  ) -> RowOutcome {
    var outcome = RowOutcome()
    var sink = ByteSink(capacity: 4 * chunk.bytes.count + 64 * chunk.points.count)
    var record = TableRecord()
    var isRow = true
    while isRow, !outcome.hasEnded {
      block.begin(textCount: chunk.bytes.count)
      while isRow, !block.isFull {
        reader.readPlainRows(into: &block, plan.columns)
        if block.isFull { break }
        do throws(TableFault) {
          isRow = try reader.read(&record)
          if isRow { plan.columns.read(record, into: &block) }
        } catch {
          outcome.fault = error
          isRow = false
        }
      }
      finishBlock(&outcome, chunk, &sink)
    }
    outcome.bytes = sink.bytes
    outcome.lineCount = reader.line - 1
    outcome.isReady = evaluator.isReady
    outcome.failure = evaluator.firstFailure
    return outcome
  }

  private mutating func finishBlock(
    _ outcome: inout RowOutcome, _ chunk: RowChunk, _ sink: inout ByteSink
  ) {
    if case .sample = plan.purpose {
      keepRows(&outcome)
      return
    }
    let badCount = outcome.tally.badCount
    let count = evaluator.evaluate(&block, isStrict: plan.isStrict, &outcome.tally)
    outcome.hasEnded = plan.isStrict && outcome.tally.badCount > badCount
    switch plan.purpose {
    case .rows(let writer):
      writer.write(block, count: count, piece: chunk.bytes.span, to: &sink)
    case .results:
      for row in 0..<count {
        let results = block.results(of: row)
        if results.allSatisfy(\.isFinite) { outcome.results += results }
      }
    case .sample: return
    }
  }

  /// Keeps the rows as they are, but for those that are none.
  private func keepRows(_ outcome: inout RowOutcome) {
    for row in 0..<block.count {
      if let problem = block.problems[row] {
        outcome.tally.add(RowFinding(problem: problem), line: block.lines[row])
      } else {
        outcome.rows.append(
          SampledRow(values: Array(block.values(of: row)), line: block.lines[row]))
      }
    }
  }

  /// Evaluates rows that have been kept.
  mutating func run(_ rows: [SampledRow]) -> RowOutcome {
    var outcome = RowOutcome()
    var sink = ByteSink()
    var rest = rows[...]
    while !rest.isEmpty {
      block.begin(textCount: 0)
      for row in rest.prefix(RowBlock.capacity) {
        for (variable, value) in row.values.enumerated() { block.set(variable: variable, value) }
        block.endRow(line: row.line)
      }
      rest = rest.dropFirst(RowBlock.capacity)
      finishBlock(&outcome, RowChunk(), &sink)
    }
    outcome.isReady = evaluator.isReady
    outcome.failure = evaluator.firstFailure
    return outcome
  }
}
