package org.phasemap.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.phasemap.network.Activation;
import org.phasemap.network.InitScheme;
import org.phasemap.spec.NetworkAxes.Scheme;
import org.phasemap.spec.NetworkAxes.Variance;
import org.phasemap.spec.Type.Choice;

/**
 * Writes specs in resolved form: every default filled in, every axis a list. {@link SpecReader}
 * reads an equal spec back, doubles included.
 */
public final class SpecWriter {
  private static final int LINE = 100;

  private final StringBuilder yaml = new StringBuilder();
  private String indent = "";

  private SpecWriter() {}

  /**
   * The spec as YAML, one field a line, lines ended by a line feed. Equal specs give equal text.
   */
  public static String toYaml(Spec spec) {
    SpecWriter writer = new SpecWriter();
    writer.root(spec);
    return writer.yaml.toString();
  }

  private void root(Spec spec) {
    line(Format.NAME, "\"" + spec.name() + "\"");
    line(Format.SEED, spec.seed());
    replicates(spec.replicates());
    section(Format.NETWORK, () -> grid(spec.network()));
    section(Format.INPUTS, () -> inputs(spec.inputs()));
    list(Format.PROBES, spec.probes().stream().sorted().map(Choice::id).toList());
    line(Format.OUTPUTS, spec.outputs());
    Training training = spec.training();
    if (training != null) {
      section(Format.TRAINING, () -> training(training));
    }
    line(Format.SAMPLER, Choice.id(spec.sampler()));
    line(Format.RANDOM_NUMBERS, Choice.id(spec.randomNumbers()));
    line(Format.BACKEND, Choice.id(spec.backend()));
    section(
        Format.LIMITS,
        () -> {
          line(Format.MAX_CELLS, spec.limits().maxCells());
          line(Format.CELL_SECONDS, Decimals.text(spec.limits().cellSeconds()));
        });
  }

  private void replicates(Replicates replicates) {
    if (replicates.isFixed()) {
      line(Format.REPLICATES, replicates.max());
      return;
    }
    section(
        Format.REPLICATES,
        () -> {
          line(Format.MIN_REPLICATES, replicates.min());
          line(Format.MAX_REPLICATES, replicates.max());
          section(
              Format.UNTIL,
              () ->
                  replicates
                      .until()
                      .forEach((quantity, width) -> line(quantity.id(), Decimals.text(width))));
        });
  }

  private void grid(NetworkAxes grid) {
    list(Format.ACTIVATION, grid.activation().stream().map(Activation::name).toList());
    list(Format.DEPTH, grid.depth().stream().map(String::valueOf).toList());
    list(Format.WIDTH, grid.width().stream().map(String::valueOf).toList());
    if (grid.weights() instanceof Scheme scheme) {
      list(Format.INIT, scheme.init().stream().map(InitScheme::id).toList());
      list(Format.SIGMA_MULTIPLIER, numbers(scheme.sigmaMultiplier()));
    } else if (grid.weights() instanceof Variance variance) {
      list(Format.SIGMA_W2, numbers(variance.sigmaW2()));
    }
    list(Format.SIGMA_B2, numbers(grid.sigmaB2()));
    list(Format.KEEP_PROBABILITY, numbers(grid.keepProbability()));
    line(Format.RESCALE_FOR_SPARSITY, grid.rescaleForSparsity());
  }

  private void inputs(Inputs inputs) {
    line(Format.INPUT_COUNT, inputs.count());
    line(Format.DIMENSION, inputs.dimension());
    line(Format.Q0, Decimals.text(inputs.q0()));
    line(Format.C0, Decimals.text(inputs.c0()));
  }

  private void training(Training training) {
    line(Format.DATA, training.data());
    section(Format.TRAINING_NETWORK, () -> grid(training.network()));
    line(Format.TRAINING_REPLICATES, training.replicates());
    line(Format.BATCH_SIZE, training.batchSize());
    line(Format.STEPS, training.steps());
    line(Format.LEARNING_RATE, Decimals.text(training.learningRate()));
    line(Format.ACCURACY_THRESHOLD, Decimals.text(training.accuracyThreshold()));
  }

  private static List<String> numbers(List<Double> numbers) {
    return numbers.stream().map(Decimals::text).collect(Collectors.toList());
  }

  private void section(Field<?> field, Runnable fields) {
    String outer = indent;
    yaml.append(indent).append(field.key()).append(":\n");
    indent = outer + "  ";
    fields.run();
    indent = outer;
  }

  private void line(Field<?> field, Object value) {
    line(field.key(), value);
  }

  private void line(String key, Object value) {
    yaml.append(indent).append(key).append(": ").append(value).append('\n');
  }

  /** A list in brackets, broken between its items where a line would be too long. */
  private void list(Field<?> field, List<String> items) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(indent + field.key() + ": [");
    for (int i = 0; i < items.size(); i++) {
      String item = items.get(i) + (i < items.size() - 1 ? "," : "]");
      if (i > 0 && line.length() + 1 + item.length() > LINE) {
        lines.add(line.toString());
        line = new StringBuilder(indent + "    " + item);
      } else {
        line.append(i > 0 ? " " : "").append(item);
      }
    }
    lines.add(line.toString());
    lines.forEach(l -> yaml.append(l).append('\n'));
  }
}
