package org.phasemap.predict.graph;

import java.util.List;
import org.phasemap.network.graph.Operation.Weighted;
import org.phasemap.network.graph.Taps;

/**
 * How the covariances that a first convolution makes fluctuate over Gaussian images. Example: after
 * one tap on C channels two positions have a cosine of 0 on average, and 1/√C in most images. So
 * their squares are correlated, by 2/C, as those of any two of the P positions are: the variance of
 * ln q_1 is 1 + (P − 1)/C times what it would be without.
 */
final class ImageChance {
  private final Covariance images;
  private final int[][] sources;
  private final double scale;

  /**
   * Of weights that read images.
   *
   * @param images covariance of the numbers of one channel
   * @param channels of an image
   * @param gain σ_w²
   */
  ImageChance(Covariance images, int channels, Weighted weighted, List<Integer> grid, double gain) {
    this.images = images;
    Taps taps = weighted.taps();
    sources = taps.sources(grid);
    double perTap = gain / taps.fan(grid);
    scale = perTap * perTap / channels;
  }

  /**
   * Variance over images of Σ_β x_{a+β}·y_{b+β}, times (σ_w²/fan-in)², of a block of inputs and two
   * positions that come out. Equal numbers have E x² y² − (E x y)², which is E x² E y² + (E x y)².
   */
  double variance(int block, int a, int b) {
    double own = images.meanSquare();
    double product = images.meanProduct(block);
    double sum = 0;
    for (int[] tap : sources) {
      for (int[] other : sources) {
        if (tap[a] != Taps.OUTSIDE && tap[b] != Taps.OUTSIDE) {
          sum += tap[a] == other[a] && tap[b] == other[b] ? own * own : 0;
          sum += tap[a] == other[b] && tap[b] == other[a] ? product * product : 0;
        }
      }
    }
    return scale * sum;
  }
}
