package org.phasemap.theory.width;

import org.phasemap.network.WeightLaw;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.width.moment.SingleMoments;

/** A layer over inputs of any variances and correlations; weights are normal or orthogonal. */
final class JointLayer implements WideLayer {
  private final LayerLaw law;
  private final boolean orthogonal;
  private final SingleMoments[] single;
  private final double[] chi1;
  private final double[][] slopes;
  private final double[][] peaks;
  private final double[][] slopesWithSignal;
  private final double[][] kernel;
  private final double[][] fixed;
  private final double[] shift;
  private final double[] phi2;
  private final double[] growth;
  private final double[] slopeTilt;
  private final double[] weightPart;
  private final double[] spread;

  JointLayer(LayerLaw law, WeightLaw weights, JointKernel joint, JointMoments at, double[] chi1) {
    this.law = law;
    this.chi1 = chi1;
    orthogonal = weights == WeightLaw.ORTHOGONAL;
    int m = chi1.length;
    single = at.single;
    slopes = at.slopes;
    peaks = at.gain;
    slopesWithSignal = at.gainWithSignal;
    kernel = new double[m][m];
    fixed = new double[m][m];
    shift = new double[m];
    phi2 = new double[m];
    growth = new double[m];
    slopeTilt = new double[m];
    weightPart = new double[m];
    spread = new double[m];
    for (int a = 0; a < m; a++) {
      shift[a] = joint.shift[a];
      phi2[a] = at.product[a][a];
      growth[a] = at.growth(a);
      slopeTilt[a] = at.slopeTilt(a);
      weightPart[a] = joint.ofWeights(a);
      spread[a] = joint.spread(a, a);
      System.arraycopy(joint.cov[a], 0, kernel[a], 0, m);
      System.arraycopy(joint.fixed[a], 0, fixed[a], 0, m);
    }
  }

  @Override
  public double sigmaW2() {
    return law.sigmaW2();
  }

  @Override
  public boolean isOrthogonal() {
    return orthogonal;
  }

  @Override
  public EntryLaw entries() {
    return EntryLaw.NORMAL;
  }

  @Override
  public SingleMoments single(int a) {
    return single[a];
  }

  @Override
  public double weightPart(int a) {
    return weightPart[a];
  }

  @Override
  public double chi1(int a) {
    return chi1[a];
  }

  @Override
  public double phi2(int a) {
    return phi2[a];
  }

  @Override
  public double slope2(int a) {
    return slopes[a][a];
  }

  @Override
  public double growth(int a) {
    return growth[a];
  }

  @Override
  public double slopeGrowth(int a) {
    return single[a].slopeGrowth();
  }

  @Override
  public double slopeCorrelation(int a, int b) {
    return slopes[a][b] / Math.sqrt(slopes[a][a] * slopes[b][b]);
  }

  @Override
  public double peaks(int a, int b) {
    return peaks[a][b];
  }

  @Override
  public double slopesWithSignal(int a, int b) {
    return slopesWithSignal[a][b];
  }

  @Override
  public double slopeTilt(int a) {
    return slopeTilt[a];
  }

  @Override
  public double kernel(int a, int b) {
    return kernel[a][b];
  }

  @Override
  public double fixed(int a, int b) {
    return fixed[a][b];
  }

  @Override
  public double shift(int a) {
    return shift[a];
  }

  @Override
  public double spread(int a) {
    return spread[a];
  }

  @Override
  public FirstOrder lnWeightPart(InputMean mean) {
    int m = chi1.length;
    double[] limit = new double[m];
    double[] shifts = new double[m];
    double[][] variance = new double[m][m];
    for (int a = 0; a < m; a++) {
      double own = weightPart[a];
      limit[a] = Math.log(own);
      shifts[a] = shift[a] / own - 0.5 * kernel[a][a] / (own * own);
      for (int b = 0; b < m; b++) {
        variance[a][b] = kernel[a][b] / (own * weightPart[b]);
      }
    }
    return new FirstOrder(mean.of(limit), mean.of(shifts), mean.of(variance));
  }
}
