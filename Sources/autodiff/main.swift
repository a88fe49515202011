// The program `autodiff`: the command line and the terminal, handed to Commands.
import Commands

terminate(Program.run(Array(CommandLine.arguments.dropFirst()), .system()))
