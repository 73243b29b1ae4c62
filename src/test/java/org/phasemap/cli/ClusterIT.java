package org.phasemap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;
import org.phasemap.store.ResultsFolder;

/** The launcher, the jar for spark-submit and a real cluster, as a user has them. */
class ClusterIT {
  private static final Path SPEC =
      Path.of("src/test/resources/org/phasemap/cli/small.yaml").toAbsolutePath();

  @Test
  void aClusterMeasuresTheSameRowsBitForBitAsThisMachine(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path local = folder.resolve("local");
    Path remote = folder.resolve("remote");
    Launcher.run(folder.resolve("local.log"), "sweep", "" + SPEC, "--results", "" + local);
    try (StandaloneCluster cluster = new StandaloneCluster(folder)) {
      String log =
          Launcher.run(
              folder.resolve("remote.log"),
              "--master",
              cluster.url(),
              "sweep",
              "" + SPEC,
              "--results",
              "" + remote,
              "--",
              "--conf",
              "spark.driver.host=127.0.0.1",
              "--conf",
              "spark.executor.memory=1g");
      assertThat(log).contains("committed");
    }

    assertThat(remote.resolve("small/report.html")).exists();
    List<String> expected = rows(local);
    assertThat(expected).hasSize(2 * 2 * 3 * 2 * 2 * 3 + 2);
    assertThat(rows(remote)).isEqualTo(expected);
    assertThat(executors(folder)).isEqualTo(2);
  }

  /** Every column but the timings, as text: doubles print so that equal text is equal bits. */
  private static List<String> rows(Path results) {
    try (Query query = Query.open(ResultsFolder.open(results.resolve("small").toString()))) {
      Rows rows =
          query.rows(
              "select * exclude (unit_seconds, unit_rows) from replicates"
                  + " order by cell_id, replicate");
      List<String> lines = new ArrayList<>();
      for (Rows.Row row : rows) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < rows.columns().size(); i++) {
          line.append(row.at(i)).append('|');
        }
        lines.add(line.toString());
      }
      return lines;
    }
  }

  /** Executors that ran, one folder each under the workers' application folders. */
  private static long executors(Path folder) throws IOException {
    PathMatcher executor = folder.getFileSystem().getPathMatcher("glob:**/work-*/app-*/*");
    try (var files = Files.walk(folder, 3)) {
      return files.filter(executor::matches).filter(Files::isDirectory).count();
    }
  }
}
