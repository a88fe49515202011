// What an expression means: operators, implicit products, literals and pasted characters, by value.

import Testing

@testable import Language

@Suite struct ElaborationTests {
  @Test(
    arguments: [
      ("-x^2", -9), ("(-x)^2", 9), ("2^-x", 0.125), ("2^3^2", 512), ("2**3**2", 512),
      ("(2^3)^2", 64), ("-2^2", -4), ("2^-1^2", 0.5), ("x^-2*9", 1), ("--x", 3), ("-+-x", 3),
      ("x--x", 6), ("x+-1", 2), ("1/2/4", 0.125), ("1/(2/4)", 2), ("10-4-3", 3), ("10-(4-3)", 9),
      ("2+3*4^2/8-1", 7), ("8/2*4", 16), ("2*7%4", 2), ("7%4*2", 6), ("1+7%4", 4), ("-7%4", 1),
      ("-(7%4)", -3), ("x-1-1", 1),
    ] as [(String, Double)])
  func precedence(text: String, expected: Double) throws {
    #expect(try value(text.contains("x") ? text : "0x+" + text, at: "x=3") == expected)
  }

  @Test(
    arguments: [
      ("2x", 6), ("2x^2", 18), ("-2x^2", -18), ("2(x+1)", 8), ("(x+1)(x-1)", 8), ("2(x)(x)", 18),
      ("2sqrt(x+1)", 4), ("2sqrt(x+1)^2", 8), ("(x)(x)^2", 27), ("2x+1", 7), ("2x*2", 12),
      ("2max(x,1)(x)", 18), ("1_000x", 3000), (".5x", 1.5), ("2e2x", 600),
    ] as [(String, Double)])
  func implicitProducts(text: String, expected: Double) throws {
    #expect(try value(text, at: "x=3") == expected)
  }

  @Test(
    arguments: [
      ("1 < 2", 1), ("2 < 1", 0), ("2 <= 2", 1), ("2 >= 3", 0), ("3 > 2", 1), ("2 == 2", 1),
      ("2 != 2", 0), ("1 + 1 == 2", 1), ("not 1 == 2", 1), ("(not 1) == 2", 0), ("not 0 and 0", 0),
      ("not (0 and 0)", 1), ("1 or 1 and 0", 1), ("(1 or 1) and 0", 0), ("0 or not 0", 1),
      ("not not 5", 1), ("3 and 2", 1), ("0 or 0", 0), ("2 > 1 and 1 > 2 or 3 > 2", 1),
      ("if(2 > 1, 10, 20) + 1", 11), ("if(0, 10, 20)", 20), ("if(-3, 10, 20)", 10),
    ] as [(String, Double)])
  func logic(text: String, expected: Double) throws {
    #expect(try value(text) == expected)
  }

  @Test(
    arguments: [
      ("7", "3", 1), ("-7", "3", 2), ("7", "-3", -2), ("-7", "-3", -1), ("-7.5", "2", 0.5),
      ("6", "3", 0), ("0.75", "0.5", 0.25),
    ] as [(String, String, Double)])
  func remainderHasTheSignOfTheDivisor(x: String, y: String, expected: Double) throws {
    #expect(try value("(\(x)) % (\(y))") == expected)
    #expect(try value("mod(\(x), \(y))") == expected)
    #expect(try value("x % y", at: "x=\(x),y=\(y)") == expected)
  }

  /// A literal with a sign is a number: its power has a whole exponent, and is one operation.
  @Test(arguments: [("x^-3", 1, -0.125), ("x^(-3)", 1, -0.125), ("-2*x", 1, 4)])
  func negativeLiteralsAreFolded(text: String, operations: Int, expected: Double) throws {
    let run = try Run(text, at: "x=-2")
    #expect(run.tape.instructionCount == operations)
    #expect(run.value == expected)
    #expect(run.reverse == [text.contains("^") ? -3 / 16.0 : -2])
  }

  /// The sign of an operand that is no literal is an operation of its own.
  @Test func aSignedVariableIsAnOperation() throws {
    #expect(try Run("2^-x", at: "x=1").tape.instructionCount == 2)
    #expect(try Run("+x", at: "x=1").tape.instructionCount == 0)
  }

  @Test func equalPartsAreComputedOnce() throws {
    #expect(try Run("sin(x)*sin(x)", at: "x=1").tape.instructionCount == 2)
    #expect(try Run("(x+y)*(x+y)-(x+y)", at: "x=1,y=2").tape.instructionCount == 3)
  }

  @Test(
    arguments: [
      ("2·x×3÷9", 2), ("x−1", 2), ("−x", -3), ("x²", 9), ("x³", 27), ("√(x+1)", 2), ("√4+x", 5),
      ("√x²", 3), ("2√4+x", 7), ("x\u{A0}+\u{2009}1", 4), ("x^2 # squared", 9), ("\n x \n", 3),
    ] as [(String, Double)])
  func pastedText(text: String, expected: Double) throws {
    #expect(abs(try value(text, at: "x=3") - expected) < 1e-15)
  }

  @Test(
    arguments: [
      ("pi", 3.141592653589793), ("2π", 6.283185307179586), ("tau", 6.283185307179586),
      ("e", 2.718281828459045), ("-inf", -.infinity), ("nan", .nan), ("1_000.5", 1000.5),
      (".5", 0.5), ("1e-3", 0.001), ("0.1", 0.1), ("1e308*10", .infinity),
    ] as [(String, Double)])
  func constantsAndNumbers(text: String, expected: Double) throws {
    #expect(same(try value(text), expected))
  }

  @Test(
    arguments: [
      ("log(x)", 1), ("ln(x)", 1), ("log(x, e)", 1), ("arctan2(0, x)", 0), ("pow(x, 1)", 0),
      ("sgn(-x)", -1), ("logistic(0*x)", 0.5), ("arcsin(0*x)", 0), ("clip(x, 0, 1)", 1),
    ] as [(String, Double)])
  func otherSpellings(text: String, expected: Double) throws {
    let expected = text.hasPrefix("pow") ? 2.718281828459045 : expected
    #expect(try value(text, at: "x=e") == expected)
  }

  @Test(
    arguments: [
      ("1/2x", "'1/2x' can be read in two ways; write '1/(2*x)' or '(1/2)*x' @ 1/2x"),
      ("1 < 2 < 3", "write '1 < 2 and 2 < 3'"),
      ("exp[x]", "write 'exp(x)'"),
      ("2^not 1", "write '(not …)'"), ("x = 2", "write 'x == 2'"),
    ])
  func refusals(text: String, expected: String) {
    #expect(complaint(text, at: "x=1").contains(expected))
  }
}
