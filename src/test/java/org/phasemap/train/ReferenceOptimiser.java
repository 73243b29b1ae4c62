package org.phasemap.train;

import java.util.function.DoubleUnaryOperator;
import org.phasemap.spec.Optimiser;

/** Every optimiser written down once more, number by number in float64. */
public final class ReferenceOptimiser {
  private final Optimiser optimiser;
  private final double rate;
  private final ReferenceNetwork first;
  private final ReferenceNetwork second;
  private int step;

  public ReferenceOptimiser(Optimiser optimiser, double rate, ReferenceNetwork shape) {
    this.optimiser = optimiser;
    this.rate = rate;
    this.first = shape.zeros();
    this.second = shape.zeros();
  }

  /** The network after one more step; weights that are exactly zero stay so. */
  public ReferenceNetwork step(ReferenceNetwork network, ReferenceNetwork gradient) {
    step++;
    ReferenceNetwork next = network.zeros();
    for (int l = 0; l < network.weights.length; l++) {
      next.biases[l] =
          moved(network.biases[l], gradient.biases[l], first.biases[l], second.biases[l], b -> 1);
      for (int i = 0; i < network.weights[l].length; i++) {
        next.weights[l][i] =
            moved(
                network.weights[l][i],
                gradient.weights[l][i],
                first.weights[l][i],
                second.weights[l][i],
                w -> w == 0 ? 0 : 1);
      }
    }
    return next;
  }

  private double[] moved(
      double[] theta, double[] g, double[] m, double[] v, DoubleUnaryOperator kept) {
    double[] moved = new double[theta.length];
    for (int i = 0; i < theta.length; i++) {
      moved[i] = theta[i] - rate * kept.applyAsDouble(theta[i]) * direction(g[i], m, v, i);
    }
    return moved;
  }

  private double direction(double g, double[] m, double[] v, int i) {
    if (optimiser instanceof Optimiser.Momentum momentum) {
      m[i] = momentum.mu() * m[i] + g;
      return m[i];
    }
    if (optimiser instanceof Optimiser.Nesterov nesterov) {
      m[i] = nesterov.mu() * m[i] + g;
      return g + nesterov.mu() * m[i];
    }
    if (optimiser instanceof Optimiser.Adam adam) {
      m[i] = adam.beta1() * m[i] + (1 - adam.beta1()) * g;
      v[i] = adam.beta2() * v[i] + (1 - adam.beta2()) * g * g;
      double mean = m[i] / (1 - Math.pow(adam.beta1(), step));
      double square = v[i] / (1 - Math.pow(adam.beta2(), step));
      return mean / (Math.sqrt(square) + adam.epsilon());
    }
    return g;
  }
}
