package org.phasemap.store;

import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/** Rows as Parquet has them: every column optional, lists in the standard's three levels. */
final class RowWriteSupport extends WriteSupport<@Nullable Object[]> {
  private final List<Column> columns;
  private final Map<String, String> metadata;

  @SuppressWarnings("NullAway.Init") // Parquet calls prepareForWrite first
  private RecordConsumer out;

  RowWriteSupport(List<Column> columns, Map<String, String> metadata) {
    this.columns = columns;
    this.metadata = metadata;
  }

  @Override
  @SuppressWarnings("deprecation") // abstract in Parquet 1.17
  public WriteContext init(Configuration configuration) {
    Type[] types = columns.stream().map(RowWriteSupport::type).toArray(Type[]::new);
    return new WriteContext(new MessageType("phasemap", types), metadata);
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    out = consumer;
  }

  @Override
  public void write(@Nullable Object[] row) {
    out.startMessage();
    for (int i = 0; i < row.length; i++) {
      Object value = row[i];
      if (value != null) {
        String name = columns.get(i).name();
        out.startField(name, i);
        add(value);
        out.endField(name, i);
      }
    }
    out.endMessage();
  }

  private void add(Object value) {
    if (value instanceof Double number) {
      out.addDouble(number);
    } else if (value instanceof Integer number) {
      out.addInteger(number);
    } else if (value instanceof Long number) {
      out.addLong(number);
    } else if (value instanceof String text) {
      out.addBinary(Binary.fromString(text));
    } else if (value instanceof double[] numbers) {
      addList(numbers.length, i -> numbers[i]);
    } else if (value instanceof int[] numbers) {
      addList(numbers.length, i -> numbers[i]);
    } else {
      List<?> values = (List<?>) value;
      addList(values.size(), values::get);
    }
  }

  private void addList(int size, IntFunction<? extends @Nullable Object> values) {
    out.startGroup();
    if (size > 0) {
      out.startField("list", 0);
      for (int i = 0; i < size; i++) {
        out.startGroup();
        Object value = values.apply(i);
        if (value != null) {
          out.startField("element", 0);
          add(value);
          out.endField("element", 0);
        }
        out.endGroup();
      }
      out.endField("list", 0);
    }
    out.endGroup();
  }

  private static Type type(Column column) {
    String name = column.name();
    return switch (column.type()) {
      case STRING ->
          Types.optional(PrimitiveTypeName.BINARY)
              .as(LogicalTypeAnnotation.stringType())
              .named(name);
      case INT -> Types.optional(PrimitiveTypeName.INT32).named(name);
      case LONG -> Types.optional(PrimitiveTypeName.INT64).named(name);
      case DOUBLE -> Types.optional(PrimitiveTypeName.DOUBLE).named(name);
      case INT_LIST -> list(PrimitiveTypeName.INT32, name);
      case DOUBLE_LIST -> list(PrimitiveTypeName.DOUBLE, name);
    };
  }

  private static Type list(PrimitiveTypeName element, String name) {
    return Types.optionalList().optionalElement(element).named(name);
  }
}
