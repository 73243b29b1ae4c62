package org.phasemap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
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

  /** Containers with the driver's capability compute alone have no nvidia-smi. */
  @Test
  void gpusAreFoundWithoutNvidiaSmi() throws IOException, InterruptedException {
    assumeFalse(isInstalled("nvidia-smi"), "it would be asked");
    for (String name : List.of("nvidia2", "nvidia3", "nvidiactl", "nvidia-uvm")) {
      Files.createFile(folder.resolve(name));
    }

    assertThat(run("env", "-u", "CUDA_VISIBLE_DEVICES", "conf/gpu-discovery.sh", "" + folder))
        .isEqualTo(new Outcome(0, "{\"name\": \"gpu\", \"addresses\": [\"0\", \"1\"]}\n"));
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
    Path second = Files.writeString(folder.resolve("cuda.csv"), header + gpu);
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

  /** {@code ProtectSystem=strict} takes /tmp away too; the sweep needs one. */
  @Test
  void theServiceHasATemporaryFolderAndWritesWhereItMay() throws IOException {
    List<String> service = Files.readAllLines(Path.of("jobs/systemd/phasemap.service"));
    assertThat(service).contains("ProtectSystem=strict", "PrivateTmp=true");
    String start =
        service.stream().filter(line -> line.startsWith("ExecStart=")).findFirst().orElseThrow();
    assertThat(start).contains("--results /var/lib/phasemap");
    assertThat(service).contains("StateDirectory=phasemap");
  }

  /** A job's own mishaps, such as a tool that is missing, are no failed cells. */
  @Test
  void aSlurmJobThatCannotStartEndsWithFour() throws IOException, InterruptedException {
    Path home = folder.resolve("home");
    Files.createDirectories(home.resolve("jobs"));
    Path launcher = Files.writeString(home.resolve("jobs/phasemap"), "#!/bin/sh\nexit 0\n");
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    Path logs = Files.writeString(folder.resolve("logs"), "a file where a folder should be");
    Outcome outcome =
        run(
            "env",
            "PHASEMAP_HOME=" + home,
            "PHASEMAP_LOGS=" + logs,
            "bash",
            "jobs/slurm/phasemap.sbatch",
            "spec.yaml",
            "results");

    assertThat(outcome.exitCode()).as(outcome.text()).isEqualTo(4);
    assertThat(outcome.text()).contains("phasemap.sbatch: line ");
  }

  /** Failed cells are done (0), a mistake is not tried again (2), all else is, three times. */
  @Test
  void allSchedulersAgreeOnExitCodes() throws IOException {
    for (String job :
        List.of(
            "airflow/phasemap_dag.py",
            "kubernetes/phasemap.yaml",
            "slurm/phasemap.sbatch",
            "systemd/phasemap.service")) {
      assertThat(Files.readString(Path.of("jobs", job))).as(job).contains("--accept-failed");
    }
    List<String> service = Files.readAllLines(Path.of("jobs/systemd/phasemap.service"));
    assertThat(service)
        .contains("Restart=on-failure", "RestartPreventExitStatus=2", "StartLimitBurst=4")
        .noneMatch(line -> line.startsWith("SuccessExitStatus"));
    Map<?, ?> spec = (Map<?, ?>) at(yaml(Path.of("jobs/kubernetes/phasemap.yaml")), "spec");
    assertThat(at(spec, "backoffLimit")).isEqualTo(3);
    Object rule = ((List<?>) at(at(spec, "podFailurePolicy"), "rules")).get(0);
    assertThat(at(rule, "action")).isEqualTo("FailJob");
    assertThat(at(rule, "onExitCodes"))
        .isEqualTo(Map.of("containerName", "driver", "operator", "In", "values", List.of(2)));
  }

  /** The DAG, with stand-ins for Airflow's classes where version 2 and version 3 have them. */
  @ParameterizedTest
  @ValueSource(strings = {"2", "3"})
  void airflowTriesAgainWhatIsNoMistake(String version) throws IOException, InterruptedException {
    Outcome outcome =
        run("python3", "src/test/resources/org/phasemap/cli/airflow_stub.py", version, "" + folder);

    assertThat(outcome.text().lines())
        .containsExactly(
            "0 done", "1 tried again", "2 failed for good", "3 tried again", "4 tried again");
  }

  @Test
  void theJobOfKubernetesMountsAndNamesWhatThereIs() throws IOException {
    Map<?, ?> job = (Map<?, ?>) yaml(Path.of("jobs/kubernetes/phasemap.yaml"));
    Object pod = at(at(at(job, "spec"), "template"), "spec");
    Object executor = at(yaml(Path.of("jobs/kubernetes/executor.yaml")), "spec");
    assertThat(at(job, "apiVersion")).isEqualTo("batch/v1");
    assertThat(at(job, "kind")).isEqualTo("Job");
    assertThat(at(pod, "restartPolicy")).isEqualTo("Never"); // podFailurePolicy asks for it
    for (Object of : List.of(pod, executor)) {
      assertThat(at(of, "securityContext")).isEqualTo(Map.of("fsGroup", 185));
      List<Object> volumes =
          ((List<?>) at(of, "volumes")).stream().map(v -> at(v, "name")).toList();
      for (Object mount : (List<?>) at(((List<?>) at(of, "containers")).get(0), "volumeMounts")) {
        assertThat(volumes).contains(at(mount, "name"));
      }
    }
    List<?> arguments = (List<?>) at(((List<?>) at(pod, "containers")).get(0), "args");
    assertThat(arguments.contains(Main.class.getName())).isTrue();
    String specFile = "" + arguments.get(arguments.indexOf("sweep") + 1);
    assertThat(Path.of("conf/sweeps", Path.of(specFile).getFileName().toString())).exists();
  }

  /** Each file that the image gets is sent to Docker, and no more of the build. */
  @Test
  void dockerGetsWhatItsFileCopies() throws IOException {
    List<String> kept =
        Files.readAllLines(Path.of(".dockerignore")).stream()
            .filter(line -> line.startsWith("!"))
            .map(line -> line.substring(1))
            .toList();
    List<String> copied =
        Files.readAllLines(Path.of("jobs/kubernetes/Dockerfile")).stream()
            .filter(line -> line.startsWith("COPY "))
            .flatMap(line -> Arrays.stream(line.split(" ")).skip(1))
            .filter(word -> !word.startsWith("/"))
            .map(word -> word.replaceFirst("phasemap-[0-9.]+-cluster", "phasemap-*-cluster"))
            .toList();
    assertThat(Files.readAllLines(Path.of(".dockerignore"))).contains("*");
    assertThat(kept).containsExactlyInAnyOrderElementsOf(copied);
  }

  private static Object yaml(Path file) throws IOException {
    return new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
  }

  private static Object at(Object map, String key) {
    return Objects.requireNonNull(((Map<?, ?>) map).get(key), key);
  }
}
