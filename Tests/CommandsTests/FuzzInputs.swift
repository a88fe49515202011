// What the fuzzers feed the program with: texts near enough to the language to get far, each from a seed.

/// Makes inputs that are near enough to the language to get far, from a seed of their own each.
struct InputGenerator {
  var random: SplitMix64

  private static let unary = [
    "sin", "cos", "tan", "exp", "ln", "sqrt", "abs", "asin", "atan", "tanh", "cosh", "erf", "gamma",
    "lgamma", "sigmoid", "softplus", "sinc", "cbrt", "log1p", "floor", "relu", "-", "expm1", "sign",
  ]
  private static let binary = ["+", "-", "*", "/", "^", "+", "*", "-"]
  private static let calls = ["atan2", "hypot", "max", "min", "mod", "log", "xlogy", "beta"]
  private static let leaves = [
    "x", "y", "x", "2", "0.5", "3", "pi", "1e-3", "0", "1e200", "-1", "x",
  ]
  private static let nasty = [
    "(", ")", "[", "]", "{", "}", ",", ";", ":", "=", "'", "\"", "\\", "\n", "\r", "#", "|", "@",
    "%",
    "\u{0}", "\u{202E}", "\u{FEFF}", "−", "²", "½", "1e999", "nan", "inf", "-0", "5e-324", "1e308",
    "9223372036854775808", "x", "diff(", "sum(i,1,", "if(", "f(", "..", "!", "~", "$", "\\frac{",
    "\u{FF}",
  ]
  private static let options = [
    "--mode all", "--mode forward", "--mode numerical", "--mode symbolic", "--format json",
    "--format csv", "--format latex", "--format markdown", "--format svg", "--format dot",
    "--format text", "--hessian", "--order 3", "--wrt x", "--digits 3", "--form raw",
    "--form shared", "--form expanded", "--steps", "--direction x=1,y=2", "--step 1e-3",
    "--difference complex", "--difference adaptive", "--samples 3", "--seed 7", "--range x=0:1",
    "--tolerance 0.01", "--iterate 5", "--per-decade 2", "--step 1e-9:1", "--watch a",
    "--derivative",
    "--at x=1", "--at x=0:2:1", "--gradient x:y", "--hessian x,x:1", "--keep", "--strict",
    "--reduce sum", "--batch 2", "--rows 1:3", "--equal x", "--memory 1M", "--fold", "--mixed",
    "--weights f1=1", "--no-header x,y", "--separator tab", "--load none", "--points -", "--data -",
  ]
  static let commands = [
    "eval", "diff", "check", "trace", "graph", "sweep", "swell", "simplify", "functions", "help",
    "bench",
  ]

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: elements.indices, using: &random)]
  }

  mutating func chance(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &random) == 0 }

  /// A formula of x and y, made from the leaves up.
  mutating func formula(_ size: Int) -> String {
    var parts = (0...size).map { _ in pick(Self.leaves) }
    while parts.count > 1 {
      let right = parts.removeLast()
      let place = Int.random(in: parts.indices, using: &random)
      let left = parts[place]
      parts[place] =
        chance(6)
        ? "\(pick(Self.calls))(\(left), \(right))" : "(\(left) \(pick(Self.binary)) \(right))"
      if chance(3) { parts[place] = "\(pick(Self.unary))(\(parts[place]))" }
    }
    return parts[0]
  }

  /// A text with a few changes, among them lines and pieces that are there twice or not at all.
  mutating func mutated(_ text: String, _ changes: Int) -> [UInt8] {
    var bytes = Array(text.utf8)
    for _ in 0..<changes where !bytes.isEmpty {
      let place = Int.random(in: bytes.indices, using: &random)
      let end = min(bytes.count, place + Int.random(in: 1...9, using: &random))
      switch Int.random(in: 0..<5, using: &random) {
      case 0: bytes.removeSubrange(place..<end)
      case 1: bytes.insert(contentsOf: Array(bytes[place..<end]), at: place)
      case 2: bytes[place] = UInt8.random(in: 0...255, using: &random)
      default: bytes.insert(contentsOf: Array(pick(Self.nasty).utf8), at: place)
      }
    }
    return bytes
  }

  mutating func words() -> [String] {
    let text = chance(3) ? formula(4) : String(decoding: mutated(formula(4), 2), as: UTF8.self)
    var words = [pick(Self.commands), text, "--max-steps", "20000"]
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      words += pick(Self.options).split(separator: " ").map(String.init)
    }
    if !chance(3) { words += ["--at", "x=\(pick(Self.leaves)),y=\(pick(Self.leaves))"] }
    return words
  }

  mutating func lines(_ extra: [String]) -> [UInt8] {
    var lines: [String] = []
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let line = words().dropLast(chance(2) ? 2 : 0).map { "'\($0)'" }.joined(separator: " ")
      lines.append(
        pick(
          [
            line, "f(x) = \(formula(3))", "a = \(formula(1))", formula(3),
            "expect \(line) : \(formula(1))",
            "f(x) = { for i in 1..3 { x = \(formula(2)) }; x }", "eval f --at x=1", "ans + 1",
            "a = a + 1",
            "expect diff f : \(formula(2))", "expect eval f --at x=1 : 1, x: \(formula(1))",
          ] + extra))
    }
    return mutated(lines.joined(separator: "\n") + "\n", Int.random(in: 0...3, using: &random))
  }

  // MARK: Texts of people, with changes

  /// - Parameter most: how many changes there are at most; one text in four has none.
  mutating func changed(_ text: String, most: Int) -> [UInt8] {
    chance(4) ? Array(text.utf8) : mutated(text, Int.random(in: 1...most, using: &random))
  }

  /// Formulas in textbook notation, in LaTeX and in the notations of programs.
  mutating func notation() -> [UInt8] { changed(pick(Self.notations), most: 3) }

  private static let notations = [
    "2x sin x + x(x+1)", "sin^2 x + cos^2(2x)", "|x-1| + x!", "½x² − ⅓x³", "x(x+1)/2x", "e^{2x}y",
    "\\frac{x^2+1}{\\sqrt{x}}", "\\sin\\left(x\\right)^2\\cdot y", "\\sqrt[3]{x_{1}}+\\theta",
    "\\begin{cases} x & x > 0 \\\\ -x & \\text{otherwise} \\end{cases}", "$$f(x)=\\ln x$$",
    "\\begin{align} f &= x^2 \\\\ &+ y \\end{align}", "\\frac12 x^{2}", "\\int x dx", "d/dx x^2",
    "\\sum_{i=1}^{3} x^i", "∑_{i=1}^n x", "⌊x⌋ + ⌈y⌉", "tan^-1(x)", "log_2(x)", "sinx cosx",
    "xy + yx",
    "np.sin(x)*np.exp(-y)", "Math.pow(x, 2)", "Sin[x] + Exp[y]", "torch.tanh(x) @ y", "x ** 2 // 3",
    "x > 0 ? x : -x", "x if x > 0 else -x", "lambda x: x**2", "def f(x): return x**2", "3,5 + x",
    "1.234,5*x", "x^2^3", "−x·y÷2", "π r²", "f'(x) = 2x", "y = mx + b", "10% of x", "5e3x",
    "0x1F*x",
    "∂f/∂x", "∇f", "x₁² + x₂²", "√(x² + y²)", "√x", "x\u{B2}y", "sin 2πx", "a.b", "x[1]", "x; y",
    "‖x‖",
  ]

  /// Programs: bodies with loops, choices, calls and returns.
  mutating func program() -> [UInt8] {
    let body = pick(Self.bodies)
      .replacing("#1", with: formula(1)).replacing("#2", with: formula(2))
    return changed(body, most: 3)
  }

  private static let bodies = [
    "f(x, y) = { for i in 1..4 { x = #1 }; x + y }; f", "f(x) = { while x > 1 { x = x/2 }; #2 }; f",
    "f(x, y) = { if x > y { return #1 } else { x = #2 }; x }; f(x, y)",
    "f(x, n) = if(n < 1, x, f(#1, n - 1)); f(x, 3)", "g(u) = #1; f(x) = g(g(x)); [f(x), g(y)]",
    "f(x) = { s = 0; for i in 1..3 { for j in i..3 { s = s + x^j } }; s }; f",
    "d(x) = diff(#2, x); d(x)*d'(x)", "sum(i, 1, 4, #1*i)", "prod(i, 1, 3, x + i)",
    "a = 2; b = a*x; #1*b",
    "f(x) = #2; f'(x) + f''(2)", "f(x, y) = #2\nderivative f(x, y) = [#1, #1]\nf(x, y)",
    "f(x) = { y = x; while abs(y^2 - x) > 1e-9 { y = (y + x/y)/2 }; y }; f",
    "f(x) = { # a remark\n  x = #1\n  x\n}\nf(x)", "f(x) = { for i in 1..x { x = x + 1 }; x }; f",
    "p(n) = if(n == 0, 1, n*p(n-1)); p(4)*x", "f(x) = f(x - 1); f", "if(x > 0 and y < 1, #1, #2)",
  ]

  /// Claims in the notations that the manual names, about a function of x and y.
  mutating func claim() -> [UInt8] {
    let claim = pick(Self.claims)
      .replacing("#1", with: formula(1)).replacing("#2", with: formula(2))
    return changed(claim, most: 2)
  }

  private static let claims = [
    "x: #1, y: #2", "#1, #2", "[#1, #2]", "df/dx = #1; df/dy = #2", "∂f/∂x = #1\n∂f/∂y = #2",
    "{\"x\": 1.5, \"y\": -2e-3}", "{\"gradient\": {\"x\": 1, \"y\": 2}}", "grad f = (#1, #2)",
    "\\frac{\\partial f}{\\partial x} = #1", "x,x: #1, x,y: #2, y,y: #1", "[[#1, #2], [#2, #1]]",
    "f_x = #1",
    "array([1.0, 2.0])", "tensor([1.5000, -2.0000], grad_fn=<A>)", "x,y\n1,2\n",
    "d/dx  12.5\nd/dy  3", "fx = #1",
    "(1 + 2j, 3)", "Dual(1.0, 2.0)", "value 3\nd/dx 1\nd/dy 2", "∇f = [#1; #2]",
    "df = #1 dx + #2 dy", "1.5 2.5",
    "x: ln(x) + C", "f(2, 5) = 11.65, x: #1", "x: #1  # a remark", "**Answer:** $f_x = #1$",
    "1. #1\n2. #2",
    "inf, -inf", "nan", "", ":", "x:", "#1 =", "x: #1 y: #2", "[1 2; 3 4]", "1e999, -1e-999",
    "x = #1, y = #2",
  ]

  /// Trace tables in several layouts, of x*y + sin(x) at x = 0.75, y = 1.25, whatever they are held against.
  mutating func table() -> [UInt8] { changed(pick(Self.tables), most: 4) }

  private static let tables = [
    "v1 = x*y = 0.9375\nv2 = sin(x) = 0.6816\nv3 = v1 + v2 = 1.6191\n",
    "| step | value | dot |\n|---|---|---|\n| v1 = x*y | 0.9375 | 1.25 |\n| v2 = sin x | 0.6816 | 0.7317 |\n",
    "v1,0.9375,1.25\nv2,0.6816,0.7317\nv3,1.6191,1.9817\n",
    "primal,value,tangent\nx,0.75,1\ny,1.25,0\n",
    "v̄3 = 1\nv̄2 = v̄3 = 1\nv̄1 = v̄3 = 1\nx̄ = v̄1*y + v̄2*cos(x) = 1.9817\nȳ = v̄1*x = 0.75\n",
    "a = x*y   # 0.9375\nb = sin(x) # 0.6816\nc = a + b  # 1.6191\nda = 1.25\ndb = 0.7317\n",
    "\\begin{tabular}{ll}\n$v_1 = x y$ & 0.9375 \\\\\n$v_2 = \\sin x$ & 0.6816 \\\\\n\\end{tabular}\n",
    "1\tx\t0.75\n2\ty\t1.25\n3\tx*y\t0.9375\n",
    "[{\"name\": \"v1\", \"value\": 0.9375, \"grad\": 1}]\n",
    "Value(data=0.9375, grad=1.0)\nValue(data=1.6191, grad=1.0)\n",
    "v1: x*y; 0,9375; 1,25\nv2: sin(x); 0,6816\n",
    "dL/dx = 1.9817\ndL/dy = 0.75\n", "x' = 1, y' = 0, v1' = x'*y + x*y' = 1.25\n",
    "forward\nv1 0.9375\nreverse\nx 1.98\n",
    "node | value | adjoint\n-----+-------+--------\nx    | 0.75  | 1.9817\n", "= = =\n", "|||\n",
    "v1 = v1\n", "v2 = v9*v1\n",
  ]

  /// Files of points, as text and as arrays, with what begins like one and is none.
  mutating func rows() -> [UInt8] {
    let bytes: [UInt8]
    switch Int.random(in: 0..<3, using: &random) {
    case 0:
      bytes = Self.array(
        shape: pick(["(2, 2)", "(4,)", "(0, 2)", "(2, -1)", "(9223372036854775807, 2)"]))
    case 1: bytes = Self.archive(shape: pick(["(4,)", "(281474976710655, 16384)"]))
    default: bytes = Array(pick(Self.files).utf8)
    }
    guard !chance(4) else { return bytes }
    return (0..<Int.random(in: 1...4, using: &random)).reduce(bytes) { bytes, _ in
      changedByte(bytes)
    }
  }

  private mutating func changedByte(_ bytes: [UInt8]) -> [UInt8] {
    guard !bytes.isEmpty else { return bytes }
    var bytes = bytes
    let place = Int.random(in: bytes.indices, using: &random)
    switch Int.random(in: 0..<4, using: &random) {
    case 0:
      bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...9, using: &random)))
    case 1: bytes.insert(contentsOf: Array(pick(Self.nasty).utf8), at: place)
    case 2: bytes[place] = pick([0, 1, 0x7F, 0x80, 0xFF])
    default: bytes[place] = UInt8.random(in: 0...255, using: &random)
    }
    return bytes
  }

  private static let files = [
    "x,y\n1,2\n3,4\n", "x;y\n1,5;2\n", "x\ty\r\n1\t2\r\n", "\"x\",\"y\"\n\"1\",\"2\"\n",
    "\u{FEFF}x,y\n1,2\n",
    "{\"x\": 1, \"y\": 2}\n{\"y\": 3e400, \"x\": null}\n",
    "[{\"x\": 1, \"y\": 2}, {\"x\": 3, \"y\": 4}]\n",
    "x,y\n1e308,-1e-308\nnan,inf\n,\n", "x,y,note\n1,2,\"a \"\"b\"\"\nc\"\n", "1,2\n3,4\n",
    "x\n" + String(repeating: "9", count: 400),
    "x,y\n0x10,1_000\n1.,.5\n+1,-0\n", "x,x\n1,2\n", "", "\n\n", "x,y\r1,2\r", "{}\n",
    "{\"x\":{\"y\":[1]}}\n",
  ]

  private static func array(shape: String) -> [UInt8] {
    let header = "{'descr': '<f8', 'fortran_order': False, 'shape': \(shape), }\n"
    let numbers = [1.5, -2, 0.25, 4].flatMap { number in
      (0..<8).map { UInt8(truncatingIfNeeded: number.bitPattern >> UInt64(8 * $0)) }
    }
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8)
      + numbers
  }

  /// A ZIP file of two arrays that is not compressed.
  static func archive(shape: String) -> [UInt8] {
    let word = { (value: Int, size: Int) in
      (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    var (files, directory): ([UInt8], [UInt8]) = ([], [])
    for name in ["x.npy", "y.npy"] {
      let (name, contents) = (Array(name.utf8), array(shape: shape))
      let facts =
        word(0, 12) + word(contents.count, 4) + word(contents.count, 4) + word(name.count, 2)
      directory +=
        [0x50, 0x4B, 1, 2, 20, 0, 20, 0] + facts + word(0, 12) + word(files.count, 4) + name
      files += [0x50, 0x4B, 3, 4, 20, 0] + facts + word(0, 2) + name + contents
    }
    let end =
      word(0, 4) + word(2, 2) + word(2, 2) + word(directory.count, 4) + word(files.count, 4)
      + word(0, 2)
    return files + directory + [0x50, 0x4B, 5, 6] + end
  }
}
