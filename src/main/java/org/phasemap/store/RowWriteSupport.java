package org.phasemap.store;

import java.util.List;
import java.util.Map;
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
        Column column = columns.get(i);
        out.startField(column.name(), i);
        switch (column.type()) {
          case STRING -> out.addBinary(Binary.fromString((String) value));
          case INT -> out.addInteger((Integer) value);
          case LONG -> out.addLong((Long) value);
          case DOUBLE -> out.addDouble((Double) value);
          case INT_LIST, DOUBLE_LIST -> addList(value);
        }
        out.endField(column.name(), i);
      }
    }
    out.endMessage();
  }

  private void addList(Object list) {
    out.startGroup();
    int size = size(list);
    if (size > 0) {
      out.startField("list", 0);
      for (int i = 0; i < size; i++) {
        out.startGroup();
        addElement(list, i);
        out.endGroup();
      }
      out.endField("list", 0);
    }
    out.endGroup();
  }

  private static int size(Object list) {
    if (list instanceof double[] numbers) {
      return numbers.length;
    }
    return list instanceof int[] numbers ? numbers.length : ((List<?>) list).size();
  }

  private void addElement(Object list, int i) {
    if (list instanceof double[] numbers) {
      addDouble(numbers[i]);
    } else if (list instanceof int[] numbers) {
      addInteger(numbers[i]);
    } else {
      Object number = ((List<?>) list).get(i);
      if (number instanceof Integer integer) {
        addInteger(integer);
      } else if (number != null) {
        addDouble((Double) number);
      }
    }
  }

  private void addDouble(double number) {
    out.startField("element", 0);
    out.addDouble(number);
    out.endField("element", 0);
  }

  private void addInteger(int number) {
    out.startField("element", 0);
    out.addInteger(number);
    out.endField("element", 0);
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
