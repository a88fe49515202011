// Timing of closures and the layout of the benchmark's tables.

/// The shortest of `runs` times that `body` takes, in seconds.
func bestTime(of runs: Int, _ body: () throws -> Void) rethrows -> Double {
  let clock = ContinuousClock()
  var best = Double.infinity
  for _ in 0..<runs {
    let duration = try clock.measure(body)
    let (seconds, attoseconds) = duration.components
    best = min(best, Double(seconds) + Double(attoseconds) * 1e-18)
  }
  return best
}

/// A number rounded to three significant digits or so, right-aligned in ten columns.
func cell(_ value: Double) -> String {
  var scale = 1.0
  while value != 0, (value * scale).magnitude < 100, scale < 1e12 { scale *= 10 }
  let rounded = (value * scale).rounded() / scale
  return cell("\(rounded)")
}

func cell(_ text: String) -> String {
  String(repeating: " ", count: max(0, 11 - text.count)) + text
}

func row(_ cells: [String]) { print(cells.joined(separator: " ")) }
