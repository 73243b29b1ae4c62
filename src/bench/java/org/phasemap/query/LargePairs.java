package org.phasemap.query;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.phasemap.store.table.Tables;

/**
 * A {@link LargeSweep} and others that it can be compared with: the same rows, rows that differ by
 * rounding, and rows of another seed. What a comparison works with is how many rows there are and
 * whether they differ, not where they come from.
 */
public final class LargePairs {
  private static final List<String> NOISY =
      List.of(
          "ln_q",
          "mean",
          "saturated_share",
          "ln_gradient_gain",
          "ln_ntk_scale",
          "ntk_off_ratio",
          "ln_ntk_lambda_max",
          "ln_ntk_lambda_min",
          "ln_ntk_condition",
          "ln_ntk_standard_scale");

  private LargePairs() {}

  /** Takes the folder where the sweeps are, or are made. */
  public static void main(String[] args) throws Exception {
    Path root = Path.of(args[0]).toAbsolutePath();
    LargeSweep.write(root.resolve("before"));
    vary(root, "again", column -> column);
    vary(root, "rounded", column -> column + " * (1 + 1e-7 * (random() - 0.5))");
    vary(root, "other", column -> column + " + 0.2 * (random() - 0.5)");
    Path spec = spec(root, "other");
    if (!Files.readString(spec).contains("seed:")) { // It may have been made before.
      Files.writeString(spec, "seed: 2\n", StandardOpenOption.APPEND);
    }
  }

  private static Path spec(Path root, String name) {
    return root.resolve(name).resolve("spec.yaml");
  }

  private static void vary(Path root, String name, UnaryOperator<String> value) throws Exception {
    if (Files.exists(root.resolve(name))) {
      return;
    }
    Path before = root.resolve("before").resolve(Tables.REPLICATES).resolve("part-0.parquet");
    Path file = Files.createTempFile("phasemap-large-", ".parquet");
    String replaced =
        NOISY.stream()
            .map(column -> value.apply(column) + " as " + column)
            .collect(Collectors.joining(", "));
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = connection.createStatement()) {
      sql.execute("select setseed(0.25)");
      sql.execute(
          "copy (select * replace (%s) from '%s') to '%s' (format parquet, compression zstd)"
              .formatted(replaced, before, file));
      SweepFolder.write(root.resolve(name), Map.of(Tables.REPLICATES, List.of(file.toString())));
      Files.copy(spec(root, "before"), spec(root, name), StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.delete(file);
    }
  }
}
