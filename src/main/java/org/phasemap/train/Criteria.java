package org.phasemap.train;

import org.phasemap.spec.Loss;

/** The criterion of each loss that specs name. */
final class Criteria {
  private Criteria() {}

  static Criterion of(Loss loss, int classes) {
    return switch (loss) {
      case CROSS_ENTROPY -> new SoftmaxCrossEntropy(classes);
      case MSE -> new SquaredError(classes);
    };
  }
}
