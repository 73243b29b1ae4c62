package org.phasemap.theory.architecture.norm.field;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * Matrices of positions that are not alike. Entries are those of all ordered pairs of positions, of
 * an input with itself, then of two inputs.
 *
 * @param positions P
 * @param batch number of inputs
 */
public record GridPairs(int positions, int batch) implements PairAlgebra {
  private int square() {
    return positions * positions;
  }

  @Override
  public int numbers() {
    return batch * positions;
  }

  @Override
  public int size() {
    return batch == 1 ? square() : 2 * square();
  }

  @Override
  public int kinds() {
    return positions;
  }

  @Override
  public int first(int entry) {
    return entry % square() / positions;
  }

  @Override
  public int second(int entry) {
    return entry % positions;
  }

  @Override
  public double[] diagonal(double[] matrix) {
    double[] diagonal = new double[positions];
    Arrays.setAll(diagonal, a -> matrix[a * positions + a]);
    return diagonal;
  }

  @Override
  public void addDiagonal(double[] matrix, double[] byKind) {
    for (int a = 0; a < positions; a++) {
      matrix[a * positions + a] += byKind[a];
    }
  }

  @Override
  public double[] columnSums(double[] matrix) {
    double[] sums = new double[positions];
    for (int row = 0; row < matrix.length; row += positions) {
      double times = row < square() ? 1 : batch - 1;
      for (int b = 0; b < positions; b++) {
        sums[b] += times * matrix[row + b];
      }
    }
    return sums;
  }

  @Override
  public double total(double[] matrix) {
    return batch * Arrays.stream(columnSums(matrix)).sum();
  }

  @Override
  public double[] centred(double[] matrix) {
    double[] columns = columnSums(matrix);
    double[] rows = columnSums(transposed(matrix));
    double mean = Arrays.stream(columns).sum() / positions / numbers();
    double[] centred = new double[matrix.length];
    for (int e = 0; e < centred.length; e++) {
      centred[e] = matrix[e] - (rows[first(e)] + columns[second(e)]) / numbers() + mean;
    }
    return centred;
  }

  private double[] transposed(double[] matrix) {
    double[] transposed = new double[matrix.length];
    Arrays.setAll(transposed, e -> matrix[e - e % square() + second(e) * positions + first(e)]);
    return transposed;
  }

  @Override
  public Modes modes(double[] covariance) {
    return new Vectors(centred(covariance));
  }

  /** Of differences of inputs, then of their sum. */
  private final class Vectors implements Modes {
    private final double[] values = new double[size() / positions];
    private final double[] multiplicities = new double[values.length];

    /** [block][vector × P + position]. */
    private final double[][] vectors = new double[size() / square()][];

    private final double[][] transposed = new double[vectors.length][];

    Vectors(double[] covariance) {
      double[] blocks = blocks(covariance);
      for (int block = 0; block < vectors.length; block++) {
        double[][] matrix = new double[positions][];
        for (int a = 0; a < positions; a++) {
          int from = block * square() + a * positions;
          matrix[a] = Arrays.copyOfRange(blocks, from, from + positions);
        }
        EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(matrix, false));
        double[] own = Modes.positive(eigen.getRealEigenvalues());
        System.arraycopy(own, 0, values, block * positions, positions);
        int count = vectors.length == 2 && block == 0 ? batch - 1 : 1;
        Arrays.fill(multiplicities, block * positions, (block + 1) * positions, count);
        double[][] rows = eigen.getVT().getData();
        vectors[block] = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
        transposed[block] = GridPairs.this.transposedBlock(vectors[block]);
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
      double[] blocks = blocks(matrix);
      return each(blocks, (b, block) -> times(times(vectors[b], block), transposed[b]));
    }

    @Override
    public double[] from(double[] inModes) {
      return together(each(inModes, (b, m) -> times(times(transposed[b], m), vectors[b])));
    }

    @Override
    public double[] matrix(double[] ownValues) {
      double[] scaled = new double[size()];
      Arrays.setAll(
          scaled,
          e -> {
            int block = e / square();
            int mode = e % positions;
            return transposed[block][e % square()] * ownValues[block * positions + mode];
          });
      return together(each(scaled, (b, m) -> times(m, vectors[b])));
    }

    private double[] together(double[] blocks) {
      if (batch == 1) {
        return blocks;
      }
      double[] matrix = new double[blocks.length];
      for (int e = 0; e < square(); e++) {
        double cross = (blocks[square() + e] - blocks[e]) / batch;
        matrix[square() + e] = cross;
        matrix[e] = cross + blocks[e];
      }
      return matrix;
    }

    @Override
    public int row(int entry) {
      return entry / positions;
    }

    @Override
    public int column(int entry) {
      return entry / square() * positions + entry % positions;
    }

    @Override
    public double[] diagonal(double[] ownValues) {
      double[] diagonal = new double[positions];
      for (int i = 0; i < ownValues.length; i++) {
        double[] block = vectors[i / positions];
        for (int a = 0; a < positions; a++) {
          double entry = block[i % positions * positions + a];
          diagonal[a] += multiplicities[i] * ownValues[i] * entry * entry / batch;
        }
      }
      return diagonal;
    }

    @Override
    public double[] ofValues(double[] ownValues) {
      double[] inModes = new double[size()];
      for (int i = 0; i < ownValues.length; i++) {
        inModes[i * positions + i % positions] = ownValues[i];
      }
      return inModes;
    }
  }

  private double[] transposedBlock(double[] block) {
    double[] transposed = new double[block.length];
    Arrays.setAll(transposed, e -> block[e % positions * positions + e / positions]);
    return transposed;
  }

  /** Of differences and of sums of inputs. */
  private double[] blocks(double[] matrix) {
    if (batch == 1) {
      return matrix;
    }
    double[] blocks = new double[matrix.length];
    for (int e = 0; e < square(); e++) {
      blocks[e] = matrix[e] - matrix[square() + e];
      blocks[square() + e] = matrix[e] + (batch - 1) * matrix[square() + e];
    }
    return blocks;
  }

  private interface BlockStep {
    double[] of(int block, double[] matrix);
  }

  private double[] each(double[] blocks, BlockStep step) {
    double[] result = new double[blocks.length];
    for (int b = 0; b < blocks.length / square(); b++) {
      double[] block = Arrays.copyOfRange(blocks, b * square(), (b + 1) * square());
      System.arraycopy(step.of(b, block), 0, result, b * square(), square());
    }
    return result;
  }

  private double[] times(double[] left, double[] right) {
    double[] product = new double[square()];
    for (int a = 0; a < positions; a++) {
      int row = a * positions;
      for (int c = 0; c < positions; c++) {
        double factor = left[row + c];
        int from = c * positions;
        for (int b = 0; b < positions; b++) {
          product[row + b] += factor * right[from + b];
        }
      }
    }
    return product;
  }
}
