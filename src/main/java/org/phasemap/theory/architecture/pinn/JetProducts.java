package org.phasemap.theory.architecture.pinn;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.phasemap.network.Activation;
import org.phasemap.theory.OutsideDomainException;
import org.phasemap.theory.dual.GaussianMoments;

/**
 * E HHᵀ of the jet H = (f, f′z′, f″z′² + f′z″) of a function of z along an input coordinate, (z,
 * z′, z″) Gaussian. Given z the other two are Gaussian around multiples of z, so each entry is one
 * integral of a polynomial's moments.
 */
final class JetProducts {
  private final GaussianMoments law;
  private final DoubleUnaryOperator value;
  private final DoubleUnaryOperator slope;
  private final DoubleUnaryOperator bend;

  /** E z′ and E z″ over z. */
  private final double tilt;

  private final double bow;

  /** Covariance of z′ and z″ given z. */
  private final double spread;

  private final double both;
  private final double curl;

  private JetProducts(
      Activation activation,
      double[][] jets,
      DoubleUnaryOperator value,
      DoubleUnaryOperator slope,
      DoubleUnaryOperator bend) {
    OutsideDomainException.unless(
        jets[0][0] > 0 || Arrays.stream(activation.kinks()).noneMatch(kink -> kink == 0),
        "every unit stands at the kink of " + activation + ", where it has no derivatives");
    law = new GaussianMoments(activation, jets[0][0]);
    this.value = value;
    this.slope = slope;
    this.bend = bend;
    tilt = jets[0][0] > 0 ? jets[0][1] / jets[0][0] : 0;
    bow = jets[0][0] > 0 ? jets[0][2] / jets[0][0] : 0;
    spread = jets[1][1] - jets[0][1] * tilt;
    both = jets[1][2] - jets[0][1] * bow;
    curl = jets[2][2] - jets[0][2] * bow;
  }

  /** Of φ, at the covariance of (z, z′, z″). */
  static double[][] ofValues(Activation f, double[][] jets) {
    return new JetProducts(f, jets, f::value, f::derivative, f::secondDerivative).matrix();
  }

  /** Of φ′, at the same. */
  static double[][] ofSlopes(Activation f, double[][] jets) {
    return new JetProducts(f, jets, f::derivative, f::secondDerivative, f::thirdDerivative)
        .matrix();
  }

  private double[][] matrix() {
    double zz = law.expect(z -> square(value.applyAsDouble(z)));
    double zd = law.expect(z -> value.applyAsDouble(z) * slope.applyAsDouble(z) * tilt * z);
    double dd = law.expect(z -> square(slope.applyAsDouble(z)) * secondMoment(z));
    double zs = law.expect(z -> value.applyAsDouble(z) * meanBend(z));
    double ds = law.expect(this::slopeAndBend);
    double ss = law.expect(this::bendSquare);
    return new double[][] {{zz, zd, zs}, {zd, dd, ds}, {zs, ds, ss}};
  }

  /** E[z′² | z]. */
  private double secondMoment(double z) {
    return square(tilt * z) + spread;
  }

  /** E[f″z′² + f′z″ | z]. */
  private double meanBend(double z) {
    return bend.applyAsDouble(z) * secondMoment(z) + slope.applyAsDouble(z) * bow * z;
  }

  /** E[f′z′(f″z′² + f′z″) | z]. */
  private double slopeAndBend(double z) {
    double mean = tilt * z;
    double cube = mean * mean * mean + 3 * mean * spread;
    double mixed = mean * bow * z + both;
    double s = slope.applyAsDouble(z);
    return s * bend.applyAsDouble(z) * cube + s * s * mixed;
  }

  /** E[(f″z′² + f′z″)² | z]. */
  private double bendSquare(double z) {
    double mean = tilt * z;
    double meanBow = bow * z;
    double s = slope.applyAsDouble(z);
    double b = bend.applyAsDouble(z);
    double square = mean * mean;
    double fourth = square * square + 6 * square * spread + 3 * spread * spread;
    double mixed = (square + spread) * meanBow + 2 * mean * both;
    return b * b * fourth + 2 * b * s * mixed + s * s * (meanBow * meanBow + curl);
  }

  private static double square(double x) {
    return x * x;
  }
}
