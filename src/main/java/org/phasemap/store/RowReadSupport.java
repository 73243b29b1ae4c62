package org.phasemap.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.InitContext;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Reads what {@link RowWriter} and Spark write; lists come as {@code List}. */
final class RowReadSupport extends ReadSupport<@Nullable Object[]> {
  private final List<Column> columns;

  RowReadSupport(List<Column> columns) {
    this.columns = columns;
  }

  @Override
  public ReadContext init(InitContext context) {
    MessageType file = context.getFileSchema();
    ColumnTypes.fault(file, columns)
        .ifPresent(
            fault -> {
              throw new BadRow(fault);
            });
    List<Type> wanted =
        columns.stream()
            .filter(c -> file.containsField(c.name()))
            .map(c -> file.getType(c.name()))
            .toList();
    return new ReadContext(new MessageType(file.getName(), wanted));
  }

  @Override
  @SuppressWarnings("deprecation") // abstract in Parquet 1.17
  public RecordMaterializer<@Nullable Object[]> prepareForRead(
      Configuration configuration,
      Map<String, String> metadata,
      MessageType fileSchema,
      ReadContext context) {
    return new Rows(context.getRequestedSchema());
  }

  /** What no sweep has written. */
  static final class BadRow extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    BadRow(String fault) {
      super(fault);
    }
  }

  /** Fills one row after another. */
  private final class Rows extends RecordMaterializer<@Nullable Object[]> {
    private final List<Converter> converters = new ArrayList<>();
    private final List<String> names = columns.stream().map(Column::name).toList();
    private final int cell = names.indexOf("cell_id");
    private final int replicate = names.indexOf("replicate");
    private @Nullable Object[] row = {};

    Rows(MessageType schema) {
      for (Type type : schema.getFields()) {
        int index = names.indexOf(type.getName());
        converters.add(
            type.isPrimitive()
                ? new Scalar(value -> row[index] = value)
                : new ListOf(list -> row[index] = list));
      }
    }

    /** Whoever reads them counts with them. */
    private void checkKeys() {
      if (cell >= 0 && row[cell] == null) {
        throw new BadRow("a row has no cell_id");
      }
      if (replicate >= 0 && !(row[replicate] instanceof Integer number && number >= 0)) {
        throw new BadRow("a row's replicate is " + row[replicate]);
      }
    }

    @Override
    public @Nullable Object[] getCurrentRecord() {
      return row;
    }

    @Override
    public GroupConverter getRootConverter() {
      return new GroupConverter() {
        @Override
        public Converter getConverter(int field) {
          return converters.get(field);
        }

        @Override
        public void start() {
          row = new Object[columns.size()];
        }

        @Override
        public void end() {
          checkKeys();
        }
      };
    }
  }

  private static final class Scalar extends PrimitiveConverter {
    private final Consumer<Object> sink;

    Scalar(Consumer<Object> sink) {
      this.sink = sink;
    }

    @Override
    public void addBinary(Binary value) {
      sink.accept(value.toStringUsingUTF8());
    }

    @Override
    public void addInt(int value) {
      sink.accept(value);
    }

    @Override
    public void addLong(long value) {
      sink.accept(value);
    }

    @Override
    public void addDouble(double value) {
      sink.accept(value);
    }
  }

  /** A group {@code name (LIST) { repeated group list { optional element } }}. */
  private static final class ListOf extends GroupConverter {
    private final Consumer<Object> sink;
    private final List<@Nullable Object> values = new ArrayList<>();
    private final Entry entry = new Entry();

    ListOf(Consumer<Object> sink) {
      this.sink = sink;
    }

    @Override
    public Converter getConverter(int field) {
      return entry;
    }

    @Override
    public void start() {
      values.clear();
    }

    @Override
    public void end() {
      sink.accept(new ArrayList<>(values));
    }

    private final class Entry extends GroupConverter {
      private @Nullable Object element;
      private final Scalar scalar = new Scalar(value -> element = value);

      @Override
      public Converter getConverter(int field) {
        return scalar;
      }

      @Override
      public void start() {
        element = null;
      }

      @Override
      public void end() {
        values.add(element);
      }
    }
  }
}
