package org.phasemap.theory.architecture.norm.field;

import java.util.Arrays;

/**
 * N × N matrices over the pairs of an input and a position, N = inputs × positions, as lists of
 * their different entries. All inputs are alike: there is one block of an input with itself and, of
 * two or more, one of two inputs.
 */
public interface PairAlgebra {
  /** N. */
  int numbers();

  /** Length of a list of entries. */
  int size();

  /** Kinds of positions, whose variances may differ. */
  int kinds();

  /** The kind of an entry's first position. */
  int first(int entry);

  /** The kind of an entry's second position. */
  int second(int entry);

  /** Entries (i, a), (i, a), by kind of position. */
  double[] diagonal(double[] matrix);

  /** Adds to these entries. */
  void addDiagonal(double[] matrix, double[] byKind);

  /** Σ of each column, by kind of position. */
  double[] columnSums(double[] matrix);

  /** G M G, where G takes the mean over all N away. */
  double[] centred(double[] matrix);

  /** Eigenvectors of G S G. */
  Modes modes(double[] covariance);

  /** Σ of all N² entries. */
  double total(double[] matrix);

  /** Matrices in the basis of the eigenvectors of one of them. */
  interface Modes {
    /** Eigenvalues, of the mean's own direction 0. */
    double[] values();

    /** How many eigenvectors have each. */
    double[] multiplicities();

    /** Entries of a matrix in this basis. */
    double[] to(double[] matrix);

    /** Back again. */
    double[] from(double[] inModes);

    /** The matrix itself of these eigenvalues. */
    double[] matrix(double[] ownValues);

    /** The eigenvalue that an entry's row belongs to. */
    int row(int entry);

    /** The one that its column belongs to. */
    int column(int entry);

    /** The matrix in this basis whose eigenvalues are these. */
    double[] ofValues(double[] ownValues);

    /** The diagonal of the matrix of these eigenvalues, by kind of position. */
    double[] diagonal(double[] ownValues);

    /** Σ of the N eigenvalues. */
    default double trace() {
      double sum = 0;
      for (int i = 0; i < values().length; i++) {
        sum += multiplicities()[i] * values()[i];
      }
      return sum;
    }

    /** How many directions there are in effect, (Σλ)²/Σλ²: N − 1 of equal ones. */
    default double directions() {
      double trace = trace();
      double squares = 0;
      for (int i = 0; i < values().length; i++) {
        squares += multiplicities()[i] * values()[i] * values()[i];
      }
      return trace * trace / squares;
    }

    /** Rounding of what is 0. */
    static double[] positive(double[] values) {
      double largest = Arrays.stream(values).max().orElse(0);
      return Arrays.stream(values).map(x -> x > 1e-13 * largest ? x : 0).toArray();
    }
  }
}
