// Measures what the program promises about its speed, and prints it as tables.
import Calculus
import Language
import Syntax

print("Times are the best of several runs in one process; compare ratios, not machines.\n")
try SumBenchmark.run()
print("")
try HelmholtzBenchmark.run()
print("")
try DerivativeBenchmark.run()
