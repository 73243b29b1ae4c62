package org.phasemap.train;

import java.util.List;

/** The data sets that a spec can name. */
public final class DataSets {
  private DataSets() {}

  /** Every name that {@link #load} takes. */
  public static List<String> names() {
    return List.of(Digits.NAME);
  }

  /**
   * Loads a data set by its name.
   *
   * @throws IllegalArgumentException with the names that are allowed
   */
  public static DataSet load(String name) {
    if (name.equals(Digits.NAME)) {
      return Digits.load();
    }
    throw new IllegalArgumentException(
        "unknown data set '" + name + "'; allowed: " + String.join(", ", names()));
  }
}
