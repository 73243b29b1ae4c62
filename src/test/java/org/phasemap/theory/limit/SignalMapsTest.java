package org.phasemap.theory.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasemap.network.Activation;
import org.phasemap.network.activation.Activations;
import org.phasemap.theory.gauss.RandomLaws;

class SignalMapsTest {
  private static final Activation TANH = Activations.TANH;
  private static final Activation RELU = Activations.RELU;

  static Stream<Activation> activations() {
    return RandomLaws.activations();
  }

  @ParameterizedTest
  @MethodSource("activations")
  void chi1IsTheSlopeOfTheCorrelationMapAtOne(Activation f) {
    for (LayerLaw law : RandomLaws.laws(f)) {
      LayerStatistics layer = LayerStatistics.of(law, 0.7);
      double scale = layer.nextQ() / 0.7;
      double delta = 1e-10;
      assertThat(scale * layer.nextOneMinusC(delta) / delta)
          .as("%s", law)
          .isCloseTo(layer.chi1(), within(2e-5 * layer.chi1()));
    }
  }

  @ParameterizedTest
  @MethodSource("activations")
  void chiQIsTheSlopeOfTheVarianceMap(Activation f) {
    for (LayerLaw law : RandomLaws.laws(f)) {
      double h = 1e-5;
      double slope = (SignalMaps.nextQ(law, 0.7 + h) - SignalMaps.nextQ(law, 0.7 - h)) / (2 * h);
      assertThat(LayerStatistics.of(law, 0.7).chiQ()).as("%s", law).isCloseTo(slope, within(1e-8));
    }
  }

  @ParameterizedTest
  @MethodSource("activations")
  void mapsAreMonotone(Activation f) {
    for (LayerLaw law : RandomLaws.laws(f)) {
      double q = 0;
      for (double at = 1e-6; at < 1e4; at *= 3) {
        assertThat(SignalMaps.nextQ(law, at)).isGreaterThanOrEqualTo(q);
        q = SignalMaps.nextQ(law, at);
      }
      LayerStatistics layer = LayerStatistics.of(law, 0.9);
      double before = -1;
      for (double delta = 0; delta <= 1; delta += 0.05) {
        assertThat(layer.nextOneMinusC(delta)).isGreaterThan(before);
        before = layer.nextOneMinusC(delta);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("activations")
  void deepNetworksNeverThrow(Activation f) {
    for (double sigmaW2 : new double[] {0, 0.01, 1.3, 9, 1e100}) {
      for (double sigmaB2 : new double[] {0, 0.1}) {
        LayerLaw law = new LayerLaw(f, sigmaW2, sigmaB2);
        Trajectory t = SignalMaps.propagate(law, 1, 0.3, 200);
        assertThat(t.q()[199]).as("%s", law).isNotNaN();
        assertThat(t.c(200)).as("%s", law).isNotNaN();
        PhasePoint.of(law);
        Phases.of(law);
        NeuralTangentKernel.ntkParameterisation(law, t, 1, 0.3);
      }
    }
  }

  @Test
  void reluOverflowsToInfinityAndKeepsItsAngles() {
    Trajectory t = SignalMaps.propagate(new LayerLaw(RELU, 8, 0), 1, 0, 1000);
    Trajectory critical = SignalMaps.propagate(new LayerLaw(RELU, 2, 0), 1, 0, 1000);
    assertThat(t.q()[999]).isInfinite();
    assertThat(t.oneMinusC()[999])
        .isCloseTo(critical.oneMinusC()[999], within(1e-12 * critical.oneMinusC()[999]));
    assertThat(t.chi1()[999]).isEqualTo(4);
  }

  @Test
  void onePartIn1e16SurvivesAHundredLayers() {
    LayerLaw law = new LayerLaw(TANH, 1.3, 0.05);
    double q = PhasePoint.of(law).qStar();
    Trajectory t = SignalMaps.propagateFrom(law, q, 1e-16, 100);
    double expected = Math.pow(LayerStatistics.of(law, q).chi1(), 99) * 1e-16;
    assertThat(t.oneMinusC()[99]).isCloseTo(expected, within(1e-9 * expected));
  }

  @Test
  void firstLayerIsTheDatas() {
    Trajectory t = SignalMaps.propagate(new LayerLaw(TANH, 1.5, 0.2), 0.8, 0.25, 3);
    assertThat(t.q()[0]).isCloseTo(1.4, within(1e-15));
    assertThat(t.c(1)).isCloseTo((1.5 * 0.25 * 0.8 + 0.2) / 1.4, within(1e-15));
    assertThat(t.depth()).isEqualTo(3);
  }

  @Test
  void refusesWhatIsNoInput() {
    LayerLaw law = new LayerLaw(TANH, 1, 0);
    assertThatThrownBy(() -> SignalMaps.propagate(law, 1, 1.5, 3))
        .hasMessage("c0 outside [-1, 1]: 1.5");
    assertThatThrownBy(() -> SignalMaps.propagate(law, -1, 0, 3))
        .hasMessage("q0 must be >= 0: -1.0");
    assertThatThrownBy(() -> SignalMaps.propagate(law, 1, 0, 0))
        .hasMessage("depth must be >= 1: 0");
    assertThatThrownBy(() -> new LayerLaw(TANH, -1, 0))
        .hasMessageContaining("variances must be finite and >= 0: sigma_w2 = -1.0");
  }
}
