// Emphasis on a terminal that shows it, nothing anywhere else.

/// Wraps text in ANSI sequences where colour is on and leaves it alone where it is off.
///
/// `displayWidth(of:)` knows nothing of these sequences: measure and pad first, style afterwards.
package struct TextStyle: Equatable, Sendable {
  let isEnabled: Bool

  /// Leaves every text as it is.
  package static let plain = TextStyle(isEnabled: false)

  /// - Parameter isEnabled: whether the output is a terminal that shows colour.
  package init(isEnabled: Bool) {
    self.isEnabled = isEnabled
  }

  /// For headings and prompts.
  package func bold(_ text: String) -> String { wrapped(text, "1") }
  /// For what is wrong.
  package func red(_ text: String) -> String { wrapped(text, "31") }
  /// For what is right.
  package func green(_ text: String) -> String { wrapped(text, "32") }
  /// For what is doubtful.
  package func yellow(_ text: String) -> String { wrapped(text, "33") }

  /// In the colour that an ANSI code names.
  package func coloured(_ text: String, _ code: String) -> String { wrapped(text, code) }

  private func wrapped(_ text: String, _ code: String) -> String {
    isEnabled && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
