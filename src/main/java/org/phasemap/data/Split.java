package org.phasemap.data;

import java.util.List;
import java.util.stream.IntStream;

/** Turns raw examples into data sets. Images and synthetic examples have one scale. */
final class Split {
  private static final int TEST_EVERY = 5;

  private Split() {}

  /** Examples 4, 9, 14, … are the test set. */
  static DataSet everyFifth(String name, List<String> classNames, Examples raw) {
    return scaled(name, classNames, training(raw), test(raw));
  }

  /**
   * All features to mean 0 and mean square 1 over the training set, by one affine map; in place.
   */
  static DataSet scaled(String name, List<String> classNames, Examples train, Examples test) {
    Scaling scaling = Scaling.ofAll(train.features());
    scaling.apply(train.features());
    scaling.apply(test.features());
    return new DataSet(name, classNames, train, test);
  }

  static Examples training(Examples raw) {
    return part(raw, IntStream.range(0, raw.count()).filter(j -> !isTest(j)).toArray());
  }

  static Examples test(Examples raw) {
    return part(raw, IntStream.range(0, raw.count()).filter(Split::isTest).toArray());
  }

  private static boolean isTest(int example) {
    return example % TEST_EVERY == TEST_EVERY - 1;
  }

  private static Examples part(Examples raw, int[] chosen) {
    float[] features = new float[chosen.length * raw.dimension()];
    int[] labels = new int[chosen.length];
    for (int j = 0; j < chosen.length; j++) {
      raw.copy(chosen[j], j, features);
      labels[j] = raw.labels()[chosen[j]];
    }
    return new Examples(raw.dimension(), features, labels);
  }
}
