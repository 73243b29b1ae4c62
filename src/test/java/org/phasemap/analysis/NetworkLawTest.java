package org.phasemap.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.network.Activation;
import org.phasemap.network.Architecture;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.network.architecture.Families;
import org.phasemap.predict.graph.LayerChain;
import org.phasemap.theory.architecture.norm.FeatureNorm;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.limit.PhasePoint;

class NetworkLawTest {
  private static final Activation TANH = Activations.parse("tanh");

  /** No row of so many weights loses all of them to a mask. */
  private static final int WIDE = 64;

  /** The law of tanh networks on the chaotic side of the MLP's edge, 1.76 at σ_b² = 0.05. */
  static NetworkLaw tanh(Architecture architecture, double sigmaW2) {
    return new NetworkLaw(architecture, TANH, sigmaW2, 1, 0.05);
  }

  @Test
  void aMaskOfMlpsIsInTheirLaw() {
    NetworkLaw law = new NetworkLaw(Architecture.MLP, TANH, 4, 0.6, 0.05);
    PhasePoint expected = PhasePoint.of(new LayerLaw(TANH, 0.6 * 4, 0.05));
    assertThat(law.point()).contains(expected);
  }

  /** Predictions find the law in the graph itself, node by node. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "convolutional(size=8x8, kernel=3, padding=circular, groups=1, readout=flatten)",
        "convolutional(size=8x8, kernel=3, padding=reflect, groups=1, readout=average)",
        "convolutional(size=8x8, kernel=3, padding=zero, groups=1, readout=flatten)",
        "convolutional(size=8x8, kernel=1, padding=zero, groups=2, readout=flatten)",
        "convolutional(size=8x8, kernel=3, padding=circular, groups=depthwise, readout=flatten)",
        "convolutional(size=8x8, kernel=3, padding=circular, groups=separable, readout=flatten)",
        "residual(order=pre1)",
        "residual(order=post2, norm=batch)",
        "densenet(growth=4)",
        "transformer(tokens=16, heads=4, norm=pre)",
        "autoencoder(widths=64x32x64)",
        "mlp(weights=weight_norm)",
        "mlp(norm=batch)"
      })
  void aLawIsThereWhereTheGraphIsAChainOfOneLaw(String text) {
    Architecture.Layered architecture = (Architecture.Layered) Families.parse(text);
    NetworkConfig network =
        new NetworkConfig(architecture, TANH, 4, WIDE, WeightLaw.NORMAL, 2.5, 0.05, 0.8);
    Optional<LayerLaw> chain = LayerChain.law(network, architecture.graph(4, WIDE, 272 * 64));
    NetworkLaw law = new NetworkLaw(architecture, TANH, 2.5, 0.8, 0.05);
    assertThat(law.point()).isEqualTo(chain.map(PhasePoint::of));
  }

  /** The rate at which correlations reach their end is that of the map itself, step by step. */
  @ParameterizedTest
  @CsvSource({
    "layer, before, 1, 2, 0.3",
    "rms, before, 0.7, 3, 0.1",
    "rms, after, 1.4, 2.5, 0.2",
    "layer, after, 1.2, 2.5, 0.2"
  })
  void aNormHasADepthScaleOfItsOwn(
      String norm, String place, double gamma, double sigmaW2, double sigmaB2) {
    Architecture architecture =
        Families.parse("mlp(norm=%s, place=%s, gamma=%s)".formatted(norm, place, gamma));
    NetworkLaw law = new NetworkLaw(architecture, TANH, sigmaW2, 1, sigmaB2);
    PhasePoint point = law.point().orElseThrow();
    FeatureNorm map =
        new FeatureNorm(
            new LayerLaw(TANH, sigmaW2, sigmaB2),
            gamma,
            FeatureNorm.Place.valueOf(place.toUpperCase(java.util.Locale.ROOT)),
            FeatureNorm.Kind.valueOf(norm.toUpperCase(java.util.Locale.ROOT)));
    double end = map.correlation(0.5, 3000);
    assertThat(point.cStar()).isCloseTo(end, within(1e-9));
    assertThat(point.chi1()).isCloseTo(map.chi(), within(1e-12));
    double near = map.correlation(end - 1e-3, 1);
    double nearer = map.correlation(end - 1e-5, 1);
    // The slope at c*, from two secants: their error falls as the step.
    double slope = ((end - nearer) / 1e-5 * 100 - (end - near) / 1e-3) / 99;
    assertThat(point.xiC()).isCloseTo(-1 / Math.log(slope), within(1e-4 * point.xiC()));
  }

  @Test
  void aColumnWithoutAScaleIsOnNoSideAndInNoCollapse() {
    List<Trial> trials = List.of(new Trial(4, 0, true), new Trial(8, 0, false));
    MapColumn residual =
        new MapColumn(Map.of(), tanh(Families.parse("residual(order=pre1)"), 2.5), trials);
    MapColumn plain = new MapColumn(Map.of(), tanh(Architecture.MLP, 2.5), trials);
    assertThat(residual.side()).isEmpty();
    assertThat(residual.xiC()).isNaN();
    assertThat(residual.xiGradient()).isNaN();
    assertThat(Collapse.of(List.of(residual, plain), MapColumn.Side.CHAOTIC).columns())
        .isEqualTo(1);
  }
}
