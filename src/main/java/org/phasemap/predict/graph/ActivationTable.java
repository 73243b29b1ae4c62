package org.phasemap.predict.graph;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.phasemap.network.Activation;
import org.phasemap.theory.OutsideDomainException;
import org.phasemap.theory.architecture.norm.ActivatedBatch;
import org.phasemap.theory.architecture.norm.NormalisedBatch;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.limit.LayerStatistics;
import org.phasemap.theory.limit.UnequalPairs;

/**
 * φ of what arrives at a node: its second moments and those of φ′. Many pairs are alike, in a layer
 * and from layer to layer; each value is computed once.
 */
final class ActivationTable {
  /** Variances this close, relatively, count as equal. */
  private static final double EQUAL = 1e-13;

  /** Bits of a correlation that are rounding. */
  private static final int ROUNDED_BITS = 8;

  private static final int MOST_PAIRS = 1_000_000;

  private final Activation activation;
  private final TreeMap<Double, LayerStatistics> single = new TreeMap<>();
  private final UnequalPairs unequal;
  private final Map<Pair, double[]> known = new HashMap<>();
  private final Map<Double, NormalisedBatch> batches = new HashMap<>();
  private final Map<Pair, ActivatedBatch> activated = new HashMap<>();
  private final int batch;

  /**
   * Of a φ.
   *
   * @param batch number of inputs, which batch norm sees
   */
  ActivationTable(Activation activation, int batch) {
    this.activation = activation;
    this.batch = batch;
    unequal = new UnequalPairs(activation);
  }

  /** Two variances, and what tells the correlation. */
  private record Pair(double qa, double qb, double delta) {}

  /** φ of a part. */
  Part of(Part part) {
    return switch (part.law()) {
      case GAUSSIAN -> gaussian(part);
      case SPHERE -> sphere(part);
      case MIXTURE -> mixture(part);
      case FIELD, OTHER -> {
        OutsideDomainException.unless(
            isLinear(), "no formula for an activation of what is not Gaussian");
        yield part;
      }
    };
  }

  private boolean isLinear() {
    return activation.isHomogeneous() && activation.homogeneousSlope() == 1;
  }

  /** Moments of φ(γu) over a batch. */
  NormalisedBatch batch(double gamma) {
    return batches.computeIfAbsent(gamma, g -> NormalisedBatch.of(activation, g, batch));
  }

  /** What a batch norm makes of gradients that stands on φ of a part. */
  ActivatedBatch activated(Part gaussian) {
    double q = rounded(gaussian.covariance().q()[0][0]);
    double apart = rounded(gaussian.covariance().deficit()[1][0]);
    return activated.computeIfAbsent(
        new Pair(q, q, apart), key -> ActivatedBatch.of(activation, batch, q, q - apart));
  }

  private Part sphere(Part part) {
    NormalisedBatch moments = batch(part.gamma());
    Covariance next = Covariance.zero(part.covariance().inputs(), part.covariance().pairs());
    next.q()[0][0] = moments.value2();
    next.deficit()[1][0] = moments.variance();
    double[][] mean = {{activation.isOdd() ? 0 : moments.mean()}};
    return new Part(part.channels(), Law.OTHER, next, mean, 1, null);
  }

  /**
   * Of a (leaky) ReLU the second moment is right whatever the mixture; products of different
   * positions or inputs are not known.
   */
  private Part mixture(Part part) {
    OutsideDomainException.unless(
        activation.isHomogeneous(),
        "channels that do not mix are no Gaussians: formulas hold for (leaky) ReLU only");
    if (isLinear()) {
      return part;
    }
    Part next = gaussian(part);
    Covariance covariance = next.covariance();
    InputPairs inputs = covariance.inputs();
    double[][] slopes = next.slopes();
    for (int block = 0; slopes != null && block < inputs.blocks(); block++) {
      for (int c = 0; c < slopes[block].length; c++) {
        if (!inputs.isOwn(block) || !covariance.pairs().isDiagonal(c)) {
          covariance.deficit()[block][c] = Double.NaN;
          slopes[block][c] = Double.NaN;
        }
      }
    }
    return new Part(part.channels(), Law.OTHER, covariance, unknown(covariance), 1, slopes);
  }

  private static double[][] unknown(Covariance covariance) {
    double[][] mean = Part.zeros(covariance);
    for (double[] row : mean) {
      Arrays.fill(row, Double.NaN);
    }
    return mean;
  }

  private Part gaussian(Part part) {
    Covariance s = part.covariance();
    Covariance next = Covariance.zero(s.inputs(), s.pairs());
    double[][] mean = Part.zeros(s);
    LayerStatistics[][] own = new LayerStatistics[mean.length][mean[0].length];
    for (int i = 0; i < mean.length; i++) {
      for (int k = 0; k < mean[i].length; k++) {
        own[i][k] = at(s.q()[i][k]);
        next.q()[i][k] = own[i][k].secondMomentPhi();
        mean[i][k] = own[i][k].meanPhi();
      }
    }
    double[][] slopes = new double[s.inputs().blocks()][s.pairs().classes()];
    for (int block = 0; block < slopes.length; block++) {
      LayerStatistics[] left = own[s.inputs().first(block)];
      LayerStatistics[] right = own[s.inputs().second(block)];
      for (int c = 0; c < slopes[block].length; c++) {
        LayerStatistics a = left[s.pairs().kind(s.pairs().first(c))];
        LayerStatistics b = right[s.pairs().kind(s.pairs().second(c))];
        double[] pair = pair(a, b, s.deficit()[block][c]);
        next.deficit()[block][c] = pair[0];
        slopes[block][c] = pair[1];
      }
    }
    return new Part(part.channels(), Law.OTHER, next, mean, 1, slopes);
  }

  private LayerStatistics at(double q) {
    Map.Entry<Double, LayerStatistics> below = single.floorEntry(q);
    if (below != null && q - below.getKey() <= EQUAL * q) {
      return below.getValue();
    }
    Map.Entry<Double, LayerStatistics> above = single.ceilingEntry(q);
    if (above != null && above.getKey() - q <= EQUAL * q) {
      return above.getValue();
    }
    LayerStatistics own = LayerStatistics.of(new LayerLaw(activation, 1, 0), q);
    single.put(q, own);
    return own;
  }

  /** The deficit of φ and E φ′φ′. */
  private double[] pair(LayerStatistics a, LayerStatistics b, double deficit) {
    if (Double.isNaN(deficit)) {
      return new double[] {Double.NaN, Double.NaN};
    }
    LayerStatistics low = a.q() <= b.q() ? a : b;
    LayerStatistics high = low == a ? b : a;
    double delta = delta(low.q(), high.q(), deficit);
    if (known.size() > MOST_PAIRS) {
      known.clear();
    }
    return known.computeIfAbsent(
        new Pair(low.q(), high.q(), rounded(delta)), key -> computed(low, high, delta));
  }

  private static double delta(double qa, double qb, double deficit) {
    double root = Math.sqrt(qa) * Math.sqrt(qb);
    double gap = Math.sqrt(qb) - Math.sqrt(qa);
    return root > 0 ? Math.max(0, Math.min(2, (deficit - 0.5 * gap * gap) / root)) : 0;
  }

  /** Without the last bits, which the order of sums decides. */
  static double rounded(double x) {
    long half = 1L << (ROUNDED_BITS - 1);
    return Double.longBitsToDouble((Double.doubleToLongBits(x) + half) & -(1L << ROUNDED_BITS));
  }

  private double[] computed(LayerStatistics a, LayerStatistics b, double delta) {
    if (a == b) {
      double deficit = delta == 0 ? 0 : a.nextQ() * a.nextOneMinusC(delta);
      return new double[] {deficit, delta == 0 ? a.chi1() : a.chiC(delta)};
    }
    double mean = 0.5 * (a.secondMomentPhi() + b.secondMomentPhi());
    if (a.q() == 0) {
      // A position without signal has no gradient either: what is under it is 0.
      return new double[] {mean - a.meanPhi() * b.meanPhi(), 0};
    }
    UnequalPairs.Value value = unequal.of(a.q(), b.q(), delta);
    return new double[] {mean - value.product(), value.derivative()};
  }
}
