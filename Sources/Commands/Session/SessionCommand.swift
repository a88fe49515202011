// The commands that only a session has, and its help.
import CommandLine
import Reporting

enum SessionCommand: String, CaseIterable {
  case help, load, definitions, forget, exit, quit

  var usage: String {
    switch self {
    case .help: "help [NAME]"
    case .load: "load FILE"
    case .forget: "forget NAME..."
    case .definitions, .exit, .quit: rawValue
    }
  }

  var summary: String {
    switch self {
    case .help: "this page, or all about a command, a function or a constant"
    case .load: "take over the definitions of a script"
    case .definitions: "show what is defined"
    case .forget: "take definitions away"
    case .exit: "end the session, as Ctrl-D does"
    case .quit: "the same as exit"
    }
  }
}

enum SessionHelp {
  /// What `help` alone prints.
  static func overview(_ terminal: Terminal, _ commands: CommandSet) -> String {
    var page = HelpPage(width: terminal.width ?? 80, style: .plain)
    page.paragraph(
      "A line is a definition, an expression, or a command as in the shell without 'autodiff'.")
    page.lines(
      "Examples",
      [
        "a = 3", "f(x) = x^2 + a", "f(2)*sin(pi/4)", "eval f --at x=2", "diff f",
        "trace f --at x=ans",
      ])
    page.section(
      "Commands", commands.all.map { ($0.definition.name, $0.definition.summary) })
    page.section(
      "In a session", SessionCommand.allCases.map { ($0.usage, $0.summary) })
    page.section("Keys", LineEditor.keys)
    page.paragraphs(description)
    return terminal.inItsCharacters(page.text)
  }

  static let description = [
    "'ans' is the last value. A name that is defined again has its new meaning wherever it is used; "
      + "'ans' in a definition, and in 'x = x + 1' x itself, stand for the numbers that they are now.",
    "A line goes on while a bracket or a quote is open, behind an operator, and behind '\\'; an empty "
      + "line gives up.",
  ]
}
