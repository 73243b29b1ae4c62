package org.phasemap.spec;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.phasemap.spec.yaml.Decimals;

/** How parameters follow gradients g at learning rate η. */
public sealed interface Optimiser extends Serializable {
  /** What specs call it, such as {@code momentum}. */
  String name();

  /** What tables call it, with its constants, such as {@code momentum(0.9)}. */
  default String id() {
    return constants().length == 0
        ? name()
        : Arrays.stream(constants())
            .mapToObj(Decimals::text)
            .collect(Collectors.joining(",", name() + "(", ")"));
  }

  /** Its constants, in their order in {@link #id}. */
  double[] constants();

  /** Plain stochastic gradient descent: θ ← θ − η g. */
  record Sgd() implements Optimiser {
    @Override
    public String name() {
      return "sgd";
    }

    @Override
    public double[] constants() {
      return new double[0];
    }
  }

  /**
   * Heavy ball: v ← μ v + g, θ ← θ − η v (Polyak 1964; as PyTorch has it).
   *
   * @param mu μ, from 0 to below 1
   */
  record Momentum(double mu) implements Optimiser {
    @Override
    public String name() {
      return "momentum";
    }

    @Override
    public double[] constants() {
      return new double[] {mu};
    }
  }

  /**
   * Nesterov's momentum: v ← μ v + g, θ ← θ − η (g + μ v) (Sutskever et al. 2013; as PyTorch and
   * Deeplearning4j have it).
   *
   * @param mu μ, from 0 to below 1
   */
  record Nesterov(double mu) implements Optimiser {
    @Override
    public String name() {
      return "nesterov";
    }

    @Override
    public double[] constants() {
      return new double[] {mu};
    }
  }

  /**
   * Adam with bias correction (Kingma and Ba 2015, algorithm 1).
   *
   * @param beta1 β₁, from 0 to below 1
   * @param beta2 β₂, from 0 to below 1
   * @param epsilon ε &gt; 0
   */
  record Adam(double beta1, double beta2, double epsilon) implements Optimiser {
    @Override
    public String name() {
      return "adam";
    }

    @Override
    public double[] constants() {
      return new double[] {beta1, beta2, epsilon};
    }
  }
}
