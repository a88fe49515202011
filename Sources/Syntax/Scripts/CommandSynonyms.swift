// Commands under the names that other programs have for them.

/// The command that a word is in other programs, where there is one of that name here.
func commandMeant(by word: String, among commands: Set<String>) -> String? {
  commandSynonyms[word.lowercased()]?.first(where: commands.contains)
}

private let commandSynonyms = [
  "grad": ["diff"], "gradient": ["diff"], "derive": ["diff"], "derivative": ["diff"],
  "differentiate": ["diff"], "d": ["diff"], "df": ["diff"], "jacobian": ["diff"],
  "evaluate": ["eval"], "calc": ["eval"], "compute": ["eval"], "print": ["eval"],
  "del": ["forget"], "delete": ["forget"], "unset": ["forget"], "clear": ["forget"],
  "rm": ["forget"], "undef": ["forget"], "reset": ["forget"], "vars": ["definitions"],
  "list": ["definitions"], "who": ["definitions"], "whos": ["definitions"],
  "ls": ["definitions"], "variables": ["definitions"], "show": ["definitions"],
  "import": ["load"], "source": ["load"], "include": ["load"], "man": ["help"], "h": ["help"],
  "verify": ["check"], "test": ["check"], "stop": ["exit"], "bye": ["exit"], "end": ["exit"],
]
