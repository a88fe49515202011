// Programs that the engines are tried on: loops, branches, functions in functions, recursion, returns.

/// Definitions of f(x), or of f(x, y), with points away from where its conditions turn over.
struct SampleProgram {
  let text: String
  /// The same without control flow, where there is such a thing at all of the points.
  let plain: String?
  let points: [[Double]]

  var variables: [String] { points[0].count == 1 ? ["x"] : ["x", "y"] }
  var call: String { "\(text)\nf(\(variables.joined(separator: ", ")))" }

  init(_ text: String, _ points: [Double], is plain: String? = nil) {
    self.init(text, points.map { [$0] }, is: plain)
  }

  init(_ text: String, _ points: [[Double]], is plain: String? = nil) {
    self.text = text
    self.plain = plain
    self.points = points
  }

  static let all: [SampleProgram] = [
    // Assignments and counting.
    .init("f(x) = { y = x^2; z = y + sin(y); z*x }", [0.7, -1.3, 4], is: "x*(x^2 + sin(x^2))"),
    .init(
      "f(x) = { s = 0; for i in 1..5 { s = s + x^i/i }; s }", [0.3, -2, 1.5],
      is: "sum(i, 1, 5, x^i/i)"),
    .init(
      "f(x) = { l = x; for i in 2..4 { l = 4*l*(1 - l) }; l }", [0.2, 0.9, -0.1],
      is: "64*x*(1-x)*(1-2*x)^2*(1-8*x+8*x^2)^2"),
    .init(
      "f(x, y) = { for i in 1..3 { t = x; x = x*y; y = t + y }; x - y }",
      [[1.1, 0.4], [-0.5, 2], [3, -1]]),
    .init(
      "f(x) = { p = 1; for i in 1..3 { for j in 1..i { p = p*(x + i*j) } }; p }", [0.5, -1.2, 2.3]),
    .init(
      "f(x) = { c = 0; for i in 0..6 { c = c*x + (7 - i) }; c }", [0.4, -0.8, 1.3],
      is: "7*x^6 + 6*x^5 + 5*x^4 + 4*x^3 + 3*x^2 + 2*x + 1"),
    .init(
      "f(x, y) = { s = 0; for i in -2..2 { s = s + cos(i*x)*exp(i*y) }; s }",
      [[0.3, 0.2], [1.5, -0.4]]),
    // Branches.
    .init("f(x) = { if x > 1 { x^2 } else { 3*x } }", [0.5, 2, -1, 1.7]),
    .init(
      "f(x) = { if x > 2 { return x^3 }; if x > 0 { return sin(x) }; exp(x) }", [3, 1, -1, 2.5]),
    .init(
      "f(x) = { if x < 0 { y = -x } else if x < 1 { y = x^2 } else { y = ln(x) + 1 }; y*x }",
      [-2, 0.5, 3]),
    .init(
      "f(x, y) = { if x > y { t = x; x = y; y = t }; x^2 + y^3 }", [[1, 2], [2, 1], [-1, -3]],
      is: "min(x, y)^2 + max(x, y)^3"),
    .init("f(x) = { if x > 0 and not x > 2 { x*ln(x) } else { x^2/2 } }", [1, 3, -2, 1.9]),
    .init("f(x) = { y = if(x > 1, x^2, x^3); if y > 3 { y = sqrt(y) }; y }", [1.5, 2.5, 0.5, -1]),
    .init(
      "f(x) = { s = 0; for i in 1..10 { if i > x { s = s + 1/(i - x) } else { s = s + sin(i*x) } }; s }",
      [0.5, 4.3, 11.5]),
    .init(
      "f(x) = { if x > 0 { if x > 2 { return x } else { y = x^2 } } else { y = cos(x) }; y + 1 }",
      [3, 1, -1]),
    // While.
    .init(
      "f(x) = { r = x; while abs(r^2 - x) > 1e-14*x { r = (r + x/r)/2 }; r }", [2, 7, 0.3],
      is: "sqrt(x)"),
    .init("f(x) = { while x > 1 { x = x/2 }; x^2 }", [0.7, 5, 900]),
    .init(
      "f(x) = { t = 1; s = 1; n = 1; while abs(t) > 1e-18 { t = t*x/n; s = s + t; n = n + 1 }; s }",
      [1, -2, 3.7], is: "exp(x)"),
    .init("f(x) = { n = 0; while x < 100 { x = x*x + 1; n = n + 1 }; x/n }", [0.1, 1.5, -3]),
    .init(
      "f(x, y) = { while abs(x - y) > 1e-15*x { m = (x + y)/2; y = sqrt(x*y); x = m }; x }",
      [[1, 2], [5, 0.3]]),
    .init(
      "f(x) = { t = 0; v = x; h = 0; while h < 1 { v = v - 0.1*h; h = h + 0.1*v; t = t + 0.1; if t > 5 { return h } }; h }",
      [2.03, 3.1, 0.2]),
    .init(
      "f(x) = { i = 0; while 1 { i = i + 1; x = cos(x); if i >= 20 { return x } }; 0 }",
      [0.3, 1.2, -2]),
    // Functions in functions.
    .init(
      "g(u) = { v = u^2; v + 1 }\nh(u, w) = { if u > w { g(u) } else { g(w) } }\nf(x) = { h(x, 2)*h(1, x) }",
      [1.5, 3, -1]),
    .init(
      "g(u) = u^3\nf(x) = { s = 0; for i in 1..3 { s = s + g(x*i) }; s }", [0.5, -1.1], is: "36*x^3"
    ),
    .init(
      "g(u) = { u^3 + u }\nf(x) = { g'(x^2) + g''(x) }", [0.5, -1.1, 2], is: "3*x^4 + 1 + 6*x"),
    .init(
      "newton(u, c) = u - (u^3 - c)/(3*u^2)\nf(x) = { r = x; for i in 1..8 { r = newton(r, x) }; r }",
      [2, 0.7, 5], is: "cbrt(x)"),
    .init(
      "g(u) = { if u > 1 { return ln(u) }; u - 1 }\nf(x) = { g(x)*g(x^2) + g(1/x) }", [2, 0.4, 1.5]),
    .init("k = 3\ng(u) = { k*u }\nf(x) = { k = x; g(k) + k^2 }", [2, -1], is: "3*x + x^2"),
    // Recursion.
    .init(
      "p(u, n) = { if n == 0 { return 1 }; h = p(u, floor(n/2)); if n % 2 == 1 { return u*h*h }; h*h }\nf(x) = { p(x, 13) }",
      [1.1, -0.9, 2], is: "x^13"),
    .init(
      "fib(n, u) = { if n < 2 { return u^n }; fib(n-1, u) + fib(n-2, u) }\nf(x) = { fib(9, x) }",
      [0.5, 2], is: "34*x + 21"),
    .init("f(x) = { if x < 1 { return sin(x) }; f(x/2)*x }", [0.5, 1.5, 7, 100]),
    .init(
      "g(u, n) = { if n == 0 { u } else { sin(g(u, n-1)) + u } }\nf(x) = { g(x, 6) }", [0.3, 2]),
    .init(
      "c(n, u) = { if n == 0 { return 1 }; if n == 1 { return u }; 2*u*c(n-1, u) - c(n-2, u) }\nf(x) = { c(5, x) }",
      [0.3, -0.7, 1.2], is: "16*x^5 - 20*x^3 + 5*x"),
    .init(
      "s(a, b, n) = { m = (a + b)/2; if n == 0 { return (b - a)*exp(-m^2) }; s(a, m, n-1) + s(m, b, n-1) }\nf(x, y) = { s(x, y, 4) }",
      [[0, 1], [-1, 0.5]]),
    .init(
      "even(u, n) = { if n == 0 { u } else { odd(u^2, n-1) } }\nodd(u, n) = { if n == 0 { 2*u } else { even(u + 1, n-1) } }\nf(x) = { even(x, 5) }",
      [0.5, -0.3]),
    // What else there is in expressions.
    .init(
      "f(x) = { s = sum(i, 1, 3, i*x^i); for i in 1..2 { s = s*sum(j, 1, i, x + j) }; s }",
      [0.5, 2]),
    .init("f(x) = { y = max(x, 1)*abs(x); while y > 3 { y = y - ln(y) }; y }", [2.3, 6.1, -5]),
    .init("f(x) = { d = diff(x^3, x); if d > 3 { x = x*d }; x + d }", [0.5, 2]),
  ]
}
