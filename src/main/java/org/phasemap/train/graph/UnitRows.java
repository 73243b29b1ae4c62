package org.phasemap.train.graph;

/**
 * Weight norm: the rows of W are v/|v| (Salimans and Kingma 2016, eq. 2 and 3); the factor on each
 * of them is a weight of its own.
 */
final class UnitRows implements WeightRule {
  private final int rows;
  private final int columns;
  private float[] directions = {};
  private double[] lengths = {};

  /**
   * @param rows of a group
   * @param columns of a group
   */
  UnitRows(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
  }

  @Override
  public float[] weights(float[] numbers) {
    directions = numbers.clone();
    lengths = new double[numbers.length / columns];
    for (int row = 0; row < lengths.length; row++) {
      double length = Math.sqrt(product(numbers, numbers, row));
      lengths[row] = length;
      for (int i = 0; i < columns; i++) {
        int at = place(row, i);
        directions[at] = length > 0 ? (float) (numbers[at] / length) : 0;
      }
    }
    return directions.clone();
  }

  /** (g − u (u·g))/|v| of a row, u = v/|v|. */
  @Override
  public void pullBack(float[] gradient) {
    for (int row = 0; row < lengths.length; row++) {
      double along = product(directions, gradient, row);
      for (int i = 0; i < columns; i++) {
        int at = place(row, i);
        double across = gradient[at] - directions[at] * along;
        gradient[at] = lengths[row] > 0 ? (float) (across / lengths[row]) : 0;
      }
    }
  }

  private double product(float[] a, float[] b, int row) {
    double sum = 0;
    for (int i = 0; i < columns; i++) {
      int at = place(row, i);
      sum += (double) a[at] * b[at];
    }
    return sum;
  }

  /** Entry i of a row; rows go through the groups one after the other. */
  private int place(int row, int i) {
    return (row / rows * columns + i) * rows + row % rows;
  }
}
