package org.phasemap.chart.dashboard;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.phasemap.chart.dashboard.Targets.Target;
import org.phasemap.query.SweepFolder;
import org.phasemap.query.SyntheticSweep;
import org.phasemap.store.FolderLock;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.manifest.ManifestEntry;
import org.phasemap.store.table.Tables;

/** A results root for browsers: an ordinary sweep, odd ones, and one that is running. */
final class ShownSweeps implements AutoCloseable {
  static final String WHOLE = "whole";

  /** With every category, and an axis that is refined in a part of the plane. */
  static final String ODD = "odd";

  static final String SINGLE = "single";

  /** The odd one with eight times as many multipliers: too many cells for a mark each. */
  static final String DENSE = "dense";

  /** Of two architectures with long names, and four depths. */
  static final String LAYERED = "layered";

  static final String GROWING = "growing";
  static final String HOSTILE = "<img src=x onerror=alert(1)>";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Configuration CONFIGURATION = new Configuration();

  private static final String EXPLODED = "depth = 64 and sigma_multiplier > 1.5";
  private static final String VANISHED = "depth = 64 and sigma_multiplier < 0.7";
  private static final String FAILED = "depth = 4 and sigma_multiplier > 1.5";
  private static final String UNDECIDED = "depth = 8";
  private static final String VALUELESS =
      "(" + String.join(") or (", EXPLODED, VANISHED, FAILED) + ")";

  private final Path root;
  private final Path scratch;
  private final Map<String, List<String>> tables;
  private final FolderLock running;

  /** Writes them into {@code results} in a folder. */
  ShownSweeps(Path folder) throws Exception {
    root = Files.createDirectory(folder.resolve("results"));
    scratch = Files.createDirectory(folder.resolve("scratch"));
    tables = SyntheticSweep.write(scratch);
    SweepFolder.write(root.resolve(WHOLE), tables);
    add(ODD, "task = 'training' or depth in (4, 16, 64) or sigma_multiplier < 1.2", odd());
    addDense();
    String cell = "depth = 16 and sigma_multiplier = 1 and activation = 'tanh'";
    add(SINGLE, cell + " and keep_probability = 1 and task = 'propagation'", Map.of());
    String padding = "if(activation = 'tanh', 'zero', 'circular')";
    add(
        LAYERED,
        "task = 'propagation' and depth in (4, 8, 16, 64) and keep_probability = 1",
        Map.of(
            "architecture",
            "'convolutional(size=8x8, kernel=3, padding=' || " + padding + " || ')'"));
    add(HOSTILE, "depth < 32", Map.of("ln_q_mean", "ln_q_mean + 0.3"));
    SweepFolder.write(root.resolve(GROWING), replicates("first", "depth < 12"));
    running = FolderLock.take(folder(GROWING));
  }

  private static Map<String, String> odd() {
    Map<String, String> replaced = new HashMap<>();
    for (String column : List.of("ln_gradient_gain_mean", "ln_gradient_gain_se")) {
      replaced.put(column, "if(" + VALUELESS + ", null, " + column + ")");
    }
    for (String column : List.of("ln_gradient_gain_count", "finite")) {
      replaced.put(column, "if(" + VALUELESS + ", 0, " + column + ")");
    }
    replaced.put("exploded", "if(" + EXPLODED + ", 8, if(depth = 16, 1, 0))");
    replaced.put("vanished", "if(" + VANISHED + ", 8, 0)");
    replaced.put("failed", "if(" + FAILED + ", 8, 0)");
    replaced.put("replicates", "if(" + FAILED + ", 0, replicates)");
    replaced.put("stopped", "if(" + UNDECIDED + ", 'max', null)");
    return replaced;
  }

  Path root() {
    return root;
  }

  private ResultsFolder folder(String name) {
    return ResultsFolder.at(root.resolve(name).toString(), CONFIGURATION);
  }

  private void add(String name, String where, Map<String, String> replaced) throws Exception {
    Path own = Files.createDirectory(scratch.resolve("of-" + name.replaceAll("\\W", "")));
    SweepFolder.write(root.resolve(name), SyntheticSweep.vary(tables, own, where, replaced));
  }

  private void addDense() throws Exception {
    Path odd = scratch.resolve("of-" + ODD);
    Path cells = Files.createDirectory(scratch.resolve("of-dense")).resolve("cells.parquet");
    String more =
        """
        copy (select * replace (substr(md5(cell_id || k), 1, 16) as cell_id,
            round(sigma_multiplier * power(4, k / 192), 6) as sigma_multiplier)
          from '%s' c, range(8) as r(k) where task = 'propagation' and keep_probability = 1)
        to '%s' (format parquet)
        """
            .formatted(odd.resolve("cells.parquet"), cells);
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var sql = connection.createStatement()) {
      sql.execute(more);
    }
    Map<String, List<String>> files =
        Map.of(
            Tables.REPLICATES, List.of(odd.resolve("replicates.parquet").toString()),
            Tables.CELLS, List.of(cells.toString()));
    SweepFolder.write(root.resolve(DENSE), files);
  }

  private Map<String, List<String>> replicates(String part, String where) throws Exception {
    Path own = Files.createDirectory(scratch.resolve(part));
    Map<String, List<String>> all = SyntheticSweep.vary(tables, own, where, Map.of());
    return Map.of(Tables.REPLICATES, all.getOrDefault(Tables.REPLICATES, List.of()));
  }

  /** Commits more rows of the sweep that is running, as its next wave. */
  void grow() throws Exception {
    Path other = scratch.resolve("wave");
    SweepFolder.write(other, replicates("second", "depth = 12"));
    ObjectNode entry = (ObjectNode) JSON.readTree(other.resolve("manifest/000001.json").toFile());
    int next = folder(GROWING).manifest().size() + 1;
    String path = "replicates/wave-" + next + ".parquet";
    Files.copy(other.resolve("replicates/part-0.parquet"), root.resolve(GROWING).resolve(path));
    entry.put("sequence", next);
    ((ObjectNode) entry.get("files").get(0)).put("path", path);
    String name = String.format(Locale.ROOT, "manifest/%06d.json", next);
    Files.write(root.resolve(GROWING).resolve(name), JSON.writeValueAsBytes(entry));
  }

  /** What each wants: the running one as many rows as the whole one has. */
  static Target target(ResultsFolder folder) {
    List<ManifestEntry> manifest = new ArrayList<>(folder.manifest());
    long rows =
        manifest.stream()
            .filter(entry -> entry.table().equals(Tables.REPLICATES))
            .mapToLong(ManifestEntry::rows)
            .sum();
    return folder.name().equals(GROWING)
        ? new Target(1545, 11190, 11190 - rows)
        : new Target(1, rows, 0);
  }

  @Override
  public void close() throws IOException {
    running.close();
  }
}
