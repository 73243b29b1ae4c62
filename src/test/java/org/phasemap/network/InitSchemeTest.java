package org.phasemap.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.network.activation.Activations;

class InitSchemeTest {
  /** Standard deviations from the literature's formulas: variance = gain²/fan-in. */
  @ParameterizedTest
  @CsvSource({
    "he_normal, relu, 64, 64, 0.1767766952966369", // He et al. 2015 eq. (10)
    "he_uniform, relu, 64, 10, 0.1767766952966369",
    "he_truncated, relu, 64, 10, 0.1767766952966369",
    "he_normal, prelu(0.25), 128, 128, 0.12126781251816648", // eq. (15)
    "he_normal, tanh, 64, 64, 0.1767766952966369",
    "xavier_normal, tanh, 300, 100, 0.07071067811865475", // Glorot and Bengio 2010 eq. (12)
    "xavier_truncated, tanh, 300, 100, 0.07071067811865475",
    "lecun_truncated, selu, 100, 7, 0.1",
    "lecun_normal, selu, 100, 7, 0.1",
    "orthogonal, tanh, 25, 25, 0.2",
    "torch_default, relu, 3, 8, 0.3333333333333333" // U(±1/√3): variance 1/9
  })
  void weightsHaveTheLiteraturesDeviation(
      String init, String activation, int fanIn, int fanOut, double deviation) {
    Fans fans = Fans.dense(fanIn, fanOut);
    double gain2 = InitScheme.parse(init).gain2(Activations.parse(activation), fans);

    assertThat(Math.sqrt(gain2 / fans.fanIn())).isCloseTo(deviation, within(1e-12));
  }

  @Test
  void fansCountTaps() {
    assertThat(Fans.convolution(3, 16, 32, 1)).isEqualTo(new Fans(144, 288));
    assertThat(Fans.convolution(3, 16, 16, 16)).isEqualTo(new Fans(9, 9)); // depthwise
    assertThat(Fans.convolution(1, 16, 32, 1)).isEqualTo(new Fans(16, 32)); // pointwise
    assertThat(Fans.convolution(3, 16, 32, 4)).isEqualTo(new Fans(36, 72)); // grouped
    assertThat(Fans.transposedConvolution(4, 16, 8, 2).fanIn()).isEqualTo(64);
  }

  @Test
  void criticalHasNoGainOfItsOwn() {
    assertThatThrownBy(() -> InitScheme.CRITICAL.gain2(Activations.TANH, Fans.dense(4, 4)))
        .isInstanceOf(IllegalStateException.class);
  }
}
