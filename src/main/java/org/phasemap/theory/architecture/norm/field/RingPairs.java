package org.phasemap.theory.architecture.norm.field;

import java.util.Arrays;
import java.util.List;

/**
 * Matrices of rings, whose entries depend on the distance of two positions: Fourier modes are their
 * eigenvectors, and products of matrices those of eigenvalues. Entries are those of each class of
 * distances of an input with itself, then those of two inputs.
 */
public final class RingPairs implements PairAlgebra {
  private final int batch;
  private final int positions;
  private final int classes;
  private final double[] members;

  /** [class][class]: Σ over the distances of the second of cos(2π k·d), k one of the first. */
  private final double[][] character;

  /**
   * Of a grid that closes around all edges.
   *
   * @param grid extents
   * @param classOf the class of each distance from position 0; that of d and of −d is the same
   * @param batch number of inputs
   */
  public RingPairs(List<Integer> grid, int[] classOf, int batch) {
    this.batch = batch;
    positions = classOf.length;
    classes = Arrays.stream(classOf).max().orElseThrow() + 1;
    members = new double[classes];
    int[] one = new int[classes];
    for (int d = 0; d < positions; d++) {
      members[classOf[d]]++;
      one[classOf[d]] = d;
    }
    character = new double[classes][classes];
    for (int k = 0; k < classes; k++) {
      for (int d = 0; d < positions; d++) {
        character[k][classOf[d]] += Math.cos(2 * Math.PI * turns(grid, one[k], d));
      }
    }
  }

  private static double turns(List<Integer> grid, int mode, int distance) {
    double turns = 0;
    int restMode = mode;
    int restDistance = distance;
    for (int i = grid.size() - 1; i >= 0; i--) {
      int extent = grid.get(i);
      turns += (restMode % extent) * (restDistance % extent) % extent / (double) extent;
      restMode /= extent;
      restDistance /= extent;
    }
    return turns;
  }

  private boolean isOne() {
    return batch == 1;
  }

  @Override
  public int numbers() {
    return batch * positions;
  }

  @Override
  public int size() {
    return isOne() ? classes : 2 * classes;
  }

  @Override
  public int kinds() {
    return 1;
  }

  @Override
  public int first(int entry) {
    return 0;
  }

  @Override
  public int second(int entry) {
    return 0;
  }

  @Override
  public double[] diagonal(double[] matrix) {
    return new double[] {matrix[0]};
  }

  @Override
  public void addDiagonal(double[] matrix, double[] byKind) {
    matrix[0] += byKind[0];
  }

  @Override
  public double[] columnSums(double[] matrix) {
    double sum = 0;
    for (int e = 0; e < matrix.length; e++) {
      sum += members[e % classes] * (e < classes ? 1 : batch - 1) * matrix[e];
    }
    return new double[] {sum};
  }

  @Override
  public double total(double[] matrix) {
    return numbers() * columnSums(matrix)[0];
  }

  @Override
  public double[] centred(double[] matrix) {
    double mean = columnSums(matrix)[0] / numbers();
    return Arrays.stream(matrix).map(x -> x - mean).toArray();
  }

  @Override
  public Modes modes(double[] covariance) {
    return new Fourier(covariance);
  }

  /** Modes of differences of inputs, then of their sum. */
  private final class Fourier implements Modes {
    private final double[] values;
    private final double[] multiplicities = new double[size()];

    Fourier(double[] covariance) {
      double[] all = to(covariance);
      all[size() - classes] = 0; // the mean of all
      values = Modes.positive(all);
      for (int i = 0; i < values.length; i++) {
        boolean isDifference = i < size() - classes;
        multiplicities[i] = members[i % classes] * (isDifference ? batch - 1 : 1);
      }
    }

    @Override
    public double[] values() {
      return values;
    }

    @Override
    public double[] multiplicities() {
      return multiplicities;
    }

    @Override
    public double[] to(double[] matrix) {
      double[] modes = new double[size()];
      for (int k = 0; k < classes; k++) {
        for (int c = 0; c < classes; c++) {
          if (isOne()) {
            modes[k] += character[k][c] * matrix[c];
          } else {
            double own = matrix[c];
            double cross = matrix[classes + c];
            modes[k] += character[k][c] * (own - cross);
            modes[classes + k] += character[k][c] * (own + (batch - 1) * cross);
          }
        }
      }
      return modes;
    }

    @Override
    public double[] from(double[] inModes) {
      double[] matrix = new double[size()];
      for (int c = 0; c < classes; c++) {
        double difference = 0;
        double sum = 0;
        for (int k = 0; k < classes; k++) {
          difference += character[c][k] * inModes[k];
          sum += isOne() ? 0 : character[c][k] * inModes[classes + k];
        }
        if (isOne()) {
          matrix[c] = difference / positions;
        } else {
          matrix[classes + c] = (sum - difference) / batch / positions;
          matrix[c] = matrix[classes + c] + difference / positions;
        }
      }
      return matrix;
    }

    @Override
    public double[] matrix(double[] ownValues) {
      return from(ownValues);
    }

    @Override
    public int row(int entry) {
      return entry;
    }

    @Override
    public int column(int entry) {
      return entry;
    }

    @Override
    public double[] diagonal(double[] ownValues) {
      double sum = 0;
      for (int i = 0; i < ownValues.length; i++) {
        sum += multiplicities[i] * ownValues[i];
      }
      return new double[] {sum / numbers()};
    }

    @Override
    public double[] ofValues(double[] ownValues) {
      return ownValues;
    }
  }
}
