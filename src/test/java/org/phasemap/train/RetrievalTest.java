package org.phasemap.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.phasemap.data.DataSet;
import org.phasemap.data.DataSets;
import org.phasemap.data.DataSource;
import org.phasemap.kernel.Kernel;
import org.phasemap.network.architecture.Families;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.TrainedQuantity;
import org.phasemap.spec.LearningRate;
import org.phasemap.spec.Optimiser;
import org.phasemap.spec.Recipe;

/** A task for which a token has to see another one: networks without attention are at chance. */
class RetrievalTest {
  private static final int CLASSES = 3;
  private static final int TOKENS = CLASSES + 1;
  private static final DataSet DATA =
      DataSets.load(new DataSource.Retrieval(CLASSES, TOKENS, 16 * TOKENS, 2000, 7));

  private static double accuracy(String architecture) {
    Recipe recipe =
        Recipes.of(Recipes.sgd(64, 250, 0.1, 0.9))
            .with(new Optimiser.Adam(0.9, 0.999, 1e-8))
            .with(new LearningRate.Fixed(0.006))
            .recipe();
    try (Kernel kernel = TestKernels.fastest()) {
      Measurement trained =
          Trainer.train(
                  kernel,
                  List.of(
                      org.phasemap.train.Families.network(
                          Families.parse(architecture), "relu", 1, 32, 1)),
                  recipe,
                  DATA,
                  7,
                  0)
              .get(0);
      return trained.number(TrainedQuantity.TEST_ACCURACY);
    }
  }

  @Test
  void aTransformerLooksItUp() {
    assertThat(accuracy("transformer(tokens=%d, heads=2, norm=pre)".formatted(TOKENS)))
        .isGreaterThan(0.95);
  }

  /**
   * Each token alone, then their mean. Cross-entropy is convex in such sums, and by symmetry least
   * where all logits are equal. 400 test examples: chance is 0.333 ± 0.024.
   */
  @Test
  void aNetworkWithoutAttentionGuesses() {
    assertThat(accuracy("convolutional(size=%d, kernel=1, readout=average)".formatted(TOKENS)))
        .isBetween(0.333 - 4 * 0.024, 0.333 + 4 * 0.024);
  }
}
