package org.phasemap.spec.file;

import java.util.List;
import java.util.stream.Stream;
import org.phasemap.network.Activation;
import org.phasemap.network.Architecture;
import org.phasemap.network.InitScheme;
import org.phasemap.network.activation.Activations;
import org.phasemap.quantity.Axis;
import org.phasemap.spec.yaml.Choice;
import org.phasemap.spec.yaml.Field;
import org.phasemap.spec.yaml.Flag;
import org.phasemap.spec.yaml.NumberType.Real;
import org.phasemap.spec.yaml.NumberType.Whole;
import org.phasemap.spec.yaml.Series;
import org.phasemap.spec.yaml.Several;

/** The fields of {@code network}: the axes of a grid. */
final class NetworkFormat {
  private static final double MAX_VARIANCE = 1e12;
  private static final double MAX_SLOPE = 1000;

  static final AxisField<Activation> ACTIVATION =
      AxisField.required(
          Axis.ACTIVATION,
          new Several<>(new Choice<>(Activations.names(), NetworkFormat::activation)),
          "φ; a is the slope for negative inputs, 0.01 for leaky_relu and 0.25 for prelu where left"
              + " out, -1000 to 1000",
          "[relu, tanh, leaky_relu(0.2)]");
  static final AxisField<Integer> DEPTH =
      AxisField.required(
          Axis.DEPTH,
          new Series<>(Whole.ints(1, 100_000)),
          "L, number of hidden layers",
          "{from: 4, to: 64, count: 9, scale: log}");
  static final AxisField<Integer> WIDTH =
      AxisField.required(
          Axis.WIDTH, new Series<>(Whole.ints(1, 1 << 20)), "n, units of each hidden layer", "256");
  static final AxisField<InitScheme> INIT =
      AxisField.defaulted(
          Axis.INIT,
          new Several<>(new Choice<>(InitScheme.names(), InitScheme::parse)),
          "he_normal",
          "initialisation scheme: law and gain of the weights; `critical` is the activation's own"
              + " edge of chaos",
          "[he_normal, orthogonal]");
  static final AxisField<Double> SIGMA_MULTIPLIER =
      AxisField.defaulted(
          Axis.SIGMA_MULTIPLIER,
          new Series<>(Real.between(Bounds.MIN_SCALE, Bounds.MAX_SCALE)),
          "1",
          "factor on the scheme's σ_w: σ_w² = multiplier² × gain²",
          "{from: 0.5, to: 2, count: 25}");
  static final AxisField<Double> SIGMA_W2 =
      AxisField.optional(
          Axis.SIGMA_W2,
          new Series<>(Real.between(0, MAX_VARIANCE)),
          "none; instead of `init` and `sigma_multiplier`",
          "σ_w² itself, weight variance × fan-in, of normal weights",
          "{from: 0.5, to: 4, step: 0.05}");
  static final AxisField<Double> SIGMA_B2 =
      AxisField.defaulted(
          Axis.SIGMA_B2,
          new Series<>(Real.between(0, MAX_VARIANCE)),
          "0",
          "σ_b², variance of the biases",
          "[0, 0.05]");
  static final AxisField<Double> KEEP_PROBABILITY =
      AxisField.defaulted(
          Axis.KEEP_PROBABILITY,
          new Series<>(Real.between(Bounds.MIN_SCALE, 1)),
          "1",
          "p, share of weights kept by a random mask",
          "[1, 0.5]");
  static final AxisField<Architecture> ARCHITECTURE =
      AxisField.optional(
          Axis.ARCHITECTURE,
          new ArchitectureType(),
          "`mlp`",
          "the kind of network; lists within a section are crossed",
          "{kind: residual, order: [pre1, post2], scale: [1, depth]}");
  static final Field<Boolean> RESCALE_FOR_SPARSITY =
      Field.defaulted(
          "rescale_for_sparsity",
          new Flag(),
          "false",
          "whether σ_w² is divided by p, so that masking keeps the variance of the signal",
          "true");

  /** Every axis of a grid, in the order of docs/spec.md. */
  static final List<AxisField<?>> AXES =
      List.of(
          ACTIVATION,
          DEPTH,
          WIDTH,
          INIT,
          SIGMA_MULTIPLIER,
          SIGMA_W2,
          SIGMA_B2,
          KEEP_PROBABILITY,
          ARCHITECTURE);

  static final List<Field<?>> FIELDS =
      Stream.<Field<?>>concat(AXES.stream().map(AxisField::field), Stream.of(RESCALE_FOR_SPARSITY))
          .toList();

  private NetworkFormat() {}

  private static Activation activation(String text) {
    Activation activation = Activations.parse(text);
    if (Math.abs(activation.slope()) > MAX_SLOPE) {
      throw new IllegalArgumentException("slope must be from -1000 to 1000");
    }
    return activation;
  }
}
