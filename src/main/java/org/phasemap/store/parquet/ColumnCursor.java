package org.phasemap.store.parquet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.jspecify.annotations.Nullable;
import org.phasemap.store.table.Column;

/** One column of a row group, read row after row. */
final class ColumnCursor {
  private static final int FIRST_LENGTH = 64;

  private final ColumnReader reader;
  private final Column column;

  /** Index of the column in a row. */
  private final int index;

  /** Definition level of a value. */
  private final int present;

  /** Definition level of a list; of a list with entries it is one more. */
  private final int list;

  /** Entries that have not been read. */
  private long left;

  /** The last text: those of a dictionary come as the same object again. */
  private @Nullable Binary binary;

  private String text = "";

  /** Numbers of a list. */
  private double[] doubles = new double[FIRST_LENGTH];

  private int[] ints = new int[FIRST_LENGTH];

  /**
   * At the beginning of a row group.
   *
   * @param entries of the whole group, nulls among them
   * @param type of the column in the file
   */
  ColumnCursor(ColumnReader reader, long entries, Column column, int index, Type type) {
    this.reader = reader;
    this.column = column;
    this.index = index;
    present = reader.getDescriptor().getMaxDefinitionLevel();
    list = type.isRepetition(Repetition.OPTIONAL) ? 1 : 0;
    left = entries;
  }

  /** Fills this column of some rows. */
  void read(List<@Nullable Object[]> rows) {
    for (@Nullable Object[] row : rows) {
      row[index] =
          switch (column.type()) {
            case STRING, INT, LONG, DOUBLE -> scalar();
            case INT_LIST, DOUBLE_LIST -> numbers();
          };
    }
  }

  private @Nullable Object scalar() {
    check();
    Object value = reader.getCurrentDefinitionLevel() == present ? value() : null;
    consume();
    return value;
  }

  private void check() {
    if (left == 0) {
      throw new BadRow("its column " + column.name() + " has fewer rows than others");
    }
  }

  private void consume() {
    reader.consume();
    left--;
  }

  private Object value() {
    return switch (column.type()) {
      case STRING -> text();
      case INT, INT_LIST -> reader.getInteger();
      case LONG -> reader.getLong();
      case DOUBLE, DOUBLE_LIST -> reader.getDouble();
    };
  }

  @SuppressWarnings("ReferenceEquality") // Equal texts that are other objects are only slower.
  private String text() {
    Binary now = reader.getBinary();
    if (now != binary) {
      binary = now;
      text = now.toStringUsingUTF8();
    }
    return text;
  }

  private @Nullable List<?> numbers() {
    check();
    int level = reader.getCurrentDefinitionLevel();
    if (level <= list) {
      consume();
      return level < list ? null : List.of();
    }
    int size = 0;
    do {
      if (reader.getCurrentDefinitionLevel() < present) {
        return withNulls(size);
      }
      store(size);
      size++;
      consume();
    } while (hasMore());
    return column.type() == Column.Type.INT_LIST
        ? NumberList.of(Arrays.copyOf(ints, size))
        : NumberList.of(Arrays.copyOf(doubles, size));
  }

  private void store(int place) {
    if (column.type() == Column.Type.INT_LIST) {
      if (place == ints.length) {
        ints = Arrays.copyOf(ints, 2 * place);
      }
      ints[place] = reader.getInteger();
    } else {
      if (place == doubles.length) {
        doubles = Arrays.copyOf(doubles, 2 * place);
      }
      doubles[place] = reader.getDouble();
    }
  }

  /** Whether the current entry belongs to the list of the one before it. */
  private boolean hasMore() {
    return left > 0 && reader.getCurrentRepetitionLevel() > 0;
  }

  /** A list whose numbers so far have been stored, and whose next one is null. */
  private List<@Nullable Object> withNulls(int size) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      values.add(column.type() == Column.Type.INT_LIST ? (Object) ints[i] : (Object) doubles[i]);
    }
    do {
      values.add(reader.getCurrentDefinitionLevel() == present ? value() : null);
      consume();
    } while (hasMore());
    return values;
  }
}
