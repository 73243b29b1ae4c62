package org.phasemap.store;

import java.io.Serializable;

/**
 * One column of a table.
 *
 * @param name snake_case
 * @param type of its values; every column may be null
 * @param meaning what it holds, with unit and formula
 */
public record Column(String name, Type type, String meaning) implements Serializable {
  /** What a column can hold. */
  public enum Type {
    STRING,
    INT,
    LONG,
    DOUBLE,
    INT_LIST,
    DOUBLE_LIST
  }
}
