// swift-tools-version: 6.0
// The house: Calculus, Syntax and Reporting stand on the ground and know nothing of each other;
// Session gives text its meaning; Commands is the face; `autodiff` is a few lines.
import PackageDescription

let package = Package(
  name: "autodiff",
  products: [.executable(name: "autodiff", targets: ["autodiff"])],
  targets: [
    .target(name: "Calculus"),
    .target(name: "Syntax"),
    .target(name: "Reporting"),
    .target(name: "Session", dependencies: ["Calculus", "Syntax"]),
    .target(name: "Commands", dependencies: ["Calculus", "Syntax", "Session", "Reporting"]),
    .executableTarget(name: "autodiff", dependencies: ["Commands"]),
    .executableTarget(name: "Benchmark", dependencies: ["Calculus", "Syntax", "Session"]),
    .testTarget(name: "CalculusTests", dependencies: ["Calculus"]),
    .testTarget(name: "SyntaxTests", dependencies: ["Syntax"]),
    .testTarget(name: "ReportingTests", dependencies: ["Reporting"]),
    .testTarget(name: "SessionTests", dependencies: ["Calculus", "Syntax", "Session"]),
    .testTarget(
      name: "CommandsTests",
      dependencies: ["Calculus", "Syntax", "Session", "Reporting", "Commands"]),
  ],
  swiftLanguageModes: [.v6]
)
