# The gradient of ln(x1) + x1*x2 - sin(x2), for `autodiff check` to judge:
#
#   autodiff check 'ln(x1)+x1*x2-sin(x2)' --against 'python3 Samples/gradient.py'
#
# It reads points as CSV, a header with the names of the variables and a row for each point, and
# prints the value and the derivatives in each variable as CSV.
import csv
import math
import sys

print("value,d/dx1,d/dx2")
for row in csv.DictReader(sys.stdin):
    x1, x2 = float(row["x1"]), float(row["x2"])
    value = math.log(x1) + x1 * x2 - math.sin(x2)
    d1 = 1 / x1 + x2
    d2 = x1 - math.cos(x2)  # with + in place of - here, check names the mistake
    print(value, d1, d2, sep=",")
