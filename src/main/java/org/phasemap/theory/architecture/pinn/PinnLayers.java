package org.phasemap.theory.architecture.pinn;

import java.util.ArrayList;
import java.util.List;
import org.phasemap.theory.limit.LayerLaw;

/**
 * Jets and tangent kernels of a network u(x) at one x, layer by layer as they are asked for. A
 * read-out with the layers' own law is one layer more: (u, u′, u″) of L hidden layers is (z, z′,
 * z″) of layer L + 1.
 */
public final class PinnLayers {
  private final LayerLaw law;
  private final List<PinnDerivatives> jets = new ArrayList<>();
  private final List<double[][]> kernels = new ArrayList<>();

  /** Of all layers of a law, weights and biases of the first among them. */
  public PinnLayers(LayerLaw law, double x) {
    this.law = law;
    jets.add(PinnDerivatives.plainInput(law, x));
    kernels.add(jets.get(0).matrix());
  }

  /** Second moments of (z, z′, z″) at layer l = 1, 2, … */
  public PinnDerivatives jets(int layer) {
    while (jets.size() < layer) {
      jets.add(jets.get(jets.size() - 1).next(law));
    }
    return jets.get(layer - 1);
  }

  /** E‖∂z″/∂θ‖² at layer l = 1, 2, …, NTK parameterisation. */
  public double secondDerivativeKernel(int layer) {
    while (kernels.size() < layer) {
      int below = kernels.size();
      kernels.add(
          PinnTangentKernel.above(law, jets(below), jets(below + 1), kernels.get(below - 1)));
    }
    return kernels.get(layer - 1)[2][2];
  }
}
