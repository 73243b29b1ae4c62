package org.phasemap.theory;

import org.phasemap.network.WeightLaw;

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
 * @param tilt n Var of a squared weight over its squared mean: 2 for normal weights
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
    double tilt) {

  /**
   * The first layer: its kernel is the data's, so nothing fluctuates yet. Weights that are not
   * normal act here by the input dimension, which is taken to be large.
   *
   * @param q0 |x|²/n₀ of the inputs
   * @param c0 their correlation
   */
  static FiniteLayer first(
      LayerLaw law, WeightLaw weights, double excessKurtosis, double q0, double c0) {
    double own = law.sigmaW2() * q0;
    double q = own + law.sigmaB2();
    double oneMinusC = q > 0 ? own / q * (1 - c0) : 1 - c0;
    return new FiniteLayer(
        q,
        oneMinusC,
        own,
        LayerMoments.of(law.activation(), q, oneMinusC),
        PairCovariance.ZERO,
        kept(weights, own, c0),
        0,
        0,
        orthogonalSpread(weights, own, c0),
        2 + excessKurtosis);
  }

  /** The next layer. */
  FiniteLayer next(LayerLaw law, WeightLaw weights, double excessKurtosis) {
    double w = law.sigmaW2();
    double nextQ = w * at.phi2() + law.sigmaB2();
    double nextOneMinusC = nextQ > 0 ? w * at.deficit() / nextQ : oneMinusC;
    FourPointMoments moments = moments();
    double a = w * moments.growth();
    double b = w * moments.slopes();
    double bend = 0.5 * w * moments.bend();
    PairCovariance inherited = kernel.plus(fixed, -1).map(a, b, bend);
    PairCovariance next = inherited.plus(PairCovariance.products(moments), w * w);
    CovarianceCurvature curvature = at.curvature();
    PairCovariance felt = kernel.plus(spread, 1);
    double nextShift = a * shift + 0.5 * w * curvature.variance() * felt.same();
    double nextPairShift = b * pairShift + 2 * bend * shift + 0.5 * w * curvature.dot(felt);
    double own = w * moments.phi2();
    double ownC = moments.product() / moments.phi2();
    PairCovariance nextSpread =
        orthogonalSpread(weights, own, ownC)
            .plus(PairCovariance.rawProducts(moments), w * w * excessKurtosis / 3);
    return new FiniteLayer(
        nextQ,
        nextOneMinusC,
        w * at.phi2(),
        at.at(law.activation(), nextQ, nextOneMinusC),
        next,
        kept(weights, own, ownC),
        nextShift,
        nextPairShift,
        nextSpread,
        2 + excessKurtosis);
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
    return law.sigmaW2() * at.slope2();
  }

  /** E φ′_aφ′_b/E φ′². */
  double slopeCorrelation() {
    return moments().slopes() / moments().slope2();
  }

  FourPointMoments moments() {
    return at.four();
  }

  /** d ln E φ′²/dq. */
  double slopeGrowth() {
    return at.slopeGrowth();
  }

  /** n Var ν, ν the relative noise of the gain through this layer for one input. */
  double gainNoise() {
    double ratio = moments().slope4() / (moments().slope2() * moments().slope2());
    double loss = slopeGrowth() * slopeGrowth() * fixed.same();
    return isOrthogonal() ? 3 * ratio - 3 - loss : 3 * ratio - 1;
  }

  /** n Cov(ν_a, ν_b) where the gradients above have correlation r. */
  double gainNoiseAcross(double r) {
    double ratio = moments().slope2slope2() / (moments().slope2() * moments().slope2());
    double loss = slopeGrowth() * slopeGrowth() * fixed.across();
    return ratio * (1 + 2 * r * r) - 1 - (isOrthogonal() ? 2 * r * r + loss : 0);
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
   * n E ν. W is seen forwards and backwards: along h the gradient W ᵀδ is not fresh noise but
   * (z·δ)/‖h‖, whose mean square the next layer's φ′(z) tilts by 2 w dD/dq/D, w the weights' share
   * of q.
   */
  double gainShift(FiniteLayer above) {
    double tilted = above.tilt * above.weightPart * above.slopeGrowth();
    double along = moments().slope2phi2Same() / (moments().phi2() * moments().slope2());
    return tilted * (isOrthogonal() ? along - 1 : along) + freshGainShift();
  }

  /** The same under weights that are not seen forwards: a read-out's. */
  double freshGainShift() {
    return slopeGrowth() * shift + 0.5 * at.slopeCurvature() * (kernel.same() + spread.same());
  }

  /** {@link #gainNoise} under a read-out of independent normal weights, shared by all inputs. */
  double readoutNoise() {
    return gainNoise() + (isOrthogonal() ? 2 : 0);
  }

  /** {@link #gainNoiseAcross} under such a read-out. */
  double readoutNoiseAcross() {
    return gainNoiseAcross(1) + (isOrthogonal() ? 2 : 0);
  }

  /** n Cov of the averages over units of z_az_b. */
  PairCovariance observed() {
    return kernel.plus(PairCovariance.wishart(q, c()), 1).plus(fixed, -1);
  }

  private boolean isOrthogonal() {
    return fixed.same() > 0;
  }
}
