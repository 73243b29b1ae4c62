package org.phasemap.theory.width.moment;

/**
 * Covariance of a random symmetric matrix K over exchangeable inputs, by how the index pairs meet.
 * Used for n Cov of a layer's kernel over random networks (Roberts, Yaida and Hanin 2022, §4.3,
 * eqs. 4.90 and 4.100, the four-point vertex).
 *
 * @param same Var K_aa
 * @param across Cov(K_aa, K_bb)
 * @param touching Cov(K_aa, K_ab)
 * @param apart Cov(K_aa, K_bc)
 * @param pair Var K_ab
 * @param chain Cov(K_ab, K_ac)
 * @param disjoint Cov(K_ab, K_cd)
 */
public record PairCovariance(
    double same,
    double across,
    double touching,
    double apart,
    double pair,
    double chain,
    double disjoint) {
  public static final PairCovariance ZERO = new PairCovariance(0, 0, 0, 0, 0, 0, 0);

  /** Of averages of products of two Gaussian vectors with variances q and covariances q c. */
  public static PairCovariance wishart(double q, double c) {
    double q2 = q * q;
    double c2 = c * c;
    return new PairCovariance(
        2 * q2, 2 * q2 * c2, 2 * q2 * c, 2 * q2 * c2, q2 * (1 + c2), q2 * c * (1 + c), 2 * q2 * c2);
  }

  /** Of K_aa = variance, K_ab = covariance, all scaled by one random factor of variance 1. */
  public static PairCovariance outer(double variance, double covariance) {
    double vv = variance * variance;
    double vc = variance * covariance;
    double cc = covariance * covariance;
    return new PairCovariance(vv, vv, vc, vc, cc, cc, cc);
  }

  /** Second moments of the products φ_aφ_b about 0. */
  public static PairCovariance rawProducts(FourPointMoments m) {
    return new PairCovariance(
        m.phi4(),
        m.phi2phi2(),
        m.phi3phi(),
        m.phi2phiphi(),
        m.phi2phi2(),
        m.phi2phiphi(),
        m.fourPhi());
  }

  /** Of the products φ_aφ_b. */
  public static PairCovariance products(FourPointMoments m) {
    double v = m.phi2();
    double p = m.product();
    return new PairCovariance(
        m.phi4() - v * v,
        m.phi2phi2() - v * v,
        m.phi3phi() - v * p,
        m.phi2phiphi() - v * p,
        m.phi2phi2() - p * p,
        m.phi2phiphi() - p * p,
        m.fourPhi() - p * p);
  }

  public PairCovariance plus(PairCovariance o, double factor) {
    return new PairCovariance(
        same + factor * o.same,
        across + factor * o.across,
        touching + factor * o.touching,
        apart + factor * o.apart,
        pair + factor * o.pair,
        chain + factor * o.chain,
        disjoint + factor * o.disjoint);
  }

  /** Of the image under K_aa → a K_aa, K_ab → b K_ab + c(K_aa + K_bb). */
  public PairCovariance map(double a, double b, double c) {
    double b2 = b * b;
    double bc = b * c;
    double c2 = c * c;
    return new PairCovariance(
        a * a * same,
        a * a * across,
        a * (b * touching + c * (same + across)),
        a * (b * apart + 2 * c * across),
        b2 * pair + 4 * bc * touching + 2 * c2 * (same + across),
        b2 * chain + 2 * bc * (touching + apart) + c2 * (same + 3 * across),
        b2 * disjoint + 4 * bc * apart + 4 * c2 * across);
  }

  /** Variance of the mean diagonal entry of m inputs. */
  public double ofMeanDiagonal(int m) {
    return (same + (m - 1) * across) / m;
  }

  /** Variance of the mean off-diagonal entry of m inputs. */
  public double ofMeanOffDiagonal(int m) {
    double pairs = 0.5 * m * (m - 1);
    return (pair + 2 * (m - 2) * chain + 0.5 * (m - 2) * (m - 3) * disjoint) / pairs;
  }
}
