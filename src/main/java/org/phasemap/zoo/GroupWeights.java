package org.phasemap.zoo;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.phasemap.network.graph.Operation.Weighted;
import org.phasemap.network.graph.Shape;

/**
 * Weights of a group of channels, ours and theirs. Ours are (C_out/groups) × (taps · C_in/groups),
 * column by column, the groups one after the other, the channels of a tap side by side. Theirs are
 * inputs × outputs of a vector, and outputs × inputs × height × width of a grid.
 *
 * @param operation of all groups
 * @param from shape of what goes in
 */
record GroupWeights(Weighted operation, Shape from) {
  int groups() {
    return operation.groups();
  }

  /** Channels that a group takes. */
  int in() {
    return from.channels() / operation.groups();
  }

  /** Channels that a group gives. */
  int out() {
    return operation.channels() / operation.groups();
  }

  boolean isVector() {
    return from.grid().isEmpty();
  }

  /** Taps along the width. */
  int width() {
    return from.grid().size() == 2 ? operation.taps().kernel() : 1;
  }

  private int entries() {
    return operation.taps().count(from.grid()) * in() * out();
  }

  /** Of a group, as they have them. */
  INDArray theirs(float[] weights, int group) {
    float[] own = Arrays.copyOfRange(weights, group * entries(), (group + 1) * entries());
    INDArray columns = Nd4j.create(own, new long[] {(long) entries() / out(), out()}, 'c');
    return isVector()
        ? columns
        : columns.reshape('c', operation.taps().kernel(), width(), in(), out()).permute(3, 2, 0, 1);
  }

  /** Writes a group's into ours. */
  void copy(INDArray theirs, int group, float[] weights) {
    INDArray columns = isVector() ? theirs : theirs.permute(2, 3, 1, 0);
    float[] own = columns.dup('c').data().asFloat();
    System.arraycopy(own, 0, weights, group * entries(), own.length);
  }

  /** A group's part of a bias. */
  INDArray bias(float[] bias, int group) {
    float[] own = Arrays.copyOfRange(bias, group * out(), (group + 1) * out());
    return Nd4j.create(own, new long[] {1, out()}, 'c');
  }
}
