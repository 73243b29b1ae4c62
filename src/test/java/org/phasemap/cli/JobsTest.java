package org.phasemap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The scripts and templates of {@code jobs/}, as far as tools of this machine can judge them. */
class JobsTest {
  @TempDir private Path folder = Path.of("");

  static List<Path> scripts() throws IOException {
    try (Stream<Path> jobs = Files.walk(Path.of("jobs"));
        Stream<Path> conf = Files.walk(Path.of("conf"))) {
      return Stream.concat(jobs, conf)
          .filter(Files::isRegularFile)
          .filter(JobsTest::isBash)
          .sorted()
          .toList();
    }
  }

  private static boolean isBash(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.findFirst().orElse("").startsWith("#!/usr/bin/env bash");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Outcome(int exitCode, String text) {}

  private Outcome run(String... command) throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PYTHONPYCACHEPREFIX", folder.resolve("cache").toString());
    Process process = builder.redirectOutput(out.toFile()).start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).as(Arrays.toString(command)).isTrue();
    return new Outcome(process.exitValue(), Files.readString(out));
  }

  private static boolean isInstalled(String tool) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .anyMatch(path -> Files.isExecutable(Path.of(path, tool)));
  }

  @Test
  void allScriptsAreFound() throws IOException {
    assertThat(scripts())
        .contains(
            Path.of("jobs/phasemap"),
            Path.of("jobs/gpu-check"),
            Path.of("jobs/slurm/phasemap.sbatch"),
            Path.of("conf/gpu-discovery.sh"));
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void bashParsesIt(Path script) throws IOException, InterruptedException {
    assertThat(run("bash", "-n", script.toString())).isEqualTo(new Outcome(0, ""));
    assertThat(Files.isExecutable(script) || script.toString().endsWith(".sbatch")).isTrue();
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void shellcheckFindsNoError(Path script) throws IOException, InterruptedException {
    assumeTrue(isInstalled("shellcheck"), "needs shellcheck");
    assertThat(run("shellcheck", "--severity=error", script.toString()))
        .isEqualTo(new Outcome(0, ""));
  }

  @Test
  void equalRowsAgree() throws IOException, InterruptedException {
    String row = "a1,0,measured,0.5,-2.5,1\n";

    assertThat(compare(row, row.replace("-2.5", "-2.50001")).exitCode()).isZero();
  }

  /** A larger difference, a NaN, a lost number, a failed row, a missing row, no number at all. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a1,0,measured,0.5,-2.51,1",
        "a1,0,measured,0.5,NaN,1",
        "a1,0,measured,0.5,,1",
        "a1,0,failed,0.5,-2.5,1",
        "b1,0,measured,0.5,-2.5,1",
        "a1,0,measured,0.5,-2.5,"
      })
  void otherRowsDiffer(String other) throws IOException, InterruptedException {
    Outcome outcome = compare("a1,0,measured,0.5,-2.5,1\n", other + "\n");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.text()).contains("verdict: DIFFERENT");
  }

  private Outcome compare(String cpu, String gpu) throws IOException, InterruptedException {
    String header = "cell_id,replicate,status,seconds,ln_q,c\n";
    Path first = Files.writeString(folder.resolve("openblas.csv"), header + cpu);
    Path second = Files.writeString(folder.resolve("nd4j.csv"), header + gpu);
    return run(
        "awk", "-F,", "-v", "tolerance=1e-4", "-f", "jobs/gpu-check.awk", "" + first, "" + second);
  }

  @Test
  void pythonCompilesTheAirflowDag() throws IOException, InterruptedException {
    assertThat(run("python3", "-m", "py_compile", "jobs/airflow/phasemap_dag.py"))
        .isEqualTo(new Outcome(0, ""));
  }

  /** Verified where its program exists: at this checkout instead of /opt/phasemap. */
  @Test
  void systemdAcceptsTheUnits() throws IOException, InterruptedException {
    assumeTrue(isInstalled("systemd-analyze"), "needs systemd-analyze");
    String home = Path.of("").toAbsolutePath().toString();
    Path service = folder.resolve("phasemap.service");
    Path timer = folder.resolve("phasemap.timer");
    String unit = Files.readString(Path.of("jobs/systemd/phasemap.service"));
    Files.writeString(service, unit.replace("/opt/phasemap", home));
    Files.copy(Path.of("jobs/systemd/phasemap.timer"), timer);

    assertThat(run("systemd-analyze", "verify", "--man=no", "" + service, "" + timer))
        .isEqualTo(new Outcome(0, ""));
  }

  @Test
  void theSparkApplicationHasWhatTheOperatorRequires() throws IOException {
    Map<?, ?> application = (Map<?, ?>) yaml(Path.of("jobs/kubernetes/phasemap.yaml"));
    Map<?, ?> spec = (Map<?, ?>) at(application, "spec");

    assertThat(at(application, "apiVersion")).isEqualTo("sparkoperator.k8s.io/v1beta2");
    assertThat(at(application, "kind")).isEqualTo("SparkApplication");
    assertThat(at(at(application, "metadata"), "name")).isEqualTo("phasemap");
    assertThat(spec.keySet().stream().map(String::valueOf))
        .contains("type", "sparkVersion", "driver", "executor", "mainClass", "mainApplicationFile");
    assertThat(at(spec, "mainClass")).isEqualTo(Main.class.getName());
    List<?> arguments = (List<?>) at(spec, "arguments");
    assertThat(arguments.get(0)).isEqualTo("sweep");
    String specFile = Path.of("" + arguments.get(1)).getFileName().toString();
    assertThat(Path.of("conf/sweeps", specFile)).exists();
    List<Object> volumes =
        ((List<?>) at(spec, "volumes")).stream().map(v -> at(v, "name")).toList();
    for (String role : List.of("driver", "executor")) {
      for (Object mount : (List<?>) at(at(spec, role), "volumeMounts")) {
        assertThat(volumes).contains(at(mount, "name"));
      }
    }
  }

  private static Object yaml(Path file) throws IOException {
    return new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
  }

  private static Object at(Object map, String key) {
    return Objects.requireNonNull(((Map<?, ?>) map).get(key), key);
  }
}
