package org.phasemap.measure.mlp;

import java.util.Arrays;
import org.phasemap.kernel.Kernel;
import org.phasemap.network.NetworkConfig;

/**
 * Factors that bring each layer W_{l+1} D_l of a variant's Jacobians to a mean squared singular
 * value of about 1, so that no product of layers leaves float32: the weights' columns have unit
 * variance, and p n mean(φ′(z_l)²) is what they stretch by.
 */
final class JacobianLayers {
  /** Of what a layer stretches by: the factor that makes up for less exceeds float32. */
  private static final double LEAST = 1e-76;

  private final double[][] scale;
  private final double[][] lnGrowth;

  /** Of one of a panel's variants, up to its largest depth. */
  JacobianLayers(Kernel kernel, NetworkConfig network, Panel panel, int variant) {
    int depth = panel.variants().get(variant).depth();
    double sigmaW2 = panel.variants().get(variant).variant().sigmaW2();
    scale = new double[depth][];
    lnGrowth = new double[depth][];
    for (int l = 1; l < depth; l++) {
      double[] stretch = kernel.gram(panel.inputs(panel.derivative(l), variant), 1);
      Arrays.setAll(stretch, a -> network.keepProbability() * stretch[a]);
      Arrays.setAll(stretch, a -> stretch[a] > 0 ? Math.max(LEAST, stretch[a]) : 0);
      double[] below = lnGrowth[l - 1];
      scale[l] = Arrays.stream(stretch).map(s -> s > 0 ? 1 / Math.sqrt(s) : 0).toArray();
      lnGrowth[l] = new double[stretch.length];
      for (int a = 0; a < stretch.length; a++) {
        double own = Math.log(sigmaW2 / network.width() * stretch[a]);
        lnGrowth[l][a] = own + (l > 1 ? below[a] : 0);
      }
    }
    lnGrowth[0] = new double[panel.inputs(panel.derivative(1), variant).columns()];
  }

  /** The factor of G_{l+1} D_l for each input, l &gt;= 1; 0 where φ′ is 0 everywhere. */
  double[] scale(int layer) {
    return scale[layer];
  }

  /** ln of what the squares of ∂z_L/∂z_1 have lost, for each input. */
  double[] lnGrowth(int depth) {
    return lnGrowth[depth - 1];
  }
}
