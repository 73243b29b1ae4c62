package org.phasemap.cli.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Python of this machine; {@code -Dphasemap.python=PATH,PATH} names others. */
record Python(String interpreter) {
  private static final List<String> USUAL = List.of("python3", "/usr/bin/python3");

  static final Path SCRIPTS = Path.of("src/test/resources/org/phasemap/cli/results");
  static final Path READER = Path.of("dashboards/python");

  /** What a script came to. */
  record Said(int exitCode, String text) {}

  /** The first that runs a statement, such as an import; else the test is skipped, and says why. */
  static Python that(String runs, Path scratch) throws IOException, InterruptedException {
    String named = System.getProperty("phasemap.python");
    for (String each : named == null ? USUAL : Splitter.on(',').split(named)) {
      Python python = new Python(each);
      if (python.run(scratch, List.of("-c", runs)).exitCode() == 0) {
        return python;
      }
    }
    assumeTrue(false, "no Python here runs: " + runs);
    throw new IllegalStateException("not reached");
  }

  /** Runs a script of the tests, which finds phasemap.py by its first argument. */
  String script(Path scratch, String name, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>();
    all.add(SCRIPTS.resolve(name).toAbsolutePath().toString());
    all.add(READER.toAbsolutePath().toString());
    all.addAll(arguments);
    Said said = run(scratch, all);
    assertThat(said.exitCode()).as(said.text()).isZero();
    return said.text();
  }

  Said run(Path scratch, List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(interpreter));
    command.addAll(arguments);
    Path out = Files.createTempFile(scratch, "python", ".out");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    builder.environment().put("PYTHONUTF8", "1");
    builder.environment().put("MPLBACKEND", "Agg");
    builder.environment().put("PHASEMAP_RESULTS", scratch.resolve("cells.csv").toString());
    builder.environment().put("PHASEMAP_PYTHON", READER.toAbsolutePath().toString());
    try {
      Process process = builder.redirectOutput(out.toFile()).start();
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(command.toString()).isTrue();
      return new Said(process.exitValue(), Files.readString(out));
    } catch (IOException e) {
      return new Said(127, String.valueOf(e.getMessage())); // There is no such program.
    }
  }
}
