/* The gradient of ln(x1) + x1*x2 - sin(x2), for `autodiff check` to judge:
 *
 *   cc -o gradient Samples/gradient.c -lm
 *   autodiff check 'ln(x1)+x1*x2-sin(x2)' --against ./gradient
 *
 * It reads points as CSV, a header with the names of the variables and a row for each point, and
 * prints the value and the derivatives in each variable as CSV.
 */
#include <math.h>
#include <stdio.h>

int main(void) {
  double x1, x2;
  scanf("%*[^\n]"); /* the header: x1,x2 */
  puts("value,d/dx1,d/dx2");
  while (scanf("%lf,%lf", &x1, &x2) == 2) {
    double value = log(x1) + x1 * x2 - sin(x2);
    double d1 = 1 / x1 + x2;
    double d2 = x1 - cos(x2); /* with + in place of - here, check names the mistake */
    printf("%.17g,%.17g,%.17g\n", value, d1, d2); /* all digits: %g prints six */
  }
  return 0;
}
