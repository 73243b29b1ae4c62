package org.phasemap.quantity;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is done with a network: {@link Axis#TASK}. */
public enum TaskKind {
  PROPAGATION("measured at initialisation"),
  TRAINING("trained, then measured");

  private final String meaning;

  TaskKind(String meaning) {
    this.meaning = meaning;
  }

  /** The names that tables use, in the order in which they are offered. */
  public static List<String> ids() {
    return Arrays.stream(values()).map(TaskKind::id).toList();
  }

  /** The name that tables use. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a network of it is. */
  public String meaning() {
    return meaning;
  }
}
