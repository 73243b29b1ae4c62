package org.phasemap.theory.architecture.convolution;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.phasemap.theory.OutsideDomainException;
import org.phasemap.theory.dual.CrossDual;
import org.phasemap.theory.dual.CrossDuals;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.limit.LayerStatistics;

/**
 * Covariance over positions and tangent kernel of one input in a convolutional network of unbounded
 * channels (Xiao et al. 2018, arXiv 1806.05393; Novak et al. 2019; Arora et al. 2019, the CNTK):
 *
 * <pre>
 * S′[a,a′] = σ_b² + (σ_w²/k^d) Σ_β F[a+β, a′+β],
 * Θ′[a,a′] = S′[a,a′] + (σ_w²/k^d) Σ_β (F′Θ)[a+β, a′+β],
 * </pre>
 *
 * F = E φφ and F′ = E φ′φ′ at S, the same tap β in both slots, and nothing where either reads
 * outside the image. NTK parameterisation, Θ₁ = S₁. Relative error 1e-10.
 */
public final class PositionKernels {
  private static final int MOST_POSITIONS = 400;
  private static final double EQUAL = 1e-13;

  private final LayerLaw law;

  /** φ alone. */
  private final LayerLaw unit;

  private final Taps taps;
  private final int dims;
  private final int positions;
  private double[][] covariance;
  private double[][] tangent;
  private double[][] products;
  private double[][] slopes;

  /**
   * At z₁, of covariance q₀((1 − r₀) I + r₀ 11ᵀ).
   *
   * @param taps along each of the dimensions
   */
  public PositionKernels(LayerLaw law, Taps taps, int dims, double q0, double r0) {
    double count = Math.pow(taps.size(), dims);
    OutsideDomainException.unless(
        count <= MOST_POSITIONS, "more than " + MOST_POSITIONS + " positions: " + count);
    this.law = law;
    unit = new LayerLaw(law.activation(), 1, 0);
    this.taps = taps;
    this.dims = dims;
    positions = (int) count;
    OutsideDomainException.unless(
        positions == 1 || r0 * (positions - 1) >= -1,
        "no " + positions + " positions have the correlation " + r0 + " each with each");
    covariance = new double[positions][positions];
    for (int a = 0; a < positions; a++) {
      Arrays.fill(covariance[a], q0 * r0);
      covariance[a][a] = q0;
    }
    tangent = Arrays.stream(covariance).map(double[]::clone).toArray(double[][]::new);
    products = new double[positions][positions];
    slopes = new double[positions][positions];
    evaluate();
  }

  /** Up to z_depth, which is depth − 1 convolutions above z₁. */
  public PositionKernels upTo(int depth) {
    for (int l = 1; l < depth; l++) {
      double[][] flow = flow();
      covariance = averaged(products);
      tangent = averaged(flow);
      for (int a = 0; a < positions; a++) {
        for (int b = 0; b < positions; b++) {
          covariance[a][b] = law.sigmaW2() * covariance[a][b] + law.sigmaB2();
          tangent[a][b] = law.sigmaW2() * tangent[a][b] + covariance[a][b];
        }
      }
      evaluate();
    }
    return this;
  }

  /** Cov(z[i], z[j]). */
  public double covariance(int i, int j) {
    return covariance[i][j];
  }

  /** How a scalar is read from all positions, by weights of variance 1/fan-in and no bias. */
  public enum Readout {
    /** A weight for each position. */
    FLATTEN,
    /** Global average pooling. */
    GAP
  }

  /** Variance of the read-out. */
  public double nngp(Readout readout) {
    return read(products, readout);
  }

  /** Tangent kernel of the read-out. */
  public double ntk(Readout readout) {
    double[][] flow = flow();
    for (int a = 0; a < positions; a++) {
      for (int b = 0; b < positions; b++) {
        flow[a][b] += products[a][b];
      }
    }
    return read(flow, readout);
  }

  private double read(double[][] kernel, Readout readout) {
    double sum = 0;
    for (int a = 0; a < positions; a++) {
      sum += readout == Readout.GAP ? Arrays.stream(kernel[a]).sum() / positions : kernel[a][a];
    }
    return sum / positions;
  }

  /** F′Θ. */
  private double[][] flow() {
    double[][] flow = new double[positions][positions];
    for (int a = 0; a < positions; a++) {
      for (int b = 0; b < positions; b++) {
        flow[a][b] = slopes[a][b] * tangent[a][b];
      }
    }
    return flow;
  }

  /** The mean over taps, the same tap in both slots: one dimension after the other. */
  private double[][] averaged(double[][] kernel) {
    double[][] from = kernel;
    for (int axis = 0; axis < dims; axis++) {
      int step = (int) Math.pow(taps.size(), axis);
      double[][] to = new double[positions][positions];
      for (int tap = 0; tap < taps.kernel(); tap++) {
        int[] source = sources(step, tap);
        for (int a = 0; a < positions; a++) {
          for (int b = 0; b < positions; b++) {
            if (source[a] != Padding.OUTSIDE && source[b] != Padding.OUTSIDE) {
              to[a][b] += from[source[a]][source[b]] / taps.kernel();
            }
          }
        }
      }
      from = to;
    }
    return from;
  }

  private int[] sources(int step, int tap) {
    int[] source = new int[positions];
    for (int a = 0; a < positions; a++) {
      int i = a / step % taps.size();
      int read = taps.source(i, tap);
      source[a] = read == Padding.OUTSIDE ? read : a + (read - i) * step;
    }
    return source;
  }

  private record Pair(double qa, double qb, double delta) {}

  private record Duals(double product, double slope) {}

  /** F and F′ of all pairs; pairs that are alike are computed once. */
  private void evaluate() {
    double[] q = new double[positions];
    LayerStatistics[] own = new LayerStatistics[positions];
    for (int a = 0; a < positions; a++) {
      int like = 0;
      while (like < a && Math.abs(q[like] - covariance[a][a]) > EQUAL * q[like]) {
        like++;
      }
      q[a] = like < a ? q[like] : covariance[a][a];
      OutsideDomainException.unless(q[a] > 0, "the signal of a position has died out");
      own[a] = like < a ? own[like] : LayerStatistics.of(unit, q[a]);
    }
    Map<Pair, Duals> known = new HashMap<>();
    for (int a = 0; a < positions; a++) {
      for (int b = 0; b <= a; b++) {
        LayerStatistics statistics = own[a];
        Pair pair = new Pair(Math.min(q[a], q[b]), Math.max(q[a], q[b]), delta(q, a, b));
        Duals duals = known.computeIfAbsent(pair, p -> duals(p, statistics));
        products[a][b] = duals.product;
        products[b][a] = duals.product;
        slopes[a][b] = duals.slope;
        slopes[b][a] = duals.slope;
      }
    }
  }

  private double delta(double[] q, int a, int b) {
    double root = Math.sqrt(q[a]) * Math.sqrt(q[b]);
    return a == b ? 0 : Math.max(0, Math.min(2, (root - covariance[a][b]) / root));
  }

  private Duals duals(Pair pair, LayerStatistics statistics) {
    if (pair.qa == pair.qb) {
      double slope = pair.delta == 0 ? statistics.chi1() : statistics.chiC(pair.delta);
      return new Duals(statistics.productPhi(pair.delta), slope);
    }
    CrossDual cross = CrossDuals.of(law.activation(), pair.qa, pair.qb);
    return new Duals(cross.product(pair.delta), cross.derivative(pair.delta));
  }
}
