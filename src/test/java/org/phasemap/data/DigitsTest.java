package org.phasemap.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class DigitsTest {
  private final DataSet digits = Digits.load();

  @Test
  void everyFifthExampleIsTheTestSet() {
    assertThat(digits.train().count()).isEqualTo(1438);
    assertThat(digits.test().count()).isEqualTo(359);
    assertThat(digits.train().labels()).startsWith(0, 1, 2, 3, 5, 6, 7, 8);
    assertThat(digits.test().labels()).startsWith(4, 9);
    assertThat(digits.dimension()).isEqualTo(64);
    assertThat(digits.classNames())
        .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
  }

  @Test
  void trainingFeaturesHaveMeanZeroAndSecondMomentOne() {
    double sum = 0;
    double squares = 0;
    float[] features = digits.train().features();
    for (float x : features) {
      sum += x;
      squares += (double) x * x;
    }
    assertThat(sum / features.length).isCloseTo(0, within(1e-6));
    assertThat(squares / features.length).isCloseTo(1, within(1e-6));
  }

  @Test
  void everyClassIsInBothParts() {
    assertThat(digits.train().labels()).contains(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(digits.test().labels()).contains(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  @Test
  void labelsOutsideTheClassesAreRefused() {
    Examples examples = new Examples(1, new float[2], new int[] {0, 2});
    assertThatThrownBy(() -> new DataSet("pair", List.of("a", "b"), examples, examples))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("data set pair: label 2 outside [0, 2)");
  }

  @Test
  void featuresAndLabelsMustMatch() {
    assertThatThrownBy(() -> new Examples(3, new float[7], new int[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("7 features are not 3 components for each of 2 labels");
  }
}
