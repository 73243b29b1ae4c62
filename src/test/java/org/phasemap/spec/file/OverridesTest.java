package org.phasemap.spec.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasemap.data.FileAccess;
import org.phasemap.network.UserException;
import org.phasemap.quantity.Axis;
import org.phasemap.spec.NetworkAxes;
import org.phasemap.spec.Spec;
import org.phasemap.spec.Training;

class OverridesTest {
  private static final String SPEC =
      "name: t\nnetwork: {activation: tanh, depth: {from: 4, to: 64, count: 5}, width: 64}\n";

  @TempDir private Path folder;

  private Spec read(String... overrides) throws IOException {
    Path file = Files.writeString(folder.resolve("t.yaml"), SPEC);
    return SpecReader.read(file, List.of(overrides), FileAccess.PLAIN);
  }

  @Test
  void anOverrideReplacesAField() throws IOException {
    NetworkAxes network = read("network.width=512", "network.depth=[4, 8]").network();
    assertThat(network.values(Axis.WIDTH)).containsExactly(512);
    assertThat(network.values(Axis.DEPTH)).containsExactly(4, 8);
  }

  @Test
  void anOverrideSetsAFieldThatTheSpecLeavesOut() throws IOException {
    Spec spec =
        read(
            "network.sigma_multiplier={from: 0.5, to: 2, count: 4}",
            "training.steps=50",
            "training.network.depth=3",
            "seed = 7");
    assertThat(spec.network().values(Axis.SIGMA_MULTIPLIER)).containsExactly(0.5, 1.0, 1.5, 2.0);
    Training training = Objects.requireNonNull(spec.training());
    assertThat(training.procedure().ending().steps()).isEqualTo(50);
    assertThat(training.network().values(Axis.DEPTH)).containsExactly(3);
    assertThat(spec.seed()).isEqualTo(7);
  }

  @Test
  void anOverrideReachesIntoARange() throws IOException {
    assertThat(read("network.depth.count=3").network().values(Axis.DEPTH))
        .containsExactly(4, 34, 64);
  }

  @Test
  void theLastOfEqualPathsWins() throws IOException {
    assertThat(read("seed=2", "seed=3").seed()).isEqualTo(3);
  }

  @Test
  void anOverrideMayRepairTheFile() throws IOException {
    Path file = Files.writeString(folder.resolve("t.yaml"), SPEC.replace("64}", "0}"));
    assertThat(
            SpecReader.read(file, List.of("network.width=16"), FileAccess.PLAIN)
                .network()
                .values(Axis.WIDTH))
        .containsExactly(16);
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        arguments(
            "network.width=0",
            "-o network.width=0: network.width: 0 is not allowed; allowed: whole numbers from 1 to"
                + " 1048576"),
        arguments(
            "network.depth=[4, 0]",
            "-o network.depth=[4, 0]: network.depth[1]: 0 is not allowed; allowed: whole numbers"
                + " from 1 to 100000"),
        arguments(
            "network.widht=512",
            "-o network.widht=512: network.widht: unknown field; did you mean width? allowed: "
                + "activation, depth, width, init, sigma_multiplier, sigma_w2, sigma_b2,"
                + " keep_probability, architecture, rescale_for_sparsity"),
        arguments(
            "netwrok.width=512",
            "-o netwrok.width=512: netwrok: unknown field; did you mean network? allowed: name,"
                + " seed, replicates, network, inputs, probes, outputs, training, sampler,"
                + " random_numbers, backend, limits"),
        arguments(
            "inputs.count=65",
            "-o inputs.count=65: inputs.count: 65 is not allowed; allowed: whole numbers from 1 to"
                + " 64"),
        arguments(
            "network.width.from=4",
            "-o network.width.from=4: network.width: 64 has no field from to set; allowed:"
                + " network.width=value"),
        arguments(
            "network.depth.from=65",
            "FILE:2: network.depth: from 65 is above to 64; allowed: from <= to"),
        arguments(
            "seed=",
            "-o seed=: seed: null (no value) is not allowed; allowed: whole numbers from"
                + " -9223372036854775808 to 9223372036854775807"),
        arguments(
            "network.depth=[4",
            "-o network.depth=[4: not valid YAML: expected ',' or ']', but got <stream end>"),
        arguments("seed=!!int 5", "-o seed=!!int 5: tag !!int is not allowed; allowed: no tags"),
        arguments(
            "seed", "-o seed: not an override; allowed: field=value, such as network.width=512"),
        arguments("=5", "-o =5: not an override; allowed: field=value, such as network.width=512"),
        arguments(
            "network..width=5",
            "-o network..width=5: not an override; allowed: field=value, such as"
                + " network.width=512"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void eachMistakeHasItsMessage(String override, String message) {
    assertThatThrownBy(() -> read(override))
        .isInstanceOf(UserException.class)
        .hasMessage(message.replace("FILE", folder.resolve("t.yaml").toString()));
  }
}
