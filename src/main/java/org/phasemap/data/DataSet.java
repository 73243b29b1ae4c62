package org.phasemap.data;

import java.util.Arrays;
import java.util.List;
import org.phasemap.network.UserException;

/**
 * A classification task with a fixed split.
 *
 * @param name what specs and tables call it
 * @param classNames one for each class
 * @param train what networks are trained on
 * @param test what they never see while training; may be empty
 * @param planes in which the numbers of an example are stored: {@link DataSource#planes}
 */
public record DataSet(
    String name, List<String> classNames, Examples train, Examples test, int planes) {
  public DataSet {
    classNames = List.copyOf(classNames);
    if (train.count() < 1) {
      throw new IllegalArgumentException("data set " + name + " has no training examples");
    }
    if (train.dimension() != test.dimension()) {
      throw new IllegalArgumentException(
          String.format(
              "data set %s: training examples have %d components, test examples %d",
              name, train.dimension(), test.dimension()));
    }
    checkLabels(name, classNames.size(), train.labels());
    checkLabels(name, classNames.size(), test.labels());
  }

  /** Of examples whose numbers stand position by position. */
  public DataSet(String name, List<String> classNames, Examples train, Examples test) {
    this(name, classNames, train, test, 1);
  }

  /** The same examples, which are stored in so many planes. */
  DataSet inPlanes(int number) {
    return new DataSet(name, classNames, train, test, number);
  }

  /** n₀, components of an example. */
  public int dimension() {
    return train.dimension();
  }

  /** Number of classes. */
  public int classes() {
    return classNames.size();
  }

  /**
   * Refuses to be trained on where one answer is always right.
   *
   * @throws UserException if all training examples are of one class
   */
  public void checkTrainable() {
    if (Arrays.stream(train.labels()).distinct().count() < 2) {
      throw new UserException("all training examples are of one class; expected at least two");
    }
  }

  private static void checkLabels(String name, int classes, int[] labels) {
    for (int label : labels) {
      if (label < 0 || label >= classes) {
        throw new IllegalArgumentException(
            String.format("data set %s: label %d outside [0, %d)", name, label, classes));
      }
    }
  }
}
