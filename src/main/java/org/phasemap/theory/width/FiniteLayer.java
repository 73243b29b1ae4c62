package org.phasemap.theory.width;

import org.phasemap.network.WeightLaw;
import org.phasemap.theory.limit.LayerLaw;

/**
 * First-order effects of finite width at one layer, each times n: what the kernel of its
 * pre-activations inherits, and what its own n units add to the next kernel and to the gradient.
 *
 * @param q variance of the pre-activations
 * @param oneMinusC 1 − their correlation
 * @param weightPart share of q that comes from weights, not biases
 * @param at Gaussian expectations at (q, c)
 * @param kernel n Cov of the kernel that drew these pre-activations
 * @param fixed Gram covariance that orthogonal weights do not have; zero for independent weights
 * @param shift n E[K_aa − q]
 * @param pairShift n E[K_ab − q c]
 * @param spread n Cov of the kernels of single units, from weights that are not independent and
 *     normal
 * @param entries how far the weights are from normal ones
 * @param drift the share of the shift that they make by that
 * @param units what fluctuations take from φ
 */
record FiniteLayer(
    double q,
    double oneMinusC,
    double weightPart,
    LayerMoments at,
    PairCovariance kernel,
    PairCovariance fixed,
    double shift,
    double pairShift,
    PairCovariance spread,
    EntryLaw entries,
    double drift,
    UnitMoments units) {

  /**
   * The first layer: its kernel is the data's, so nothing fluctuates yet. Weights that are not
   * normal act here by the input dimension, which is taken to be large.
   *
   * @param q0 |x|²/n₀ of the inputs
   * @param c0 their correlation
   */
  static FiniteLayer first(
      LayerLaw law, WeightLaw weights, EntryLaw entries, double q0, double c0) {
    double own = law.sigmaW2() * q0;
    double q = own + law.sigmaB2();
    double oneMinusC = q > 0 ? own / q * (1 - c0) : 1 - c0;
    LayerMoments at = LayerMoments.of(law.activation(), q, oneMinusC);
    return new FiniteLayer(
        q,
        oneMinusC,
        own,
        at,
        PairCovariance.ZERO,
        kept(weights, own, c0),
        0,
        0,
        orthogonalSpread(weights, own, c0),
        entries,
        0,
        UnitMoments.alike(at));
  }

  /** The next layer. */
  FiniteLayer next(LayerLaw law, WeightLaw weights) {
    double w = law.sigmaW2();
    double nextQ = w * at.single().phi2() + law.sigmaB2();
    double nextOneMinusC = nextQ > 0 ? w * at.deficit() / nextQ : oneMinusC;
    FourPointMoments moments = moments();
    double a = w * moments.growth();
    double b = w * moments.slopes();
    double bend = 0.5 * w * moments.bend();
    PairCovariance inherited = kernel.plus(fixed, -1).map(a, b, bend);
    PairCovariance next = inherited.plus(PairCovariance.products(moments), w * w);
    CovarianceCurvature curvature = at.curvature();
    PairCovariance felt = kernel.plus(spread, 1);
    // Means are those of units that are alike, and what the first order adds.
    double grown = w * at.four().growth();
    double nextShift = grown * shift + 0.5 * w * curvature.variance() * felt.same();
    double nextPairShift =
        w * at.four().slopes() * pairShift
            + w * at.four().bend() * shift
            + 0.5 * w * curvature.dot(felt);
    double own = w * at.four().phi2();
    double ownC = at.four().product() / at.four().phi2();
    PairCovariance nextSpread =
        orthogonalSpread(weights, own, ownC)
            .plus(PairCovariance.rawProducts(moments), w * w * entries.kurtosis() / 3);
    LayerMoments nextAt = at.at(law.activation(), nextQ, nextOneMinusC);
    double nextDrift = grown * drift + 0.5 * w * curvature.variance() * spread.same();
    UnitMoments nextUnits =
        entries.isNormal()
            ? UnitMoments.alike(nextAt)
            : units.next(
                law.activation(),
                nextAt,
                nextDrift / entries.width(),
                nextSpread.same() / entries.width());
    return new FiniteLayer(
        nextQ,
        nextOneMinusC,
        w * at.single().phi2(),
        nextAt,
        next,
        kept(weights, own, ownC),
        nextShift,
        nextPairShift,
        nextSpread,
        entries,
        nextDrift,
        nextUnits);
  }

  private static PairCovariance kept(WeightLaw weights, double own, double ownC) {
    return weights == WeightLaw.ORTHOGONAL
        ? PairCovariance.wishart(own, ownC)
        : PairCovariance.ZERO;
  }

  /**
   * A unit on a sphere is a normal one whose squared radius, of variance 2/n, has been divided out.
   */
  private static PairCovariance orthogonalSpread(WeightLaw weights, double own, double ownC) {
    return weights == WeightLaw.ORTHOGONAL
        ? PairCovariance.ZERO.plus(PairCovariance.outer(own, own * ownC), -2)
        : PairCovariance.ZERO;
  }

  /** Correlation of the pre-activations. */
  double c() {
    return 1 - oneMinusC;
  }

  /** χ₁ = σ_w² E φ′². */
  double chi1(LayerLaw law) {
    return law.sigmaW2() * at.single().slope2();
  }

  /** E φ′_aφ′_b/E φ′². */
  double slopeCorrelation() {
    return at.four().slopes() / at.four().slope2();
  }

  FourPointMoments moments() {
    return units.four();
  }

  /** d ln E φ′²/dq. */
  double slopeGrowth() {
    return units.slopeGrowth();
  }

  /**
   * n Var ν, ν the relative noise of the gain through this layer for one input.
   *
   * @param r correlation of what is sent through: 1 for one gradient, 0 for those of two outputs
   * @param peak n Σ δ_a²δ_b²/(Σ δ_a² Σ δ_b²) of it
   */
  double gainNoise(double r, double peak) {
    return gainNoise(peaks(), r, peak, fixed.same());
  }

  /** E φ′⁴/(E φ′²)². */
  double peaks() {
    return moments().slope4() / (moments().slope2() * moments().slope2());
  }

  /** E φ′_a²φ′_b²/(E φ′²)². */
  double peaksAcross() {
    return moments().slope2slope2() / (moments().slope2() * moments().slope2());
  }

  /** n Cov(ν_a, ν_b) where the gradients above have correlation r. */
  double gainNoiseAcross(double r, double peak) {
    return gainNoise(peaksAcross(), r, peak, fixed.across());
  }

  private double gainNoise(double ratio, double r, double peak, double fixedSquare) {
    double loss = slopeGrowth() * slopeGrowth() * fixedSquare;
    return ratio * (1 + 2 * r * r + entries.perUnit() * peak)
        - 1
        - (isOrthogonal() ? 2 * r * r + loss : 0);
  }

  /** n Cov(ν_a, φ_a²). */
  double gainWithSignal() {
    return moments().slope2phi2Same() / moments().slope2()
        - moments().phi2()
        - slopeGrowth() * moments().growth() * fixed.same();
  }

  /** n Cov(ν_a, φ_b²). */
  double gainWithSignalAcross() {
    return moments().slope2phi2() / moments().slope2()
        - moments().phi2()
        - slopeGrowth() * moments().growth() * fixed.across();
  }

  /**
   * n E ν. The same W acts on signals and on what else is sent through, tangents s upwards or
   * gradients downwards. So s comes to point along z, and φ′(z)² weighs it by its length there.
   * What gradients meet from above is what tangents leave below, term by term.
   *
   * @param aligned {@link #aligned} of what enters this layer
   */
  double gainShift(FiniteLayer above, double aligned) {
    double tilted = 2 * kept() * aligned + above.entries.tilt() * along();
    return above.weightPart * above.slopeGrowth() * tilted + freshGainShift();
  }

  /** n E ν under weights that are not seen forwards, or where no φ′ follows. */
  double freshGainShift() {
    double curvature = at.single().slopeCurvature();
    return at.single().slopeGrowth() * shift + 0.5 * curvature * (kernel.same() + spread.same());
  }

  /**
   * n E(s·z)²/(‖s‖²‖z‖²) of tangents and the weights' part of z at the next layer, from 0 at the
   * first; less 1, what it is without φ, for orthogonal weights.
   */
  double aligned(double below) {
    return kept() * below + along();
  }

  private double kept() {
    double growth = moments().growth();
    return weightPart * growth * growth / (moments().phi2() * moments().slope2());
  }

  private double along() {
    double along = moments().slope2phi2Same() / (moments().phi2() * moments().slope2());
    return isOrthogonal() ? along - 1 : along;
  }

  /**
   * E of the squared cosine of what is sent through for two inputs, after this layer.
   *
   * @param square before it; 0 if both are independent vectors
   */
  double squareAcross(double square, int width) {
    double kept = slopeCorrelation() * slopeCorrelation();
    return kept * square + (peaksAcross() - (isOrthogonal() && square > 0 ? kept : 0)) / width;
  }

  /** The same for one input. */
  double square(double square, int width) {
    return square + (peaks() - (isOrthogonal() && square > 0 ? 1 : 0)) / width;
  }

  /** {@link #gainNoise} under a read-out of independent normal weights, shared by all inputs. */
  double readoutNoise(double r) {
    return gainNoise(r, 0) + (isOrthogonal() ? 2 * r * r : 0);
  }

  /** {@link #gainNoiseAcross} under such a read-out. */
  double readoutNoiseAcross(double r) {
    return gainNoiseAcross(r, 0) + (isOrthogonal() ? 2 * r * r : 0);
  }

  /** n Cov of the averages over units of z_az_b. */
  PairCovariance observed() {
    PairCovariance normal = drawn().plus(PairCovariance.wishart(q, c()), 1);
    return entries.isNormal() ? normal : normal.plus(spread, 3.0 / entries.width());
  }

  /** What the averages over units of z_az_b inherit. */
  private PairCovariance drawn() {
    return kernel.plus(fixed, -1);
  }

  /** The mean of φ over units and m inputs. */
  FirstOrder meanPhi(int m) {
    SingleMoments single = at.single();
    PairCovariance drawn = drawn();
    double mean2 = single.phi() * single.phi();
    double grown = single.phiGrowth() * single.phiGrowth();
    double same = single.phi2() - mean2 + grown * drawn.same();
    double across = moments().product() - mean2 + grown * drawn.across();
    double felt = kernel.same() + spread.same();
    return new FirstOrder(
        single.phi(),
        single.phiGrowth() * shift + 0.5 * single.phiCurvature() * felt,
        (same + (m - 1) * across) / m);
  }

  /** ln of the weights' share of the kernel, averaged over m inputs. */
  FirstOrder lnWeightPart(int m) {
    double square = weightPart * weightPart;
    return new FirstOrder(
        Math.log(weightPart),
        shift / weightPart - 0.5 * kernel.same() / square,
        kernel.ofMeanDiagonal(m) / square);
  }

  boolean isOrthogonal() {
    return fixed.same() > 0;
  }
}
