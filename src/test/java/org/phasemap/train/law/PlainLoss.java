package org.phasemap.train.law;

import java.util.Locale;

/** The loss of one example against its class. */
enum PlainLoss {
  /** −ln softmax(f)_y. */
  CROSS_ENTROPY,
  /** ½ Σ (f − y)² against the one-hot label. */
  MSE;

  static PlainLoss of(Recipe recipe) {
    return valueOf(recipe.text("loss", "cross_entropy").toUpperCase(Locale.ROOT));
  }

  /** That of a network that knows nothing. */
  double guess() {
    return this == MSE ? 0.5 : Math.log(Digits.CLASSES);
  }

  /** The loss; ∂/∂f goes to the second array. */
  double of(double[] f, int label, double[] slope) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double value : f) {
      largest = Math.max(largest, value);
    }
    double sum = 0;
    for (double value : f) {
      sum += Math.exp(value - largest);
    }
    double loss = 0;
    for (int o = 0; o < f.length; o++) {
      double target = o == label ? 1 : 0;
      if (this == MSE) {
        slope[o] = f[o] - target;
        loss += slope[o] * slope[o] / 2;
      } else {
        slope[o] = Math.exp(f[o] - largest) / sum - target;
      }
    }
    return this == MSE ? loss : Math.log(sum) + largest - f[label];
  }
}
