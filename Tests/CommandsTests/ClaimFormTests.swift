// Claims in the notations that people and programs write, and what no notation makes pass.
import Testing

@testable import Commands

@Suite struct ClaimFormTests {
  @Test(arguments: [
    ("exp(3*x)", "--gradient", "g'(x) = 3*exp(3*x)"), ("exp(3*x)", "--gradient", "y′: 3*exp(3*x)"),
    ("exp(3*x)", "--gradient", "dz/dx = 3*exp(3*x)"),
    ("exp(3*x)", "--hessian", "f''(x) = 9*exp(3*x)"),
    ("u*v^3", "--gradient", "∂f/∂v = 3*u*v^2; ∂f/∂u = v^3"),
    ("u*v^3", "--gradient", "f_u = v^3, f_v = 3*u*v^2"),
    ("u*v^3", "--gradient", "fu: v^3, fv: 3*u*v^2"),
    ("u*v^3", "--gradient", "∇f = [v^3, 3*u*v^2]"), ("u*v^3", "--gradient", "(v^3, 3*u*v^2)"),
    ("u*v^3", "--gradient", "{\"v\": \"3*u*v^2\", \"u\": \"v^3\"}"),
    ("u*v^3", "--hessian", "[[0, 3*v^2], [3*v^2, 6*u*v]]"),
    ("u*v^3", "--hessian", "f_uv = 3*v^2, ∂²f/∂v² = 6*u*v, d^2f/du^2 = 0"),
    ("[u+v, u*v]", "--gradient", "[1, 1; v, u]"),
    ("p = u+v; q = u*v; [p, q]", "--gradient", "dq/du = v"),
  ])
  func formulas(expression: String, option: String, claim: String) {
    let run = ProgramRun(["check", expression, option, claim])
    #expect(run.status == 0 && run.output.contains("agree"), "\(claim): \(run.output)\(run.error)")
  }

  @Test(arguments: [
    "[8. 12.]", "tensor([ 8., 12.])", "array([8., 12.])", "8 12", "(8.0e+00, 1.2e+01)",
    "du=8, dv=12",
    "grad u: 8\ngrad v: 12", "d/du   8\nd/dv  12\n",
    "{\"value\": 8, \"gradient\": {\"u\": 8, \"v\": 12}}",
    "u.grad: tensor([8.])\nv.grad: tensor([12.])", "((8.0, 12.0),)", "     u v\n[1,] 8 12",
    "(value: 8.0, gradient: (8.0, 12.0))", "u;v\n8,0;12,0", "∇f(1,2) = 8i + 12j",
    "{\"grad\": {\"u\": 8, \"v\": 12}, \"value\": 8}", "f = 8.0  df/du = 8.0  df/dv = 12.0",
    "[{\"variable\": \"u\", \"derivative\": 8}, {\"variable\": \"v\", \"derivative\": 12}]",
    "df/du|u=1,v=2 = 8\ndf/dv|u=1,v=2 = 12", "f_u = v^3 = 8, f_v = 3*u*v^2 = 12",
    #"\left.\frac{\partial f}{\partial u}\right|_{(1,2)} = 8, f_v = 12"#,
    "In [4]: g\nOut[4]: array([8., 12.])", "Out[5]: (tensor(8.), tensor(12.))",
    ">>> grad(f)(1., 2.)\n(Array(8., dtype=float32), Array(12., dtype=float32))",
    "julia> gradient(f, [1, 2])\n2-element Vector{Float64}:\n  8.0\n 12.0",
    "torch.Size([2])\ntensor([8., 12.])", "     u     v\n0  8.0  12.0",
    "grad_u=8.0\tgrad_v=12.0",
    "∇f(u,v) = (v^3, 3*u*v^2), ∇f(1,2) = (8, 12)",
  ])
  func numbers(claim: String) {
    func run(_ claim: String) -> ProgramRun {
      ProgramRun(["check", "u*v^3", "--at", "u=1,v=2", "--gradient", claim])
    }
    #expect(run(claim).status == 0, "\(run(claim).output)\(run(claim).error)")
    let wrong = claim.replacing("12", with: "13").replacing("1.2e", with: "1.3e")
    #expect(run(wrong).status == 1, "\(wrong): \(run(wrong).output)\(run(wrong).error)")
  }

  /// Out of LaTeX, Markdown, code and the prints of programs: right, and wrong with 2 in place of 3.
  @Test(arguments: [
    "∇f(u, v) = (v^3, 3*u*v^2)", "∇f = <v^3, 3*u*v^2>", "∇f = ⟨v³, 3·u·v²⟩",
    "∇f = [v^3, 3*u*v^2]^T",
    #"\nabla f = \begin{pmatrix} v^3 \\ 3 u v^2 \end{pmatrix}"#,
    #"\nabla f(u, v) = \left( v^{3}, 3 u v^{2} \right)"#,
    #"\begin{align} \frac{\partial f}{\partial u} &= v^3 \\ \frac{\partial f}{\partial v} &= 3 u v^2 \end{align}"#,
    #"\frac{\partial f}{\partial u} = v^3, \quad \frac{\partial f}{\partial v} = 3 u v^2"#,
    "- df/du = v^3\n- df/dv = 3*u*v^2", "1. df/du = v^3\n2. df/dv = 3*u*v^2.",
    "| derivative | formula |\n|---|---|\n| df/du | v^3 |\n| df/dv | 3*u*v^2 |",
    "df/du = v^3 and df/dv = 3*u*v^2", "df_du = v**3\ndf_dv = 3*u*v**2",
    "return np.array([v**3, 3*u*v**2])", "∂uf = v^3, ∂vf = 3*u*v^2",
    "d/du f = v^3, d/dv f(u, v) = 3*u*v^2",
    "df = (v^3) du + (3*u*v^2) dv", "df = v^3*du + 3*u*v^2 dv",
    "f_u(u,v) := v^3, f_v(u,v) := 3*u*v^2",
    "def grad(u, v):\n    du = v**3\n    dv = 3*u*v**2\n    return du, dv",
    "g[0] = v*v*v;\ng[1] = 3*u*v*v;",
    "g = [v^3; 3*u*v^2];", "{v^3, 3*u*v^2}", "D[f, u] = v^3\nD[f, v] = 3*u*v^2",
    "double df_du = v*v*v;\ndouble df_dv = 3*u*v*v;",
    #"\partial_u f = v^3, \partial_v f = 3 u v^2"#,
    #"\nabla f = v^3 \mathbf{i} + 3 u v^2 \mathbf{j}"#, "∇f = (v^3) i + (3*u*v^2) j",
    "| ∂f/∂u | ∂f/∂v |\n|---|---|\n| v^3 | 3*u*v^2 |",
    "variable,derivative\nu,\"v^3\"\nv,\"3*u*v^2\"",
    "df/du;df/dv\nv^3;3*u*v^2", "(1) f_u = v^3\n(2) f_v = 3*u*v^2",
    "a) f_u = v^3\nb) f_v = 3*u*v^2",
    "u | v^3\nv | 3*u*v^2", "u\tv^3\nv\t3*u*v^2",
    "The partial derivatives are f_u = v^3 and f_v = 3*u*v^2.",
    "∇f = (∂f/∂u, ∂f/∂v) = (v^3, 3*u*v^2)", "{{v^3}, {3*u*v^2}}", "(v^3 | 3*u*v^2)",
    "Grad[f, {u, v}] = {v^3, 3 u v^2}", "(u, v) |--> (v^3, 3*u*v^2)", "[v^3  3*u*v^2]",
    "diff(f, u) = v^3\ndiff(f, v) = 3*u*v^2", "wrt u: v^3, wrt v: 3*u*v^2",
    "Derivative(u*v**3, u) = v**3\nDerivative(u*v**3, v) = 3*u*v**2",
    "dfdu = v*v*v; dfdv = 3*u*v*v;", "grad(1) = v^3;\ngrad(2) = 3*u*v^2;",
    "grad << v*v*v, 3*u*v*v;", "return new double[]{v*v*v, 3*u*v*v};",
    #"\pdv{f}{u} = v^3, \quad \pdv{f}{v} = 3 u v^2"#, "f'_u(u,v) = v^3, f'_v(u,v) = 3*u*v^2",
    #"\operatorname{grad} f = \binom{v^3}{3 u v^2}"#, "f_u' = v^3, f_v' = 3*u*v^2",
    "∂f/∂u = v³ [v constant]\n∂f/∂v = 3·u·v²", "∇f = v^3 î + 3*u*v^2 ĵ",
    "derivative with respect to u: v^3\nderivative with respect to v: 3*u*v^2",
    "Du f = v^3\nDv f = 3*u*v^2", "u => v^3\nv => 3*u*v^2", "u -> v^3, v -> 3*u*v^2",
    "Dict(u => v^3, v => 3*u*v^2)", "dfdu = v^3  ! d/du\ndfdv = 3*u*v^2  ! d/dv",
    "dfdu = v^3; % partial in u\ndfdv = 3*u*v^2;",
    "def dfdu(u, v): return v**3\ndef dfdv(u, v): return 3*u*v**2",
    "[](double u, double v){ return std::array{v*v*v, 3*u*v*v}; }",
    "| | ∂/∂u | ∂/∂v |\n|---|---|---|\n| f | v^3 | 3*u*v^2 |",
    #"\partial f/\partial u &= v^3 \\ \partial f/\partial v &= 3 u v^2"#,
    #"\nabla f = v^3 \hat{\imath} + 3 u v^2 \hat{\jmath}"#,
    "f_u = v^3, f_v = 3*u*v^2 (Potenzregel)",
    "{u -> v^3, v -> 3*u*v^2}", "f_u = v^3, f_v = 3*u*v^2 = 3*v^2*u",
  ])
  func pasted(claim: String) {
    let run = ProgramRun(["check", "u*v^3", "--gradient", claim])
    #expect(run.status == 0, "\(claim): \(run.output)\(run.error)")
    let wrong = claim.replacing("3*u", with: "2*u").replacing("3 u", with: "2 u")
      .replacing("3·u", with: "2·u")
    #expect(ProgramRun(["check", "u*v^3", "--gradient", wrong]).status == 1, "\(wrong)")
  }

  /// `12.` is 12, and what single precision prints in full is known to single precision.
  @Test(arguments: [
    ("x: 12., y: 4.", 1), ("x: 12.4, y: 4.", 0), ("x: 12.4, y: 4.00001", 1),
  ])
  func decimalsOfClaims(claim: String, status: Int32) {
    let run = ProgramRun(["check", "x^2*y", "--at", "x=2,y=3.1", "--gradient", claim])
    #expect(run.status == status, "\(run.output)\(run.error)")
  }

  @Test(arguments: [("2.7182817", 0), ("2.7182827", 1)])
  func singlePrecision(claim: String, status: Int32) {
    #expect(
      ProgramRun(["check", "exp(x)", "--at", "x=1", "--gradient", claim]).status == status)
  }

  /// Each side of a chain is judged, and no member of an object is passed over.
  @Test(arguments: [
    "f_u = v^3 = 8, f_v = 3*u*v^2 = 13", "f_u = v^3 = 8, f_v = 2*u*v^2 = 12",
    "{\"value\": 9, \"gradient\": {\"u\": 8, \"v\": 12}}",
    "{\"value\": 9, \"gradient\": [8, 12]}",
  ])
  func nothingIsPassedOver(claim: String) {
    let run = ProgramRun(["check", "u*v^3", "--at", "u=1,v=2", "--gradient", claim])
    #expect(run.status == 1, "\(claim): \(run.output)\(run.error)")
  }

  /// A word is a product of letters only where nothing divides by it.
  @Test(arguments: [
    ("x^2*y", "2xy, x^2", 0), ("ln(x*y)", "1/x, 1/xy", 2), ("x*y", "f_x = y, f_y = xy", 1),
  ])
  func productsOfLetters(expression: String, claim: String, status: Int32) {
    #expect(ProgramRun(["check", expression, "--gradient", claim]).status == status, "\(claim)")
  }

  /// An equation that differentiation gave is solved for the derivative.
  @Test(arguments: [
    ("2x + 2y*y' = 0", 0), ("2x + 2y y' = 0, y' = -x/y", 0), ("x dx + y dy = 0", 0),
    ("y*y' = -x", 0), ("2x + y*y' = 0", 1), ("x dx - y dy = 0", 1),
    ("dy/dx = -(2x)/(2y) = -x/y", 0), ("dy/dx = -(2x)/(2y) = -y/x", 1),
  ])
  func equationsOfDerivatives(claim: String, status: Int32) {
    let run = ProgramRun(["check", "x^2+y^2=25", "--implicit", "y(x)", "--gradient", claim])
    #expect(run.status == status, "\(claim): \(run.output)\(run.error)")
  }

  /// Of one variable, out of programs, computer algebra, notes and sentences.
  @Test(arguments: [
    "d/dx(exp(3x)) = 3*np.exp(3*x)", "(exp(3x))' = 3*exp(3*x)", "x |--> 3*exp(3*x)",
    "function(x) 3*exp(3*x)", "func df(_ x: Double) -> Double { 3*exp(3*x) }",
    "Using the chain rule:\nf'(x) = 3*exp(3*x)   (chain rule)",
    #"\boxed{f'(x) = 3*\exp(3*x)}"#,
    "def df(x):\n    return 3*np.exp(3*x)", "df = lambda x: 3*np.exp(3*x)",
    "double df(double x) { return 3*exp(3*x); }", "const df = x => 3*Math.exp(3*x)",
    "D[f[x], x] = 3*Exp[3*x]", "f'[x] = 3*Exp[3*x]", "Out[1]= 3*Exp[3*x]", "(%o1) 3*exp(3*x)",
    "Derivative: 3*exp(3*x)", "`f'(x) = 3*exp(3*x)`", "**f'(x)** = 3*exp(3*x)",
    "| f'(x) |\n|---|\n| 3*exp(3*x) |", "ⅆf/ⅆx = 3*exp(3*x)", "Answer: 3*exp(3*x)",
    "Therefore, f'(x) = 3*exp(3*x).", "Ableitung: f'(x) = 3*exp(3*x)", "D_x f = 3*exp(3*x)",
    "y prime = 3*exp(3*x)", "variable,derivative\nx,3*exp(3*x)", "d(f)/dx = 3*exp(3*x)",
    "let dfdx = 3*exp(3*x)", #"\frac{\mathrm d y}{\mathrm d x} = 3 e^{3 x}"#,
    #"f^{\prime}(x) = 3 e^{3 x}"#, #"f^\prime(x) = 3 e^{3 x}"#,
  ])
  func ofOneVariable(claim: String) {
    let run = ProgramRun(["check", "exp(3*x)", "--gradient", claim])
    #expect(run.status == 0, "\(claim): \(run.output)\(run.error)")
    let wrong = claim.replacing("3*x", with: "2*x").replacing("3 x", with: "2 x")
    #expect(wrong != claim)
    #expect(ProgramRun(["check", "exp(3*x)", "--gradient", wrong]).status == 1, "\(wrong)")
  }

  /// The expression itself as notes have it.
  @Test(arguments: ["$y = x^2$", #"f\left(x\right) = x^2"#, "y = x^2", "f(x) = x^2"])
  func definitionsAreExpressions(expression: String) {
    #expect(ProgramRun(["check", expression, "--gradient", "2*x"]).status == 0)
    #expect(ProgramRun(["check", expression, "--gradient", "3*x"]).status == 1)
  }

  @Test(arguments: [
    "(tensor(8.), tensor(12.))", "tensor(8.), tensor(12.)",
    "∂f/∂u = 8,00; ∂f/∂v = 12,00", "du;dv\n8,00;12,00", "| u | v |\n|---|---|\n| 8.0 | 12.0 |",
    "du =\n\n    8\n\ndv =\n\n    12\n", "u    8.0\nv    12.0\ndtype: float64",
    "{\"gradient\": [8.0, 12.0]}", "value = 8\ngrad = [8.0, 12.0]", "The gradient is (8, 12).",
    "Gradient { u: 8.0, v: 12.0 }", "tensor([8., 12.], dtype=torch.float64, requires_grad=True)",
    "[Array(8., dtype=float32), Array(12., dtype=float32)]", "(np.float64(8.0), np.float64(12.0))",
    "<tf.Tensor: shape=(2,), dtype=float32, numpy=[8., 12.]>",
    "u.grad = tensor(8.)\nv.grad = tensor(12.)",
    "2-element Vector{Float64}:\n  8.0\n 12.0", "ans =\n\n     8    12\n", "[1] 8 12", "u,v\n8,12",
    "du=8 dv=12", "u: grad=8\nv: grad=12", "∂f/∂u ≈ 8, ∂f/∂v ≈ 12", "f_u(1,2) = 8, f_v(1,2) = 12",
    "Gradient = [8, 12]", "[[ 8.]\n [12.]]", "{'u': np.float64(8.0), 'v': np.float64(12.0)}",
  ])
  func printed(claim: String) {
    func run(_ claim: String) -> ProgramRun {
      ProgramRun(["check", "u*v^3", "--at", "u=1,v=2", "--gradient", claim])
    }
    #expect(run(claim).status == 0, "\(run(claim).output)\(run(claim).error)")
    let wrong = claim.replacing("12", with: "13")
    #expect(run(wrong).status == 1, "\(wrong): \(run(wrong).output)\(run(wrong).error)")
  }

  /// A value at another point is not one at this.
  @Test(arguments: ["f_u(1,3) = 8", "df/du|_{u=2} = 8", "∇f(2, 2) = [8, 12]"])
  func ofAnotherPoint(claim: String) {
    #expect(ProgramRun(["check", "u*v^3", "--at", "u=1,v=2", "--gradient", claim]).status == 2)
  }

  /// A list may follow the variables as they come, or the alphabet, whichever is right.
  @Test func listsFollowTheAlphabetToo() {
    let run = ProgramRun(["check", "v*exp(u)", "--gradient", "[v*exp(u), exp(u)]"])
    #expect(run.status == 0 && run.error.contains("in the order u, v"), "\(run.error)")
    #expect(ProgramRun(["check", "v*exp(u)", "--gradient", "[exp(u), v*exp(u)]"]).status == 0)
    let chosen = ["check", "v*exp(u)", "--wrt", "v,u", "--gradient", "[v*exp(u), exp(u)]"]
    #expect(ProgramRun(chosen).status == 1)
  }

  @Test(arguments: [
    "[u v; v u]", "| u | v |\n| v | u |", #"J = \begin{bmatrix} u & v \\ v & u \end{bmatrix}"#,
    "u, v\nv, u", "∂f₁/∂u = u, ∂f₁/∂v = v, ∂f₂/∂u = v, ∂f₂/∂v = u",
  ])
  func jacobians(claim: String) {
    let words = ["check", "[u^2/2 + v^2/2, u*v]", "--gradient"]
    #expect(ProgramRun(words + [claim]).status == 0, "\(ProgramRun(words + [claim]).error)")
  }

  /// One name under a sum is no vector.
  @Test func indicesAreNoNames() {
    let run = ProgramRun(["check", "sum(i, 1, 3, (y_i - w*x_i)^2)", "--gradient", "w: 0"])
    #expect(run.status == 2 && run.error.contains("write the terms out"), "\(run.error)")
  }

  @Test func listsFollowTheOrderOfWrt() {
    let words = ["check", "u*v^3", "--at", "u=1,v=2", "--wrt", "v,u", "--gradient"]
    #expect(ProgramRun(words + ["[12, 8]"]).status == 0)
    #expect(ProgramRun(words + ["[8, 12]"]).status == 1)
  }

  /// What may be about something else than the result is refused.
  @Test(arguments: [
    ("w = u^2; sin(w)", "dw/du = 2*u"), ("u*v", "dv/du = v"), ("u*v", "[v]"), ("u*v", "f' = v"),
    ("u*v", "[v, u, 1]"), ("u*v", "∇f = [v, u], q"),
  ])
  func unclear(expression: String, claim: String) {
    #expect(ProgramRun(["check", expression, "--gradient", claim]).status == 2)
  }

  @Test(arguments: [
    ("abs(t)", "17", 1), ("abs(t)", "-1.5", 1), ("abs(t)", "0", 0), ("abs(t)", "1", 0),
    ("max(t, 3*t)", "2", 0), ("max(t, 3*t)", "0.5", 1), ("max(t, 3*t)", "3.5", 1),
  ])
  func kinks(expression: String, claim: String, status: Int32) {
    let run = ProgramRun(["check", expression, "--at", "t=0", "--gradient", "t: \(claim)"])
    #expect(run.status == status, "\(run.output)\(run.error)")
  }

  @Test func powerRuleOfAVariableExponent() {
    let run = ProgramRun(["check", "t^t", "--gradient", "t*t^(t-1)"])
    #expect(run.status == 1 && run.output.contains("power rule where"), "\(run.output)")
  }

  @Test func noFactorOfManyDigits() {
    let run = ProgramRun(["check", "e^3+x", "--gradient", "3*e^2+1"])
    #expect(run.status == 1 && !run.output.contains("constant factor"), "\(run.output)")
  }
}
