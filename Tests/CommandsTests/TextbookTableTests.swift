// Trace tables as textbooks and lecture notes have them, each right and with errors put in.
import Testing

@testable import Commands

/// A right table, and what makes it wrong: the last occurrence of one text replaced by another.
struct WrittenTable: Sendable, CustomTestStringConvertible {
  let expression: String
  let point: String
  let table: String
  let errors: [(String, String)]

  var testDescription: String { table }

  func run(_ table: String) -> ProgramRun {
    ProgramRun(["check", expression, "--at", point, "--trace", "-"], input: Array(table.utf8))
  }

  /// The table with an error.
  func with(_ error: (String, String)) -> String {
    guard let range = table.ranges(of: error.0).last else { return table }
    return table[..<range.lowerBound] + error.1 + table[range.upperBound...]
  }
}

@Suite struct TextbookTableTests {
  static let tables: [WrittenTable] = [
    WrittenTable(
      expression: "(x+y)*z", point: "x=-2,y=5,z=-4",
      table: #"""
        # forward pass
        q = x + y # q becomes 3
        f = q * z # f becomes -12
        # backward pass
        dfdz = q # df/dz = q, so gradient on z becomes 3
        dfdq = z # df/dq = z, so gradient on q becomes -4
        dqdx = 1.0
        dqdy = 1.0
        dfdx = dfdq * dqdx
        dfdy = dfdq * dqdy
        """#,
      errors: [(#"dfdz = q"#, #"dfdz = x"#), (#"dfdq = z"#, #"dfdq = q"#)]),
    WrittenTable(
      expression: "1/(1+exp(-(w0*x0+w1*x1+w2)))", point: "w0=2,x0=-1,w1=-3,x1=-2,w2=-3",
      table: #"""
        dot = w0*x0 + w1*x1 + w2 = 1.0
        f = 1.0 / (1 + exp(-dot)) = 0.73
        ddot = (1 - f) * f = 0.20
        dx0 = w0 * ddot = 0.39
        dx1 = w1 * ddot = -0.59
        dw0 = x0 * ddot = -0.20
        dw1 = x1 * ddot = -0.39
        dw2 = 1.0 * ddot = 0.20
        """#,
      errors: [
        (#"dx1 = w1 * ddot = -0.59"#, #"dx1 = w1 * ddot = 0.59"#),
        (#"= (1 - f) * f"#, #"= (1 + f) * f"#),
      ]),
    WrittenTable(
      expression: "(a*b+c)*f", point: "a=2,b=-3,c=10,f=-2",
      table: #"""
        node | data | grad
        L = d*f | -8.0 | 1.0
        f | -2.0 | 4.0
        d = e+c | 4.0 | -2.0
        c | 10.0 | -2.0
        e = a*b | -6.0 | -2.0
        b | -3.0 | -4.0
        a | 2.0 | 6.0
        """#,
      errors: [(#"| 6.0"#, #"| -6.0"#), (#"-6.0 | -2.0"#, #"-6.0 | 2.0"#)]),
    WrittenTable(
      expression: "(a*b+c)*f", point: "a=2,b=-3,c=10,f=-2",
      table: #"""
        e = a*b
        d = e + c
        L = d*f
        L.grad = 1.0
        d.grad = f = -2.0
        f.grad = d = 4.0
        e.grad = d.grad = -2.0
        c.grad = d.grad = -2.0
        a.grad = b * e.grad = 6.0
        b.grad = a * e.grad = -4.0
        """#,
      errors: [(#"e.grad = 6.0"#, #"e.grad = 5.0"#), (#"e.grad = -4.0"#, #"e.grad = 4.0"#)]),
    WrittenTable(
      expression: "x^2*y+y", point: "x=3,y=4",
      table: #"""
        x.grad = tensor(24.)
        y.grad = tensor(10.)
        """#,
      errors: [(#"24."#, #"12."#), (#"10."#, #"9."#)]),
    WrittenTable(
      expression: "x^2*y+y", point: "x=3,y=4",
      table: #"""
        grad x = 24
        grad y = 10
        """#,
      errors: [(#"24"#, #"7"#)]),
    WrittenTable(
      expression: "x^2*y+y", point: "x=3,y=4",
      table: #"""
        ∂f/∂x = 24
        ∂f/∂y = 10
        """#,
      errors: [(#"24"#, #"42"#)]),
    WrittenTable(
      expression: "ln(x1)+x1*x2-sin(x2)", point: "x1=2,x2=5",
      table: #"""
        Forward Primal Trace      Forward Tangent Trace
        v-1 = x1 = 2      v̇-1 = ẋ1 = 1
        v0 = x2 = 5       v̇0 = ẋ2 = 0
        v1 = ln v-1 = 0.693     v̇1 = v̇-1/v-1 = 0.5
        v2 = v-1 × v0 = 10      v̇2 = v̇-1 × v0 + v̇0 × v-1 = 5
        v3 = sin v0 = -0.959    v̇3 = v̇0 × cos v0 = 0
        v4 = v1 + v2 = 10.693    v̇4 = v̇1 + v̇2 = 5.5
        v5 = v4 - v3 = 11.652    v̇5 = v̇4 - v̇3 = 5.5
        y = v5 = 11.652     ẏ = v̇5 = 5.5
        """#,
      errors: [(#"v̇4 = v̇1 + v̇2 = 5.5"#, #"v̇4 = v̇1 + v̇2 = 6.5"#), (#"0.693 "#, #"0.963 "#)]),
    WrittenTable(
      expression: "ln(x1)+x1*x2-sin(x2)", point: "x1=2,x2=5",
      table: #"""
        | Forward primal | | Forward tangent | |
        |---|---|---|---|
        | $v_{-1} = x_1$ | $= 2$ | $\dot{v}_{-1} = \dot{x}_1$ | $= 1$ |
        | $v_0 = x_2$ | $= 5$ | $\dot{v}_0 = \dot{x}_2$ | $= 0$ |
        | $v_1 = \ln v_{-1}$ | $= \ln 2$ | $\dot{v}_1 = \dot{v}_{-1} / v_{-1}$ | $= 1/2$ |
        | $v_2 = v_{-1} \times v_0$ | $= 2 \times 5$ | $\dot{v}_2 = \dot{v}_{-1} \times v_0 + \dot{v}_0 \times v_{-1}$ | $= 1 \times 5 + 0 \times 2$ |
        | $v_3 = \sin v_0$ | $= \sin 5$ | $\dot{v}_3 = \dot{v}_0 \times \cos v_0$ | $= 0 \times \cos 5$ |
        | $v_4 = v_1 + v_2$ | $= 0.693 + 10$ | $\dot{v}_4 = \dot{v}_1 + \dot{v}_2$ | $= 0.5 + 5$ |
        | $v_5 = v_4 - v_3$ | $= 10.693 + 0.959$ | $\dot{v}_5 = \dot{v}_4 - \dot{v}_3$ | $= 5.5 - 0$ |
        | $y = v_5$ | $= 11.652$ | $\dot{y} = \dot{v}_5$ | $= 5.5$ |
        """#,
      errors: [(#"= 0.5 + 5"#, #"= 0.5 + 6"#), (#"\ln 2"#, #"\ln 3"#)]),
    WrittenTable(
      expression: "ln(x1)+x1*x2-sin(x2)", point: "x1=2,x2=5",
      table: #"""
        | Reverse adjoint trace | |
        |---|---|
        | $\bar{v}_5 = \bar{y}$ | 1 |
        | $\bar{v}_4 = \bar{v}_5 \frac{\partial v_5}{\partial v_4} = \bar{v}_5 \times 1$ | 1 |
        | $\bar{v}_3 = \bar{v}_5 \frac{\partial v_5}{\partial v_3} = \bar{v}_5 \times (-1)$ | -1 |
        | $\bar{v}_1 = \bar{v}_4 \frac{\partial v_4}{\partial v_1} = \bar{v}_4 \times 1$ | 1 |
        | $\bar{v}_2 = \bar{v}_4 \frac{\partial v_4}{\partial v_2} = \bar{v}_4 \times 1$ | 1 |
        | $\bar{v}_0 = \bar{v}_3 \frac{\partial v_3}{\partial v_0} = \bar{v}_3 \times \cos v_0$ | -0.284 |
        | $\bar{v}_{-1} = \bar{v}_2 \frac{\partial v_2}{\partial v_{-1}} = \bar{v}_2 \times v_0$ | 5 |
        | $\bar{v}_0 = \bar{v}_0 + \bar{v}_2 \frac{\partial v_2}{\partial v_0} = \bar{v}_0 + \bar{v}_2 \times v_{-1}$ | 1.716 |
        | $\bar{v}_{-1} = \bar{v}_{-1} + \bar{v}_1 \frac{\partial v_1}{\partial v_{-1}} = \bar{v}_{-1} + \bar{v}_1 / v_{-1}$ | 5.5 |
        """#,
      errors: [(#"-0.284"#, #"0.284"#), (#"\times (-1)"#, #"\times 1"#)]),
    WrittenTable(
      expression: "(x1*x2*sin(x3)+exp(x1*x2))/x3", point: "x1=1,x2=2,x3=pi/2",
      table: #"""
        x4 = x1 x2 = 2
        x5 = sin x3 = 1
        x6 = e^{x4} = 7.389
        x7 = x4 x5 = 2
        x8 = x6 + x7 = 9.389
        x9 = x8/x3 = 5.977
        ∂f/∂x9 = 1
        ∂f/∂x8 = 1/x3 = 0.637
        ∂f/∂x3 = -x8/x3^2 = -3.805
        ∂f/∂x6 = 0.637
        ∂f/∂x7 = 0.637
        ∂f/∂x5 = ∂f/∂x7 x4 = 1.273
        ∂f/∂x4 = ∂f/∂x7 x5 + ∂f/∂x6 e^{x4} = 5.341
        ∂f/∂x2 = ∂f/∂x4 x1 = 5.341
        ∂f/∂x1 = ∂f/∂x4 x2 = 10.682
        """#,
      errors: [(#"10.682"#, #"12.682"#), (#"-3.805"#, #"3.805"#)]),
    WrittenTable(
      expression: "(x1*x2*sin(x3)+exp(x1*x2))/x3", point: "x1=1,x2=2,x3=pi/2",
      table: #"""
        x4 = x1*x2
        x5 = sin(x3)
        x6 = exp(x4)
        x7 = x4*x5
        x8 = x6 + x7
        x9 = x8/x3
        x4_dot = 2
        x1_dot = 1
        x2_dot = 0
        x3_dot = 0
        x5_dot = 0
        x6_dot = 14.78
        x7_dot = 2
        x8_dot = 16.78
        x9_dot = 10.68
        """#,
      errors: [(#"10.68"#, #"11.68"#), (#"14.78"#, #"7.39"#)]),
    WrittenTable(
      expression: "1/2*(1/(1+exp(-(w*x+b)))-t)^2", point: "w=0.5,x=2,b=-0.4,t=1",
      table: #"""
        z = w x + b = 0.6
        y = 1/(1+e^{-z}) = 0.6457
        L = 1/2 (y - t)^2 = 0.0628
        Lbar = 1
        ybar = Lbar (y - t) = -0.3543
        zbar = ybar y (1 - y) = -0.0811
        wbar = zbar x = -0.1621
        bbar = zbar = -0.0811
        """#,
      errors: [
        (#"zbar x = -0.1621"#, #"zbar x = 0.1621"#), (#"(y - t) = -0.3543"#, #"(t - y) = 0.3543"#),
      ]),
    WrittenTable(
      expression: "1/2*(1/(1+exp(-(w*x+b)))-t)^2", point: "w=0.5,x=2,b=-0.4,t=1",
      table: #"""
        z = w*x + b
        y = sigmoid(z)
        L = 1/2*(y-t)^2
        dL/dy = y - t
        dL/dz = dL/dy * y*(1-y)
        dL/dw = dL/dz * x
        dL/db = dL/dz
        """#,
      errors: [(#"dL/dy * y*(1-y)"#, #"dL/dy * (1-y)"#), (#"dL/dz * x"#, #"dL/dz * w"#)]),
    WrittenTable(
      expression: "1/2*(1/(1+exp(-(w*x+b)))-t)^2", point: "w=0.5,x=2,b=-0.4,t=1",
      table: #"""
        z = w*x + b = 0.6
        y = sigmoid(z) = 0.6457
        L = 1/2*(y-t)^2 = 0.0628
        δy = y - t = -0.3543
        δz = δy*y*(1-y) = -0.0811
        δw = δz*x = -0.1621
        δb = δz = -0.0811
        """#,
      errors: [(#"-0.1621"#, #"-0.1261"#)]),
    WrittenTable(
      expression: "1/2*(1/(1+exp(-(w*x+b)))-t)^2", point: "w=0.5,x=2,b=-0.4,t=1",
      table: #"""
        z = w*x + b = 0.6
        y = sigmoid(z) = 0.6457
        L = 1/2*(y-t)^2 = 0.0628
        \frac{\partial L}{\partial y} = y - t = -0.3543
        \frac{\partial L}{\partial z} = \frac{\partial L}{\partial y} y (1-y) = -0.0811
        \frac{\partial L}{\partial w} = \frac{\partial L}{\partial z} x = -0.1621
        \frac{\partial L}{\partial b} = -0.0811
        """#,
      errors: [(#"x = -0.1621"#, #"x = -0.1261"#)]),
    WrittenTable(
      expression: "x1*x2+sin(x1)", point: "x1=2,x2=3",
      table: #"""
        Operations to compute value | Operations to compute derivative
        w1 = x1 | ẇ1 = 1 (seed)
        w2 = x2 | ẇ2 = 0 (seed)
        w3 = w1 · w2 | ẇ3 = w2 · ẇ1 + w1 · ẇ2
        w4 = sin w1 | ẇ4 = cos w1 · ẇ1
        w5 = w3 + w4 | ẇ5 = ẇ3 + ẇ4
        """#,
      errors: [(#"w2 · ẇ1 + w1"#, #"w1 · ẇ1 + w1"#)]),
    WrittenTable(
      expression: "x1*x2+sin(x1)", point: "x1=2,x2=3",
      table: #"""
        w̄5 = 1 (seed)
        w̄4 = w̄5
        w̄3 = w̄5
        w̄2 = w̄3 w1
        w̄1 = w̄3 w2 + w̄4 cos(w1)
        w1 = x1
        w2 = x2
        w3 = w1 w2
        w4 = sin(w1)
        w5 = w3 + w4
        """#,
      errors: [(#"w̄3 w1"#, #"w̄3 w2"#), (#"w̄4 cos"#, #"w̄4 sin"#)]),
    WrittenTable(
      expression: "ln(x1)+x1*x2-sin(x2)", point: "x1=2,x2=5",
      table: #"""
        v-1,2
        v0,5
        v1,0.693
        v2,10
        v3,-0.959
        v4,10.693
        v5,11.652
        """#,
      errors: [(#"-0.959"#, #"0.959"#)]),
    WrittenTable(
      expression: "ln(x1)+x1*x2-sin(x2)", point: "x1=2,x2=5",
      table: #"""
        v0 = 2
        v1 = 5
        v2 = 0.693
        v3 = 10
        v4 = -0.959
        v5 = 10.693
        v6 = 11.652
        """#,
      errors: [(#"-0.959"#, #"0.959"#)]),
    WrittenTable(
      expression: "ln(x1)+x1*x2-sin(x2)", point: "x1=2,x2=5",
      table: #"""
        w1 = 2
        w2 = 5
        w3 = 0.693
        w4 = 10
        w5 = -0.959
        w6 = 10.693
        w7 = 11.652
        """#,
      errors: [(#"10.693"#, #"9.307"#)]),
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
