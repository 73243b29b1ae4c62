package org.phasemap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.store.ResultsFolder;

/** A laptop whose lid is closed while it sweeps. */
class SleepIT {
  /**
   * What takes minutes by Spark's defaults, in seconds. The first heartbeat, one to two intervals
   * after the executor's start, has to find Spark's listeners started: a busy machine takes a
   * second or more for that.
   */
  private static final String IMPATIENT =
      "-Dspark.network.timeout=5s -Dspark.network.timeoutInterval=1s"
          + " -Dspark.executor.heartbeatInterval=4s";

  private static final String YAML =
      """
      name: slept
      replicates: 300
      network: {activation: [relu, tanh], depth: [20, 40], width: 192, sigma_multiplier: [0.9, 1, 1.1]}
      inputs: {count: 4, dimension: 16}
      sampler: dense
      random_numbers: independent
      """;

  @TempDir private Path folder = Path.of("");

  @Test
  void aSweepGoesOnWhenTheMachineWakes() throws IOException, InterruptedException {
    Path spec = Files.writeString(folder.resolve("slept.yaml"), YAML);
    List<String> command = List.of("jobs/phasemap", "sweep", "" + spec, "--results", "" + folder);
    Launched sweep =
        Launched.of(folder.resolve("sweep.log"), command, Map.of("JAVA_TOOL_OPTIONS", IMPATIENT));
    Path results = folder.resolve("slept");
    FolderWatch watch = new FolderWatch(results);
    sweep.await(() -> watch.staged() >= 1);
    for (int nap = 0; nap < 2; nap++) {
      sweep.signal("STOP");
      Thread.sleep(11_000);
      sweep.signal("CONT");
      Thread.sleep(200);
    }

    assertThat(sweep.exitCode()).as(sweep.text()).isZero();
    assertThat(ResultsFolder.open(results.toString()).manifest()).isNotEmpty();
    assertThat(sweep.text()).doesNotContain("\tat ");
  }
}
