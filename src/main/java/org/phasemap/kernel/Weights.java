package org.phasemap.kernel;

import java.util.Arrays;
import org.phasemap.network.WeightLaw;

/** Draws weight matrices, biases and masks from their streams. */
public final class Weights {
  private Weights() {}

  /**
   * What makes weights of the numbers that a law draws: number × factor + shift.
   *
   * @param factor of what has variance 1, is uniform on [0, 1) or lies within ±2
   * @param shift 0 but for uniform numbers
   */
  public record Scaling(double factor, double shift) {
    /**
     * Of entries of variance σ_w²/fan-in that are independent.
     *
     * @throws IllegalArgumentException if they are not independent
     */
    public static Scaling of(WeightLaw law, double sigmaW2, int fanIn) {
      double deviation = Math.sqrt(sigmaW2 / fanIn);
      return switch (law) {
        case NORMAL -> new Scaling(deviation, 0);
        case UNIFORM -> {
          double bound = Math.sqrt(3) * deviation;
          yield new Scaling(2 * bound, -bound);
        }
        case TRUNCATED -> new Scaling(deviation / WeightLaw.TRUNCATED_DEVIATION, 0);
        case ORTHOGONAL -> throw new IllegalArgumentException("entries depend on each other");
      };
    }
  }

  /**
   * Draws a weight matrix whose entries have variance σ_w²/fan-in under every law.
   *
   * @param sigmaW2 σ_w², dimensionless
   * @param out fan-out × fan-in
   */
  public static void draw(Kernel kernel, WeightLaw law, double sigmaW2, Stream stream, Matrix out) {
    switch (law) {
      case NORMAL -> {
        kernel.fillGaussian(out, stream);
        scale(kernel, Scaling.of(law, sigmaW2, out.columns()), out);
      }
      case UNIFORM -> {
        kernel.fillUniform(out, stream);
        scale(kernel, Scaling.of(law, sigmaW2, out.columns()), out);
      }
      case TRUNCATED -> {
        kernel.fillTruncated(out, stream);
        scale(kernel, Scaling.of(law, sigmaW2, out.columns()), out);
      }
      case ORTHOGONAL -> {
        kernel.fillGaussian(out, stream);
        float[] entries = out.read();
        Orthogonal.orthonormalise(entries, out.rows(), out.columns());
        out.write(entries);
        double deviation = Math.sqrt(sigmaW2 / out.columns());
        scale(kernel, deviation * Math.sqrt(Math.max(out.rows(), out.columns())), out);
      }
    }
  }

  /**
   * Draws weights of variance 1, of groups side by side: under {@link WeightLaw#ORTHOGONAL} each
   * block is one of its own.
   *
   * @param out blocks of fan-out × fan-in without gaps
   */
  public static void drawUnit(Kernel kernel, WeightLaw law, Stream stream, Blocks out) {
    if (law != WeightLaw.ORTHOGONAL || out.count() == 1) {
      draw(kernel, law, out.all().columns(), stream, out.all());
      return;
    }
    kernel.fillGaussian(out.all(), stream);
    for (int k = 0; k < out.count(); k++) {
      Matrix block = out.block(k);
      float[] entries = block.read();
      Orthogonal.orthonormalise(entries, out.rows(), out.columns());
      block.write(entries);
    }
    scale(kernel, Math.sqrt(Math.max(out.rows(), out.columns())), out.all());
  }

  /**
   * Draws biases, independent and normal.
   *
   * @param sigmaB2 σ_b², their variance
   * @param out n × 1
   */
  public static void drawBias(Kernel kernel, double sigmaB2, Stream stream, Matrix out) {
    kernel.fillGaussian(out, stream);
    scale(kernel, Math.sqrt(sigmaB2), out);
  }

  /**
   * Draws a mask: each entry 1 with probability p, independently, else 0.
   *
   * @param p keep probability
   * @param out any shape
   */
  public static void drawMask(Kernel kernel, double p, Stream stream, Matrix out) {
    out.write(ones(out.rows() * out.columns()));
    try (Matrix uniforms = kernel.matrix(out.rows(), out.columns())) {
      kernel.fillUniform(uniforms, stream);
      kernel.keepBelow(p, uniforms, out);
    }
  }

  private static void scale(Kernel kernel, Scaling scaling, Matrix out) {
    scale(kernel, scaling.factor, out);
    if (scaling.shift != 0) {
      try (Matrix ones = kernel.matrix(out.rows(), 1)) {
        ones.write(ones(out.rows()));
        kernel.addBias(ones, constant(scaling.shift, out.columns()), out);
      }
    }
  }

  private static void scale(Kernel kernel, double factor, Matrix out) {
    if (factor == 1) {
      return;
    }
    kernel.scaleColumns(constant(factor, out.columns()), out);
  }

  private static double[] constant(double value, int count) {
    double[] values = new double[count];
    Arrays.fill(values, value);
    return values;
  }

  private static float[] ones(int count) {
    float[] values = new float[count];
    Arrays.fill(values, 1f);
    return values;
  }
}
