package org.phasemap.train.model;

import java.util.List;

/** A network that another library trains. */
public interface ForeignNetwork {
  /**
   * Computes the logits, before a softmax.
   *
   * @param features n₀ × batch, column by column
   * @return classes × batch, column by column
   */
  float[] forward(float[] features);

  /**
   * Makes one update on a minibatch.
   *
   * @param features n₀ × batch, column by column
   * @param labels one for each example
   */
  void update(float[] features, int[] labels);

  /** The parameters as they are now, as it was given them. */
  List<LayerValues> layers();
}
