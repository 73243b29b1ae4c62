package org.phasemap.cli.theory.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasemap.cli.theory.parameters.ReferenceParameters;
import org.phasemap.network.Activation;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.network.architecture.DenselyConnected;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.Norm;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Operation.Activate;
import org.phasemap.network.graph.Operation.Normalise;
import org.phasemap.network.graph.Operation.Sum;
import org.phasemap.network.graph.Operation.Weighted;
import org.phasemap.network.graph.Padding;
import org.phasemap.network.graph.Parameterisation;
import org.phasemap.network.graph.Shape;
import org.phasemap.network.graph.Taps;
import org.phasemap.predict.graph.GraphTheory;
import org.phasemap.predict.graph.InputPairs;
import org.phasemap.predict.graph.NetworkTheory;
import org.phasemap.theory.dual.GaussianMoments;

/**
 * The theory that walks graphs of layers, against the rows of the architectures' table that are of
 * networks: each is built as a graph.
 */
class GraphValuesTest {
  private static final List<ReferenceRow> ROWS =
      ReferenceTable.read("src/test/resources/org/phasemap/theory/architecture_values.csv");

  private static final Map<String, ToDoubleFunction<ReferenceParameters>> KEYS =
      Map.ofEntries(
          Map.entry("conv_variance_mean", p -> image(p).q(p.integer("depth") + 1)),
          Map.entry("conv_position_covariance", GraphValuesTest::positionCovariance),
          Map.entry("conv_nngp", p -> line(p).readout()),
          Map.entry("conv_ntk", p -> Math.exp(line(p).ntk().lnScale())),
          Map.entry("norm_chi", GraphValuesTest::normChi),
          Map.entry("norm_correlation", p -> normed(p).c(p.integer("depth") + 1)),
          Map.entry("residual_second_moment", p -> residual(p).q(p.integer("depth") + 1)),
          Map.entry("residual_correlation", p -> residual(p).c(p.integer("depth") + 1)),
          Map.entry("residual_ln_gradient_gain", p -> gain(residual(p), 1, p.integer("depth") + 1)),
          Map.entry("residual_ntk", p -> streamKernel(residual(p), false)),
          Map.entry("residual_ntk_off", p -> streamKernel(residual(p), true)),
          Map.entry("batch_norm_gradient_rate", GraphValuesTest::batchNormRate),
          Map.entry("densenet_second_moment", p -> denseNet(p).q(p.integer("depth"))),
          Map.entry("densenet_gradient_ratio", GraphValuesTest::denseNetGradient),
          Map.entry("transformer_second_moment", p -> transformer(p).q(p.integer("blocks") + 1)),
          Map.entry(
              "transformer_similarity",
              p -> transformer(p).positionCosine(p.integer("blocks") + 1)),
          Map.entry(
              "transformer_ln_gradient_gain",
              p -> gain(transformer(p), 1, p.integer("blocks") + 1)),
          Map.entry("attention_entropy_tokens", p -> attention(p).attentionEntropy(1)),
          Map.entry("attention_similarity", p -> attention(p).positionCosine(1)));

  static Stream<Arguments> rows() {
    return ROWS.stream()
        .filter(row -> KEYS.containsKey(row.key()))
        .filter(row -> !"inf".equals(row.query().parameters().text("B").orElse("")))
        .map(row -> Arguments.of(row.id(), row));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void graphReproducesTheRow(String id, ReferenceRow row) {
    double computed =
        Objects.requireNonNull(KEYS.get(row.key())).applyAsDouble(row.query().parameters());

    assertThat(row.admits(computed)).as("%s: %s computed %s", id, row, computed).isTrue();
  }

  @Test
  void everyKeyHasRows() {
    assertThat(rows().map(row -> ((ReferenceRow) row.get()[1]).key()).distinct())
        .containsExactlyInAnyOrderElementsOf(KEYS.keySet());
  }

  /** A network under way: σ_w² = 1 and factors on weights say the rest. */
  private static final class Network {
    final LayerGraph.Builder builder = new LayerGraph.Builder();
    final ReferenceParameters p;
    final double sigmaW2;
    final double sigmaB2;
    int at;

    Network(ReferenceParameters p) {
      this.p = p;
      sigmaW2 = p.numberOr(1, "sigma_w2");
      sigmaB2 = p.numberOr(0, "sigma_b2");
    }

    Network given(Shape shape) {
      at = builder.add(new Operation.Given(shape));
      return this;
    }

    Network add(Operation operation) {
      at = builder.add(operation, at);
      return this;
    }

    /** Weights of variance factor/fan-in, with the row's bias or none. */
    Network weights(Taps taps, double factor, boolean biased) {
      return add(new Weighted(32, taps, 1, factor, biased, Parameterisation.PLAIN));
    }

    Network start() {
      weights(Taps.ONE, 1, false);
      builder.endLayer(at);
      return this;
    }

    Network endLayer() {
      builder.endLayer(at);
      return this;
    }

    NetworkTheory theory(InputPairs inputs) {
      Activation activation =
          p.has("activation")
              ? ReferenceQuery.activation(p.text("activation").orElseThrow())
              : Activations.RELU;
      return of(activation, inputs, 1, sigmaB2, builder.readout(readout(), at));
    }

    static NetworkTheory of(
        Activation activation, InputPairs inputs, double w, double b, LayerGraph graph) {
      NetworkConfig network =
          new NetworkConfig(activation, graph.depth(), 32, WeightLaw.NORMAL, w, b, 1);
      return new GraphTheory(network, inputs).of(graph);
    }

    private static Weighted readout() {
      return new Weighted(1, Taps.ONE, 1, 1, false, Parameterisation.PLAIN);
    }
  }

  private static InputPairs two(double q0, double c0) {
    return InputPairs.exchangeable(2, q0, c0);
  }

  private static double gain(NetworkTheory theory, int low, int high) {
    return theory.lnGradient(low) - theory.lnGradient(high);
  }

  private static Taps taps(ReferenceParameters p) {
    Padding padding = Padding.valueOf(p.text("padding").orElseThrow().toUpperCase(Locale.ROOT));
    return Taps.of(p.integer("kernel"), padding);
  }

  private static NetworkTheory image(ReferenceParameters p) {
    int size = p.integer("size");
    int dims = p.integerOr(1, "dims");
    Network network = new Network(p).given(new Shape(3, Collections.nCopies(dims, size))).start();
    return convolved(network, p, p.integer("depth")).theory(two(p.numberOr(1, "q0"), 0));
  }

  private static Network convolved(Network network, ReferenceParameters p, int layers) {
    for (int l = 0; l < layers; l++) {
      network.add(new Activate()).weights(taps(p), network.sigmaW2, true).endLayer();
    }
    return network.add(new Activate()).add(new Operation.Flatten());
  }

  /** A line whose z_1 has one correlation between positions. */
  private static NetworkTheory line(ReferenceParameters p) {
    int size = p.integer("size");
    Network network =
        new Network(p)
            .given(Shape.vector(4 * (size + 1)))
            .add(new Operation.Tokens(size, p.number("r0")))
            .start();
    for (int l = 1; l < p.integer("depth"); l++) {
      network.add(new Activate()).weights(taps(p), network.sigmaW2, true).endLayer();
    }
    boolean flat = p.text("readout").orElse("flatten").equals("flatten");
    network.add(new Activate()).add(flat ? new Operation.Flatten() : new Operation.Average());
    return network.theory(two(p.numberOr(1, "q0"), 0));
  }

  private static double positionCovariance(ReferenceParameters p) {
    return line(p).covariance(p.integer("depth"), p.integer("i"), p.integer("j"));
  }

  private static NetworkTheory normed(ReferenceParameters p) {
    Network network = new Network(p);
    double gamma = p.numberOr(1, "gamma");
    boolean before = p.text("order").orElseThrow().equals("before");
    Norm norm = Norm.valueOf(p.text("norm").orElseThrow().toUpperCase(Locale.ROOT));
    network.given(Shape.vector(8)).start();
    for (int l = 0; l < p.integerOr(1, "depth"); l++) {
      if (before) {
        network.add(new Normalise(norm, gamma)).add(new Activate());
      } else {
        network.add(new Activate()).add(new Normalise(norm, gamma));
      }
      network.weights(Taps.ONE, network.sigmaW2, true).endLayer();
    }
    return network.theory(two(normedQ(network, before, gamma), p.numberOr(0.5, "c0")));
  }

  /** Second moment of pre-activations, from the first layer on. */
  private static double normedQ(Network network, boolean before, double gamma) {
    double second =
        before
            ? new GaussianMoments(
                    ReferenceQuery.activation(network.p.text("activation").orElseThrow()),
                    gamma * gamma)
                .secondMoment()
            : gamma * gamma;
    return network.sigmaW2 * second + network.sigmaB2;
  }

  private static double normChi(ReferenceParameters p) {
    return Math.exp(gain(normed(p), 1, 2));
  }

  private static NetworkTheory residual(ReferenceParameters p) {
    Network network = new Network(p).given(Shape.vector(8)).start();
    double scale = Math.sqrt(p.number("scale2"));
    for (int l = 0; l < p.integer("depth"); l++) {
      int x = network.at;
      network.add(new Activate()).weights(Taps.ONE, network.sigmaW2, true);
      network.at = network.builder.add(new Sum(List.of(1.0, scale)), x, network.at);
      network.endLayer();
    }
    return network.theory(two(p.number("q0"), p.number("c0")));
  }

  /** Θ of the stream: without what the read-out's own weights add, q_L or q_L c_L. */
  private static double streamKernel(NetworkTheory theory, boolean off) {
    double diagonal = Math.exp(theory.ntk().lnScale());
    double own = theory.q(theory.depth());
    return off
        ? diagonal * theory.ntk().offRatio() - own * theory.c(theory.depth())
        : diagonal - own;
  }

  private static double batchNormRate(ReferenceParameters p) {
    Network network = new Network(p).given(Shape.vector(8)).start();
    for (int l = 0; l < 3; l++) {
      network.add(new Normalise(Norm.BATCH, 1)).add(new Activate());
      network.weights(Taps.ONE, 1.7, true).endLayer();
    }
    NetworkTheory theory = network.theory(InputPairs.exchangeable(p.integer("B"), 1, 0.3));
    return Math.exp(gain(theory, 2, 3));
  }

  private static NetworkTheory denseNet(ReferenceParameters p) {
    Norm norm = p.text("norm").orElse("none").equals("batch") ? Norm.BATCH : Norm.NONE;
    double sigmaW2 = p.numberOr(2, "sigma_w2");
    LayerGraph graph =
        new DenselyConnected(p.integer("growth"), norm)
            .graph(p.integer("depth"), p.integer("k0"), 8);
    int batch = norm == Norm.BATCH ? p.integer("B") : 2;
    InputPairs inputs = InputPairs.exchangeable(batch, 1 / sigmaW2, 0);
    return Network.of(Activations.RELU, inputs, sigmaW2, 0, graph);
  }

  private static double denseNetGradient(ReferenceParameters p) {
    return Math.exp(gain(denseNet(p), p.integer("i"), p.integer("j")));
  }

  private static NetworkTheory transformer(ReferenceParameters p) {
    String norm = p.text("norm").orElseThrow();
    double scale = Math.sqrt(p.number("scale2"));
    Network network = tokens(p, p.number("rho0"));
    network.endLayer();
    for (int l = 0; l < p.integer("blocks"); l++) {
      int x = network.at;
      attend(normed(network, norm.equals("pre")), p.number("logit_factor"));
      network.weights(Taps.ONE, p.number("sigma_ov2"), false);
      join(network, x, scale, norm.equals("post"));
      x = network.at;
      normed(network, norm.equals("pre")).weights(Taps.ONE, p.number("sigma_w2_1"), false);
      network.add(new Activate()).weights(Taps.ONE, p.number("sigma_w2_2"), false);
      join(network, x, scale, norm.equals("post"));
      network.endLayer();
    }
    boolean coherent = p.numberOr(1, "eta") == 1;
    network.add(coherent ? new Operation.Average() : new Operation.Flatten());
    return network.theory(two(1, 0));
  }

  private static Network tokens(ReferenceParameters p, double rho) {
    int tokens = p.integer("tokens");
    return new Network(p)
        .given(Shape.vector(4 * (tokens + 1)))
        .add(new Operation.Tokens(tokens, rho))
        .weights(Taps.ONE, 1, false);
  }

  private static Network normed(Network network, boolean normed) {
    return normed ? network.add(new Normalise(Norm.LAYER, 1)) : network;
  }

  private static void join(Network network, int x, double scale, boolean normed) {
    network.at = network.builder.add(new Sum(List.of(1.0, scale)), x, network.at);
    normed(network, normed);
  }

  private static void attend(Network network, double logitFactor) {
    int x = network.at;
    int queries = network.weights(Taps.ONE, logitFactor, false).at;
    network.at = x;
    int keys = network.weights(Taps.ONE, 1, false).at;
    network.at = x;
    int values = network.weights(Taps.ONE, 1, false).at;
    network.at = network.builder.add(new Operation.Attend(1), queries, keys, values);
  }

  private static NetworkTheory attention(ReferenceParameters p) {
    Network network = tokens(p, p.number("rho"));
    attend(network, p.number("logit_var"));
    network.weights(Taps.ONE, 1, false).endLayer().add(new Operation.Average());
    return network.theory(two(1, 0));
  }
}
