// swift-tools-version: 6.0
// The house: Calculus, Syntax and Reporting stand on the ground and know nothing of each other;
// Language gives text its meaning; Checking judges derivatives and TraceChecking tables of them;
// Commands is the face; `autodiff` is a few lines.
import PackageDescription

let package = Package(
  name: "autodiff",
  products: [.executable(name: "autodiff", targets: ["autodiff"])],
  targets: [
    .target(name: "Calculus"),
    .target(name: "Syntax"),
    .target(name: "Reporting"),
    .target(name: "Language", dependencies: ["Calculus", "Syntax"]),
    .target(name: "Checking", dependencies: ["Calculus", "Syntax", "Language"]),
    .target(name: "TraceChecking", dependencies: ["Calculus", "Syntax", "Language", "Checking"]),
    .target(
      name: "Commands",
      dependencies: [
        "Calculus", "Syntax", "Language", "Checking", "TraceChecking", "Reporting",
      ]),
    .executableTarget(name: "autodiff", dependencies: ["Commands"]),
    .executableTarget(name: "Benchmark", dependencies: ["Calculus", "Syntax", "Language"]),
    .testTarget(name: "CalculusTests", dependencies: ["Calculus"]),
    .testTarget(name: "SyntaxTests", dependencies: ["Syntax"]),
    .testTarget(name: "ReportingTests", dependencies: ["Reporting"]),
    .testTarget(
      name: "LanguageTests", dependencies: ["Calculus", "Syntax", "Language", "Checking"]),
    .testTarget(
      name: "CommandsTests",
      dependencies: [
        "Calculus", "Syntax", "Language", "Checking", "TraceChecking", "Reporting", "Commands",
      ]),
  ],
  swiftLanguageModes: [.v6]
)
