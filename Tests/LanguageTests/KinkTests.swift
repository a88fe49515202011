// Kinks and jumps: the convention that is used, and the behaviour on both sides that is told.

import Testing

@testable import Language

@Suite struct KinkTests {
  /// Text, point, gradient by convention, and what is told; nothing where the function is smooth.
  static let kinks: [(String, String, [Double], [String])] = [
    ("abs(x)", "x=0", [0], ["d/dx is -1 on the left and 1 on the right; 0 is used"]),
    ("3-2*abs(x-1)", "x=1", [0], ["d/dx is 2 on the left and -2 on the right; 0 is used"]),
    ("relu(x)", "x=0", [0], ["d/dx is 0 on the left and 1 on the right; 0 is used"]),
    ("max(x,0)", "x=0", [0.5], ["d/dx is 0 on the left and 1 on the right; 0.5 is used"]),
    ("max(x,2*x)", "x=0", [1.5], ["d/dx is 1 on the left and 2 on the right; 1.5 is used"]),
    ("min(x,2*x)", "x=0", [1.5], ["d/dx is 2 on the left and 1 on the right; 1.5 is used"]),
    (
      "max(x,y)", "x=1,y=1", [0.5, 0.5],
      [
        "d/dx is 0 on the left and 1 on the right; 0.5 is used; "
          + "d/dy is 0 on the left and 1 on the right; 0.5 is used"
      ]
    ),
    (
      "max(x,y,z)", "x=2,y=2,z=1", [0.5, 0.5, 0],
      [
        "d/dx is 0 on the left and 1 on the right; 0.5 is used; "
          + "d/dy is 0 on the left and 1 on the right; 0.5 is used"
      ]
    ),
    (
      "min(x,2*x,x^2+6*x)", "x=0", [3],
      ["d/dx is 6 on the left and 1 on the right; 3 is used"]
    ),
    ("clamp(x,0,1)", "x=0", [0.5], ["d/dx is 0 on the left and 1 on the right; 0.5 is used"]),
    ("clamp(x,0,1)", "x=1", [0.5], ["d/dx is 1 on the left and 0 on the right; 0.5 is used"]),
    ("hypot(x,0)", "x=0", [0], ["d/dx is -1 on the left and 1 on the right; 0 is used"]),
    (
      "hypot(x,y)", "x=0,y=0", [0, 0],
      [
        "d/dx is -1 on the left and 1 on the right; 0 is used; "
          + "d/dy is -1 on the left and 1 on the right; 0 is used"
      ]
    ),
    ("if(x > 0, 2*x, x)", "x=0", [1], ["d/dx is 1 on the left and 2 on the right; 1 is used"]),
    ("floor(x)*x", "x=0", [0], ["d/dx is -1 on the left and 0 on the right; 0 is used"]),
    // The two sides agree: their common value, whatever the convention of each operation.
    ("relu(x)-relu(-x)", "x=0", [1], []), ("relu(x)+min(x,0)", "x=0", [1], []),
    // Smooth after all, or not reached: no warning.
    ("abs(x)*x", "x=0", [0], []), ("abs(x)^2", "x=0", [0], []), ("max(x,x)", "x=0", [1], []),
    ("stop_gradient(abs(x))+x", "x=0", [1], []), ("if(1, x, abs(x))", "x=0", [1], []),
    ("max(abs(x), 5)", "x=0", [0], []), ("abs(x)-abs(-x)", "x=0", [0], []),
    ("trunc(x)", "x=0", [0], []),
    ("abs(x)", "x=1e-300", [1], []), ("clamp(x,0,1)", "x=2", [0], []), ("abs(0)*x", "x=1", [0], []),
    // Jumps tell the values on both sides too.
    ("step(x)", "x=0", [0], [jump("0", "1", "0", "0", used: "0")]),
    ("sign(x)", "x=0", [0], [jump("-1", "1", "0", "0", used: "0")]),
    ("floor(x)", "x=2", [0], [jump("1", "2", "0", "0", used: "0")]),
    ("ceil(x)", "x=2", [0], [jump("2", "3", "0", "0", used: "0")]),
    ("round(x)", "x=2.5", [0], [jump("2", "3", "0", "0", used: "0")]),
    ("round(x)", "x=-1.5", [0], [jump("-2", "-1", "0", "0", used: "0")]),
    ("trunc(x)", "x=1", [0], [jump("0", "1", "0", "0", used: "0")]),
    ("trunc(x)", "x=-1", [0], [jump("-1", "0", "0", "0", used: "0")]),
    ("mod(x,2)", "x=4", [1], [jump("2", "0", "1", "1", used: "1")]),
    ("x % -2", "x=4", [1], [jump("0", "-2", "1", "1", used: "1")]),
    ("x >= 1", "x=1", [0], [jump("0", "1", "0", "0", used: "0")]),
    ("x > 1", "x=1", [0], [jump("0", "1", "0", "0", used: "0")]),
    ("x == 1", "x=1", [0], [jump("0", "0", "0", "0", used: "0")]),
    ("not x", "x=0", [0], [jump("0", "0", "0", "0", used: "0")]),
    ("if(x, 2, 1)", "x=0", [0], [jump("2", "2", "0", "0", used: "0")]),
    ("if(x < 1, x, x+1)", "x=1", [1], [jump("1", "2", "1", "1", used: "1")]),
    ("-floor(x)+1", "x=2", [0], [jump("0", "-1", "0", "0", used: "0")]),
    (
      "atan2(y,x)", "y=0,x=-1", [-1, 0],
      [jump("-3.141592653589793", "3.141592653589793", "-1", "-1", used: "-1", "d/dy")]
    ),
    (
      "atan2(y,x)", "y=0,x=0", [0, 0],
      [
        jump("-1.5707963267948966", "1.5707963267948966", "0", "0", used: "0", "d/dy") + "; "
          + jump("3.141592653589793", "0", "0", "0", used: "0")
      ]
    ),
  ]

  private static func jump(
    _ left: String, _ right: String, _ before: String, _ after: String, used: String,
    _ name: String = "d/dx"
  ) -> String {
    "for \(name), the value is \(left) on the left and \(right) on the right, \(name) is \(before) on the left "
      + "and \(after) on the right; \(used) is used"
  }

  @Test(arguments: kinks.indices)
  func conventions(index: Int) throws {
    let (text, point, gradient, expected) = Self.kinks[index]
    let run = try Run(text, at: point)
    #expect(run.reverse == gradient, "\(text)")
    #expect(run.forward == gradient, "\(text)")
    #expect(run.aboutValue.isEmpty)
    let told = run.aboutKinks.filter { $0.diagnostic.severity == .warning }
    #expect(told.count == expected.count, "\(text): \(told.map(summary))")
    for (told, expected) in zip(told, expected) {
      #expect(told.diagnostic.message.hasSuffix(": " + expected), "\(text): \(summary(told))")
      #expect((told.kind == .jump) == told.diagnostic.message.contains(" jumps: "))
      #expect((told.kind == .kink) == told.diagnostic.message.contains(" has a kink: "))
    }
  }

  @Test(
    arguments: [
      ("1+abs(2*x)", "kink: abs(0) has a kink: ", " @ abs(2*x)"),
      ("if(x > 0, x, 2*x)", "jump: 0 > 0 is where '>' jumps: ", " @ x > 0"),
      ("x+floor(x)", "jump: floor(0) is where 'floor' jumps: ", " @ floor(x)"),
      ("max(x,-x)", "kink: max(0, -0) has a kink: ", " @ max(x,-x)"),
    ])
  func kinksAreNamedWithTheirPlace(text: String, start: String, end: String) throws {
    let told = try Run(text, at: "x=0").aboutKinks.map(summary)
    #expect(told.count == 1 && told[0].hasPrefix(start) && told[0].hasSuffix(end), "\(told)")
  }

  @Test func onlyTheVariablesThatMoveTheKinkAreTold() throws {
    let told = try Run("abs(x)+y^2", at: "x=0,y=1").aboutKinks.map(summary)
    #expect(told.count == 1 && !told[0].contains("d/dy"))
    #expect(try Run("abs(x)*y", at: "x=0,y=0").aboutKinks.isEmpty)
  }

  @Test func atMostFourKinksAreTold() throws {
    let text = (1...6).map { "\($0)*abs(x*\($0))" }.joined(separator: "+")
    #expect(try Run(text, at: "x=0").aboutKinks.count == 4)
  }
}
