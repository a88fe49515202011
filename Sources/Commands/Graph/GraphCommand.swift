// `autodiff graph`: the computational graph as a picture.
import CommandLine
import Calculus
import Language
import Reporting

enum GraphCommand: Command {
  static var definition: CommandDefinition {
    CommandDefinition(
      "graph", operands: ["EXPRESSION"], summary: "the computational graph as a picture",
      examples: [
        Example("autodiff graph 'ln(x1)+x1*x2-sin(x2)'", "what is computed from what"),
        Example(
          "autodiff graph 'ln(x1)+x1*x2-sin(x2)' --at x1=2,x2=5 --format svg",
          "a picture with values and adjoints; redirect it to a file"),
        Example(
          "autodiff graph 'x*sin(x)' --gradient --format mermaid",
          "the nodes that reverse mode adds"),
        Example("autodiff graph 'x*sin(x)' --derivative --format dot", "for Graphviz"),
      ],
      options: [
        .derivative, .gradient, .withRespectTo, .at,
        .format.explained(
          "the form of the graph; text if not given, and html is a page to step through",
          choices: GraphFormat.allCases.map(\.rawValue)),
        .digits, .color,
      ] + OptionDefinition.language,
      description: [
        "A node stands for each variable, each number and each operation; equal ones are one. The "
          + "names v1, v2, ... are those of 'autodiff trace', and y is the result. An SVG is "
          + "complete in itself and follows the reader's light or dark setting.",
        "--at, with one point, writes on each node its value and, on the function's graph, its "
          + "adjoint: the derivative of the result in that node.",
        "--gradient starts from the result's adjoint, 1, and lets every operation turn its own "
          + "adjoint into nodes for those of its arguments.",
      ])
  }

  static func run(_ arguments: Arguments, _ terminal: Terminal) throws -> Int32 {
    let request = try GraphRequest(arguments, terminal)
    let evaluation = request.evaluation()
    terminal.write(try GraphReport(request: request, evaluation: evaluation).text(for: terminal))
    if request.format != .json {
      for explanation in evaluation?.explanations ?? request.notes {
        terminal.show(explanation, at: nil, color: request.color)
      }
    }
    return evaluation?.isDefined ?? true ? 0 : 1
  }
}
