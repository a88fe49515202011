// The options of `swell` that are its own.
import CommandLine

extension OptionDefinition {
  static let iterate = OptionDefinition(
    "iterate", argument: "N", in: 1...Swell.lastIterate,
    help: "the expression f composed with itself: l1 = x, l2 = f(l1), ... up to lN, and the "
      + "first derivative of each")
}
