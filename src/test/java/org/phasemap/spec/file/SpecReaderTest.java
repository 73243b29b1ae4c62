package org.phasemap.spec.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.phasemap.data.DataSource;
import org.phasemap.data.FileAccess;
import org.phasemap.kernel.Backends;
import org.phasemap.network.Activation;
import org.phasemap.network.InitScheme;
import org.phasemap.network.activation.Activations;
import org.phasemap.quantity.Axis;
import org.phasemap.quantity.KernelQuantity;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.SignalQuantity;
import org.phasemap.spec.EarlyStop;
import org.phasemap.spec.Engine;
import org.phasemap.spec.Inputs;
import org.phasemap.spec.LearningRate;
import org.phasemap.spec.Loss;
import org.phasemap.spec.NetworkAxes;
import org.phasemap.spec.Optimiser;
import org.phasemap.spec.Procedure;
import org.phasemap.spec.Replicates;
import org.phasemap.spec.Spec;
import org.phasemap.spec.Spec.Limits;
import org.phasemap.spec.Spec.RandomNumbers;
import org.phasemap.spec.Spec.SamplerChoice;
import org.phasemap.spec.Training;

class SpecReaderTest {
  private static Spec spec(String... fields) {
    return SpecReader.parse("name: t\n" + String.join("\n", fields), "t.yaml");
  }

  private static NetworkAxes network(String moreFields) {
    return spec("network: {activation: tanh, depth: 8, width: 64" + moreFields + "}").network();
  }

  private static NetworkAxes trained(String mainFields, String trainingFields) {
    Spec spec =
        spec(
            "network: {activation: [relu, tanh], depth: 8, width: 64" + mainFields + "}",
            "training: {network: {" + trainingFields + "}}");
    return Objects.requireNonNull(spec.training()).network();
  }

  @Test
  void whatASpecLeavesOutHasItsDefault() {
    NetworkAxes network =
        new NetworkAxes(
            Map.of(
                Axis.ACTIVATION,
                List.of(Activations.TANH),
                Axis.DEPTH,
                List.of(8),
                Axis.WIDTH,
                List.of(64),
                Axis.INIT,
                List.of(InitScheme.HE_NORMAL),
                Axis.SIGMA_MULTIPLIER,
                List.of(1.0),
                Axis.SIGMA_B2,
                List.of(0.0),
                Axis.KEEP_PROBABILITY,
                List.of(1.0)),
            false);
    assertThat(spec("network: {activation: tanh, depth: 8, width: 64}"))
        .isEqualTo(
            new Spec(
                "t",
                new Spec.Draws(1, SamplerChoice.AUTO, RandomNumbers.COMMON),
                Replicates.fixed(8),
                new Spec.Initialisation(
                    network,
                    new Inputs(8, 256, 1, 0.5),
                    Set.of(Probe.SIGNAL, Probe.GRADIENT, Probe.NTK),
                    1),
                null,
                Optional.empty(),
                new Limits(1_000_000, 86_400)));
    assertThat(spec("network: {activation: tanh, depth: 8, width: 64}", "training: {}").training())
        .isEqualTo(
            new Training(
                new DataSource.Bundled(),
                network,
                1,
                new Training.Axes(
                    List.of(new Optimiser.Sgd()),
                    List.of(new LearningRate.Fixed(0.1)),
                    List.of(64)),
                new Procedure(
                    Engine.KERNEL,
                    Loss.CROSS_ENTROPY,
                    new Procedure.Layers(true, 1),
                    new Procedure.Ending(200, null),
                    new Procedure.Findings(0.5, 16, false))));
  }

  @Test
  void everyFieldArrives() {
    Spec spec =
        spec(
            "seed: -7",
            "replicates: 3",
            "network:",
            "  activation: [selu, leaky_relu(0.2), prelu]",
            "  depth: [2, 4]",
            "  width: {from: 16, to: 64, step: 16}",
            "  init: [critical, orthogonal]",
            "  sigma_multiplier: [0.5, 2]",
            "  sigma_b2: 0.05",
            "  keep_probability: [1, 0.5]",
            "  rescale_for_sparsity: true",
            "inputs: {count: 2, dimension: 3, q0: 4, c0: 0}",
            "probes: ntk",
            "training:",
            "  {data: digits, replicates: 2, batch_size: [5, 9], steps: 6, loss: mse,",
            "  learning_rate: {critical: [0.5, 1]}, optimiser: [adam, momentum], momentum: 0.8,",
            "  adam: {beta1: 0.7, epsilon: 1e-6}, stop: {loss: 0.1, steps: 3},",
            "  readout_scale: 0.25, accuracy_threshold: 0.8, ntk_examples: 4, ntk_drift: true}",
            "sampler: dense",
            "random_numbers: independent",
            "backend: nd4j",
            "limits: {max_cells: 1e4}");
    NetworkAxes network =
        new NetworkAxes(
            Map.of(
                Axis.ACTIVATION,
                List.of(Activations.SELU, Activations.leakyRelu(0.2), Activations.prelu(0.25)),
                Axis.DEPTH,
                List.of(2, 4),
                Axis.WIDTH,
                List.of(16, 32, 48, 64),
                Axis.INIT,
                List.of(InitScheme.CRITICAL, InitScheme.ORTHOGONAL),
                Axis.SIGMA_MULTIPLIER,
                List.of(0.5, 2.0),
                Axis.SIGMA_B2,
                List.of(0.05),
                Axis.KEEP_PROBABILITY,
                List.of(1.0, 0.5)),
            true);
    assertThat(spec)
        .isEqualTo(
            new Spec(
                "t",
                new Spec.Draws(-7, SamplerChoice.DENSE, RandomNumbers.INDEPENDENT),
                Replicates.fixed(3),
                new Spec.Initialisation(network, new Inputs(2, 3, 4, 0), Set.of(Probe.NTK), 1),
                new Training(
                    new DataSource.Bundled(),
                    network,
                    2,
                    new Training.Axes(
                        List.of(new Optimiser.Adam(0.7, 0.999, 1e-6), new Optimiser.Momentum(0.8)),
                        List.of(new LearningRate.Critical(0.5), new LearningRate.Critical(1)),
                        List.of(5, 9)),
                    new Procedure(
                        Engine.KERNEL,
                        Loss.MSE,
                        new Procedure.Layers(true, 0.25),
                        new Procedure.Ending(6, new EarlyStop(0.1, null, 3)),
                        new Procedure.Findings(0.8, 4, true))),
                Backends.find("nd4j"),
                new Limits(10_000, 86_400)));
  }

  @Test
  void replicatesMayDependOnTheirConfidenceIntervals() {
    String network = "network: {activation: tanh, depth: 8, width: 64}";
    Replicates given =
        spec(network, "replicates: {min: 3, max: 20, until: {c: 0.01, ln_q: 0.2}}").replicates();
    Replicates defaults = spec(network, "replicates: {until: {ln_ntk_scale: 1e-3}}").replicates();

    assertThat(given)
        .isEqualTo(new Replicates(3, 20, Map.of(SignalQuantity.LN_Q, 0.2, SignalQuantity.C, 0.01)));
    assertThat(given.checkpoints()).containsExactly(3, 6, 12, 20);
    assertThat(defaults)
        .isEqualTo(new Replicates(4, 64, Map.of(KernelQuantity.LN_NTK_SCALE, 0.001)));
    assertThat(defaults.checkpoints()).containsExactly(4, 8, 16, 32, 64);
    assertThat(Replicates.fixed(7).checkpoints()).containsExactly(7);
  }

  @Test
  void everyActivationAndEveryInitIsRead() {
    String activations =
        Activations.names().stream()
            .map(n -> n.replace("(a)", "(0.3)"))
            .collect(Collectors.joining(", ", "[", "]"));
    Spec spec =
        spec(
            "network: {activation: "
                + activations
                + ", depth: 8, width: 64, init: "
                + InitScheme.names()
                + "}");
    assertThat(spec.network().values(Axis.ACTIVATION).stream().map(Activation::family))
        .containsExactlyElementsOf(Activations.all().stream().map(Activation::family).toList());
    assertThat(spec.network().values(Axis.INIT)).containsExactly(InitScheme.values());
  }

  @Test
  void numbersMayBeWrittenInEveryWayOfYaml() {
    assertThat(network(", sigma_b2: [.5, 1e-3, +2, 0x10, 0o17, 3., -0]").values(Axis.SIGMA_B2))
        .containsExactly(0.5, 0.001, 2.0, 16.0, 15.0, 3.0, 0.0);
    assertThat(spec("network: {activation: tanh, depth: 4.0, width: 1e3}", "seed: 0xCAFE"))
        .satisfies(s -> assertThat(s.network().values(Axis.DEPTH)).containsExactly(4))
        .satisfies(s -> assertThat(s.network().values(Axis.WIDTH)).containsExactly(1000))
        .satisfies(s -> assertThat(s.seed()).isEqualTo(0xCAFE));
  }

  @Test
  void anAliasRepeatsAnEarlierValue() {
    NetworkAxes trained = trained(", sigma_multiplier: &m [1, 2]", "depth: [4, 5], sigma_b2: *m");
    assertThat(trained.values(Axis.SIGMA_B2)).containsExactly(1.0, 2.0);
  }

  @Test
  void trainingInheritsTheAxesThatItDoesNotGive() {
    NetworkAxes trained =
        trained(
            ", sigma_multiplier: [1, 2], sigma_b2: 0.1, rescale_for_sparsity: true",
            "depth: [4, 16], keep_probability: 0.5, activation: gelu");
    assertThat(trained)
        .isEqualTo(
            new NetworkAxes(
                Map.of(
                    Axis.ACTIVATION,
                    List.of(Activations.GELU),
                    Axis.DEPTH,
                    List.of(4, 16),
                    Axis.WIDTH,
                    List.of(64),
                    Axis.INIT,
                    List.of(InitScheme.HE_NORMAL),
                    Axis.SIGMA_MULTIPLIER,
                    List.of(1.0, 2.0),
                    Axis.SIGMA_B2,
                    List.of(0.1),
                    Axis.KEEP_PROBABILITY,
                    List.of(0.5)),
                true));
  }

  @Test
  void trainingMaySayTheWeightsInTheOtherWay() {
    assertWeights(
        trained(", init: lecun_normal", "sigma_multiplier: 2"), InitScheme.LECUN_NORMAL, 2);
    assertWeights(
        trained(", sigma_multiplier: 2", "init: lecun_normal"), InitScheme.LECUN_NORMAL, 2);
    assertVariance(trained(", sigma_multiplier: 2", "sigma_w2: 3"));
    assertVariance(trained(", sigma_w2: 3", "depth: 2"));
    assertWeights(trained(", sigma_w2: 3", "init: lecun_normal"), InitScheme.LECUN_NORMAL, 1);
  }

  private static void assertWeights(NetworkAxes axes, InitScheme init, double multiplier) {
    assertThat(axes.values(Axis.INIT)).containsExactly(init);
    assertThat(axes.values(Axis.SIGMA_MULTIPLIER)).containsExactly(multiplier);
    assertThat(axes.values(Axis.SIGMA_W2)).isEmpty();
  }

  private static void assertVariance(NetworkAxes axes) {
    assertThat(axes.values(Axis.SIGMA_W2)).containsExactly(3.0);
    assertThat(axes.values(Axis.INIT)).isEmpty();
    assertThat(axes.values(Axis.SIGMA_MULTIPLIER)).isEmpty();
  }

  @Test
  void aGridMayBeAsLargeAsTheLimit() {
    Spec spec =
        spec(
            "network: {activation: tanh, depth: [4, 8, 16], width: 64}",
            "training: {network: {depth: 4}}",
            "limits: {max_cells: 4}");
    assertThat(spec.limits().maxCells()).isEqualTo(4);
  }

  @Test
  void whatIsNotMeasuredDoesNotCount() {
    Spec spec =
        spec(
            "network: {activation: tanh, depth: [4, 8, 16], width: 64}",
            "probes: []",
            "training: {network: {depth: 4}}",
            "limits: {max_cells: 3}");
    assertThat(spec.probes()).isEmpty();
  }

  @Test
  void everyExampleReads() throws IOException {
    try (Stream<Path> examples = Files.list(Path.of("conf/sweeps"))) {
      assertThat(examples)
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(
                          SpecReader.read(file, standIns(file), FileAccess.PLAIN).name() + ".yaml")
                      .isEqualTo(file.getFileName().toString()));
    }
  }

  /** MNIST is not part of the repository: the digits stand in for it. */
  private static List<String> standIns(Path example) {
    return example.endsWith("03-schoenholz-mnist.yaml")
        ? List.of("training.data=digits")
        : List.of();
  }

  @Test
  void theQuickstartReads() {
    Spec spec =
        SpecReader.read(Path.of("conf/sweeps/01-quickstart.yaml"), List.of(), FileAccess.PLAIN);
    assertThat(spec.name()).isEqualTo("01-quickstart");
    assertThat(spec.network().values(Axis.DEPTH)).containsExactly(4, 6, 8, 11, 16, 23, 32, 45, 64);
    assertThat(CellCount.of(spec.network()).inWords())
        .isEqualTo(
            "1350 cells (activation 3 × depth 9 × sigma_multiplier 25 × keep_probability 2)");
    assertThat(CellCount.of(Objects.requireNonNull(spec.training()).network()).inWords())
        .isEqualTo("195 cells (activation 3 × depth 5 × sigma_multiplier 13)");
  }
}
