package org.phasemap.theory.width;

import org.phasemap.network.WeightLaw;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.width.moment.CovarianceCurvature;
import org.phasemap.theory.width.moment.FourPointMoments;
import org.phasemap.theory.width.moment.LayerMoments;
import org.phasemap.theory.width.moment.PairCovariance;
import org.phasemap.theory.width.moment.SingleMoments;
import org.phasemap.theory.width.moment.UnitMoments;

/**
 * First-order effects of finite width at one layer over inputs that are alike, each times n: what
 * the kernel of its pre-activations inherits, and what its own n units add to the next kernel and
 * to the gradient.
 *
 * @param law σ_w² and σ_b²
 * @param q variance of the pre-activations
 * @param oneMinusC 1 − their correlation
 * @param weightPart share of q that comes from weights, not biases
 * @param at Gaussian expectations at (q, c)
 * @param pairs kernel that drew these pre-activations
 * @param entries how far the weights are from normal ones
 * @param units what fluctuations take from φ
 */
record FiniteLayer(
    LayerLaw law,
    double q,
    double oneMinusC,
    double weightPart,
    LayerMoments at,
    PairKernel pairs,
    EntryLaw entries,
    UnitMoments units)
    implements WideLayer {

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
    PairKernel pairs =
        new PairKernel(
            PairCovariance.ZERO,
            kept(weights, own, c0),
            orthogonalSpread(weights, own, c0),
            0,
            0,
            0);
    return new FiniteLayer(law, q, oneMinusC, own, at, pairs, entries, UnitMoments.alike(at));
  }

  /** The next layer. */
  FiniteLayer next(WeightLaw weights) {
    double w = law.sigmaW2();
    double nextQ = w * at.single().phi2() + law.sigmaB2();
    double nextOneMinusC = nextQ > 0 ? w * at.deficit() / nextQ : oneMinusC;
    LayerMoments nextAt = at.at(law.activation(), nextQ, nextOneMinusC);
    PairKernel nextPairs = nextPairs(weights);
    UnitMoments nextUnits =
        entries.isNormal()
            ? UnitMoments.alike(nextAt)
            : units.next(
                law.activation(),
                nextAt,
                nextPairs.drift() / entries.width(),
                nextPairs.spread().same() / entries.width());
    return new FiniteLayer(
        law, nextQ, nextOneMinusC, w * at.single().phi2(), nextAt, nextPairs, entries, nextUnits);
  }

  private PairKernel nextPairs(WeightLaw weights) {
    double w = law.sigmaW2();
    FourPointMoments moments = moments();
    double a = w * moments.growth();
    double b = w * moments.slopes();
    double bend = 0.5 * w * moments.bend();
    PairCovariance inherited = pairs.drawn().map(a, b, bend);
    CovarianceCurvature curvature = at.curvature();
    PairCovariance felt = pairs.felt();
    // Means are those of units that are alike, and what the first order adds.
    double grown = w * at.four().growth();
    double shift = grown * pairs.shift() + 0.5 * w * curvature.variance() * felt.same();
    double pairShift =
        w * at.four().slopes() * pairs.pairShift()
            + w * at.four().bend() * pairs.shift()
            + 0.5 * w * curvature.dot(felt);
    double own = w * at.four().phi2();
    double ownC = at.four().product() / at.four().phi2();
    PairCovariance spread =
        orthogonalSpread(weights, own, ownC)
            .plus(PairCovariance.rawProducts(moments), w * w * entries.kurtosis() / 3);
    double drift = grown * pairs.drift() + 0.5 * w * curvature.variance() * pairs.spread().same();
    return new PairKernel(
        inherited.plus(PairCovariance.products(moments), w * w),
        kept(weights, own, ownC),
        spread,
        shift,
        pairShift,
        drift);
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

  FourPointMoments moments() {
    return units.four();
  }

  @Override
  public double sigmaW2() {
    return law.sigmaW2();
  }

  @Override
  public boolean isOrthogonal() {
    return pairs.fixed().same() > 0;
  }

  @Override
  public SingleMoments single(int a) {
    return at.single();
  }

  @Override
  public double weightPart(int a) {
    return weightPart;
  }

  @Override
  public double chi1(int a) {
    return law.sigmaW2() * at.single().slope2();
  }

  @Override
  public double phi2(int a) {
    return moments().phi2();
  }

  @Override
  public double slope2(int a) {
    return moments().slope2();
  }

  @Override
  public double growth(int a) {
    return moments().growth();
  }

  @Override
  public double slopeGrowth(int a) {
    return units.slopeGrowth();
  }

  @Override
  public double slopeCorrelation(int a, int b) {
    return a == b ? 1 : at.four().slopes() / at.four().slope2();
  }

  @Override
  public double peaks(int a, int b) {
    double square = a == b ? moments().slope4() : moments().slope2slope2();
    return square / (moments().slope2() * moments().slope2());
  }

  @Override
  public double slopesWithSignal(int a, int b) {
    double together = a == b ? moments().slope2phi2Same() : moments().slope2phi2();
    return together / moments().slope2() - moments().phi2();
  }

  @Override
  public double slopeTilt(int a) {
    return moments().slope2phi2Same() / (moments().phi2() * moments().slope2());
  }

  @Override
  public double kernel(int a, int b) {
    return a == b ? pairs.cov().same() : pairs.cov().across();
  }

  @Override
  public double fixed(int a, int b) {
    return a == b ? pairs.fixed().same() : pairs.fixed().across();
  }

  @Override
  public double shift(int a) {
    return pairs.shift();
  }

  @Override
  public double spread(int a) {
    return pairs.spread().same();
  }

  @Override
  public FirstOrder lnWeightPart(InputMean mean) {
    double square = weightPart * weightPart;
    return new FirstOrder(
        Math.log(weightPart),
        pairs.shift() / weightPart - 0.5 * pairs.cov().same() / square,
        pairs.cov().ofMeanDiagonal(mean.inputs()) / square);
  }

  /** n Cov of the averages over units of z_az_b. */
  PairCovariance observed() {
    PairCovariance normal = pairs.drawn().plus(PairCovariance.wishart(q, c()), 1);
    return entries.isNormal() ? normal : normal.plus(pairs.spread(), 3.0 / entries.width());
  }

  /** The mean of φ over units and m inputs. */
  FirstOrder meanPhi(int m) {
    SingleMoments single = at.single();
    PairCovariance drawn = pairs.drawn();
    double mean2 = single.phi() * single.phi();
    double grown = single.phiGrowth() * single.phiGrowth();
    double same = single.phi2() - mean2 + grown * drawn.same();
    double across = moments().product() - mean2 + grown * drawn.across();
    return new FirstOrder(
        single.phi(),
        single.phiGrowth() * pairs.shift() + 0.5 * single.phiCurvature() * pairs.felt().same(),
        (same + (m - 1) * across) / m);
  }
}
