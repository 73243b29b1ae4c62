package org.phasemap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.cli.console.ExitCode;

/** A cluster that ends a sweep's session, and one that is gone, as a user sees it. */
class LostClusterIT {
  private static final String YAML =
      """
      name: lost
      replicates: 1500
      network: {activation: [relu, tanh], depth: [20, 40], width: 192, sigma_multiplier: [0.9, 1, 1.1]}
      inputs: {count: 4, dimension: 16}
      sampler: dense
      random_numbers: independent
      """;

  private static final String STOPPED =
      "\n"
          + "phasemap: stopped; [\\d,]+ rows are committed, [\\d,]+ and the table of cells are"
          + " missing\\. The same command goes on with these\n"
          + "$";

  @TempDir private Path folder = Path.of("");

  @Test
  void aSweepThatLosesItsClusterIsIncompleteAndSaysHowToGoOn()
      throws IOException, InterruptedException {
    FolderWatch watch = new FolderWatch(folder.resolve("lost"));
    try (StandaloneCluster cluster = new StandaloneCluster(folder)) {
      try (Launched ended = start(cluster, "ended.log")) {
        ended.await(() -> watch.staged() > 2);
        cluster.endApplication();
        assertThat(ended.exitCode()).as(ended.text()).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(ended.text())
            .contains("Reason: Master removed our application")
            .contains(
                "\nphasemap: " + cluster.url() + ": ended the session; Spark's last words say")
            .containsPattern(STOPPED)
            .doesNotContain("our mistake");
      }
      long finished = watch.committed() + watch.uncommitted();
      try (Launched gone = start(cluster, "gone.log")) {
        gone.await(() -> gone.text().contains(" to measure in "));
        assertThat(watch.committed()).isGreaterThanOrEqualTo(finished);
        gone.await(() -> watch.staged() > 0);
        cluster.kill();
        gone.await(() -> gone.text().split("Lost executor").length > 2);
        gone.signal("TERM");
        assertThat(gone.exitCode()).as(gone.text()).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(gone.text()).containsPattern(STOPPED).doesNotContain("our mistake");
      }
    }
  }

  private Launched start(StandaloneCluster cluster, String log) throws IOException {
    Path spec = Files.writeString(folder.resolve("lost.yaml"), YAML);
    return cluster.sweep(folder.resolve(log), spec, folder);
  }
}
