// Numbers that are read again and again and never change.

/// What an array is, without a look at its owners at each reading; its memory is never given back.
struct ConstantTable<Number: BitwiseCopyable & Sendable>: @unchecked Sendable {
  private let base: UnsafePointer<Number>
  private let count: Int

  init(_ elements: [Number]) {
    let memory = UnsafeMutablePointer<Number>.allocate(capacity: elements.count)
    memory.initialize(from: elements, count: elements.count)
    base = UnsafePointer(memory)
    count = elements.count
  }

  @inline(__always)
  subscript(index: Int) -> Number {
    precondition(index >= 0 && index < count, "a table is read where it has numbers")
    return base[index]
  }
}
