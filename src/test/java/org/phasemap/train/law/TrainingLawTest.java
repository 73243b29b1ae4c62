package org.phasemap.train.law;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasemap.train.DrawnStart;

/**
 * The product's trained networks have the law of those of an independent trainer: of every number
 * of every recipe, two-sample Kolmogorov–Smirnov tests. All together they fail by chance for one
 * seed in a thousand.
 *
 * <p>64 networks a side show what moves a number by about 1.2 standard deviations; {@code
 * -Dphasemap.trainer.networks=1000} shows 0.3, and {@code -Dphasemap.trainer.seed} draws others.
 * From the product's own parameters and minibatches a few networks show what moves a number by
 * 1e-4.
 */
class TrainingLawTest {
  private static final int NETWORKS = Integer.getInteger("phasemap.trainer.networks", 64);
  private static final long SEED = Long.getLong("phasemap.trainer.seed", 20261129);

  /** Of any failure, over all recipes. */
  private static final double FALSE_ALARMS = 1e-3;

  /** More than there are: 18 recipes of at most 20 numbers. */
  private static final int TESTS = 400;

  /** Of what a network has not: beyond all that it might have. */
  private static final double ABSENT = Double.MAX_VALUE;

  /** Steps at which minibatches are compared; those of the product's loss curve among them. */
  private static final List<Integer> STEPS = List.of(1, 4, 12, 24);

  /** Networks that start from the same numbers. */
  private static final int FEW = 3;

  /** After more steps deep networks make of 1e-7 what a comparison cannot tell from a mistake. */
  private static final int FIRST_STEPS = 6;

  /** Of those steps in float32. */
  private static final double ROUNDING = 1e-4;

  private static final Digits.Split DIGITS = Digits.read();

  static Stream<Recipe> recipes() {
    Recipe tanh = Recipe.named("sgd, cross-entropy, 4 layers");
    return Stream.of(
        tanh,
        Recipe.named("sgd, cross-entropy, 32 layers")
            .network("depth", 32)
            .network("sigma_w2", 1.76)
            .training("learning_rate", 0.02),
        Recipe.named("sgd, mse, ReLU without initial biases, 8 layers")
            .network("activation", "relu")
            .network("depth", 8)
            .network("sigma_w2", 2)
            .network("sigma_b2", 0)
            .training("loss", "mse"),
        Recipe.named("momentum, cross-entropy, erf, 3 layers")
            .network("activation", "erf")
            .network("depth", 3)
            .network("width", 8)
            .training("optimiser", "momentum")
            .training("momentum", 0.8)
            .training("learning_rate", 0.05),
        Recipe.named("nesterov, cross-entropy, 16 layers")
            .network("depth", 16)
            .training("optimiser", "nesterov")
            .training("learning_rate", 0.02),
        Recipe.named("adam, cross-entropy, 16 layers")
            .network("depth", 16)
            .training("optimiser", "adam")
            .training("learning_rate", 0.01),
        Recipe.named("adam with other constants, mse, SiLU, 8 layers")
            .network("activation", "silu")
            .network("depth", 8)
            .network("sigma_w2", 2.5)
            .training("optimiser", "adam")
            .training("adam.beta1", 0.7)
            .training("adam.beta2", 0.9)
            .training("adam.epsilon", 0.01)
            .training("loss", "mse")
            .training("learning_rate", 0.02),
        Recipe.named("momentum, mse, masks, 32 layers")
            .network("depth", 32)
            .network("sigma_w2", 4)
            .network("keep_probability", 0.5)
            .training("optimiser", "momentum")
            .training("loss", "mse")
            .training("learning_rate", 0.01),
        Recipe.named("half the critical rate, mse, drift of the kernel")
            .training("loss", "mse")
            .training("learning_rate.critical", 0.5)
            .training("ntk_examples", 3)
            .training("ntk_drift", true),
        Recipe.named("the critical rate, cross-entropy, ReLU, masks, 8 layers")
            .network("activation", "relu")
            .network("depth", 8)
            .network("sigma_w2", 3)
            .network("keep_probability", 0.7)
            .training("learning_rate.critical", 1)
            .training("ntk_examples", 2),
        Recipe.named("a critical rate without biases")
            .network("sigma_b2", 0)
            .training("biases", false)
            .training("learning_rate.critical", 0.25)
            .training("ntk_examples", 2)
            .training("ntk_drift", true),
        Recipe.named("large read-outs").training("readout_scale", 4),
        Recipe.named("read-outs that start at 0, masks")
            .network("keep_probability", 0.6)
            .training("readout_scale", 0),
        Recipe.named("early stop by accuracy and loss")
            .training("stop.accuracy", 0.3)
            .training("stop.loss", 2)
            .training("stop.steps", 3),
        Recipe.named("early stop that holds from the start").training("stop.loss", 1000),
        Recipe.named("rates at which some diverge")
            .network("activation", "relu")
            .network("depth", 6)
            .network("sigma_w2", 3)
            .training("loss", "mse")
            .training("learning_rate", 0.3),
        Recipe.named("adam, masks, no biases, 8 layers")
            .network("depth", 8)
            .network("sigma_w2", 2.5)
            .network("sigma_b2", 0)
            .network("keep_probability", 0.7)
            .training("biases", false)
            .training("optimiser", "adam")
            .training("learning_rate", 0.01),
        Recipe.named("two batches an epoch")
            .network("depth", 1)
            .training("batch_size", 600)
            .training("steps", 6)
            .training("momentum", 0.5)
            .training("optimiser", "momentum"));
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void theProductHasTheLawOfTheSpec(Recipe recipe) {
    Random random = new Random(SEED ^ recipe.hashCode());
    List<Outcome> expected =
        IntStream.range(0, NETWORKS)
            .mapToObj(i -> PlainTraining.of(recipe, DIGITS, random))
            .toList();
    List<Outcome> measured = Product.train(recipe, NETWORKS, SEED);
    Map<String, String> misfits = new TreeMap<>();
    for (String name : names(recipe)) {
      double[] a = values(expected, name);
      double[] b = values(measured, name);
      KolmogorovSmirnovTest test = new KolmogorovSmirnovTest();
      double d = test.kolmogorovSmirnovStatistic(a, b);
      double p = test.approximateP(d, a.length, b.length);
      if (p < FALSE_ALARMS / TESTS) {
        misfits.put(name, "D = " + d + ", p = " + p);
      }
    }
    assertThat(misfits).as(recipe.name()).isEmpty();
  }

  /**
   * The same parameters and minibatches, so that nothing is left to chance: a wrong constant of an
   * optimiser or a missing gradient shows at once.
   */
  @ParameterizedTest
  @MethodSource("recipes")
  void everyNumberIsThatOfTheSpecFromTheSameStart(Recipe whole) {
    double steps = Math.min(FIRST_STEPS, whole.trainingNumber("steps", FIRST_STEPS));
    Recipe recipe = whole.training("steps", (int) steps);
    List<DrawnStart> starts = Product.starts(recipe, FEW, SEED);
    List<Outcome> measured = Product.train(recipe, FEW, SEED);
    Map<String, String> misfits = new TreeMap<>();
    for (int i = 0; i < FEW; i++) {
      Outcome expected = PlainTraining.of(recipe, DIGITS, starts.get(i));
      Map<String, Double> numbers = measured.get(i).numbers();
      for (Map.Entry<String, Double> entry : numbers.entrySet()) {
        double value = expected.numbers().getOrDefault(entry.getKey(), ABSENT);
        double error = Math.abs(entry.getValue() - value) / Math.max(1, Math.abs(value));
        if (!(error <= ROUNDING)) {
          misfits.put(i + " " + entry.getKey(), entry.getValue() + " for " + value);
        }
      }
      assertThat(numbers).hasSizeGreaterThan(5);
    }
    assertThat(misfits).as(recipe.name()).isEmpty();
  }

  private static List<String> names(Recipe recipe) {
    List<String> names =
        new ArrayList<>(
            List.of(
                "category",
                "learning_rate_used",
                "ln_gradient_norm_start",
                "ln_gradient_norm_end",
                "steps_taken",
                "steps_to_threshold",
                "train_loss",
                "train_accuracy",
                "test_accuracy"));
    if (recipe.text("ntk_drift", "false").equals("true")) {
      names.add("ntk_drift");
    }
    STEPS.forEach(step -> names.addAll(List.of("loss_" + step, "accuracy_" + step)));
    return names;
  }

  private static double[] values(List<Outcome> outcomes, String name) {
    return outcomes.stream()
        .mapToDouble(
            outcome ->
                name.equals("category")
                    ? List.of("trained", "stalled", "diverged").indexOf(outcome.category())
                    : outcome.numbers().getOrDefault(name, ABSENT))
        .toArray();
  }
}
