package org.phasemap.query;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.phasemap.data.FileAccess;
import org.phasemap.spec.Spec;
import org.phasemap.spec.file.SpecReader;
import org.phasemap.spec.file.SpecWriter;
import org.phasemap.store.table.Column;
import org.phasemap.store.table.Tables;

/**
 * A sweep of 200,000 cells and eight networks each, of noise: what a server works with is how many
 * there are, not what they are.
 */
public final class LargeSweep {
  /** Maps of 250 × 100 cells. */
  private static final String GRID =
      """
      create table grid as
      select md5(a || ' ' || b || ' ' || n || ' ' || s || ' ' || l)[:16] as cell_id,
        a as activation, b as sigma_b2, n as width, round(0.5 + s * 0.006, 6) as sigma_multiplier,
        2 * l as depth, (case when a = 'tanh' then 1 else 2 end) * power(sigma_multiplier, 2) as sigma_w2,
        0.4 * ln(sigma_multiplier) * depth as gain
      from (values ('tanh'), ('relu')) as f(a), (values (0.0), (0.05)) as g(b),
        (values (256), (512)) as h(n), range(250) as i(s), range(1, 101) as j(l)
      """;

  private static final String REPLICATES =
      """
      insert into replicates by name
      select cell_id, 'propagation' as task, activation, depth, width, 'he_normal' as init,
        sigma_multiplier, 'normal' as weight_law, sigma_w2, sigma_b2, 1.0 as keep_probability,
        'gaussian' as input, 8 as input_count, 64 as input_dimension, 1.0 as input_q0,
        0.3 as input_c0, r as replicate, 'weight_free' as sampler, 'openblas' as backend,
        'measured' as status,
        case when gain > 60 then 'exploded' when gain < -60 then 'vanished' else 'finite' end as category,
        gain / 2 + noise as ln_q, least(1, 0.3 + depth / 300) as c, noise / 10 as mean,
        0.5 as dead_share, 0.1 + abs(noise) / 100 as saturated_share,
        gain + 2 * noise as ln_gradient_gain, gain / 3 + noise as ln_ntk_scale,
        0.5 + noise / 100 as ntk_off_ratio, 1 + abs(gain) / 10 + noise as ln_ntk_lambda_max,
        noise - abs(gain) as ln_ntk_lambda_min, abs(gain) + noise as ln_ntk_condition,
        gain / 3 + noise + 5 as ln_ntk_standard_scale,
        [1, depth // 2, depth] as profile_layer, [1.0, 1 + noise, exp(least(gain, 50))] as profile_q,
        [0.3, 0.4, 0.5] as profile_c, [gain, gain / 2, 0.0] as profile_ln_gradient
      from (select *, round(sqrt(depth / width) * (random() + random() + random() - 1.5) * 2, 4) as noise
        from grid, range(8) as k(r))
      order by activation, width, sigma_b2, sigma_multiplier, depth, r
      """;

  private static final String THEORY =
      """
      insert into theory by name
      select cell_id, gain / 2 as theory_ln_q, gain / 2 as expected_ln_q,
        sqrt(depth / width) as expected_ln_q_sd, gain as theory_ln_gradient_gain,
        gain as expected_ln_gradient_gain, 2 * sqrt(depth / width) as expected_ln_gradient_gain_sd,
        gain / 3 as theory_ln_ntk_scale, exp(gain / depth) as theory_chi1,
        case when gain < 0 then 'ordered' else 'chaotic' end as phase from grid
      """;

  /** Of as many cells, once there are ten times as many multipliers: a server plans them. */
  private static final Path SPEC = Path.of("conf/sweeps/07-scale.yaml");

  private static final List<String> LARGER =
      List.of("name=large", "network.sigma_multiplier={from: 0.5, to: 2, count: 1000}");

  private LargeSweep() {}

  /** Takes its results folder, which is written unless it is there. */
  public static void main(String[] args) throws Exception {
    write(Path.of(args[0]).toAbsolutePath());
  }

  /** Writes its results folder, unless it is there. */
  public static void write(Path folder) throws Exception {
    if (Files.exists(folder.resolve("manifest/000002.json"))) {
      return;
    }
    Path parts = Files.createTempDirectory("phasemap-large-");
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = connection.createStatement()) {
      sql.execute("set temp_directory = '" + parts + "/spill'");
      sql.execute("select setseed(0.5)");
      sql.execute(GRID);
      sql.execute("create table replicates (" + types(Tables.replicates()) + ")");
      sql.execute(REPLICATES);
      List<Column> predicted =
          Tables.cells().stream()
              .filter(c -> c.name().matches("cell_id|theory_.*|expected_.*|phase"))
              .toList();
      sql.execute("create table theory (" + types(predicted) + ")");
      sql.execute(THEORY);
      sql.execute(
          "create table cells as select * from ("
              + SyntheticSweep.cellsSql()
              + ") order by activation, width, sigma_b2, sigma_multiplier, depth");
      Map<String, List<String>> files = new java.util.TreeMap<>();
      for (String table : List.of(Tables.REPLICATES, Tables.CELLS)) {
        Path file = parts.resolve(table + ".parquet");
        sql.execute("copy " + table + " to '" + file + "' (format parquet, compression zstd)");
        files.put(table, List.of(file.toString()));
      }
      SweepFolder.write(folder, files);
      Spec spec = SpecReader.read(SPEC, LARGER, FileAccess.PLAIN);
      Files.writeString(folder.resolve("spec.yaml"), SpecWriter.toYaml(spec));
    } finally {
      try (var all = Files.walk(parts)) {
        all.sorted(java.util.Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
      }
    }
  }

  private static String types(List<Column> columns) {
    return columns.stream()
        .map(c -> '"' + c.name() + "\" " + SyntheticSweep.type(c))
        .collect(Collectors.joining(", "));
  }
}
