package org.phasemap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results on disks that take no more, for root and for others. */
class BadDiskIT {
  private static final String YAML =
      """
      name: tiny
      seed: 7
      replicates: 3
      network: {activation: [relu, tanh], depth: [2, 5], width: 24, sigma_multiplier: [0.7, 1, 1.4]}
      inputs: {count: 4, dimension: 16}
      """;

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("tiny.yaml"), YAML);
  }

  /** Runs a script, in which {@code sweep DIR} is a sweep; what it prints. */
  private String bash(String script) throws IOException, InterruptedException {
    String function =
        "sweep() { jobs/phasemap sweep %s --results \"$1\" --quiet; echo \"exit $?\"; }; "
            .formatted(folder.resolve("tiny.yaml"));
    return run(List.of("bash", "-c", function + script));
  }

  private String run(List<String> command) throws IOException, InterruptedException {
    Launched launched = Launched.of(folder.resolve("log"), command, Map.of());
    launched.exitCode();
    return launched.text();
  }

  private void assertEqualsAnUninterruptedRun(Path results)
      throws IOException, InterruptedException {
    Path whole = folder.resolve("whole");
    assertThat(bash("sweep " + whole)).isEqualTo("exit 0\n");
    assertThat(SweepTables.replicates(results.resolve("tiny")))
        .hasSize(12 * 3)
        .isEqualTo(SweepTables.replicates(whole.resolve("tiny")));
    assertThat(SweepTables.cells(results.resolve("tiny")))
        .isEqualTo(SweepTables.cells(whole.resolve("tiny")));
  }

  private static String message(Path results, String cause) {
    return "phasemap: "
        + results
        + ": cannot be written ("
        + cause
        + "); allowed: a folder with space that you may write to. What was committed is kept; the"
        + " same command goes on\nexit 2\n";
  }

  /**
   * A disk of its own in a name space of its own, where such are allowed: containers often are not.
   */
  @Test
  void aFullDiskIsOneMessageAndWithMoreSpaceTheSweepGoesOn()
      throws IOException, InterruptedException {
    assumeTrue(
        run(List.of("unshare", "-Urm", "mount", "-t", "tmpfs", "none", "" + folder)).isEmpty());
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Path script = folder.resolve("script");
    Files.writeString(
        script,
        """
        mount -t tmpfs -o size=64k none %1$s
        %2$s %1$s
        mount -o remount,size=16m %1$s
        %2$s %1$s
        cp -r %1$s %3$s
        """
            .formatted(disk, "sweep", folder.resolve("copy")));
    String said = bash("export -f sweep; unshare -Urm bash " + script);

    assertThat(said).isEqualTo(message(disk, "No space left on device") + "exit 0\n");
    assertEqualsAnUninterruptedRun(folder.resolve("copy"));
  }

  /** Root may write anywhere, unless it gives up that right. */
  @Test
  void aReadOnlyFolderIsOneMessageAndWithPermissionTheSweepGoesOn()
      throws IOException, InterruptedException {
    Path results = Files.createDirectory(folder.resolve("readonly"));
    String unprivileged =
        "unprivileged() { if [[ $EUID == 0 ]]; then setpriv --bounding-set -dac_override bash -c"
            + " \"$1\"; else bash -c \"$1\"; fi; }; export -f sweep; ";
    String said =
        bash(
            unprivileged
                + "chmod 555 %1$s; unprivileged 'sweep %1$s'; chmod 755 %1$s; sweep %1$s"
                    .formatted(results));

    assertThat(said)
        .isEqualTo(
            message(results, "Mkdirs failed to create file:" + results.resolve("tiny"))
                + "exit 0\n");
    assertEqualsAnUninterruptedRun(results);
  }

  /** A table that is cut off must not pass for a whole one. */
  @Test
  void anAnswerThatCannotBePrintedIsAMistakeAndOneThatNobodyReadsIsNot()
      throws IOException, InterruptedException {
    assertThat(bash("jobs/phasemap theory list > /dev/full; echo exit $?"))
        .isEqualTo(
            "phasemap: stdout: cannot be written (No space left on device); allowed: a file with"
                + " space, or a pipe\nexit 2\n");
    assertThat(bash("{ sleep 3; jobs/phasemap theory list; echo exit $? >&2; } | true"))
        .isEqualTo("exit 0\n");
  }

  /** What may not be read must not be taken for what is not there, and be written anew. */
  @Test
  void resultsThatMayNotBeReadAreLeftAlone() throws IOException, InterruptedException {
    Path results = folder.resolve("closed");
    Path tiny = results.resolve("tiny");
    String blind =
        "blind() { if [[ $EUID == 0 ]]; then setpriv --bounding-set -dac_override,-dac_read_search"
            + " bash -c \"$1\"; else bash -c \"$1\"; fi; }; export -f sweep; sweep %1$s; "
                .formatted(results);
    String said =
        bash(
            blind
                + """
                for closed in manifest/000001.json manifest replicates; do
                  chmod 000 %2$s/$closed; blind 'sweep %1$s'; chmod 755 %2$s/$closed
                done
                echo '{}' > %2$s/_lock; touch -d yesterday %2$s/_lock; chmod 000 %2$s/_lock
                blind 'sweep %1$s'; rm %2$s/_lock
                """
                    .formatted(results, tiny));

    String denied = ": permission denied; allowed: results that you may read, whoever made them";
    assertThat(said.lines().filter(line -> !line.startsWith("exit")))
        .hasSize(4)
        .allSatisfy(line -> assertThat(line).startsWith("phasemap: " + tiny).endsWith(denied));
    assertThat(said.lines().filter(line -> line.startsWith("exit")))
        .containsExactly("exit 0", "exit 2", "exit 2", "exit 2", "exit 2");
    assertEqualsAnUninterruptedRun(results);
  }
}
