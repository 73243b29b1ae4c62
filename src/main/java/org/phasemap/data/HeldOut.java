package org.phasemap.data;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Turns raw examples into data sets. Every fifth example is a test: this needs no random numbers,
 * and splits rows that are sorted by class evenly.
 */
final class HeldOut {
  private static final int TEST_EVERY = 5;

  private HeldOut() {}

  /**
   * Examples 4, 9, 14, … are the test set, and all features have one scale: for bundled and made-up
   * examples.
   */
  static DataSet everyFifth(String name, List<String> classNames, RawExamples raw) {
    RawExamples train = raw.part(trainingRows(raw.count()));
    RawExamples test = raw.part(testRows(raw.count()));
    return scaled(name, classNames, Scaling.ofAll(train), train, test);
  }

  static DataSet scaled(
      String name, List<String> classNames, Scaling scaling, RawExamples train, RawExamples test) {
    return new DataSet(name, classNames, scaling.applied(train), scaling.applied(test));
  }

  /** Which of so many examples are the training set. */
  static int[] trainingRows(int count) {
    return IntStream.range(0, count).filter(j -> !isTest(j)).toArray();
  }

  /** Which of so many examples are the test set. */
  static int[] testRows(int count) {
    return IntStream.range(0, count).filter(HeldOut::isTest).toArray();
  }

  private static boolean isTest(int example) {
    return example % TEST_EVERY == TEST_EVERY - 1;
  }
}
