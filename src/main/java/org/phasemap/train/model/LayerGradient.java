package org.phasemap.train.model;

import org.phasemap.kernel.Kernel;

/** The gradient of a loss by one layer's parameters, of networks side by side. */
public interface LayerGradient {
  /**
   * sum = beta sum + alpha_k × this; it does not know of masks.
   *
   * @param alpha one for each network
   * @param sum of the layer's shape
   */
  void addTo(Kernel kernel, double[] alpha, double beta, Layer sum);
}
