package org.phasemap.train.model;

/**
 * Takes gradients layer by layer. When it is called, nothing needs the layer's parameters any more,
 * so it may update them at once.
 */
public interface GradientSink {
  /**
   * Takes one layer's gradient.
   *
   * @param layer index among the parameters
   * @param gradient valid during the call
   */
  void accept(int layer, LayerGradient gradient);
}
