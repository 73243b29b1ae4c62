package org.phasemap.spec.file;

import java.util.List;
import org.phasemap.quantity.Axis;
import org.phasemap.spec.Engine;
import org.phasemap.spec.LearningRate;
import org.phasemap.spec.Loss;
import org.phasemap.spec.yaml.Choice;
import org.phasemap.spec.yaml.Field;
import org.phasemap.spec.yaml.Fields;
import org.phasemap.spec.yaml.Flag;
import org.phasemap.spec.yaml.NumberType.Real;
import org.phasemap.spec.yaml.NumberType.Whole;
import org.phasemap.spec.yaml.Section;
import org.phasemap.spec.yaml.Series;
import org.phasemap.spec.yaml.Several;

/** The fields that say how networks are trained. */
final class TrainingFormat {
  private static final double MAX_RATE = 1e12;
  private static final double MAX_DECAY = 0.999999;
  private static final double MAX_LOSS = 1e6;
  private static final double MAX_FRACTION = 1000;

  /** The optimisers without their constants. */
  enum OptimiserName {
    SGD,
    MOMENTUM,
    NESTEROV,
    ADAM
  }

  static final Field<Engine> ENGINE =
      Field.defaulted(
          "engine",
          Choice.of(Engine.class),
          "kernel",
          "what trains: `kernel` is the product's own arithmetic, `deeplearning4j` its"
              + " `MultiLayerNetwork` or `ComputationGraph`, from the same parameters on the same"
              + " minibatches, many times slower",
          "deeplearning4j");
  static final Field<Loss> LOSS =
      Field.defaulted(
          "loss",
          Choice.of(Loss.class),
          "cross_entropy",
          "mean over a batch of the softmax cross-entropy, or of ½ Σ (f − y)² against the one-hot"
              + " label y (`mse`) or the example itself (`reconstruction`), or of a `pinn`'s"
              + " residual (`residual`)",
          "mse");
  static final Field<List<OptimiserName>> OPTIMISER =
      Field.defaulted(
          Axis.OPTIMISER.column(),
          new Several<>(Choice.of(OptimiserName.class)),
          "sgd",
          "θ ← θ − η g; v ← μ v + g, θ ← θ − η v; v ← μ v + g, θ ← θ − η (g + μ v); Adam",
          "[sgd, adam]");
  static final Field<Double> MOMENTUM =
      Field.defaulted(
          "momentum", Real.between(0, MAX_DECAY), "0.9", "μ of momentum and nesterov", "0.95");
  static final Field<Double> BETA1 =
      Field.defaulted(
          "beta1", Real.between(0, MAX_DECAY), "0.9", "β₁, decay of the mean gradient", "0.8");
  static final Field<Double> BETA2 =
      Field.defaulted(
          "beta2",
          Real.between(0, MAX_DECAY),
          "0.999",
          "β₂, decay of the mean squared gradient",
          "0.99");
  static final Field<Double> EPSILON =
      Field.defaulted(
          "epsilon", Real.above(0, 1), "1e-8", "ε, added to the root of that mean", "1e-7");
  static final List<Field<?>> ADAM_FIELDS = List.of(BETA1, BETA2, EPSILON);
  static final Field<Section> ADAM =
      Field.defaulted("adam", new Fields(ADAM_FIELDS), "{}", "constants of Adam", "{beta2: 0.99}");
  static final Field<List<Double>> CRITICAL =
      Field.required(
          "critical",
          new Series<>(Real.above(0, MAX_FRACTION)),
          "the fraction of 2 m/λ_max of each network's own tangent kernel",
          "[0.25, 0.5, 1]");
  static final List<Field<?>> LEARNING_RATE_FIELDS = List.of(CRITICAL);
  static final Field<List<LearningRate>> LEARNING_RATE =
      Field.defaulted(
              Axis.LEARNING_RATE.column(),
              new LearningRateType(new Series<>(Real.above(0, MAX_RATE)), CRITICAL),
              "0.1",
              "η, step size in standard parameterisation; a section scales it to each network",
              "{from: 0.001, to: 1, count: 4, scale: log}")
          .ofAmount();
  static final Field<List<Integer>> BATCH_SIZE =
      Field.defaulted(
              Axis.BATCH_SIZE.column(),
              new Series<>(Whole.ints(1, 65_536)),
              "64",
              "examples a step",
              "[32, 128]")
          .ofAmount();
  static final Field<Integer> STEPS =
      Field.defaulted(
          "steps", Whole.ints(1, 10_000_000), "200", "steps of the optimiser, at most", "1000");
  static final Field<Boolean> BIASES =
      Field.defaulted(
          "biases",
          new Flag(),
          "true",
          "whether layers have biases, drawn with variance `sigma_b2` and trained; false needs"
              + " `sigma_b2` 0",
          "false");
  static final Field<Double> READOUT_SCALE =
      Field.defaulted(
          "readout_scale",
          Real.between(0, Bounds.MAX_SCALE),
          "1",
          "factor on the read-out's weights at initialisation: their variance is `readout_scale`²"
              + " σ_w²/n",
          "0.1");
  static final Field<Double> STOP_LOSS =
      Field.optional(
          "loss",
          Real.between(0, MAX_LOSS),
          "any; this or `accuracy` or both",
          "loss of the minibatch, at most",
          "0.01");
  static final Field<Double> STOP_ACCURACY =
      Field.optional(
          "accuracy",
          Real.above(0, 1),
          "any; this or `loss` or both",
          "accuracy on the minibatch, at least",
          "0.99");
  static final Field<Integer> STOP_STEPS =
      Field.defaulted(
          "steps", Whole.ints(1, 1_000_000), "10", "for so many minibatches in a row", "20");
  static final List<Field<?>> STOP_FIELDS = List.of(STOP_LOSS, STOP_ACCURACY, STOP_STEPS);
  static final Field<Section> STOP =
      Field.optional(
          "stop",
          new Fields(STOP_FIELDS),
          "after `steps`",
          "when a network is done earlier; one that diverges always ends at once",
          "{loss: 0.01, steps: 20}");
  static final Field<Double> ACCURACY_THRESHOLD =
      Field.defaulted(
          "accuracy_threshold",
          Real.above(0, 1),
          "0.5",
          "training accuracy from which a network counts as trained",
          "0.9");
  static final Field<Integer> NTK_EXAMPLES =
      Field.defaulted(
          "ntk_examples",
          Whole.ints(1, 1024),
          "16",
          "m, examples of the first minibatch on which tangent kernels of trained networks are"
              + " measured; at most `batch_size` are",
          "32");
  static final Field<Boolean> NTK_DRIFT =
      Field.defaulted(
          "ntk_drift",
          new Flag(),
          "false",
          "whether the change of the tangent kernel over training is measured",
          "true");
  static final List<Field<?>> FIELDS =
      List.of(
          ENGINE,
          LOSS,
          OPTIMISER,
          MOMENTUM,
          ADAM,
          LEARNING_RATE,
          BATCH_SIZE,
          STEPS,
          BIASES,
          READOUT_SCALE,
          STOP,
          ACCURACY_THRESHOLD,
          NTK_EXAMPLES,
          NTK_DRIFT);

  private TrainingFormat() {}
}
