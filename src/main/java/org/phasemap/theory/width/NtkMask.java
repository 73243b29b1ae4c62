package org.phasemap.theory.width;

import java.util.List;
import org.phasemap.theory.width.moment.FourPointMoments;

/** What a mask adds to the fluctuation of the tangent kernel, beyond what the layers have. */
interface NtkMask {
  /** Without one. */
  NtkMask NONE =
      new NtkMask() {
        @Override
        public double uneven(int layer, int a) {
          return 0;
        }

        @Override
        public double ofReadout(int a, int b, double r, double below, double slope) {
          return 0;
        }
      };

  /**
   * n Cov of a unit's variance with the parameters that it has, at a layer, from 0: a unit to which
   * a mask leaves more of its inputs has larger z, and more parameters.
   */
  double uneven(int layer, int a);

  /**
   * n Cov(Θ_aa, Θ_bb) by the read-out's mask, which takes away units: from the gradient, and from
   * the kernel that it adds. Other layers' are averages over n times as many weights.
   *
   * @param r cosine of the read-outs: 1 for one output, 0 for two
   * @param below Θ_aa at the last hidden layer
   * @param slope d own/dK
   */
  double ofReadout(int a, int b, double r, double below, double slope);

  /**
   * Of inputs that are alike.
   *
   * @param layers L of them
   * @param keep p
   */
  static NtkMask of(List<FiniteLayer> layers, double keep) {
    double lost = 1 / keep - 1;
    double w = layers.get(0).sigmaW2();
    FourPointMoments top = layers.get(layers.size() - 1).moments();
    return new NtkMask() {
      @Override
      public double uneven(int layer, int a) {
        return layer == 0 ? 0 : lost * w * w * layers.get(layer - 1).moments().phi4();
      }

      @Override
      public double ofReadout(int a, int b, double r, double below, double slope) {
        double gain = 3 * below * below;
        double crossed = 2 * below * slope;
        double own = slope * slope;
        double sum =
            a == b
                ? gain * top.slope4() + crossed * top.slope2phi2Same() + own * top.phi4()
                : gain * top.slope2slope2() + crossed * top.slope2phi2() + own * top.phi2phi2();
        return w * w * lost * r * sum;
      }
    };
  }
}
