// Lists of values and of names.

import Testing

@testable import Syntax

@Suite struct ListTests {
  private func describe(_ value: Binding.Value) -> String {
    switch value {
    case .value(let tree): dump(tree)
    case .range(let start, let stop, let step): "\(dump(start)):\(dump(stop)):\(dump(step))"
    }
  }

  @Test(arguments: [
    ("x1=2,x2=5", "x1=2 x2=5"), (" x = pi/4 , y=-1 ", "x=(pi/4) y=(-1)"),
    ("x=f(1,2),y=3", "x=f[1,2] y=3"), ("x=1,\n y=\n2\n", "x=1 y=2"),
    ("x=0:1:0.1,θ=2x", "x=0:1:0.1 θ=(2*x)"), ("x=-1:f(1,2):a/4", "x=(-1):f[1,2]:(a/4)"),
    ("x=1,x=2", "x=1 x=2"), ("\u{FEFF}x=1 # one\n", "x=1"),
  ])
  func bindings(text: String, meaning: String) throws {
    let source = SourceText(text)
    let list = try parseBindings(source, allowRanges: true)
    #expect(list.map { "\($0.name)=\(describe($0.value))" }.joined(separator: " ") == meaning)
    #expect(list.map { source.text(in: $0.nameRange) } == list.map(\.name))
  }

  @Test func rangesReferToTheWholeText() throws {
    let source = SourceText("x=1,y=2+abc")
    guard case .value(let tree) = try parseBindings(source)[1].value else { return }
    #expect(source.text(in: tree.nodes[tree.root].range) == "2+abc")
    #expect(tree.symbols == ["abc"])
  }

  @Test(arguments: [
    ("⟪⟫", "the list of values is empty; write 'x=1,y=2'"),
    ("x=1⟪,⟫", "nothing follows the last comma; remove it"),
    ("x=1,⟪,⟫y=2", "a name is missing before ','"), ("⟪=⟫2", "a name is missing before '='"),
    ("x=1,⟪y⟫", "'y' is given no value; write 'y=1'"),
    ("⟪x⟫,y=1", "'x' is given no value; write 'x=1'"),
    ("⟪x⟫=", "the value of 'x' is missing; write 'x=1'"),
    ("⟪x⟫=,y=2", "the value of 'x' is missing; write 'x=1'"),
    ("x⟪:⟫2", "'=' is missing between 'x' and ':'; write 'x=1'"),
    ("x⟪==⟫2", "'=' is missing between 'x' and '=='; write 'x=1'"),
    ("x=1 ⟪y⟫=2", "a comma is missing before 'y'"), ("x=1\n⟪y⟫=2", "a comma is missing before 'y'"),
    ("x=1⟪;⟫y=2", "';' is not understood here; write ','"), ("⟪2⟫=3", "'2' is not a name"),
    ("⟪not⟫=3", "'not' is an operator and cannot be a name"),
    ("⟪and⟫=3", "'and' is an operator and cannot be a name"),
    ("x=y⟪=⟫2", "a single '=' does not compare; write '=='"),
    ("x=1⟪)⟫", "this ')' was never opened"), ("x=2+⟪⟫", "an operand is missing after '+'"),
    ("x=⟪(⟫2,y=3", "a comma separates arguments, and these parentheses are no call"),
    ("x=⟪0:1⟫", "the range has no step; add the step, as in '0:1:0.1'"),
    ("x=⟪0:1⟫,y=2", "the range has no step; add the step, as in '0:1:0.1'"),
    ("x=0:1:2⟪:⟫3", "a range has three parts, start:stop:step"),
    ("x=0:⟪:⟫3", "a part of the range is missing"), ("x=0:1:⟪⟫", "a part of the range is missing"),
    ("x=⟪:⟫1:2", "a part of the range is missing"),
    ("⟪[⟫x]=2", "'[' is not understood here; write '(x)'"),
    ("⟪x'⟫=2", "'x'' is not a name"), ("y=1,⟪x″⟫", "'x″' is not a name"),
    ("x=2⟪'⟫", "primes stand behind the name of a function, not behind '2'; write 'diff(x^2, x)'"),
  ])
  func malformedBindings(text: String, message: String) {
    let marked = Marked(text)
    // A comma in open parentheses is the place, not the parenthesis before it.
    let place = text.hasPrefix("x=⟪(⟫") ? SourceRange(start: 4, end: 5) : marked.range
    do {
      _ = try parseBindings(marked.source, allowRanges: true)
      Issue.record("no error in \(text)")
    } catch {
      #expect(words(error) == message)
      #expect(error.range == place)
    }
  }

  @Test func rangesMustBeAllowed() {
    #expect(throws: SyntaxError(.rangeNotAllowed, at: SourceRange(start: 3, end: 4))) {
      try parseBindings(SourceText("x=0:1:2"))
    }
  }

  @Test func names() throws {
    let list = try parseNames(SourceText("x1, θ ,\nx₁"))
    #expect(list.map(\.name) == ["x1", "θ", "x₁"])
    #expect(list.map(\.range.start) == [0, 4, 9])
  }

  @Test(arguments: [
    ("⟪⟫", "the list of names is empty; write 'x,y'"),
    ("x⟪,⟫", "nothing follows the last comma; remove it"),
    ("⟪,⟫x", "a name is missing before ','"), ("x ⟪y⟫", "a comma is missing before 'y'"),
    ("⟪2⟫", "'2' is not a name"), ("x,⟪or⟫", "'or' is an operator and cannot be a name"),
    ("x⟪=⟫2", "a single '=' does not compare; write '=='"), ("x⟪+⟫y", "'+' is not understood here"),
    ("x⟪$⟫", "'$' is not understood here; write names without a '$'"),
  ])
  func malformedNames(text: String, message: String) {
    let marked = Marked(text)
    do {
      _ = try parseNames(marked.source)
      Issue.record("no error in \(text)")
    } catch {
      #expect(words(error) == message)
      #expect(error.range == marked.range)
    }
  }
}
