// swift-tools-version: 6.0
// The house: Text and Calculus stand on the ground. Syntax reads text into trees, Language gives them
// their meaning; Differentiation is the door for other Swift programs. Checking judges derivatives and
// TraceChecking tables of them; Reporting shows, CommandLine is the framework of a program that knows no
// mathematics; Commands is the face; `autodiff` is a few lines.
import PackageDescription

let package = Package(
  name: "autodiff",
  products: [
    .executable(name: "autodiff", targets: ["autodiff"]),
    .library(name: "Differentiation", targets: ["Differentiation"]),
  ],
  targets: [
    .target(name: "Text"),
    .target(name: "CommandLine", dependencies: ["Text"]),
    .target(name: "Calculus"),
    .target(name: "Syntax", dependencies: ["Text"]),
    .target(name: "Reporting", dependencies: ["Text"]),
    .target(name: "Language", dependencies: ["Text", "Calculus", "Syntax"]),
    .target(name: "Differentiation", dependencies: ["Calculus", "Syntax", "Language"]),
    .target(name: "Checking", dependencies: ["Text", "Calculus", "Syntax", "Language"]),
    .target(
      name: "TraceChecking", dependencies: ["Text", "Calculus", "Syntax", "Language", "Checking"]),
    .target(
      name: "Commands",
      dependencies: [
        "Text", "CommandLine", "Calculus", "Syntax", "Language", "Checking", "TraceChecking",
        "Reporting",
      ]),
    .executableTarget(name: "autodiff", dependencies: ["CommandLine", "Commands"]),
    .executableTarget(name: "Benchmark", dependencies: ["Calculus", "Syntax", "Language"]),
    .testTarget(name: "DifferentiationTests", dependencies: ["Differentiation"]),
    .testTarget(name: "CalculusTests", dependencies: ["Calculus"]),
    .testTarget(name: "SyntaxTests", dependencies: ["Text", "Syntax"]),
    .testTarget(name: "ReportingTests", dependencies: ["Text", "Reporting"]),
    .testTarget(
      name: "LanguageTests", dependencies: ["Text", "Calculus", "Syntax", "Language", "Checking"]),
    .testTarget(
      name: "CommandsTests",
      dependencies: [
        "Text", "CommandLine", "Calculus", "Syntax", "Language", "Checking", "TraceChecking",
        "Reporting", "Commands",
      ]),
  ],
  swiftLanguageModes: [.v6]
)
