package org.phasemap.store.table;

import java.io.Serializable;

/**
 * One column of a table.
 *
 * @param name snake_case
 * @param type of its values; every column may be null
 * @param meaning what it holds, with unit and formula
 */
public record Column(String name, Type type, String meaning) implements Serializable {
  /** Whether a value is a list of numbers. */
  public boolean isList() {
    return type == Type.INT_LIST || type == Type.DOUBLE_LIST;
  }

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
