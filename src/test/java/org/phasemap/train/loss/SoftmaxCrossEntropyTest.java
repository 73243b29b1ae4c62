package org.phasemap.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SoftmaxCrossEntropyTest {
  private final SoftmaxCrossEntropy criterion = new SoftmaxCrossEntropy(3);

  @Test
  void equalLogitsCostLogClasses() {
    assertThat(criterion.sum(new float[] {5, 5, 5, -2, -2, -2}, 0, new int[] {0, 2}, 2))
        .isCloseTo(2 * Math.log(3), within(1e-15));
  }

  @Test
  void hugeLogitsDoNotOverflow() {
    float[] gradient = new float[3];
    double loss = criterion.gradient(new float[] {1e30f, 0, -1e30f}, 0, new int[] {2}, gradient);
    assertThat(loss).isCloseTo(2e30, within(1e24));
    assertThat(gradient).containsExactly(1, 0, -1);
  }

  @Test
  void theGradientIsThatOfTheMean() {
    float[] gradient = new float[6];
    criterion.gradient(new float[] {0, 0, 0, 0, 0, 0}, 0, new int[] {0, 1}, gradient);
    assertThat(gradient)
        .containsExactly(
            new float[] {-1 / 3f, 1 / 6f, 1 / 6f, 1 / 6f, -1 / 3f, 1 / 6f}, within(1e-7f));
  }

  @Test
  void logitsThatAreNotFiniteGiveNoNumberAndAreWrong() {
    float[] logits = {Float.NaN, 0, 0, Float.POSITIVE_INFINITY, 0, 0, 1, 0, 0};
    int[] labels = {0, 0, 0};
    assertThat(criterion.sum(logits, 0, labels, 3)).isNaN();
    assertThat(criterion.right(logits, 0, labels, 3)).isEqualTo(1);
  }
}
