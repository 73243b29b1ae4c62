package org.phasemap.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.analysis.MultivariateFunction;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.SimpleValueChecker;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.SimplexOptimizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.analysis.LogisticFit.Point;

class LogisticFitTest {
  /** ln of likelihood × √det of Fisher's information, of log-odds a + b x. */
  private static double penalised(List<Point> points, double a, double b) {
    double sum = 0;
    double i0 = 0;
    double i1 = 0;
    double i2 = 0;
    for (Point point : points) {
      double p = 1 / (1 + Math.exp(-a - b * point.x()));
      sum += point.successes() * Math.log(p);
      sum += (point.trials() - point.successes()) * Math.log(1 - p);
      double w = point.trials() * p * (1 - p);
      i0 += w;
      i1 += w * point.x();
      i2 += w * point.x() * point.x();
    }
    return sum + Math.log(i0 * i2 - i1 * i1) / 2;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void isTheMaximumThatASimplexFinds(int seed) {
    Random random = new Random(seed);
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      double x = 1 + i * 0.4;
      int trials = 1 + random.nextInt(6);
      double p = 1 / (1 + Math.exp((x - 2.3) / 0.3));
      long successes = random.doubles(trials).filter(u -> u < p).count();
      points.add(new Point(x, trials, successes));
    }
    MultivariateFunction goal = v -> penalised(points, v[0], v[1]);
    double[] best =
        new SimplexOptimizer(new SimpleValueChecker(1e-14, 1e-14))
            .optimize(
                new MaxEval(100_000),
                new ObjectiveFunction(goal),
                GoalType.MAXIMIZE,
                new InitialGuess(new double[] {3, -2}),
                new NelderMeadSimplex(2, 0.5))
            .getPoint();
    LogisticFit fit = LogisticFit.of(points);
    assertThat(fit.midpoint()).isCloseTo(-best[0] / best[1], within(1e-4));
    assertThat(fit.scale()).isCloseTo(-1 / best[1], within(1e-4));
  }

  @Test
  void findsTheCurveOfManyTrials() {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i <= 20; i++) {
      double x = i * 0.2;
      points.add(new Point(x, 1_000_000, Math.round(1e6 / (1 + Math.exp((x - 1.7) / 0.25)))));
    }
    LogisticFit fit = LogisticFit.of(points);
    assertThat(fit.midpoint()).isCloseTo(1.7, within(1e-4));
    assertThat(fit.scale()).isCloseTo(0.25, within(1e-4));
    assertThat(fit.width()).isCloseTo(2 * 0.25 * Math.log(9), within(1e-3));
  }

  @Test
  void staysFiniteWhereSuccessesAndFailuresAreSeparate() {
    LogisticFit fit =
        LogisticFit.of(
            List.of(
                new Point(1, 3, 3), new Point(2, 3, 3), new Point(3, 3, 0), new Point(4, 3, 0)));
    assertThat(fit.midpoint()).isCloseTo(2.5, within(1e-6));
    assertThat(fit.scale()).isBetween(0.05, 0.5);
  }

  @Test
  void risesWhereFailuresComeFirst() {
    assertThat(LogisticFit.of(List.of(new Point(1, 3, 0), new Point(2, 3, 3))).scale())
        .isNegative();
  }

  @Test
  void refusesWhatHasNoCurve() {
    for (List<Point> points :
        List.of(
            List.<Point>of(),
            List.of(new Point(1, 3, 1)),
            List.of(new Point(1, 3, 3), new Point(2, 3, 3)))) {
      assertThatThrownBy(() -> LogisticFit.of(points))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("A curve needs");
    }
  }
}
