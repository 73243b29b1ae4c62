package org.phasemap.theory.architecture.norm;

import org.phasemap.network.Activation;

/**
 * What a batch-normalised activation passes on: the variance λ of φ over the batch and the factor t
 * of squared gradients through φ and the norm, for a unit batch variance of its input.
 *
 * @param batch B, infinite where there is no limit
 * @param variance λ; E φ² − E φφ in a finite batch
 * @param slope t; E φ′² in an infinite batch
 */
public record BatchLaw(double batch, double variance, double slope) {
  /**
   * Of φ with unit gain and no shift.
   *
   * @param batch a whole number ≥ 4, or infinite
   */
  public static BatchLaw of(Activation activation, double batch) {
    if (Double.isInfinite(batch)) {
      return new BatchLaw(
          batch,
          BatchNormGrowth.variance(activation, 1, 0),
          BatchNormGrowth.slope(activation, 1, 0));
    }
    NormalisedBatch moments = NormalisedBatch.of(activation, 1, (int) batch);
    return new BatchLaw(
        batch, moments.variance(), BatchNormGrowth.slope(moments, (int) batch));
  }

  /** R_B = t/λ. */
  public double growth() {
    return slope / variance;
  }

  /** B/(B − 1): the unbiased variance of a normalised batch. */
  public double outputVariance() {
    return Double.isInfinite(batch) ? 1 : batch / (batch - 1);
  }

  /** (B − 2)/(B − 3): what the norm itself does to gradients. */
  public double linearGrowth() {
    return Double.isInfinite(batch) ? 1 : (batch - 2) / (batch - 3);
  }
}
