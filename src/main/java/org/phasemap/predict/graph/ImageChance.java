package org.phasemap.predict.graph;

/**
 * How the covariances that a first convolution makes fluctuate over Gaussian images. Example: after
 * one tap on C channels two positions have a cosine of 0 on average, and 1/√C in most images. So
 * their squares are correlated, by 2/C, as those of any two of the P positions are, and by 4/C at
 * the same one: the variance of ln q_1 is 1 + (P + 1)/C times what it would be without.
 */
final class ImageChance {
  private final Covariance images;
  private final SharedNumbers shared;
  private final double scale;

  /**
   * Of weights that read images.
   *
   * @param images covariance of the numbers of one channel
   * @param channels of an image
   * @param perTap σ_w²/fan-in, times channels
   */
  ImageChance(Covariance images, int channels, SharedNumbers shared, double perTap) {
    this.images = images;
    this.shared = shared;
    scale = perTap * perTap / channels;
  }

  /**
   * Variance over images of Σ_β x_{a+β}·y_{b+β}, times (σ_w²/fan-in)², of a block of inputs and a
   * class of pairs of positions that come out. Equal numbers have E x² y² − (E x y)², which is E x²
   * E y² + (E x y)².
   */
  double variance(int block, int pair) {
    double own = images.meanSquare();
    double product = images.meanProduct(block);
    return scale * (own * own * shared.same(pair) + product * product * shared.crossed(pair));
  }
}
