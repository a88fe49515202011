#!/bin/sh
# Table 4 of the survey: what gradients of the Helmholtz energy of n components cost in units of the
# function itself, beside the survey's numbers (DiffSharp 0.5.7).
#   f(x) = R T sum ln(x_i/(1 - b.x)) - (x.A x)/(sqrt(8) b.x) ln((1 + (1+sqrt(2)) b.x)/(1 + (1-sqrt(2)) b.x))
# usage: table4.sh            the table; AUTODIFF=path/to/autodiff if it is not on the PATH
#        table4.sh -e N       the expression for N components, and -p N a point for it
AUTODIFF=${AUTODIFF:-autodiff}

expression() {
  awk -v n="$1" 'BEGIN {
    for (i = 1; i <= n; i++) {
      bx = bx (i > 1 ? "+" : "") 0.02 + i / 1000 "*x" i
      row = ""
      for (j = 1; j <= n; j++) row = row (j > 1 ? "+" : "") "x" j "/" i + j
      form = form (i > 1 ? "+" : "") "x" i "*(" row ")"
    }
    for (i = 1; i <= n; i++) logs = logs (i > 1 ? "+" : "") "ln(x" i "/(1-(" bx ")))"
    print "8.314*300*(" logs ") - (" form ")/(sqrt(8)*(" bx "))" \
      "*ln((1+(1+sqrt(2))*(" bx "))/(1+(1-sqrt(2))*(" bx ")))"
  }'
}

point() {
  awk -v n="$1" 'BEGIN { for (i = 1; i <= n; i++) printf "%sx%d=%g", (i > 1 ? "," : ""), i, 0.3 / n }'
}

case $1 in
  -e) expression "$2"; exit ;;
  -p) point "$2"; exit ;;
esac

echo 'n | numerical, survey | forward, survey | reverse, survey'
while read -r n numerical forward reverse; do
  expression "$n" | $AUTODIFF bench - --at "$(point "$n")" --format csv |
    awk -F, -v n="$n" -v a="$numerical" -v b="$forward" -v c="$reverse" '
      { ratio[$1] = $3 }
      END {
        printf "%d | %.2f %s | %.2f %s | %.2f %s\n", n, ratio["numerical"], a, ratio["forward"], b,
          ratio["reverse"], c
      }'
done <<'SURVEY'
1 1.08 1.34 1.52
8 6.93 2.66 2.16
15 12.17 3.55 2.16
22 17.15 4.54 2.31
29 19.87 4.77 2.16
36 23.64 5.59 2.07
43 25.67 6.40 1.99
50 28.63 7.69 1.96
SURVEY
