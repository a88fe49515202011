// The shells that completion scripts are made for.

/// A shell that can complete command lines of the program.
package enum CompletionShell: String, CaseIterable {
  case bash, zsh, fish
}
