package org.phasemap.cli.theory;

import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.UserException;
import org.phasemap.query.Format;
import org.phasemap.query.RowsPrinter;
import picocli.CommandLine.Option;

/** The option {@code --format} and what it prints. */
final class Output {
  private static final int BUFFER = 1 << 16;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "table (6 digits), csv or json (every digit) (default: table)")
  private Format format = Format.TABLE;

  /** What was chosen. */
  Format format() {
    return format;
  }

  /** Prints a row a point: its own values, then the computed ones. */
  void print(
      Grid grid,
      List<String> computed,
      Function<Grid.Point, List<? extends @Nullable Object>> compute) {
    List<String> columns = grid.columns();
    columns.addAll(computed);
    Iterable<List<@Nullable Object>> rows = () -> rows(grid.iterator(), compute);
    print(columns, rows);
  }

  /** Prints rows as they come. */
  void print(List<String> columns, Iterable<? extends List<? extends @Nullable Object>> rows) {
    PrintStream out =
        new PrintStream(
            new BufferedOutputStream(System.out, BUFFER), false, StandardCharsets.UTF_8);
    new RowsPrinter(columns, rows).print(out, format);
  }

  private static Iterator<List<@Nullable Object>> rows(
      Iterator<Grid.Point> points, Function<Grid.Point, List<? extends @Nullable Object>> compute) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return points.hasNext();
      }

      @Override
      public List<@Nullable Object> next() {
        Grid.Point point = points.next();
        List<@Nullable Object> row = new ArrayList<>(point.values());
        try {
          row.addAll(compute.apply(point));
        } catch (IllegalArgumentException e) {
          throw new UserException(point + ": " + e.getMessage(), e);
        }
        return Collections.unmodifiableList(row);
      }
    };
  }
}
