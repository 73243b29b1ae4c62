package org.phasemap.train.update;

import org.phasemap.train.model.GradientSink;
import org.phasemap.train.model.Parameters;

/** An optimiser at work on networks side by side: takes gradients and moves parameters. */
public interface Updates extends GradientSink {
  /**
   * Begins a step: the gradients of every layer follow.
   *
   * @param parameters of the first networks, as many as are still trained
   * @param rates learning rate of each
   */
  void begin(Parameters parameters, double[] rates);

  /** Copies one network's state over another's. */
  void move(int from, int to);
}
