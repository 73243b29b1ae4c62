package org.phasemap.predict.graph;

/** What is known of a unit's values over inputs and positions, beside their second moments. */
enum Law {
  /** Jointly Gaussian, of mean 0. */
  GAUSSIAN,
  /** Uniform on the sphere of a batch that was normalised, times γ (ARCHITECTURES 2.1). */
  SPHERE,
  /** What a batch norm over inputs and positions makes of Gaussians, times γ. */
  FIELD,
  /** Gaussian of mean 0 given a random variance: channels that do not mix (ARCHITECTURES 0.13). */
  MIXTURE,
  /** Nothing. */
  OTHER
}
