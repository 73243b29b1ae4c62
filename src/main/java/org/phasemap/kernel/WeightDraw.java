package org.phasemap.kernel;

import java.util.Arrays;
import org.phasemap.kernel.Stream.Purpose;
import org.phasemap.network.WeightLaw;

/**
 * Draws G, a weight matrix of unit variance: W = (σ_w/√fan-in) G. Masked entries are zero; the
 * others keep their variance.
 */
public final class WeightDraw {
  private static final double SQRT_12 = Math.sqrt(12);

  private final Kernel kernel;
  private final WeightLaw law;
  private final double keepProbability;

  /**
   * Draws of one law.
   *
   * @param keepProbability share of entries kept, in (0, 1]
   */
  public WeightDraw(Kernel kernel, WeightLaw law, double keepProbability) {
    this.kernel = kernel;
    this.law = law;
    this.keepProbability = keepProbability;
  }

  /** Whether some entries are set to zero. */
  public boolean isMasked() {
    return keepProbability < 1;
  }

  /**
   * Draws the weights of a hidden layer, without their mask.
   *
   * @param out n × fan-in
   */
  public void draw(long seed, int replicate, int layer, Matrix out) {
    Stream stream = new Stream(seed, replicate, layer, Purpose.WEIGHTS);
    switch (law) {
      case NORMAL -> kernel.fillGaussian(out, stream);
      case UNIFORM -> drawUniform(stream, out);
      case ORTHOGONAL -> {
        kernel.fillGaussian(out, stream);
        out.write(Orthonormal.frame(out.read(), out.rows(), out.columns()));
      }
    }
  }

  /**
   * Draws the mask of a hidden layer: 1 with the keep probability, else 0. Masks nest: a smaller
   * keep probability keeps a subset.
   *
   * @param uniforms scratch of the same shape
   */
  public void drawMask(long seed, int replicate, int layer, Matrix uniforms, Matrix out) {
    float[] ones = new float[out.rows() * out.columns()];
    Arrays.fill(ones, 1);
    out.write(ones);
    kernel.fillUniform(uniforms, new Stream(seed, replicate, layer, Purpose.MASK));
    kernel.keepBelow(keepProbability, uniforms, out);
  }

  /**
   * Draws the read-out vector, normal whatever the law of the hidden layers, masked.
   *
   * @param out n × 1
   */
  public void drawReadout(long seed, int replicate, Matrix out) {
    kernel.fillGaussian(out, new Stream(seed, replicate, 0, Purpose.READOUT));
    if (isMasked()) {
      try (Matrix uniforms = kernel.matrix(out.rows(), 1)) {
        kernel.fillUniform(uniforms, new Stream(seed, replicate, 0, Purpose.READOUT_MASK));
        kernel.keepBelow(keepProbability, uniforms, out);
      }
    }
  }

  private void drawUniform(Stream stream, Matrix out) {
    kernel.fillUniform(out, stream);
    double[] scale = new double[out.columns()];
    Arrays.fill(scale, SQRT_12);
    kernel.scaleColumns(scale, out);
    Arrays.fill(scale, -SQRT_12 / 2);
    try (Matrix ones = kernel.matrix(out.rows(), 1)) {
      float[] one = new float[out.rows()];
      Arrays.fill(one, 1);
      ones.write(one);
      kernel.addBias(ones, scale, out);
    }
  }
}
