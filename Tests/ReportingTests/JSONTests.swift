// JSON text: escapes, numbers that JSON has no word for, layout, depth.
@testable import Text
import Testing

@testable import Reporting

@Suite struct JSONTests {
  @Test(arguments: [
    (JSON.null, "null"), (.bool(true), "true"), (.bool(false), "false"), (.integer(-3), "-3"),
    (.number(2), "2"), (.number(-0.0), "-0"), (.number(1e16), "1e+16"), (.number(0.1), "0.1"),
    (.number(.nan), "null"), (.number(.infinity), "null"), (.number(-.infinity), "null"),
    (.array([]), "[]"), (.object([]), "{}"),
  ])
  func scalars(value: JSON, expected: String) {
    #expect(value.text == expected + "\n")
  }

  @Test(arguments: [
    (#"a"b\c/"#, #""a\"b\\c/""#), ("\n\r\t", #""\n\r\t""#), ("\r\n", #""\r\n""#),
    ("\u{0}\u{1}\u{1F}\u{7F}\u{9B}", #""\u0000\u0001\u001f\u007f\u009b""#),
    ("v̇₋₁ 👍 \u{2028}", "\"v̇₋₁ 👍 \u{2028}\""),
  ])
  func strings(text: String, expected: String) {
    #expect(JSON.string(text).text == expected + "\n")
  }

  @Test func keysKeepTheirOrderAndAreEscaped() {
    let value: JSON = ["z": .integer(1), "a\"": .integer(2)]
    #expect(value.text == "{\"z\": 1, \"a\\\"\": 2}\n")
  }

  @Test func onlySmallArraysAndObjectsOfScalarsStayOnOneLine() {
    let value: JSON = [
      "expression": "x1*x2", "point": ["x1": .number(2), "x2": .number(5)], "notes": [],
      "hessian": ["x1": ["x1": .number(0)]],
      "long": .array((1...40).map { .integer($0) }),
    ]
    let lines = value.text.split(separator: "\n")
    #expect(
      lines.prefix(7).joined(separator: "\n") == """
        {
          "expression": "x1*x2",
          "point": {"x1": 2, "x2": 5},
          "notes": [],
          "hessian": {
            "x1": {"x1": 0}
          },
        """)
    #expect(lines[7...9] == ["  \"long\": [", "    1,", "    2,"])
    #expect(lines.suffix(3) == ["    40", "  ]", "}"])
  }

  @Test(arguments: [(24, 4), (25, 30)])
  func eightyColumnsWithTheCommaAreTheLimit(count: Int, lines: Int) {
    let value: JSON = ["k": .array(Array(repeating: .integer(1), count: count)), "l": []]
    #expect(value.text.split(separator: "\n").count == lines)
    #expect(value.text.split(separator: "\n").allSatisfy { displayWidth(of: String($0)) <= 80 })
  }

  @Test func depthCostsNoStack() {
    var value = JSON.integer(1)
    for _ in 0..<1_000 { value = .array([value]) }
    #expect(value.text.utf8.filter { $0 == UInt8(ascii: "[") }.count == 1_000)
  }
}
