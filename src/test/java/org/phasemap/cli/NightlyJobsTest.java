package org.phasemap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Schedules of the nightly sweeps run the same command, whose options there are. */
class NightlyJobsTest {
  private static final List<String> SPECS =
      List.of("10-nightly.yaml", "10-nightly-weight-free.yaml", "10-nightly-nd4j.yaml");

  /** The words that follow {@code nightly}. */
  private static List<String> arguments(String text) {
    List<String> words =
        Arrays.stream(text.split("[\\s\",\\[\\]]+")).filter(w -> !w.equals("-")).toList();
    int at = 0; // The word also stands in descriptions.
    while (!(words.get(at).equals("nightly") && words.get(at + 1).endsWith(".yaml"))) {
      at++;
    }
    return words.subList(at + 1, words.size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "systemd/phasemap-nightly.service",
        "cron/phasemap",
        "kubernetes/nightly.yaml",
        "kubernetes/nightly-operator.yaml",
        "airflow/phasemap_dag.py"
      })
  void allRunTheSameSpecsWithOptionsThatThereAre(String job) throws IOException {
    List<String> lines =
        Files.readAllLines(Path.of("jobs", job)).stream()
            .filter(line -> !line.strip().startsWith("#"))
            .toList();
    List<String> arguments = arguments(String.join("\n", lines));
    String help = Ran.of("nightly", "--help").out();

    for (int i = 0; i < SPECS.size(); i++) {
      assertThat(arguments.get(i)).endsWith("/" + SPECS.get(i));
      assertThat(Path.of("conf/sweeps", SPECS.get(i))).exists();
    }
    assertThat(arguments.get(SPECS.size())).isEqualTo("--results");
    for (String option : List.of("--results", "--keep", "--slot")) {
      assertThat(help).contains(option);
    }
  }

  /** A regression that is tried again would be done before. */
  @Test
  void aRegressionIsNotTriedAgain() throws IOException {
    assertThat(Files.readAllLines(Path.of("jobs/systemd/phasemap-nightly.service")))
        .contains("RestartPreventExitStatus=1 2");
    Object cron = yaml("kubernetes/nightly.yaml");
    Object job = at(at(at(cron, "spec"), "jobTemplate"), "spec");
    Object rule = ((List<?>) at(at(job, "podFailurePolicy"), "rules")).get(0);
    assertThat(at(at(rule, "onExitCodes"), "values")).isEqualTo(List.of(1, 2));
    assertThat(at(at(cron, "spec"), "concurrencyPolicy")).isEqualTo("Forbid");
    Object operator = yaml("kubernetes/nightly-operator.yaml");
    Object application = at(at(operator, "spec"), "template");
    assertThat(at(at(application, "restartPolicy"), "type")).isEqualTo("Never");
    assertThat(at(application, "mainClass")).isEqualTo(Main.class.getName());
    assertThat(at(at(operator, "spec"), "concurrencyPolicy")).isEqualTo("Forbid");
  }

  /** What its pod mounts and names there is, as in the Job. */
  @Test
  void theCronJobIsTheJobEveryNight() throws IOException {
    Object nightly =
        pod(at(at(at(yaml("kubernetes/nightly.yaml"), "spec"), "jobTemplate"), "spec"));
    Object once = pod(at(yaml("kubernetes/phasemap.yaml"), "spec"));

    for (String same : List.of("volumes", "securityContext", "serviceAccountName")) {
      assertThat(at(nightly, same)).as(same).isEqualTo(at(once, same));
    }
    for (String same : List.of("image", "command", "resources", "volumeMounts", "env")) {
      assertThat(at(container(nightly), same)).as(same).isEqualTo(at(container(once), same));
    }
  }

  private static Object pod(Object job) {
    return at(at(job, "template"), "spec");
  }

  private static Object container(Object pod) {
    return Objects.requireNonNull(((List<?>) at(pod, "containers")).get(0));
  }

  private static Object yaml(String file) throws IOException {
    return new Load(LoadSettings.builder().build())
        .loadFromString(Files.readString(Path.of("jobs", file)));
  }

  private static Object at(Object map, String key) {
    return Objects.requireNonNull(((Map<?, ?>) map).get(key), key);
  }
}
