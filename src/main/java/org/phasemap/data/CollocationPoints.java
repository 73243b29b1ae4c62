package org.phasemap.data;

import java.util.Arrays;
import java.util.List;

/**
 * Points where a function on [−1, 1] is held to an equation, unscaled. Every eighth is an end, −1
 * and 1 in turn; the others are the middles of equal parts, in order. Every fifth point is a test
 * point.
 */
public final class CollocationPoints {
  /** The class of points at an end. */
  public static final int END = 1;

  private static final int INSIDE = 0;
  private static final int END_EVERY = 8;

  private CollocationPoints() {}

  static DataSet of(DataSource.Collocation source) {
    int count = source.examples();
    int inside = count - count / END_EVERY;
    float[] x = new float[count];
    int[] labels = new int[count];
    for (int j = 0; j < count; j++) {
      int ends = j / END_EVERY;
      boolean isEnd = j % END_EVERY == END_EVERY - 1;
      labels[j] = isEnd ? END : INSIDE;
      x[j] = isEnd ? 2 * (ends % 2) - 1 : (float) ((2.0 * (j - ends) + 1 - inside) / inside);
    }
    return new DataSet(
        source.name(),
        List.of("inside", "end"),
        part(x, labels, HeldOut.trainingRows(count)),
        part(x, labels, HeldOut.testRows(count)));
  }

  private static Examples part(float[] x, int[] labels, int[] chosen) {
    float[] points = new float[chosen.length];
    for (int k = 0; k < chosen.length; k++) {
      points[k] = x[chosen[k]];
    }
    return new Examples(1, points, Arrays.stream(chosen).map(j -> labels[j]).toArray());
  }
}
