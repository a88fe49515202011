// A sum of many terms of one pattern as one operation: memory does not grow with the number of terms.

/// Σ t(x₁ … xₘ, i) over i = a … b, where the counter i is a number and nothing decides by it.
///
/// The term's operations are operands, too: numbers that are read when the sum is evaluated. So equal
/// sums are equal nodes, and a node needs nothing beside its graph.
enum LongSum: VariadicOperation {
  static var operation: Operation { .longSum }
  static var about: About {
    .kernel(
      "sum", of: ["a", "b", "x", "…"], arity: 7...Int.max, "a sum of terms of one pattern")
  }
  static var continuation: VariadicContinuation { .analytic { total($0) } }

  static func value(_ xs: [Double]) -> Double {
    SumPattern(xs)?.sum(at: xs).value ?? .nan
  }

  static func scaled(_ xs: [Scaled]) -> Scaled { total(xs) }

  static func partials<S: Scalar>(_ xs: [S], _ y: S) -> [S] {
    guard let pattern = SumPattern(xs.map { $0.number ?? .nan }) else {
      return xs.map { $0.constant(.nan) }
    }
    if let numbers = xs as? [Double], let partials = pattern.sum(at: numbers).partials as? [S] {
      return partials
    }
    return pattern.partials(xs)
  }

  /// What the pattern says of the sum is not asked of derivatives.
  static func roles(_ xs: [Double]) -> [EdgeRole] {
    let captured = SumPattern.captured(xs)
    return xs.indices.map { captured.contains($0) ? .smooth : .ignored }
  }

  private static func total<S: Scalar>(_ xs: [S]) -> S {
    SumPattern(xs.map { $0.number ?? .nan })?.total(xs) ?? xs[0].constant(.nan)
  }
}

/// What there is to know of long sums before they are made.
package enum LongSums {
  /// Whether all terms and their derivatives are of ordinary size where the operands of a sum are these.
  package static func isPlain(_ operands: [Double]) -> Bool {
    SumPattern(operands)?.sum(at: operands).isPlain == true
  }
}

/// The operands of a long sum: the first and the last count; how many numbers are taken from outside, and
/// how many constants there are; those; and for each operation of the term, its code and its arguments,
/// counted from the first number on, the counter between the numbers from outside and the constants.
struct SumPattern {
  let range: ClosedRange<Int>
  /// Which operands are the numbers from outside.
  let captured: Range<Int>
  /// A term, over the numbers from outside and, last, the counter.
  private let term: StraightLine

  /// Operands in front of the numbers from outside.
  private static let headCount = 4

  static func captured(_ numbers: [Double]) -> Range<Int> {
    guard numbers.count > headCount, let count = Int(exactly: numbers[2]),
      (0...numbers.count - headCount).contains(count)
    else { return 0..<0 }
    return headCount..<headCount + count
  }

  /// Nil where the numbers are no sum.
  init?(_ numbers: [Double]) {
    captured = Self.captured(numbers)
    guard !captured.isEmpty, let first = Int(exactly: numbers[0]),
      let last = Int(exactly: numbers[1]), first <= last,
      let constantCount = Int(exactly: numbers[3]), constantCount >= 0,
      captured.upperBound + constantCount <= numbers.count
    else { return nil }
    range = first...last
    let codeStart = captured.upperBound + constantCount
    var isActive = Array(repeating: true, count: captured.count)
    isActive += Array(repeating: false, count: 1 + constantCount)
    var instructions: [Instruction] = []
    for place in stride(from: codeStart, to: numbers.count, by: 3) {
      guard let instruction = Self.instruction(numbers[place...].prefix(3), isActive) else {
        return nil
      }
      instructions.append(instruction)
      isActive.append(!instruction.operandKinds.isDisjoint(with: .anyIsActive))
    }
    guard !instructions.isEmpty else { return nil }
    term = StraightLine(
      variableCount: captured.count + 1,
      constants: Array(numbers[captured.upperBound..<codeStart]), instructions: instructions,
      output: isActive.count - 1)
  }

  /// An instruction on the slots that there are so far; nil where the numbers are none.
  ///
  /// - Parameter isActive: for each slot, whether the term's derivatives flow through it.
  private static func instruction(_ code: ArraySlice<Double>, _ isActive: [Bool]) -> Instruction? {
    let numbers = code.compactMap { Int(exactly: $0) }
    guard numbers.count == 3, let raw = UInt8(exactly: numbers[0]),
      let operation = Operation(rawValue: raw), isActive.indices.contains(numbers[1]),
      isActive.indices.contains(numbers[2])
    else { return nil }
    var kinds: OperandKinds = isActive[numbers[1]] ? .firstIsActive : []
    switch operation.shape {
    case .unary: break
    case .binary:
      kinds.insert(.hasTwo)
      if isActive[numbers[2]] { kinds.insert(.secondIsActive) }
    case .variadic: return nil
    }
    return Instruction(
      operation: operation, operandKinds: kinds, a: UInt32(numbers[1]), b: UInt32(numbers[2]))
  }

  /// The sum on any numbers, term by term.
  func total<S: Scalar>(_ xs: [S]) -> S {
    range.dropFirst().reduce(term.values(at: point(xs, range.lowerBound))[term.output]) {
      $0 + term.values(at: point(xs, $1))[term.output]
    }
  }

  /// The partial derivatives of the sum on any numbers, one for each operand, term by term.
  func partials<S: Scalar>(_ xs: [S]) -> [S] {
    var partials = Array(repeating: 0 as S, count: xs.count)
    for count in range {
      let run = term.linearization(at: point(xs, count))
      for (place, adjoint) in zip(captured, adjoints(run)) {
        partials[place] = partials[place] + adjoint
      }
    }
    return partials
  }

  /// The adjoint of every slot of the term.
  private func adjoints<S: Scalar>(_ run: Linearization<S>) -> [S] {
    var adjoints = Array(repeating: 0 as S, count: term.count)
    adjoints[term.output] = 1
    for (offset, instruction) in term.instructions.enumerated().reversed() {
      let adjoint = adjoints[term.firstInstruction + offset]
      let (first, second) = run.partials[offset]
      let (x, y) = (Int(instruction.a), Int(instruction.b))
      if instruction.operandKinds.contains(.firstIsActive) {
        adjoints[x] = adjoints[x] + first * adjoint
      }
      if instruction.operandKinds.contains(.secondIsActive) {
        adjoints[y] = adjoints[y] + second * adjoint
      }
    }
    return adjoints
  }

  /// The term's variables where the counter is `count`.
  private func point<S: Scalar>(_ xs: [S], _ count: Int) -> [S] {
    xs[captured] + [xs[0].constant(Double(count))]
  }

  /// The sum and its partial derivatives, one for each operand, terms and derivatives added up in the
  /// order of the terms; and whether all of them are of ordinary size, without which they may be wrong.
  func sum(at xs: [Double]) -> (value: Double, partials: [Double], isPlain: Bool) {
    var partials = Array(repeating: 0.0, count: xs.count)
    guard let block = PointBlock(term) else { return (.nan, partials, false) }
    var total: Double?
    var isPlain = true
    for (variable, place) in captured.enumerated() {
      block.set(variable, to: xs[place], count: PointBlock.capacity)
    }
    var start = range.lowerBound
    while start <= range.upperBound {
      let count = min(PointBlock.capacity, range.upperBound - start + 1)
      for lane in 0..<count { block.set(captured.count, at: lane, to: Double(start + lane)) }
      block.run(count: count)
      for lane in 0..<count {
        isPlain = isPlain && block.isSettled(at: lane)
        let value = block.value(at: lane)
        total = total.map { $0 + value } ?? value
        for (variable, place) in captured.enumerated() {
          partials[place] += block.partial(variable, at: lane)
        }
      }
      start += count
    }
    return (total ?? 0, partials, isPlain && total?.isNormal == true)
  }
}
