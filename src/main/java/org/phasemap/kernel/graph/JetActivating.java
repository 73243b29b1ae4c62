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

  /** φ′ and φ″ of each z. */
  private double[] slope = {};

  private double[] bend = {};

  JetActivating(Activation activation) {
    this.activation = activation;
  }

  @Override
  public void forward(List<Matrix> in, Matrix out) {
    z = in.get(0).read();
    int n = out.rows();
    slope = new double[z.length / 3];
    bend = new double[z.length / 3];
    float[] h = new float[z.length];
    for (int k = 0; k < slope.length; k++) {
      int i = place(k, n);
      double along = z[i + n];
      slope[k] = activation.derivative(z[i]);
      bend[k] = activation.secondDerivative(z[i]);
      h[i] = (float) activation.value(z[i]);
      h[i + n] = (float) (slope[k] * along);
      h[i + 2 * n] = (float) (bend[k] * along * along + slope[k] * z[i + 2 * n]);
    }
    out.write(h);
  }

  /** Of the k-th z; its derivatives are n and 2n behind. */
  private static int place(int k, int n) {
    return k + k / n * 2 * n;
  }

  @Override
  public void tangent(List<Matrix> in, Matrix out) {
    float[] v = in.get(0).read();
    int n = out.rows();
    float[] result = new float[v.length];
    for (int k = 0; k < slope.length; k++) {
      int i = place(k, n);
      double tilt = bend[k] * z[i + n];
      result[i] = (float) (slope[k] * v[i]);
      result[i + n] = (float) (tilt * v[i] + slope[k] * v[i + n]);
      result[i + 2 * n] =
          (float) (bow(k, n) * v[i] + 2 * tilt * v[i + n] + slope[k] * v[i + 2 * n]);
    }
    out.write(result);
  }

  @Override
  public void backward(Matrix gradient, int index, Matrix out) {
    float[] g = gradient.read();
    int n = out.rows();
    float[] result = new float[g.length];
    for (int k = 0; k < slope.length; k++) {
      int i = place(k, n);
      double tilt = bend[k] * z[i + n];
      result[i] = (float) (slope[k] * g[i] + tilt * g[i + n] + bow(k, n) * g[i + 2 * n]);
      result[i + n] = (float) (slope[k] * g[i + n] + 2 * tilt * g[i + 2 * n]);
      result[i + 2 * n] = (float) (slope[k] * g[i + 2 * n]);
    }
    out.write(result);
  }

  /** ∂(φ″z′² + φ′z″)/∂z = φ‴z′² + φ″z″. */
  private double bow(int k, int n) {
    int i = place(k, n);
    double along = z[i + n];
    return activation.thirdDerivative(z[i]) * along * along + bend[k] * z[i + 2 * n];
  }
}
