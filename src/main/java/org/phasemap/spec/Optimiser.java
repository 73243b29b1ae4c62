package org.phasemap.spec;

import java.io.Serializable;

/** How parameters follow gradients g at learning rate η. */
public sealed interface Optimiser extends Serializable {
  /** What tables call it, with its constants, such as {@code momentum(0.9)}. */
  String id();

  /** Plain stochastic gradient descent: θ ← θ − η g. */
  record Sgd() implements Optimiser {
    @Override
    public String id() {
      return "sgd";
    }
  }

  /**
   * Heavy ball: v ← μ v + g, θ ← θ − η v (Polyak 1964; as PyTorch has it).
   *
   * @param mu μ, from 0 to below 1
   */
  record Momentum(double mu) implements Optimiser {
    @Override
    public String id() {
      return "momentum(" + Decimals.text(mu) + ")";
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
    public String id() {
      return "nesterov(" + Decimals.text(mu) + ")";
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
    public String id() {
      return "adam("
          + Decimals.text(beta1)
          + ","
          + Decimals.text(beta2)
          + ","
          + Decimals.text(epsilon)
          + ")";
    }
  }
}
