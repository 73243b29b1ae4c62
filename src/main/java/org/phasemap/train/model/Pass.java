package org.phasemap.train.model;

/** Forward and backward passes of networks side by side over the same batches of a fixed size. */
public interface Pass {
  /** Entries from one network's logits to the next one's in {@link #forward}'s result. */
  int logitStep();

  /**
   * Computes the logits.
   *
   * @param parameters of as many networks as this has room for, or fewer
   * @param features n₀ × batch
   * @return classes × batch of each network, {@link #logitStep} entries apart
   */
  float[] forward(Parameters parameters, float[] features);

  /**
   * Hands the gradients of every layer, the read-out first, to {@code sink}. They are those at the
   * last {@link #forward} pass, whose parameters are expected here.
   *
   * @param gradient ∂loss/∂logits, as {@link #forward} gives the logits
   */
  void backward(Parameters parameters, float[] gradient, GradientSink sink);
}
