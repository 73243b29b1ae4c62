package org.phasemap.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.phasemap.data.DataSource;
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
                      .forEach((quantity, width) -> line(quantity.column(), Decimals.text(width))));
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
    line(DataFormat.INPUT_KIND, inputs.name());
    line(DataFormat.INPUT_COUNT, inputs.count());
    line(DataFormat.DIMENSION, inputs.dimension());
    if (inputs.source() instanceof Inputs.Gaussian gaussian) {
      line(DataFormat.Q0, Decimals.text(gaussian.q0()));
      line(DataFormat.C0, Decimals.text(gaussian.c0()));
    } else if (inputs.source() instanceof Inputs.Sphere sphere) {
      line(DataFormat.Q0, Decimals.text(sphere.q0()));
      line(DataFormat.INPUT_SEED, sphere.seed());
    } else if (inputs.source() instanceof Inputs.Chosen chosen) {
      line(DataFormat.INPUT_SEED, chosen.seed());
      files(chosen.data());
    }
    line(DataFormat.SCALE_OF_INPUTS, Decimals.text(inputs.scale()));
  }

  private void files(DataSource data) {
    if (data instanceof DataSource.Files files) {
      line(DataFormat.PATH, quoted(files.path()));
      if (files.test() != null) {
        line(DataFormat.TEST, quoted(files.test()));
      }
      if (files.label() != null) {
        line(DataFormat.LABEL, quoted(files.label()));
      }
      line(DataFormat.SHA256, quoted(files.sha256()));
    }
  }

  private void data(DataSource data) {
    line(DataFormat.DATA_KIND, data.name());
    files(data);
    if (data instanceof DataSource.Clusters clusters) {
      synthetic(clusters.classes(), clusters.dimension(), clusters.examples(), clusters.seed());
      line(DataFormat.SEPARATION, Decimals.text(clusters.separation()));
    } else if (data instanceof DataSource.TeacherStudent teacher) {
      synthetic(teacher.classes(), teacher.dimension(), teacher.examples(), teacher.seed());
    }
  }

  private void synthetic(int classes, int dimension, int examples, long seed) {
    line(DataFormat.CLASSES, classes);
    line(DataFormat.DATA_DIMENSION, dimension);
    line(DataFormat.EXAMPLES, examples);
    line(DataFormat.DATA_SEED, seed);
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private void training(Training training) {
    if (training.data() instanceof DataSource.Bundled) {
      line(Format.DATA, training.data().name());
    } else {
      section(Format.DATA, () -> data(training.data()));
    }
    section(Format.TRAINING_NETWORK, () -> grid(training.network()));
    line(Format.TRAINING_REPLICATES, training.replicates());
    line(TrainingFormat.ENGINE, training.engine().id());
    line(TrainingFormat.LOSS, training.loss().id());
    optimisers(training.optimiser());
    rates(training.learningRate());
    list(TrainingFormat.BATCH_SIZE, training.batchSize().stream().map(String::valueOf).toList());
    line(TrainingFormat.STEPS, training.steps());
    line(TrainingFormat.BIASES, training.biases());
    line(TrainingFormat.READOUT_SCALE, Decimals.text(training.readoutScale()));
    EarlyStop stop = training.stop();
    if (stop != null) {
      section(TrainingFormat.STOP, () -> stop(stop));
    }
    line(TrainingFormat.ACCURACY_THRESHOLD, Decimals.text(training.accuracyThreshold()));
    line(TrainingFormat.NTK_EXAMPLES, training.ntkExamples());
    line(TrainingFormat.NTK_DRIFT, training.ntkDrift());
  }

  private void optimisers(List<Optimiser> optimisers) {
    list(
        TrainingFormat.OPTIMISER,
        optimisers.stream().map(o -> o.id().replaceFirst("\\(.*", "")).toList());
    optimisers.stream()
        .mapToDouble(
            o ->
                o instanceof Optimiser.Momentum m
                    ? m.mu()
                    : o instanceof Optimiser.Nesterov n ? n.mu() : Double.NaN)
        .filter(mu -> !Double.isNaN(mu))
        .findFirst()
        .ifPresent(mu -> line(TrainingFormat.MOMENTUM, Decimals.text(mu)));
    for (Optimiser optimiser : optimisers) {
      if (optimiser instanceof Optimiser.Adam adam) {
        section(
            TrainingFormat.ADAM,
            () -> {
              line(TrainingFormat.BETA1, Decimals.text(adam.beta1()));
              line(TrainingFormat.BETA2, Decimals.text(adam.beta2()));
              line(TrainingFormat.EPSILON, Decimals.text(adam.epsilon()));
            });
      }
    }
  }

  private void rates(List<LearningRate> rates) {
    List<Double> fractions = new ArrayList<>();
    List<Double> numbers = new ArrayList<>();
    for (LearningRate rate : rates) {
      if (rate instanceof LearningRate.Critical critical) {
        fractions.add(critical.fraction());
      } else if (rate instanceof LearningRate.Fixed fixed) {
        numbers.add(fixed.rate());
      }
    }
    if (fractions.isEmpty()) {
      list(TrainingFormat.LEARNING_RATE, numbers(numbers));
    } else {
      section(
          TrainingFormat.LEARNING_RATE, () -> list(TrainingFormat.CRITICAL, numbers(fractions)));
    }
  }

  private void stop(EarlyStop stop) {
    if (stop.loss() != null) {
      line(TrainingFormat.STOP_LOSS, Decimals.text(stop.loss()));
    }
    if (stop.accuracy() != null) {
      line(TrainingFormat.STOP_ACCURACY, Decimals.text(stop.accuracy()));
    }
    line(TrainingFormat.STOP_STEPS, stop.steps());
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
    if (items.isEmpty()) {
      line(field, "[]");
      return;
    }
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
