package org.phasemap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.cli.console.ExitCode;

/** Places where no results or specs can be: one message, exit code 2, and never a wait. */
@Timeout(120)
class PlacesTest {
  private static final String SPEC =
      """
      name: places
      probes: []
      network: {activation: relu, depth: 2, width: 8}
      training:
        data: {kind: csv, path: PATH, label: label}
        network: {activation: relu, depth: 2, width: 8}
        steps: 1
      """;

  @TempDir private Path folder = Path.of("");

  private static void assertRefused(Ran ran, String message) {
    assertThat(ran.err()).startsWith("phasemap: ").contains(message).doesNotContain("\tat ");
    assertThat(ran.err().lines()).hasSize(1);
    assertThat(ran.exitCode()).isEqualTo(ExitCode.MISUSED);
  }

  private Path spec(String data) throws Exception {
    return Files.writeString(folder.resolve("spec.yaml"), SPEC.replace("PATH", "'" + data + "'"));
  }

  /** Port 1 is nobody's. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http://127.0.0.1:1/x     | is no results folder (its file system, http, cannot list folders); allowed:
          ftp://127.0.0.1:1/x      | ftp://127.0.0.1:1/x
          hdfs://nohost.invalid/x  | nohost.invalid
          file:///nope             | not a results folder (it has no spec.yaml)
          a:b                      | is no results folder (java.net.URISyntaxException: Relative path in absolute URI: a:b)
          """)
  void resultsAreNotReadThere(String place, String message) {
    assertRefused(Ran.of("query", place, "select 1"), message);
    assertRefused(Ran.of("status", place), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http://127.0.0.1:1/x     | its file system (http) cannot create files; allowed: file, hdfs,
          ftp://127.0.0.1:1/x      | ftp://127.0.0.1:1/x
          hdfs://nohost.invalid/x  | nohost.invalid
          /proc/self/mem           | cannot be written
          /dev/null                | cannot be written
          """)
  void resultsAreNotWrittenThere(String place, String message) throws Exception {
    Path spec = folder.resolve("spec.yaml");
    Files.writeString(
        spec, "name: places\nnetwork: {activation: relu, depth: 2, width: 8}\nreplicates: 1\n");
    assertRefused(Ran.of("sweep", "" + spec, "--results", place, "--quiet"), message);
  }

  private Path fifo() throws Exception {
    Path fifo = folder.resolve("fifo");
    Process mkfifo = new ProcessBuilder("mkfifo", fifo.toString()).start();
    assertThat(mkfifo.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(mkfifo.exitValue()).isZero();
    return fifo;
  }

  @Test
  void aPipeIsNoSpecAndNoData() throws Exception {
    Path fifo = fifo();
    assertRefused(Ran.of("plan", "" + fifo), fifo + ": is a pipe, a socket or a device; allowed:");
    assertRefused(
        Ran.of("plan", "" + spec(fifo.toString())), fifo + ": is a pipe, a socket or a device;");
    assertRefused(
        Ran.of("theory", "check", "" + fifo), fifo + ": is a pipe, a socket or a device;");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/zero", "/dev/null", "/proc/self/mem", "/proc", ""})
  void aDeviceIsNoSpecAndNoData(String place) throws Exception {
    assertRefused(Ran.of("plan", place), place);
    if (!place.isEmpty()) {
      assertRefused(Ran.of("plan", "" + spec(place)), place);
      assertRefused(Ran.of("theory", "check", place), place);
    }
  }
}
