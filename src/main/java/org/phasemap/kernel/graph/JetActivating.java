package org.phasemap.kernel.graph;

import java.util.List;
import org.phasemap.kernel.Matrix;
import org.phasemap.network.Activation;

/**
 * φ of jets: (z, z′, z″) becomes (φ, φ′z′, φ″z′² + φ′z″), derivatives along the input (Taylor mode,
 * Griewank and Walther 2008, §13). Entry by entry in float64.
 */
final class JetActivating implements Step {
  private final Activation activation;
  private float[] z = {};

  JetActivating(Activation activation) {
    this.activation = activation;
  }

  @Override
  public void forward(List<Matrix> in, Matrix out) {
    z = in.get(0).read();
    int n = out.rows();
    float[] h = new float[z.length];
    for (int first = 0; first < z.length; first += 3 * n) {
      for (int i = first; i < first + n; i++) {
        double slope = activation.derivative(z[i]);
        double along = z[i + n];
        h[i] = (float) activation.value(z[i]);
        h[i + n] = (float) (slope * along);
        h[i + 2 * n] =
            (float) (activation.secondDerivative(z[i]) * along * along + slope * z[i + 2 * n]);
      }
    }
    out.write(h);
  }

  @Override
  public void tangent(List<Matrix> in, Matrix out) {
    float[] v = in.get(0).read();
    int n = out.rows();
    float[] result = new float[v.length];
    for (int first = 0; first < v.length; first += 3 * n) {
      for (int i = first; i < first + n; i++) {
        Partials at = new Partials(i, n);
        result[i] = (float) (at.slope * v[i]);
        result[i + n] = (float) (at.tilt * v[i] + at.slope * v[i + n]);
        result[i + 2 * n] =
            (float) (at.bow * v[i] + 2 * at.tilt * v[i + n] + at.slope * v[i + 2 * n]);
      }
    }
    out.write(result);
  }

  @Override
  public void backward(Matrix gradient, int index, Matrix out) {
    float[] g = gradient.read();
    int n = out.rows();
    float[] result = new float[g.length];
    for (int first = 0; first < g.length; first += 3 * n) {
      for (int i = first; i < first + n; i++) {
        Partials at = new Partials(i, n);
        result[i] = (float) (at.slope * g[i] + at.tilt * g[i + n] + at.bow * g[i + 2 * n]);
        result[i + n] = (float) (at.slope * g[i + n] + 2 * at.tilt * g[i + 2 * n]);
        result[i + 2 * n] = (float) (at.slope * g[i + 2 * n]);
      }
    }
    out.write(result);
  }

  /** Derivatives of a jet's three numbers by its z. */
  private final class Partials {
    /** φ′. */
    final double slope;

    /** φ″z′. */
    final double tilt;

    /** φ‴z′² + φ″z″. */
    final double bow;

    Partials(int i, int n) {
      double bend = activation.secondDerivative(z[i]);
      double along = z[i + n];
      slope = activation.derivative(z[i]);
      tilt = bend * along;
      bow = activation.thirdDerivative(z[i]) * along * along + bend * z[i + 2 * n];
    }
  }
}
