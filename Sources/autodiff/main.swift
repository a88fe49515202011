// The program `autodiff`: the words of the command line and the terminal, handed to Commands.
import CommandLine
import Commands

terminate(Program.run(Array(Swift.CommandLine.arguments.dropFirst()), .system(watchesMemory: true)))
