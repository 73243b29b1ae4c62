package org.phasemap.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.phasemap.data.DataSets;
import org.phasemap.data.DataSource;
import org.phasemap.spec.Inputs;

/** Tables with the rows that a test wants, as inputs. */
final class SmallTables {
  private SmallTables() {}

  /** Rows of a CSV file, scaled as every table is; test examples, every fifth, repeat the first. */
  static Inputs csv(Path folder, double[][] rows) throws IOException {
    String head =
        IntStream.range(0, rows[0].length).mapToObj(i -> "x" + i).collect(Collectors.joining(","));
    List<double[]> lines = new ArrayList<>();
    for (double[] row : rows) {
      if (lines.size() % 5 == 4) {
        lines.add(rows[0]);
      }
      lines.add(row);
    }
    String text =
        lines.stream()
            .map(
                row ->
                    Arrays.stream(row).mapToObj(Double::toString).collect(Collectors.joining(",")))
            .collect(Collectors.joining("\n", head + "\n", "\n"));
    Path file = Files.writeString(Files.createTempFile(folder, "rows", ".csv"), text);
    DataSource data =
        DataSets.identified(
            new DataSource.Files(DataSource.Format.CSV, file.toString(), null, null, ""));
    return new Inputs(new Inputs.Chosen(data, 1), rows.length, rows[0].length, 1);
  }
}
