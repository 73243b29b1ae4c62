package org.phasemap.spec.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.network.UserException;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The schema that editors read. With {@code -Dphasemap.docs=write} it writes conf/spec.schema.json.
 */
class SpecSchemaTest {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private static final Path FILE = Path.of("conf/spec.schema.json");

  private static List<String> faults(String yaml) throws IOException {
    Map<String, Object> schema =
        JSON.readValue(Files.readString(FILE), new TypeReference<Map<String, Object>>() {});
    Object spec = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    return JsonSchema.faults(schema, spec, "spec");
  }

  static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("conf/sweeps"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @Test
  void theFileIsWhatTheCodeSays() throws IOException {
    String schema = JSON.writeValueAsString(SpecSchema.of()) + "\n";
    if ("write".equals(System.getProperty("phasemap.docs"))) {
      Files.writeString(FILE, schema);
    }

    assertThat(Files.readString(FILE)).isEqualTo(schema);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleIsAllowedAndNamesIt(Path example) throws IOException {
    String yaml = Files.readString(example);

    assertThat(faults(yaml)).isEmpty();
    assertThat(yaml).startsWith("# yaml-language-server: $schema=../spec.schema.json\n");
  }

  /** What init writes, and each kind of value that a field may have besides a plain one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "replicates: {min: 4, max: 16, until: {ln_gradient_gain: 0.1}}",
        "probes: []\ntraining: {}",
        "probes: ntk",
        "training: {data: mnist, learning_rate: {critical: [0.5, 1]}}",
        "training: {data: {kind: csv, path: x.csv, label: class}, network: {width: 8}}",
        "inputs: {kind: parquet, path: 'über weg/x.parquet'}",
        "seed: -9223372036854775808",
      })
  void whatReadingAllowsTheSchemaAllows(String more) throws IOException {
    String network =
        "name: a\nnetwork: {activation: 'leaky_relu(0.2)', depth: 2.0, width: [4, 8]}\n";

    assertThat(faults(network + more)).isEmpty();
    assertThat(faults(SpecTemplate.of("a"))).isEmpty();
  }

  /** Each kind of network, as text, section and list. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "mlp",
        "'residual(order=pre1, scale=depth)'",
        "{kind: residual, scale: [1, depth], zero_gamma: [true, false]}",
        "[mlp, {kind: convolutional, size: [[8, 8], [16, 4]], groups: [1, depthwise], kernel: 3}]",
        "{kind: autoencoder, widths: [8, 2, 8]}",
        "{kind: mlp, norm: batch, gamma: {from: 0.1, to: 1, count: 3}}",
      })
  void architecturesAreAllowed(String architecture) throws IOException {
    String yaml =
        "name: a\nnetwork: {activation: tanh, depth: 2, width: 8, architecture: "
            + architecture
            + "}";

    assertThat(faults(yaml)).isEmpty();
    assertThat(SpecReader.parse(yaml, "a.yaml")).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resnet",
        "'resnet(order=pre1)'",
        "{kind: residual, kind2: 1}",
        "{kind: residual, scale: 2}",
        "{kind: densenet, kernel: 3}",
        "{kind: convolutional, size: [8, 8, 8, 8]}",
        "{norm: batch}",
        "[]",
      })
  void otherArchitecturesAreRefused(String architecture) throws IOException {
    whatReadingRefusesOfOneFieldTheSchemaRefuses(
        "name: a\nnetwork: {activation: tanh, depth: 2, width: 8, architecture: "
            + (architecture + "}"));
  }

  /** A wrong name, kind, bound, parameter, range; a field too many, one too few. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "name: a\nnetwork: {activation: tanhh, depth: 2, width: 4}",
        "name: a\nnetwork: {activation: tanh, depth: 2.5, width: 4}",
        "name: a\nnetwork: {activation: tanh, depth: 0, width: 4}",
        "name: a\nnetwork: {activation: tanh(2), depth: 2, width: 4}",
        "name: a\nnetwork: {activation: tanh, depth: {from: 1, to: 4}, width: 4}",
        "name: a\nnetwork: {activation: tanh, depth: {from: 1, to: 4, count: 2, step: 1}, width: 4}",
        "name: a\nnetwork: {activation: tanh, depth: [], width: 4}",
        "name: a\nnetwork: {activation: tanh, depth: [2, 2], width: 4}",
        "name: a\nnetwork: {activation: tanh, dept: 2, width: 4}",
        "name: a\nnetwork: {activation: tanh, width: 4}",
        "name: a/b\nnetwork: {activation: tanh, depth: 2, width: 4}",
        "network: {activation: tanh, depth: 2, width: 4}",
        "name: a\nreplicates: 0\nnetwork: {activation: tanh, depth: 2, width: 4}",
        "name: a\nreplicates: {min: 4}\nnetwork: {activation: tanh, depth: 2, width: 4}",
        "name: a\nprobes: [signals]\nnetwork: {activation: tanh, depth: 2, width: 4}",
        "name: a\nnetwork: {activation: tanh, depth: 2, width: 4, architecture: residul}",
        "name: a\nnetwork: {activation: tanh, depth: 2, width: 4, architecture: {kind: residual, x: 1}}",
        "name: a\ntraining: {steps: many}\nnetwork: {activation: tanh, depth: 2, width: 4}",
      })
  void whatReadingRefusesOfOneFieldTheSchemaRefuses(String yaml) throws IOException {
    assertThat(faults(yaml)).isNotEmpty();
    assertThatThrownBy(() -> SpecReader.parse(yaml, "a.yaml")).isInstanceOf(UserException.class);
  }
}
