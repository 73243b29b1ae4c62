package org.phasemap.predict.graph;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.graph.Shape;

/**
 * What arrives at a node.
 *
 * @param shape of one input
 * @param pairs of its positions
 * @param parts its channels
 * @param layer of weights that made it; null of other operations
 * @param deviation what a normalisation of features divided by, [input][kind of position]; empty
 *     for other operations
 * @param maxima the max pool that made it; null of other operations
 */
@SuppressWarnings("ArrayRecordComponent") // read-only
record Signal(
    Shape shape,
    PositionPairs pairs,
    List<Part> parts,
    @Nullable WeightLayer layer,
    double[][] deviation,
    @Nullable MaxPool maxima) {
  private static final double[][] NONE = {};

  /** Of any operation. */
  static Signal of(Shape shape, PositionPairs pairs, List<Part> parts) {
    return new Signal(shape, pairs, parts, null, NONE, null);
  }

  /** What weights make. */
  static Signal of(Shape shape, Part part, WeightLayer layer) {
    return new Signal(shape, part.covariance().pairs(), List.of(part), layer, NONE, null);
  }

  /** What a max pool makes. */
  static Signal of(Shape shape, MaxPool maxima) {
    Part part = maxima.part();
    return new Signal(shape, part.covariance().pairs(), List.of(part), null, NONE, maxima);
  }

  /**
   * What weights make.
   *
   * @param base E of the products of what goes in, averaged over the fan-in
   * @param gain variance of a weight times the fan-in
   */
  record WeightLayer(Covariance base, double gain) {}

  /** Channels of all parts. */
  int channels() {
    return shape.channels();
  }

  /** The layer of weights that made it. */
  WeightLayer weights() {
    return Objects.requireNonNull(layer, "no weights");
  }

  /** The only part. */
  Part only() {
    return parts.get(0);
  }

  /** Second moments averaged over channels. */
  Covariance covariance() {
    if (parts.size() == 1) {
      return only().covariance();
    }
    Covariance mean = Covariance.zero(only().covariance().inputs(), pairs);
    parts.forEach(part -> mean.add((double) part.channels() / channels(), part.covariance()));
    return mean;
  }

  /** Mean over channels, positions and inputs. */
  double mean() {
    double sum = 0;
    for (Part part : parts) {
      double[][] mean = part.mean();
      for (double[] row : mean) {
        for (int k = 0; k < row.length; k++) {
          double share = pairs.share(k) / pairs.positions() / mean.length;
          sum += share * part.channels() / channels() * row[k];
        }
      }
    }
    return sum;
  }
}
