// Values at ±0, ±inf, NaN, poles and outside domains, and the conventions at kinks.
import Testing

@testable import Calculus

@Suite struct SpecialValueTests {
  /// Rows of the special table whose choice differs here: what is not a number stays so.
  static let strictlyUndefined: Set<String> = [
    "power nan 0", "power 1 nan", "power nan -0", "hypot inf nan", "hypot nan inf",
    "hypot -inf nan",
    "hypot nan -inf",
  ]

  @Test func everyRow() {
    var count = 0
    for line in HardPoints.special.split(separator: "\n") {
      let fields = line.split(separator: " ")
      let arguments = fields.dropFirst().dropLast().compactMap { Double(String($0)) }
      let name = String(fields[0])
      guard let operation = operation(name, arguments: arguments.count),
        let expected = Double(String(fields[fields.count - 1]))
      else {
        Issue.record("unreadable: \(line)")
        continue
      }
      count += 1
      let value = operation.value(arguments)
      if Self.strictlyUndefined.contains(fields.dropLast().joined(separator: " ")) {
        #expect(value.isNaN, "\(line)")
      } else {
        let error = ulps(value, expected)
        #expect(error <= 2, "\(line): \(value)")
      }
    }
    #expect(count > 400)
  }

  @Test(arguments: Operation.allCases)
  func notANumberStaysSo(_ operation: Operation) {
    let about = operation.about
    let count = about.arity.lowerBound
    // The branch that is not taken and the side that is not asked have no say.
    let decided: Set<Operation> = [.select, .and, .or, .declaredDerivative, .longSum]
    for position in 0..<count where !(decided.contains(operation) && position > 0) {
      var arguments = Array(repeating: 1.0, count: count)
      arguments[position] = .nan
      #expect(operation.value(arguments).isNaN, "argument \(position)")
    }
  }

  @Test func conventionsAtKinks() {
    func slope(_ operation: Operation, _ arguments: [Double]) -> [Double] {
      let tape = tape(of: operation, arguments: arguments.count)
      let reverse = tape.reverseGradient(at: arguments).partials
      #expect(reverse == tape.forwardGradient(at: arguments).partials)
      return reverse
    }
    #expect(slope(.abs, [0]) == [0])
    #expect(slope(.abs, [-0.0]) == [0])
    #expect(slope(.relu, [0]) == [0])
    #expect(slope(.sign, [0]) == [0])
    #expect(slope(.step, [0]) == [0])
    #expect(slope(.floor, [2]) == [0])
    #expect(slope(.max, [1, 1]) == [0.5, 0.5])
    let third: Double = 1 / 3
    #expect(slope(.min, [3, 3, 3]) == [third, third, third])
    #expect(slope(.max, [0, -0.0]) == [0.5, 0.5])
    #expect(slope(.clamp, [0, 0, 1]) == [0.5, 0.5, 0])
    #expect(slope(.clamp, [0.5, 0, 1]) == [1, 0, 0])
    #expect(slope(.clamp, [1, 0, 1]) == [0.5, 0, 0.5])
    #expect(slope(.clamp, [2, 0, 1]) == [0, 0, 1])
    #expect(slope(.hypot, [0, 0]) == [0, 0])
    #expect(slope(.atan2, [0, 0]) == [0, 0])
    #expect(slope(.select, [1, 5, 7]) == [0, 1, 0])
    #expect(slope(.select, [0, 5, 7]) == [0, 0, 1])
    #expect(slope(.power, [0, 0]) == [0, -.infinity])
    #expect(slope(.power, [0, 2]) == [0, 0])
    #expect(slope(.power, [0, 1]) == [1, 0])
    #expect(slope(.power, [0, 0.5]) == [.infinity, 0])
    #expect(slope(.sqrt, [0]) == [.infinity])
    #expect(slope(.cbrt, [0]) == [.infinity])
    #expect(slope(.asin, [1]) == [.infinity])
    #expect(slope(.stopGradient, [3]) == [0])
  }

  @Test func wholePowersTakeAnyBase() {
    let bases: [Double] = [-3, -0.5, 0, 2, -Double.infinity, 1e300, -1e-300]
    for base in bases {
      for exponent: Double in [0, 1, 2, 3, 7] {
        let tape = tape(of: .power, arguments: 2)
        let slope = tape.reverseGradient(at: [base, exponent]).partials[0]
        let lower: Double = exponent - 1
        let expected: Double = exponent == 0 ? 0 : exponent * Libm.pow(base, lower)
        #expect(slope == expected, "\(base)^\(exponent)")
      }
    }
  }

  @Test(arguments: Operation.allCases)
  func oneSidedSlopesMeetTheFunction(_ operation: Operation) {
    // At a kink, the one-sided slope and limit are those of the function a little to that side.
    let places: [Operation: [[Double]]] = [
      .abs: [[0]], .relu: [[0]], .sign: [[0]], .step: [[0]], .floor: [[2], [-1], [0]],
      .ceil: [[2], [0]], .round: [[0.5], [1.5], [-2.5]], .trunc: [[2], [-3]],
      .max: [[1, 1], [2, 2, 2]], .min: [[1, 1]], .clamp: [[0, 0, 1], [1, 0, 1]],
      .hypot: [[0, 0]], .atan2: [[0, -1], [0, 0]], .remainder: [[4, 2], [-6, 3], [6, -3]],
      .less: [[1, 1]], .greaterOrEqual: [[1, 1]], .equal: [[1, 1]],
    ]
    for place in places[operation] ?? [] {
      #expect(hasKink(operation, place), "\(place)")
      for position in place.indices {
        for side: Double in [-1, 1] {
          let h: Double = side * 0x1p-20
          var near = place
          near[position] += h
          var nearer = place
          nearer[position] += h / 2
          let rise: Double = operation.value(near) - operation.value(nearer)
          let slope: Double = rise / (h / 2)
          var direction = Array(repeating: 0.0, count: place.count)
          direction[position] = side
          let limit = operation.limit(place, toward: direction)
          let directional = operation.directional(place, toward: direction)
          let gap: Double = limit - operation.value(nearer)
          let bend: Double = directional * side - slope
          #expect(gap.magnitude < 1e-5, "\(place) \(side)")
          #expect(bend.magnitude < 1e-5, "\(place) \(side)")
        }
      }
    }
  }
}
