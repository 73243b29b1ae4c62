package org.phasemap.measure.finding;

import java.nio.DoubleBuffer;
import java.util.Arrays;
import org.phasemap.measure.linear.SquareProducts;
import org.phasemap.measure.result.Curvature;
import org.phasemap.measure.result.KernelSpectrum;

/**
 * Tangent kernels of k outputs on m inputs, and the outputs themselves. Row i m + a is output i on
 * input a.
 */
public final class OutputKernel {
  private final int outputs;
  private final int inputs;
  private final double[] theta;
  private final double[] standardTheta;

  /** f_i of input a, index a k + i. */
  private final double[] f;

  /** Kernels to which layers are to be added. */
  public OutputKernel(int outputs, int inputs) {
    this.outputs = outputs;
    this.inputs = inputs;
    theta = new double[size() * size()];
    standardTheta = new double[size() * size()];
    f = new double[size()];
  }

  /** As a device has summed it: both kernels, and outputs; the next numbers of a buffer. */
  public OutputKernel(int outputs, int inputs, DoubleBuffer from) {
    this(outputs, inputs);
    from.get(theta).get(standardTheta).get(f);
  }

  private int size() {
    return outputs * inputs;
  }

  /**
   * Adds a layer's parameters.
   *
   * @param deltas δᵀδ of all outputs, km × km
   * @param below HᵀH of the layer below, m × m
   * @param scale σ_w²/fan-in
   */
  public void addLayer(double[] deltas, double[] below, double scale, double sigmaB2) {
    int n = size();
    for (int r = 0; r < n; r++) {
      for (int c = 0; c < n; c++) {
        double h = below[r % inputs * inputs + c % inputs];
        theta[r * n + c] += deltas[r * n + c] * (scale * h + sigmaB2);
        standardTheta[r * n + c] += deltas[r * n + c] * (h + (sigmaB2 > 0 ? 1 : 0));
      }
    }
  }

  /** Adds the read-outs' own parameters, from HᵀH of layer L. */
  public void addReadouts(double[] gram, double scale, double sigmaB2) {
    double[] one = new double[size() * size()];
    for (int r = 0; r < size(); r++) {
      for (int c = 0; c < size(); c++) {
        one[r * size() + c] = r / inputs == c / inputs ? 1 : 0;
      }
    }
    addLayer(one, gram, scale, sigmaB2);
  }

  /**
   * Sets f = scale · products + σ_b bias.
   *
   * @param products ω_i·h_a, index a k + i
   */
  public void setOutputs(float[] products, double scale, float[] bias, double sigmaB) {
    Arrays.setAll(f, i -> scale * products[i] + sigmaB * bias[i % outputs]);
  }

  /** Of all outputs, NTK parameterisation, km × km. */
  double[] theta() {
    return theta;
  }

  /** Of half the mean over inputs of the squared error of all outputs. */
  Curvature squaredError() {
    return curvature(KernelSpectrum.ends(standardTheta, size()));
  }

  /**
   * Of the mean softmax cross-entropy, whatever the labels: H_a = (diag p − p pᵀ)/m = B Bᵀ/m, B =
   * diag √p (1 − √p√pᵀ), so that Bᵀ Θ B/m has the eigenvalues of G (Martens 2020).
   */
  Curvature crossEntropy() {
    int n = size();
    double[] root = new double[n * n];
    for (int a = 0; a < inputs; a++) {
      double[] p = softmax(a);
      for (int i = 0; i < outputs; i++) {
        for (int j = 0; j < outputs; j++) {
          double projected = (i == j ? 1 : 0) - Math.sqrt(p[i] * p[j]);
          root[(i * inputs + a) * n + j * inputs + a] = Math.sqrt(p[i]) * projected;
        }
      }
    }
    double[] right = SquareProducts.product(standardTheta, root, n);
    return curvature(KernelSpectrum.ends(SquareProducts.transposedProduct(root, right, n), n));
  }

  private Curvature curvature(KernelSpectrum spectrum) {
    double lnInputs = Math.log(inputs);
    return new Curvature(
        spectrum.lnLambdaMax() - lnInputs, spectrum.lnScale() + Math.log(size()) - lnInputs);
  }

  private double[] softmax(int a) {
    double[] p = Arrays.copyOfRange(f, a * outputs, (a + 1) * outputs);
    double largest = Arrays.stream(p).max().orElseThrow();
    Arrays.setAll(p, i -> Math.exp(p[i] - largest));
    double sum = Arrays.stream(p).sum();
    Arrays.setAll(p, i -> p[i] / sum);
    return p;
  }
}
