// Trace tables in layouts of course notes and programs: right ones agree, and one wrong number or name in
// each is found.
import Testing

@testable import Commands

private struct LaidOutTable: CustomTestStringConvertible {
  let expression: String
  let point: String
  /// What is right, and what is wrong in its place.
  let right: String
  let wrong: String
  let text: String

  var testDescription: String { text }

  static let all = text.split(separator: "\n@@@@\n").map { block in
    let lines = block.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    let head = lines[0].split(separator: " @ ").map(String.init)
    let sides = head[2].split(separator: " → ", omittingEmptySubsequences: false).map(String.init)
    return LaidOutTable(
      expression: head[0], point: head[1], right: sides[0], wrong: sides.count > 1 ? sides[1] : "",
      text: String(lines[1]).replacing("⇥", with: "\t"))
  }

  private static let text = #"""
    3*(x^2+y) @ x=1.5,y=2 @ b.g = 3 → b.g = 9
    b.v = 4.25
    b.g = 3
    b = x^2 + y
    f = 3*b = 12.75
    x.g = 9
    y.g = 3
    @@@@
    (x+y)*y @ x=1,y=2 @ s.g = 2 → s.g = 3
    s.v = 3
    s.g = 2
    s = x + y
    f.v = 6
    f.g = 1
    f = s*y
    x.g = 2
    y.g = 5
    @@@@
    exp(-x)*x @ x=1 @ f'=0 → f'=0.368
    u=-1
    v=0.368
    f=0.368
    u'=-1
    v'=-0.368
    f'=0
    @@@@
    (x+1)^3 @ x=1 @ dx=12 → dx=3
    v1=x+1=2
    v2=v1^3=8
    dv2=1
    dv1=3*v1^2=12
    dx=12
    @@@@
    x/y @ x=6,y=2 @ -3/2 → 3/2
    f = x/y = 3
    ∂f/∂x = 1/y = 1/2
    ∂f/∂y = -x/y² = -3/2
    @@@@
    sin(x*y)+x @ x=2,y=0.5 @ 0.2702 → 0.5403
    a: (1, 0.5)
    b: (0.8415, 0.2702)
    f: (2.8415, 1.2702)
    @@@@
    sin(x*y)+x @ x=2,y=0.5 @ cos(a)a → -cos(a)a
    a'=x'y+xy'
    b'=cos(a)a'
    f'=b'+x'
    a=xy
    b=sin(a)
    f=b+x
    @@@@
    sin(x*y)+x @ x=2,y=0.5 @ 0.5403 → 0.4503
    a =

         1


    b =

        0.8415


    f =

        2.8415


    da =

        0.5403
    @@@@
    ln(x)*y @ x=e,y=3 @ 1.1036 → 3.0000
    a = ln x = 1
    f = a y = 3
    f̄ = 1
    ā = y = 3
    ȳ = a = 1
    x̄ = ā/x = 1.1036
    @@@@
    sin(x*y)+x @ x=2,y=0.5 @ da=0.5403 → da=0.4503
    x=2 y=0.5 a=1 b=0.8415 f=2.8415
    dx=1.2702 dy=1.0806 da=0.5403 db=1 df=1
    @@@@
    sin(x*y)+x @ x=2,y=0.5 @ 0.5403 → 0.4503
    op,out,value,adjoint
    mul(x;y),a,1,0.5403
    sin(a),b,0.8415,1
    add(b;x),f,2.8415,1
    @@@@
    sin(x*y)+x @ x=2,y=0.5 @ a=0.5403 → a=0.4503
    Primal: a=1, b=0.8415, f=2.8415
    Adjoint: f=1, b=1, a=0.5403, x=1.2702, y=1.0806
    @@@@
    x*y*z @ x=2,y=3,z=4 @ = 8 → = 12
    p = x*y = 6
    q = p*z = 24
    q̄ = 1
    p̄ = z = 4
    z̄ = p = 6
    x̄ = p̄*y = 12
    ȳ = p̄*x = 8
    @@@@
    sin(x*y)+x @ x=2,y=0.5 @ 0.5403 → 0.4503
    a = x*y = 1 (grad = 0.5403)
    b = sin(a) = 0.8415 (grad = 1)
    f = b + x = 2.8415 (grad = 1)
    @@@@
    sin(x*y)+x @ x=2,y=0.5 @ dy = da*x → dy = da*y
    a = x*y; b = sin(a); f = b + x; df = 1; db = df; da = db*cos(a); dx = da*y + df; dy = da*x
    @@@@
    sin(x*y)+x @ x=2,y=0.5 @ 0.2702ε → 0.5403ε
    x = 2 + ε
    y = 0.5
    a = x*y = 1 + 0.5ε
    b = sin(a) = 0.8415 + 0.2702ε
    f = b + x = 2.8415 + 1.2702ε
    @@@@
    exp(-x)*x @ x=1 @ v*du = -0.36788 → v*du = 0.36788
    u = -x = -1, du = -1
    v = e^u = 0.36788, dv = v*du = -0.36788
    f = v*x = 0.36788, df = v + x*dv = 0
    @@@@
    sqrt(x^2+1) @ x=2 @ v'/(2√v) → v'/√v
    u = x² = 4        u' = 2x = 4
    v = u + 1 = 5     v' = u' = 4
    w = √v = 2.2361   w' = v'/(2√v) = 0.8944
    @@@@
    sin(x*y)+x @ x=2,y=0.5 @ 0.5403 → 0.4503
    Node(name='a', value=1.0, grad=0.5403)
    Node(name='b', value=0.8415, grad=1.0)
    Node(name='f', value=2.8415, grad=1.0)
    @@@@
    sin(x*y)+x @ x=2,y=0.5 @ 0.5403 → 0.6403
    x.data=2.0 x.grad=1.2702
    y.data=0.5 y.grad=1.0806
    a.data=1.0 a.grad=0.5403
    b.data=0.8415 b.grad=1.0
    f.data=2.8415 f.grad=1.0
    @@@@
    (sigmoid(w*x+b)-t)^2 @ w=0.5,x=2,b=-0.4,t=1 @ d_w = -0.3243 → d_w = -0.4864
    z = 0.6000
    y_hat = 0.6457
    loss = 0.1256
    d_loss/d_y_hat = -0.7087
    d_loss/d_z = -0.1621
    d_loss/d_w = -0.3243
    d_loss/d_b = -0.1621
    @@@@
    sin(x*y)+x @ x=2,y=0.5 @ 0.2702 → 0.5403
    x = Dual(2.0, 1.0)
    y = Dual(0.5, 0.0)
    a = x*y = Dual(1.0, 0.5)
    b = sin(a) = Dual(0.8415, 0.2702)
    f = b + x = Dual(2.8415, 1.2702)
    @@@@
    x1*x2+sin(x1) @ x1=2,x2=3 @ -0.416 → 0.416
    Step | Value | Derivative (x1 seed)
    w1=x1 | 2 | 1
    w2=x2 | 3 | 0
    w3=w1*w2 | 6 | 3
    w4=sin(w1) | 0.909 | -0.416
    w5=w3+w4 | 6.909 | 2.584
    @@@@
    sin(x*y)+x @ x=2,y=0.5 @ 1.2702 → 1.7202
    a = x*y = 1        da/dx = y = 0.5
    b = sin(a) = 0.8415   db/dx = cos(a)*da/dx = 0.2702
    f = b + x = 2.8415    df/dx = db/dx + 1 = 1.2702
    @@@@
    sin(x*y)+x @ x=2,y=0.5 @ (1.2702 → (1.2602
    f.grad = tensor(1.)
    b.grad = tensor(1.)
    a.grad = tensor(0.5403)
    x.grad = tensor(1.2702)
    y.grad = tensor(1.0806)
    a = x*y
    b = sin(a)
    f = b + x
    @@@@
    sin(x*y)+x @ x=2,y=0.5 @ 1.0806 → 1.8006
            x        y        a        b        f
    val   2.0000   0.5000   1.0000   0.8415   2.8415
    grad  1.2702   1.0806   0.5403   1.0000   1.0000
    @@@@
    sin(x*y)+x @ x=2,y=0.5 @ + df // → - df //
    a := x*y // 1
    b := math.Sin(a) // 0.8415
    f := b + x // 2.8415
    df := 1.0
    da := df*math.Cos(a) // 0.5403
    dx := da*y + df // 1.2702
    dy := da*x // 1.0806
    @@@@
    sin(x*y)+x @ x=2,y=0.5 @ gradient of a: 0.5403 → gradient of a: 1.0806
    value of a: 1
    value of b: 0.8415
    value of f: 2.8415
    gradient of f: 1
    gradient of b: 1
    gradient of a: 0.5403
    gradient of x: 1.2702
    gradient of y: 1.0806
    @@@@
    (sigmoid(w*x+b)-t)^2 @ w=0.5,x=2,b=-0.4,t=1 @ a*(1-a) → (1-a)
    delta_L = 1
    delta_a = 2*(a-t) = -0.7087
    delta_z = delta_a*a*(1-a) = -0.1621
    delta_w = delta_z*x = -0.3243
    z = w*x+b = 0.6000
    a = sigmoid(z) = 0.6457
    L = (a-t)^2 = 0.1256
    @@@@
    (sigmoid(w*x+b)-t)^2 @ w=0.5,x=2,b=-0.4,t=1 @ a(1 - a) → a(1 + a)
    z = w*x + b = 0.6000
    a = σ(z) = 0.6457
    L = (a - t)² = 0.1256
    ∂L/∂a = 2(a - t) = -0.7087
    ∂L/∂z = ∂L/∂a · a(1 - a) = -0.1621
    ∂L/∂w = ∂L/∂z · x = -0.3243
    ∂L/∂b = ∂L/∂z = -0.1621
    @@@@
    sin(x*y)+x @ x=2,y=0.5 @ 1.0806 → 1.0906
    local a = x*y -- 1
    local b = math.sin(a) -- 0.8415
    local f = b + x -- 2.8415
    local df = 1
    local da = df*math.cos(a) -- 0.5403
    local dx = da*y + df -- 1.2702
    local dy = da*x -- 1.0806
    @@@@
    sin(x*y)+x @ x=2,y=0.5 @ 0.5403 → 0.8415
    =====  ======  ======
    node   value   grad
    =====  ======  ======
    x      2       1.2702
    y      0.5     1.0806
    a      1       0.5403
    b      0.8415  1
    f      2.8415  1
    =====  ======  ======
    @@@@
    sin(x*y)+x @ x=2,y=0.5 @ 0.5403 → 0.8415
    | step | expression | value |
    | 1 | a = x*y | 1 |
    | 2 | b = sin(a) | 0.8415 |
    | 3 | f = b + x | 2.8415 |
    | 4 | df/db = 1 | 1 |
    | 5 | df/da = cos(a) | 0.5403 |
    | 6 | df/dx = df/da*y + 1 | 1.2702 |
    @@@@
    sin(x*y)+x @ x=2,y=0.5 @ = 0.2702 → = 0.5403
    \begin{align*}
     a &= xy = 1 & \dot a &= \dot x y + x \dot y = 0.5 \\
     b &= \sin a = 0.8415 & \dot b &= \cos(a) \dot a = 0.2702 \\
     f &= b + x = 2.8415 & \dot f &= \dot b + \dot x = 1.2702
    \end{align*}

    """#
}

@Suite struct TableLayoutTests {
  @Test func allAreThere() { #expect(LaidOutTable.all.count == 34) }

  @Test(arguments: LaidOutTable.all)
  fileprivate func rightAgreesAndWrongDoesNot(table: LaidOutTable) {
    let words = ["check", table.expression, "--at", table.point, "--trace", "-"]
    let right = ProgramRun(words, input: Array(table.text.utf8))
    #expect(right.status == 0, "\(right.output)\(right.error)")
    let pieces = table.text.split(
      separator: table.right, maxSplits: 1, omittingEmptySubsequences: false)
    guard pieces.count == 2 else {
      Issue.record("'\(table.right)' is not in the table")
      return
    }
    let text = pieces.joined(separator: table.wrong)
    let wrong = ProgramRun(words, input: Array(text.utf8))
    #expect(wrong.status == 1, "\(wrong.output)\(wrong.error)")
  }
}
