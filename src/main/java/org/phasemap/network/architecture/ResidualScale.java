package org.phasemap.network.architecture;

/** s of a residual sum x + s·branch(x), by block (ARCHITECTURES 3.1). */
public enum ResidualScale {
  /** s = 1. */
  ONE {
    @Override
    double squared(int block, int depth) {
      return 1;
    }
  },
  /** s² = 1/L. */
  DEPTH {
    @Override
    double squared(int block, int depth) {
      return 1.0 / depth;
    }
  },
  /** s_l² = 1/l. */
  DECAYING {
    @Override
    double squared(int block, int depth) {
      return 1.0 / block;
    }
  };

  abstract double squared(int block, int depth);

  /** s of block l = 1 … L. */
  public double of(int block, int depth) {
    return Math.sqrt(squared(block, depth));
  }
}
