package org.phasemap.measure.mlp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.phasemap.data.DataSets;
import org.phasemap.data.DataSource;
import org.phasemap.spec.Inputs;

/** Tables with the rows that a test wants, as inputs. */
final class SmallTables {
  private SmallTables() {}

  /** Rows of a CSV file, scaled as every table is; test examples, every fifth, repeat the first. */
  static Inputs csv(Path folder, double[][] rows) throws IOException {
    String text =
        withTestRows(rows).stream()
            .map(
                row ->
                    Arrays.stream(row).mapToObj(Double::toString).collect(Collectors.joining(",")))
            .collect(Collectors.joining("\n", String.join(",", names(rows)) + "\n", "\n"));
    Path file = Files.writeString(Files.createTempFile(folder, "rows", ".csv"), text);
    return inputs(DataSource.Format.CSV, file, rows);
  }

  /** The same of a Parquet file, every other column float and the rest double. */
  static Inputs parquet(Path folder, double[][] rows) throws IOException {
    List<String> names = names(rows);
    String fields =
        IntStream.range(0, names.size())
            .mapToObj(i -> (i % 2 == 0 ? "double" : "float") + " " + names.get(i) + ";")
            .map(field -> "required " + field)
            .collect(Collectors.joining(" "));
    MessageType schema = MessageTypeParser.parseMessageType("message t { " + fields + " }");
    Path file = Files.createTempDirectory(folder, "rows").resolve("rows.parquet");
    SimpleGroupFactory groups = new SimpleGroupFactory(schema);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toString()))
            .withType(schema)
            .withConf(new Configuration())
            .build()) {
      for (double[] row : withTestRows(rows)) {
        Group group = groups.newGroup();
        for (int i = 0; i < row.length; i++) {
          if (i % 2 == 0) {
            group.add(i, row[i]);
          } else {
            group.add(i, (float) row[i]);
          }
        }
        writer.write(group);
      }
    }
    return inputs(DataSource.Format.PARQUET, file, rows);
  }

  private static List<String> names(double[][] rows) {
    return IntStream.range(0, rows[0].length).mapToObj(i -> "x" + i).toList();
  }

  private static List<double[]> withTestRows(double[][] rows) {
    List<double[]> lines = new ArrayList<>();
    for (double[] row : rows) {
      if (lines.size() % 5 == 4) {
        lines.add(rows[0]);
      }
      lines.add(row);
    }
    return lines;
  }

  private static Inputs inputs(DataSource.Format format, Path file, double[][] rows) {
    DataSource data =
        DataSets.identified(new DataSource.Files(format, file.toString(), null, null, ""));
    return new Inputs(new Inputs.Chosen(data, 1), rows.length, rows[0].length, 1);
  }
}
