// The colours by which pictures tell the kinds of nodes apart.

extension Diagram {
  /// The colours of a box, each as `#` and six digits.
  struct Paint {
    let fill: String
    let stroke: String
    let text: String
  }
}

extension Diagram.Kind {
  /// On a white page; text has a contrast of 7 : 1 or more with its box.
  var paint: Diagram.Paint {
    switch self {
    case .input: .init(fill: "#dbeafe", stroke: "#3b82f6", text: "#172554")
    case .constant: .init(fill: "#f1f5f9", stroke: "#94a3b8", text: "#1e293b")
    case .operation: .init(fill: "#ffffff", stroke: "#64748b", text: "#0f172a")
    case .output: .init(fill: "#d1fae5", stroke: "#059669", text: "#022c22")
    case .derivative: .init(fill: "#fef3c7", stroke: "#d97706", text: "#451a03")
    }
  }

  /// On a dark page.
  var darkPaint: Diagram.Paint {
    switch self {
    case .input: .init(fill: "#1e3a5f", stroke: "#60a5fa", text: "#e0efff")
    case .constant: .init(fill: "#262f3d", stroke: "#64748b", text: "#e2e8f0")
    case .operation: .init(fill: "#1a2332", stroke: "#94a3b8", text: "#f1f5f9")
    case .output: .init(fill: "#0f4236", stroke: "#34d399", text: "#dcfcee")
    case .derivative: .init(fill: "#4a3310", stroke: "#fbbf24", text: "#fef3c7")
    }
  }
}
