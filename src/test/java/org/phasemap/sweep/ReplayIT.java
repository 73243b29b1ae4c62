package org.phasemap.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.cli.Ran;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;
import org.phasemap.rows.NamedValues;
import org.phasemap.store.Commit;
import org.phasemap.store.FolderLock;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.manifest.ManifestEntry.DataFile;
import org.phasemap.store.parquet.RowFile;
import org.phasemap.store.table.Column;
import org.phasemap.store.table.Tables;

class ReplayIT {
  /** Both samplers, masks, all cheap probes, 2 to 4 replicates, networks trained side by side. */
  private static final String COMMON =
      """
      name: common
      seed: 21
      replicates: {min: 2, max: 4, until: {ln_q: 0.6}}
      network:
        activation: [leaky_relu, tanh]
        depth: [2, 5]
        width: 24
        sigma_multiplier: [1, 2]
        keep_probability: [1, 0.5]
      inputs: {count: 3, dimension: 20}
      probes: [signal, gradient, ntk, optimiser, precision, jacobian]
      training:
        network: {activation: tanh, depth: 2, sigma_multiplier: [1, 2], keep_probability: 1}
        optimiser: [sgd, adam]
        learning_rate: [0.01, 0.1]
        replicates: 2
        steps: 5
      """;

  /** Cells with seeds of their own, given variances, another backend and another engine. */
  private static final String INDEPENDENT =
      """
      name: independent
      seed: 5
      replicates: 2
      random_numbers: independent
      backend: nd4j
      network: {activation: [relu, erf], depth: [1, 3], width: 16, sigma_w2: [1.7, 2], sigma_b2: 0.05}
      inputs: {kind: sphere, count: 3, dimension: 20}
      training:
        network: {activation: relu, depth: 2, sigma_w2: 2}
        engine: deeplearning4j
        replicates: 1
        steps: 3
      """;

  @TempDir private static Path folder = Path.of("");

  @BeforeAll
  static void sweep() throws IOException {
    System.setProperty("spark.master", "local[2,4]");
    for (String yaml : List.of(COMMON, INDEPENDENT)) {
      Path spec = Files.writeString(folder.resolve("spec.yaml"), yaml);
      Ran ran = Ran.of("sweep", spec.toString(), "--results", folder.toString(), "--quiet");
      assertThat(ran.exitCode()).as(ran.err()).isZero();
    }
    System.clearProperty("spark.master");
  }

  private static ResultsFolder results(String name) {
    return ResultsFolder.open(folder.resolve(name).toString());
  }

  private static List<String> texts(String name, String sql) {
    List<String> texts = new ArrayList<>();
    try (Query query = Query.open(results(name))) {
      for (Rows.Row row : query.rows(sql)) {
        texts.add(String.valueOf(row.at(0)));
      }
    }
    return texts;
  }

  private static String cell(String name, String where) {
    return texts(name, "select min(cell_id) from replicates where " + where).get(0);
  }

  private static Ran replay(String name, String... arguments) {
    List<String> line = new ArrayList<>(List.of("replay", folder.resolve(name).toString()));
    line.addAll(List.of(arguments));
    return Ran.of(line.toArray(String[]::new));
  }

  @Test
  void everyRowIsWhatItWas() throws IOException {
    for (String name : List.of("common", "independent")) {
      Replay replay = new Replay(results(name), new Configuration());
      List<String> cells = texts(name, "select distinct cell_id from replicates");
      long rows = 0;
      for (String cell : cells) {
        for (Replay.Replicate replicate : replay.run(cell, OptionalInt.empty())) {
          assertThat(replicate.isEqual()).as("%s %s", cell, replicate).isTrue();
          assertThat(replicate.values()).isGreaterThan(40);
          assertThat(replicate.circumstances()).isEmpty();
          rows++;
        }
      }
      assertThat(texts(name, "select count(*) from replicates")).containsExactly("" + rows);
      assertThat(texts(name, "select task from replicates")).contains("training", "propagation");
    }
    assertThat(texts("common", "select distinct replicates from cells")).contains("2", "4");
  }

  @Test
  void anEqualCellIsOneLine() {
    String cell = cell("common", "depth = 5");
    String rows =
        texts("common", "select count(*) from replicates where cell_id = '" + cell + "'").get(0);
    Ran whole = replay("common", cell);

    assertThat(whole.out())
        .matches("cell " + cell + ": " + rows + " rows, \\d+ values: equal bit for bit\n");
    assertThat(whole.exitCode()).isZero();
    assertThat(replay("common", cell.substring(0, 12), "--replicate", "1").out())
        .matches("cell " + cell + ": 1 row, \\d+ values: equal bit for bit\n");
  }

  /** The results with one row's values changed, as another version of the code might have them. */
  private static void tamper(String name, String cell, Map<String, Object> values)
      throws IOException {
    Configuration configuration = new Configuration();
    ResultsFolder results = results(name);
    List<Column> columns = Tables.replicates();
    List<DataFile> files = new ArrayList<>();
    try (FolderLock lock = FolderLock.take(results)) {
      Commit commit = new Commit(results, lock);
      for (DataFile file : results.dataFiles(Tables.REPLICATES)) {
        List<@Nullable Object[]> rows =
            RowFile.read(configuration, results.uri(), file.path(), columns);
        for (@Nullable Object[] row : rows) {
          Map<String, @Nullable Object> named = NamedValues.of(columns, row);
          if (cell.equals(named.get("cell_id"))
              && Integer.valueOf(1).equals(named.get("replicate"))) {
            for (int i = 0; i < row.length; i++) {
              row[i] = values.getOrDefault(columns.get(i).name(), row[i]);
            }
          }
        }
        String path = commit.newPath(Tables.REPLICATES) + ".parquet";
        files.add(
            RowFile.write(configuration, results.uri(), path, columns, Map.of(), rows.iterator()));
      }
      commit.replace(Tables.REPLICATES, files, Map.of("phasemap", "0.0.1 abc"));
    }
  }

  private static void copy(String name, String to) throws IOException {
    try (var files = Files.walk(folder.resolve(name))) {
      for (Path file : files.toList()) {
        Path target = folder.resolve(to).resolve(folder.resolve(name).relativize(file));
        Files.createDirectories(target.getParent());
        if (Files.isRegularFile(file)) {
          Files.copy(file, target);
        }
      }
    }
  }

  @Test
  void aChangedValueIsNamed() throws IOException {
    copy("common", "tampered");
    String cell = cell("tampered", "depth = 5 and task = 'propagation'");
    String one = " from replicates where cell_id = '" + cell + "' and replicate = 1";
    double lnQ = Double.parseDouble(texts("tampered", "select ln_q" + one).get(0));
    List<Double> q =
        new ArrayList<>(
            texts("tampered", "select unnest(profile_q)" + one).stream()
                .map(Double::valueOf)
                .toList());
    double third = q.set(2, 3.5);
    tamper("tampered", cell, Map.of("ln_q", Math.nextDown(Math.nextDown(lnQ)), "profile_q", q));
    Ran ran = replay("tampered", cell);

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out())
        .contains("phasemap: 0.0.1 abc, now ")
        .containsPattern(
            "(?m)^ +1  ln_q +" + Math.nextDown(Math.nextDown(lnQ)) + " +" + lnQ + " +2$")
        .containsPattern("(?m)^ +1  profile_q\\[2] +3.5 +" + third + " +\\d+$")
        .contains("(2 rows)\n")
        .containsPattern("cell " + cell + ": \\d rows: 2 of \\d+ values differ\n$");
    assertThat(replay("tampered", cell, "--replicate", "0").exitCode()).isZero();
  }

  @Test
  void aFailedRowIsRunAgain() throws IOException {
    copy("common", "failed");
    String cell = cell("failed", "task = 'training'");
    tamper(
        "failed",
        cell,
        Map.of(
            "status", "failed", "error_class", "java.lang.OutOfMemoryError", "error_message", "m"));
    Ran ran = replay("failed", cell);

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out())
        .contains("replicate 1: failed (java.lang.OutOfMemoryError: m); now measured\n")
        .contains("1 row, ")
        .contains("; 1 row failed then or now\n");
  }

  @Test
  void whatCannotBeReplayedIsSaidInOneMessage() throws IOException {
    Ran unknown = replay("common", "nonsense");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err())
        .startsWith("phasemap: CELL_ID: nonsense is not allowed: no cell_id begins so in ");

    Ran several = replay("common", "");
    assertThat(several.exitCode()).isEqualTo(2);
    assertThat(several.err()).contains("cell_ids begin so, such as ");

    Ran replicate = replay("common", cell("common", "task = 'training'"), "--replicate", "7");
    assertThat(replicate.exitCode()).isEqualTo(2);
    assertThat(replicate.err())
        .startsWith("phasemap: --replicate: 7 is not allowed")
        .endsWith("allowed: 0, 1\n");

    copy("common", "untrained");
    Path spec = folder.resolve("untrained/spec.yaml");
    String yaml = Files.readString(spec);
    Files.writeString(spec, yaml.substring(0, yaml.indexOf("\ntraining:") + 1));
    Ran untrained = replay("untrained", cell("common", "task = 'training'"));
    assertThat(untrained.exitCode()).isEqualTo(2);
    assertThat(untrained.err()).contains("spec.yaml trains nothing now");

    Files.writeString(spec, yaml.replace("count: 3", "count: 4"));
    Ran other = replay("untrained", cell("common", "task = 'propagation'"));
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err()).contains("so it cannot be run again as it was");

    Files.createDirectories(folder.resolve("empty"));
    Files.writeString(folder.resolve("empty/spec.yaml"), yaml);
    Ran empty = replay("empty", "00");
    assertThat(empty.exitCode()).isEqualTo(2);
    assertThat(empty.err()).contains("empty: has no rows; allowed: ");
  }
}
