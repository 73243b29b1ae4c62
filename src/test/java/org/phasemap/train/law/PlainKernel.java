package org.phasemap.train.law;

import java.util.Arrays;

/**
 * The tangent kernel of all outputs in standard parameterisation: inner products of the gradients
 * of every output at every example over the trained parameters.
 *
 * @param entries km × km
 */
record PlainKernel(double[][] entries) {
  private static final int ITERATIONS = 400;

  static PlainKernel of(PlainNetwork network, double[][] x) {
    double[][] gradients = new double[x.length * Digits.CLASSES][network.parameters().length];
    for (int i = 0; i < x.length; i++) {
      for (int o = 0; o < Digits.CLASSES; o++) {
        network.outputs(x[i]);
        double[] e = new double[Digits.CLASSES];
        e[o] = 1;
        network.addGradient(e, gradients[i * Digits.CLASSES + o]);
      }
    }
    double[][] entries = new double[gradients.length][gradients.length];
    for (int i = 0; i < gradients.length; i++) {
      for (int j = 0; j <= i; j++) {
        entries[i][j] = dot(gradients[i], gradients[j]);
        entries[j][i] = entries[i][j];
      }
    }
    return new PlainKernel(entries);
  }

  /** By iteration, to far below what a comparison in law can see. */
  double largestEigenvalue() {
    double[] v = new double[entries.length];
    Arrays.setAll(v, i -> 1 + Math.sin(i + 1.0));
    double norm = 0;
    for (int k = 0; k < ITERATIONS; k++) {
      double[] from = v;
      double[] to = new double[v.length];
      Arrays.setAll(to, i -> dot(entries[i], from));
      norm = Math.sqrt(dot(to, to));
      double length = norm;
      v = Arrays.stream(to).map(value -> value / length).toArray();
    }
    return norm;
  }

  /** ‖this − start‖/‖start‖. */
  double drift(PlainKernel start) {
    double moved = 0;
    double before = 0;
    for (int i = 0; i < entries.length; i++) {
      for (int j = 0; j < entries.length; j++) {
        double change = entries[i][j] - start.entries[i][j];
        moved += change * change;
        before += start.entries[i][j] * start.entries[i][j];
      }
    }
    return Math.sqrt(moved / before);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
