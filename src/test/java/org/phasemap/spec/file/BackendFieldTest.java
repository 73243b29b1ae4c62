package org.phasemap.spec.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasemap.kernel.Backend;
import org.phasemap.kernel.Backends;
import org.phasemap.spec.Spec;

class BackendFieldTest {
  private static final String YAML =
      "{name: x, network: {activation: relu, depth: 2, width: 8}, backend: %s}";

  private static Spec spec(String backend) {
    return SpecReader.parse(YAML.formatted(backend), "x.yaml");
  }

  @ParameterizedTest
  @MethodSource("org.phasemap.kernel.Backends#all")
  void specsMayAskForEachBackendOfTheRegistry(Backend backend) {
    Spec spec = spec(backend.id());

    assertThat(spec.backend()).contains(backend);
    assertThat(SpecWriter.toYaml(spec)).contains("backend: " + backend.id() + "\n");
  }

  @Test
  void orLeaveItToTheMachine() {
    assertThat(spec("auto").backend()).isEmpty();
    assertThat(SpecWriter.toYaml(spec("auto"))).contains("backend: auto\n");
  }

  @Test
  void theMessageNamesTheRegistry() {
    String all = Backends.all().stream().map(Backend::id).collect(Collectors.joining(", "));

    assertThatThrownBy(() -> spec("blas")).hasMessageEndingWith("allowed: auto, " + all);
  }
}
