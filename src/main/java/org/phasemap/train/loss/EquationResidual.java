package org.phasemap.train.loss;

import org.phasemap.data.CollocationPoints;
import org.phasemap.network.Equation;

/**
 * What u misses its equation u″ = f by at a point: ½ (u″ − f)²/max |f|² inside, ½ (u − u*)² at the
 * ends, where the solution u* is given. Both are in units of the solution, which is of size 1.
 *
 * @param equation what u is to solve
 * @param points x of the batch
 */
@SuppressWarnings("ArrayRecordComponent") // read-only
public record EquationResidual(Equation equation, float[] points) implements Criterion {
  /** Of the size of the solution, so far u may be from it and still be right. */
  private static final double TOLERANCE = 0.1;

  /** u, u′ and u″. */
  private static final int ORDERS = 3;

  private static final int SECOND = 2;

  /** Of no batch yet. */
  public EquationResidual(Equation equation) {
    this(equation, new float[0]);
  }

  @Override
  public Criterion of(float[] batch) {
    return new EquationResidual(equation, batch);
  }

  @Override
  public int classes() {
    return ORDERS;
  }

  /** Of a sine, whose mean square is ½. */
  @Override
  public double ignorance() {
    return 0.25;
  }

  private double miss(float[] jets, int first, int[] labels, int j) {
    int jet = first + j * ORDERS;
    return labels[j] == CollocationPoints.END
        ? jets[jet] - equation.solution(points[j])
        : (jets[jet + SECOND] - equation.source(points[j])) / equation.scale();
  }

  @Override
  public double sum(float[] logits, int first, int[] labels, int count) {
    double sum = 0;
    for (int j = 0; j < count; j++) {
      double miss = miss(logits, first, labels, j);
      sum += miss * miss / 2;
    }
    return sum;
  }

  @Override
  public double gradient(float[] logits, int first, int[] labels, float[] gradient) {
    int count = labels.length;
    for (int j = 0; j < count; j++) {
      int jet = first + j * ORDERS;
      double miss = miss(logits, first, labels, j) / count;
      boolean isEnd = labels[j] == CollocationPoints.END;
      gradient[jet] = (float) (isEnd ? miss : 0);
      gradient[jet + 1] = 0;
      gradient[jet + SECOND] = (float) (isEnd ? 0 : miss / equation.scale());
    }
    return sum(logits, first, labels, count) / count;
  }

  /** Points where u is within a tenth of the solution's size of it. */
  @Override
  public int right(float[] logits, int first, int[] labels, int count) {
    int right = 0;
    for (int j = 0; j < count; j++) {
      double error = Math.abs(logits[first + j * ORDERS] - equation.solution(points[j]));
      right += error <= TOLERANCE ? 1 : 0;
    }
    return right;
  }
}
