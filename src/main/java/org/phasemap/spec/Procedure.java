package org.phasemap.spec;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * All that the trainings of a sweep have in common.
 *
 * @param engine what trains networks
 * @param loss what is minimised
 * @param layers what layers have
 * @param ending when training is done
 * @param findings what is found of a trained network
 */
public record Procedure(Engine engine, Loss loss, Layers layers, Ending ending, Findings findings)
    implements Serializable {
  /**
   * What layers have.
   *
   * @param biases whether they have biases, drawn and trained
   * @param readoutScale factor on the read-out's weights at initialisation
   */
  public record Layers(boolean biases, double readoutScale) implements Serializable {}

  /**
   * When training is done.
   *
   * @param steps most updates
   * @param early when to end earlier; null for never
   */
  public record Ending(int steps, @Nullable EarlyStop early) implements Serializable {}

  /**
   * What is found of a trained network.
   *
   * @param accuracyThreshold training accuracy from which it counts as trained, in (0, 1]
   * @param ntkExamples examples whose tangent kernel is measured where it is needed
   * @param ntkDrift whether the tangent kernel's change is measured
   */
  public record Findings(double accuracyThreshold, int ntkExamples, boolean ntkDrift)
      implements Serializable {}
}
