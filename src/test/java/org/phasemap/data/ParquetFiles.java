package org.phasemap.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Writes small Parquet files with Parquet's own writer. */
final class ParquetFiles {
  /** Stands for no value. */
  static final Object NONE = new Object();

  private ParquetFiles() {}

  /**
   * Writes a file.
   *
   * @param fields the schema's fields, as Parquet writes schemas
   * @param rows a value for each field, or {@link #NONE}
   */
  static DataSource.Files write(
      Path folder,
      String fields,
      UnaryOperator<ExampleParquetWriter.Builder> options,
      Object[]... rows)
      throws IOException {
    MessageType schema = MessageTypeParser.parseMessageType("message t { " + fields + " }");
    Path file = folder.resolve("t.parquet");
    SimpleGroupFactory groups = new SimpleGroupFactory(schema);
    ExampleParquetWriter.Builder builder =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toString()))
            .withType(schema)
            .withConf(new Configuration());
    try (ParquetWriter<Group> writer = options.apply(builder).build()) {
      for (Object[] row : rows) {
        Group group = groups.newGroup();
        for (int i = 0; i < row.length; i++) {
          add(group, i, row[i]);
        }
        writer.write(group);
      }
    }
    return DocCase.table(DataSource.Format.PARQUET, file);
  }

  private static void add(Group group, int field, Object value) {
    if (value instanceof Integer number) {
      group.add(field, number);
    } else if (value instanceof Long number) {
      group.add(field, number);
    } else if (value instanceof Float number) {
      group.add(field, number);
    } else if (value instanceof Double number) {
      group.add(field, number);
    } else if (value instanceof Boolean truth) {
      group.add(field, truth);
    } else if (value instanceof String text) {
      group.add(field, text);
    } else if (value instanceof byte[] bytes) {
      group.add(field, Binary.fromConstantByteArray(bytes));
    } else if (value != NONE) {
      throw new IllegalArgumentException("no column for " + value);
    }
  }
}
