package org.phasemap.train.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.phasemap.data.Examples;
import org.phasemap.kernel.Kernel;
import org.phasemap.train.TestKernels;

class MinibatchesTest {
  private static final Examples NUMBERED =
      new Examples(1, numbers(23), IntStream.range(0, 23).toArray());

  private static float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = i;
    }
    return numbers;
  }

  private static List<Integer> labels(int replicate, int batches) {
    try (Kernel kernel = TestKernels.fastest();
        Arena arena = new Arena(kernel)) {
      Minibatches minibatches =
          new Minibatches(kernel, arena, NUMBERED, 5, new Replicate(1, replicate));
      List<Integer> labels = new ArrayList<>();
      for (int b = 0; b < batches; b++) {
        minibatches.advance();
        for (int j = 0; j < 5; j++) {
          assertThat(minibatches.features()[j]).isEqualTo(minibatches.labels()[j]);
          labels.add(minibatches.labels()[j]);
        }
      }
      return labels;
    }
  }

  @Test
  void anEpochTakesNoExampleTwice() {
    List<Integer> labels = labels(0, 8);
    assertThat(labels.subList(0, 20)).doesNotHaveDuplicates();
    assertThat(labels.subList(20, 40)).doesNotHaveDuplicates();
    assertThat(labels.subList(20, 40)).isNotEqualTo(labels.subList(0, 20));
  }

  @Test
  void theOrderDependsOnTheReplicateAlone() {
    assertThat(labels(0, 8)).isEqualTo(labels(0, 8)).isNotEqualTo(labels(1, 8));
  }

  @Test
  void everyExampleIsEquallyLikelyToComeFirst() {
    int[] first = new int[23];
    int draws = 2300;
    for (int r = 0; r < draws; r++) {
      first[labels(r, 1).get(0)]++;
    }
    double chi2 = 0;
    for (int observed : first) {
      chi2 += (observed - 100.0) * (observed - 100.0) / 100;
    }
    // χ² with 22 degrees of freedom: mean 22, standard deviation 6.6.
    assertThat(chi2).isBetween(22 - 3 * 6.6, 22 + 4 * 6.6);
  }
}
