// Trace tables as programs, classes and other textbooks have them, each right and with errors put in.
import Testing

@testable import Commands

@Suite struct ClassTableTests {
  static let tables: [WrittenTable] = [
    WrittenTable(
      expression: "ln(x1)+x1*x2-sin(x2)", point: "x1=2,x2=5",
      table: #"""
        | node | value | adjoint |
        |---|---|---|
        | v1 | 0.693 | 1 |
        | v2 | 10 | 1 |
        | v3 | -0.959 | -1 |
        | v4 | 10.693 | 1 |
        | v5 | 11.652 | 1 |
        | x1 | 2 | 5.5 |
        | x2 | 5 | 1.716 |
        """#,
      errors: [(#"-0.959 | -1"#, #"-0.959 | 1"#), (#"5.5"#, #"5.0"#)]),
    WrittenTable(
      expression: "ln(x1)+x1*x2-sin(x2)", point: "x1=2,x2=5",
      table: #"""
        v | value | tangent x1 | tangent x2
        x1 | 2 | 1 | 0
        x2 | 5 | 0 | 1
        a = ln(x1) | 0.693 | 0.5 | 0
        b = x1*x2 | 10 | 5 | 2
        c = sin(x2) | -0.959 | 0 | 0.284
        y = a+b-c | 11.652 | 5.5 | 1.716
        """#,
      errors: [(#"0.284"#, #"-0.284"#), (#"5.5"#, #"5"#)]),
    WrittenTable(
      expression: "ln(x1)+x1*x2-sin(x2)", point: "x1=2,x2=5",
      table: #"""
        v,formula,value,x1 tangent,x2 tangent
        a,ln(x1),0.693,0.5,0
        b,x1*x2,10,5,2
        c,sin(x2),-0.959,0,0.284
        y,a+b-c,11.652,5.5,1.716
        """#,
      errors: [(#"5,2"#, #"2,5"#)]),
    WrittenTable(
      expression: "ln(x1)+x1*x2-sin(x2)", point: "x1=2,x2=5",
      table: #"""
        | trace | elementary operation | value | derivative | ∇x1 | ∇x2 |
        |---|---|---|---|---|---|
        | a | ln(x1) | 0.693 | x1'/x1 | 0.5 | 0 |
        | b | x1*x2 | 10 | x1'*x2 + x1*x2' | 5 | 2 |
        | c | sin(x2) | -0.959 | cos(x2)*x2' | 0 | 0.284 |
        | y | a+b-c | 11.652 | a'+b'-c' | 5.5 | 1.716 |
        """#,
      errors: [(#"1.716"#, #"1.761"#), (#"cos(x2)*x2'"#, #"-cos(x2)*x2'"#)]),
    WrittenTable(
      expression: "ln(x1)+x1*x2-sin(x2)", point: "x1=2,x2=5",
      table: #"""
        Run 1: seed x1' = 1, x2' = 0
        a' = x1'/x1 = 0.5
        b' = x1' x2 + x1 x2' = 5
        c' = cos(x2) x2' = 0
        y' = a' + b' - c' = 5.5
        Run 2: seed x1' = 0, x2' = 1
        a' = x1'/x1 = 0
        b' = x1' x2 + x1 x2' = 2
        c' = cos(x2) x2' = 0.284
        y' = a' + b' - c' = 1.716
        a = ln x1
        b = x1 x2
        c = sin x2
        y = a + b - c
        """#,
      errors: [(#"0.284"#, #"0.248"#)]),
    WrittenTable(
      expression: "ln(x1)+x1*x2-sin(x2)", point: "x1=2,x2=5",
      table: #"""
        | step | formula | value | local partial | adjoint |
        |---|---|---|---|---|
        | y | v4 - v3 | 11.652 |  | 1 |
        | v4 | v1 + v2 | 10.693 |  | 1 |
        | v3 | sin(x2) | -0.959 | 0.284 | -1 |
        | v2 | x1*x2 | 10 |  | 1 |
        | v1 | ln(x1) | 0.693 | 0.5 | 1 |
        """#,
      errors: [(#"| 0.284"#, #"| -0.284"#), (#"-0.959 | 0.284 | -1"#, #"-0.959 | 0.284 | 1"#)]),
    WrittenTable(
      expression: "exp(sin(x)^2)", point: "x=0.7",
      table: #"""
        u = sin x = 0.644
        v = u^2 = 0.415
        y = e^v = 1.514
        du/dx = cos x = 0.765
        dv/du = 2u = 1.288
        dy/dv = e^v = 1.514
        dy/dx = dy/dv dv/du du/dx = 1.492
        """#,
      errors: [
        (#"= 1.492"#, #"= 1.942"#), (#"dv/du = 2u"#, #"dv/du = u"#), (#"cos x"#, #"-cos x"#),
      ]),
    WrittenTable(
      expression: "exp(sin(x)^2)", point: "x=0.7",
      table: #"""
        u = sin(x)
        v = u^2
        y = exp(v)
        dy/dv = exp(v)
        dy/du = dy/dv * 2*u
        dy/dx = dy/du * cos(x)
        """#,
      errors: [(#"dy/dv * 2*u"#, #"dy/dv * u"#)]),
    WrittenTable(
      expression: "exp(sin(x)^2)", point: "x=0.7",
      table: #"""
        Knoten;Formel;Wert;Ableitung
        u;sin(x);0,644;0,765
        v;u^2;0,415;0,985
        y;exp(v);1,514;1,492
        """#,
      errors: [(#"0,985"#, #"0,958"#)]),
    WrittenTable(
      expression: "exp(sin(x)^2)", point: "x=0.7",
      table: #"""
        u = sin(0.7) = 0.6442
        v = 0.6442^2 = 0.4150
        y = exp(0.4150) = 1.5144
        """#,
      errors: [(#"1.5144"#, #"1.5414"#)]),
    WrittenTable(
      expression: "x*exp(-x)", point: "x=1.5",
      table: #"""
        a = -x = -1.5
        b = exp(a) = 2.231e-1
        f = x*b = 3.347e-01
        """#,
      errors: [(#"3.347"#, #"3.374"#)]),
    WrittenTable(
      expression: "x*exp(-x)", point: "x=1.5",
      table: #"""
        let a = -x; // -1.5
        let b = exp(a); // 0.2231
        let f = x*b; // 0.3347
        """#,
      errors: [(#"0.3347"#, #"0.3477"#)]),
    WrittenTable(
      expression: "x*exp(-x)", point: "x=1.5",
      table: #"""
        a ← -x
        b ← exp(a)
        f ← x b
        f̄ ← 1
        b̄ ← f̄ x
        x̄ ← f̄ b
        ā ← b̄ b
        x̄ ← x̄ - ā
        """#,
      errors: [(#"x̄ - ā"#, #"x̄ + ā"#)]),
    WrittenTable(
      expression: "x*exp(-x)", point: "x=1.5",
      table: #"""
        double a = -x;
        double b = std::exp(a);
        double f = x*b;
        double f_bar = 1.0;
        double b_bar = f_bar*x;
        double a_bar = b_bar*b;
        double x_bar = f_bar*b - a_bar;
        """#,
      errors: [(#"f_bar*b - a_bar"#, #"f_bar*b + a_bar"#)]),
    WrittenTable(
      expression: "ln(x1)+x1*x2-sin(x2)", point: "x1=2,x2=5",
      table: #"""
        x̄1 = 5.5
        x̄2 = 1.716
        """#,
      errors: [(#"1.716"#, #"1.176"#)]),
    WrittenTable(
      expression: "ln(x1)+x1*x2-sin(x2)", point: "x1=2,x2=5",
      table: #"""
        adjoint of x1 = 5.5
        adjoint of x2 = 1.716
        """#,
      errors: [(#"1.716"#, #"1.176"#)]),
    WrittenTable(
      expression: "ln(x1)+x1*x2-sin(x2)", point: "x1=2,x2=5",
      table: #"""
        Backward pass:
        ȳ = 1
        v̄3 = -1
        x̄2 = v̄3 cos x2 + x1 = 1.716
        x̄1 = 1/x1 + x2 = 5.5
        """#,
      errors: [(#"= 5.5"#, #"= 4.5"#)]),
    WrittenTable(
      expression: "a*b", point: "a=3,b=4",
      table: #"""
        c = a*b = 12
        dc = 1
        da = b*dc = 4
        db = a*dc = 3
        """#,
      errors: [(#"dc = 3"#, #"dc = 4"#)]),
    WrittenTable(
      expression: "a*b", point: "a=3,b=4",
      table: #"""
        c = a*b = 12
        c_bar = 1
        a_bar = c_bar * b = 4
        b_bar = c_bar * a = 3
        """#,
      errors: [(#"a = 3"#, #"a = 4"#)]),
    WrittenTable(
      expression: "x^3", point: "x=2",
      table: #"""
        y = x^3 = 8
        y' = 3x^2 = 12
        """#,
      errors: [(#"= 12"#, #"= 6"#), (#"3x^2"#, #"2x^2"#)]),
    WrittenTable(
      expression: "x^3", point: "x=2",
      table: #"""
        y = x*x*x = 8
        dy/dx = 3x² = 12
        """#,
      errors: [(#"= 12"#, #"= 6"#)]),
    WrittenTable(
      expression: "sqrt(x^2+y^2)", point: "x=3,y=4",
      table: #"""
        a = x² = 9
        b = y² = 16
        c = a + b = 25
        r = √c = 5
        r̄ = 1
        c̄ = r̄/(2√c) = 0.1
        ā = c̄ = 0.1
        b̄ = c̄ = 0.1
        x̄ = ā·2x = 0.6
        ȳ = b̄·2y = 0.8
        """#,
      errors: [(#"0.8"#, #"0.6"#), (#"2x = 0.6"#, #"x = 0.6"#)]),
  ]

  @Test(arguments: tables)
  func rightOnesAgreeAndWrongOnesDoNot(written: WrittenTable) {
    let right = written.run(written.table)
    #expect(right.status == 0, "\(right.output)\(right.error)")
    for error in written.errors {
      let wrong = written.run(written.with(error))
      #expect(wrong.status == 1, "\(error): \(wrong.output)\(wrong.error)")
    }
  }
}
