package org.phasemap.theory.architecture.norm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.phasemap.network.graph.LayerMap;
import org.phasemap.network.graph.Norm;
import org.phasemap.theory.OutsideDomainException;
import org.phasemap.theory.dual.DualActivation;
import org.phasemap.theory.dual.Duals;
import org.phasemap.theory.dual.GaussianMoments;
import org.phasemap.theory.gauss.Roots;
import org.phasemap.theory.limit.FixedPoint;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.limit.LayerStatistics;
import org.phasemap.theory.limit.PhasePoint;
import org.phasemap.theory.limit.Stability;

/**
 * Layer or RMS norm over the features of each input, in the limit of infinite width.
 *
 * @param law φ, σ_w², σ_b²
 * @param gamma γ, the gain after the norm
 * @param place where it stands
 * @param kind what it takes away
 */
public record FeatureNorm(LayerLaw law, double gamma, Place place, Kind kind) {
  private static final int SCAN = 48;

  /** What ln χ may be off by. */
  private static final double ROUNDING = 1e-10;

  /** Where the norm stands in a layer. */
  public enum Place {
    /** φ(γ norm(Wh + b)): the variance of pre-activations is γ². */
    BEFORE,
    /** W γ norm(φ(z)) + b: the variance of pre-activations is γ²σ_w² + σ_b². */
    AFTER
  }

  /** What is divided out. */
  public enum Kind {
    /** Mean and variance. */
    LAYER,
    /** The second moment. */
    RMS
  }

  /**
   * That of a map of layers; empty of maps without a norm over features.
   *
   * @param law with the mask's share in σ_w²
   */
  public static Optional<FeatureNorm> of(LayerMap map, LayerLaw law) {
    boolean isBefore = map.before() != Norm.NONE;
    Norm norm = isBefore ? map.before() : map.after();
    if (norm == Norm.NONE || norm == Norm.BATCH) {
      return Optional.empty();
    }
    Kind kind = norm == Norm.LAYER ? Kind.LAYER : Kind.RMS;
    return Optional.of(
        new FeatureNorm(law, map.gamma(), isBefore ? Place.BEFORE : Place.AFTER, kind));
  }

  /** Variance of the argument of φ. */
  private double q() {
    double gain = gamma * gamma;
    double q = place == Place.BEFORE ? gain : gain * law.sigmaW2() + law.sigmaB2();
    OutsideDomainException.unless(q > 0 && second() > 0, "the signal of this law dies out");
    return q;
  }

  /** Second moment of pre-activations under the norm, over γ² where it stands before φ. */
  private double second() {
    if (place == Place.AFTER) {
      return gamma * gamma * law.sigmaW2() + law.sigmaB2();
    }
    GaussianMoments moments = new GaussianMoments(law.activation(), gamma * gamma);
    return law.sigmaW2() * moments.secondMoment() + law.sigmaB2();
  }

  /** What LN or RMS norm after φ divides by: Var φ or E φ². */
  private double divisor(double q) {
    GaussianMoments moments = new GaussianMoments(law.activation(), q);
    double mean = kind == Kind.LAYER ? moments.mean() : 0;
    return moments.secondMoment() - mean * mean;
  }

  /**
   * Factor of squared gradients per layer. Before φ: γ²σ_w²D(γ²)/(σ_w²V(γ²) + σ_b²), of either
   * kind, because pre-activations have no mean (Doshi et al. 2023, arXiv 2111.12143). After φ:
   * γ²σ_w²D(q)/(V(q) − m²), q = γ²σ_w² + σ_b², m = E φ for layer norm and 0 for RMS norm.
   */
  public double chi() {
    double q = q();
    double d = new GaussianMoments(law.activation(), q).derivativeSecondMoment();
    double by = place == Place.BEFORE ? second() : divisor(q);
    return gamma * gamma * law.sigmaW2() * d / by;
  }

  /**
   * Every σ_w² from low to high &gt; 0 at which {@link #chi} goes through 1, in the place of the
   * law's own. None where it is 1 for all, as of ReLU behind a norm and without biases.
   */
  public List<Double> criticalSigmaW2(double low, double high) {
    List<Double> critical = new ArrayList<>();
    DoubleUnaryOperator excess = x -> Math.log(of(x).chi());
    double left = low;
    double before = excess.applyAsDouble(left);
    for (int i = 1; i <= SCAN; i++) {
      double right = low * Math.pow(high / low, (double) i / SCAN);
      double here = excess.applyAsDouble(right);
      if (Math.abs(here) > ROUNDING) {
        if (Math.abs(before) > ROUNDING && before > 0 != here > 0) {
          critical.add(Roots.brent(excess, left, right));
        }
        left = right;
        before = here;
      }
    }
    return critical;
  }

  private FeatureNorm of(double sigmaW2) {
    return new FeatureNorm(law.withSigmaW2(sigmaW2), gamma, place, kind);
  }

  /**
   * Correlation of two inputs' pre-activations after some layers: c′ = (σ_w²F(c) + σ_b²)/(σ_w²V +
   * σ_b²) at γ² before φ, (γ²σ_w²(F(c) − m²)/(V − m²) + σ_b²)/q after it. Goes by 1 − c.
   */
  public double correlation(double c0, int depth) {
    double q = q();
    DualActivation dual = Duals.of(law.activation(), q);
    double scale =
        place == Place.BEFORE
            ? law.sigmaW2() / second()
            : gamma * gamma * law.sigmaW2() / (divisor(q) * q);
    double oneMinusC = 1 - c0;
    for (int l = 0; l < depth; l++) {
      oneMinusC = scale * dual.deficit(oneMinusC);
    }
    return 1 - oneMinusC;
  }

  /**
   * The fixed point of signals, with the depth scales that follow. The norm keeps the variance at
   * {@code q}, so two inputs follow the correlation map of an MLP there: of σ_w²γ²/s and σ_b²γ²/s
   * before φ, s the second moment that is divided out; after φ of σ_w²γ²/d and σ_b² − m²σ_w²γ²/d, d
   * the divisor and m the mean that is taken away.
   *
   * @throws OutsideDomainException where the signal dies out, and after φ where more mean is taken
   *     away than the bias adds: correlations then fall below 0, where this map ends
   */
  public PhasePoint phasePoint() {
    double q = q();
    double by = place == Place.BEFORE ? second() : divisor(q);
    double weights = gamma * gamma * law.sigmaW2() / by;
    double bias = law.sigmaB2() * (place == Place.BEFORE ? gamma * gamma / by : 1);
    if (place == Place.AFTER && kind == Kind.LAYER) {
      double mean = new GaussianMoments(law.activation(), q).mean();
      bias -= weights * mean * mean;
      OutsideDomainException.unless(bias >= 0, "layer norm takes more away than the bias adds");
    }
    LayerLaw equal = new LayerLaw(law.activation(), weights, bias);
    double slope = LayerStatistics.of(equal, q).chi1();
    return PhasePoint.at(equal, new FixedPoint(q, slope, 0, Stability.ATTRACTING));
  }

  /**
   * n Var ln(|g₀|²q₀/|g_L|²) over ReLU networks z′ = W relu(norm(z)) of width n, first order: 8L −
   * 3 for RMS norm, (8 − 2/π)L − 3 for layer norm. Each layer has 2 from 1/|z|², 3 (or 3 − 8/π)
   * from |relu u|², 5 (or 5 − 2/π) from the mask and Wᵀ, and −2 (or −2 + 8/π) from what these
   * share. The norm fixes |u|², and gradients fluctuate more than the 5L without it. Any σ_w².
   */
  public static double logGradientVariance(Kind kind, int depth) {
    return (kind == Kind.RMS ? 8 : 8 - 2 / Math.PI) * depth - 3;
  }
}
