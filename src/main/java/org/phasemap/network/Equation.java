package org.phasemap.network;

/**
 * A differential equation u″ = f on [−1, 1] that a network u(x) of one input is to solve, with u
 * given at both ends.
 */
public enum Equation {
  /** u″ = −π² sin πx, u = 0 at the ends: the solution is sin πx. */
  POISSON {
    @Override
    public double source(double x) {
      return -Math.PI * Math.PI * Math.sin(Math.PI * x);
    }

    @Override
    public double solution(double x) {
      return Math.sin(Math.PI * x);
    }

    @Override
    public double scale() {
      return Math.PI * Math.PI;
    }
  };

  /** f(x). */
  public abstract double source(double x);

  /** The solution, which is of size 1. */
  public abstract double solution(double x);

  /** max |f|: u″ over it is of the size of u. */
  public abstract double scale();
}
