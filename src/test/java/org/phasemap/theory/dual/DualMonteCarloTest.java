package org.phasemap.theory.dual;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasemap.network.Activation;
import org.phasemap.theory.gauss.RandomLaws;
import org.phasemap.theory.gauss.Sample;

class DualMonteCarloTest {
  private static final int DRAWS = 150_000;

  static Stream<Activation> activations() {
    return RandomLaws.activations();
  }

  @ParameterizedTest
  @MethodSource("activations")
  void dualsAreExpectationsOverGaussianPairs(Activation f) {
    double qa = 1.3;
    double qb = 0.7;
    double c = 0.4;
    Random random = new Random(f.name().hashCode());
    Sample same = new Sample();
    Sample slopes = new Sample();
    Sample different = new Sample();
    Sample differentSlopes = new Sample();
    Sample square = new Sample();
    Sample mean = new Sample();
    for (int i = 0; i < DRAWS; i++) {
      double x = random.nextGaussian();
      double y = c * x + Math.sqrt(1 - c * c) * random.nextGaussian();
      double u = Math.sqrt(qa) * x;
      double v = Math.sqrt(qa) * y;
      double w = Math.sqrt(qb) * y;
      same.add(f.value(u) * f.value(v));
      slopes.add(f.derivative(u) * f.derivative(v));
      different.add(f.value(u) * f.value(w));
      differentSlopes.add(f.derivative(u) * f.derivative(w));
      square.add(f.value(u) * f.value(u));
      mean.add(f.value(u));
    }
    DualActivation dual = Duals.of(f, qa);
    CrossDual cross = CrossDuals.of(f, qa, qb);
    GaussianMoments m = new GaussianMoments(f, qa);
    same.hasMean(dual.product(1 - c), 0.01);
    different.hasMean(cross.product(1 - c), 0.01);
    square.hasMean(m.secondMoment(), 0.01);
    mean.hasMean(m.mean(), 0.01);
    if (f.homogeneousSlope() != 1) {
      slopes.hasMean(dual.derivative(1 - c), 0.01);
      differentSlopes.hasMean(cross.derivative(1 - c), 0.01);
    }
  }
}
