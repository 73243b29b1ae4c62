package org.phasemap.spec.file;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.phasemap.data.DataSource;
import org.phasemap.spec.EarlyStop;
import org.phasemap.spec.Inputs;
import org.phasemap.spec.LearningRate;
import org.phasemap.spec.NetworkAxes;
import org.phasemap.spec.Optimiser;
import org.phasemap.spec.Procedure;
import org.phasemap.spec.Replicates;
import org.phasemap.spec.Spec;
import org.phasemap.spec.Training;
import org.phasemap.spec.yaml.Choice;
import org.phasemap.spec.yaml.Decimals;
import org.phasemap.spec.yaml.Field;

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
    line(SpecFormat.NAME, "\"" + spec.name() + "\"");
    line(SpecFormat.SEED, spec.seed());
    replicates(spec.replicates());
    section(SpecFormat.NETWORK, () -> grid(spec.network()));
    section(SpecFormat.INPUTS, () -> inputs(spec.inputs()));
    list(SpecFormat.PROBES, spec.probes().stream().sorted().map(Choice::id).toList());
    line(SpecFormat.OUTPUTS, spec.outputs());
    Training training = spec.training();
    if (training != null) {
      section(SpecFormat.TRAINING, () -> training(training));
    }
    line(SpecFormat.SAMPLER, Choice.id(spec.sampler()));
    line(SpecFormat.RANDOM_NUMBERS, Choice.id(spec.randomNumbers()));
    line(SpecFormat.BACKEND, SpecFormat.id(spec.backend()));
    section(
        SpecFormat.LIMITS,
        () -> {
          line(SpecFormat.MAX_CELLS, spec.limits().maxCells());
          line(SpecFormat.CELL_SECONDS, Decimals.text(spec.limits().cellSeconds()));
        });
  }

  private void replicates(Replicates replicates) {
    if (replicates.isFixed()) {
      line(SpecFormat.REPLICATES, replicates.max());
      return;
    }
    section(
        SpecFormat.REPLICATES,
        () -> {
          line(SpecFormat.MIN_REPLICATES, replicates.min());
          line(SpecFormat.MAX_REPLICATES, replicates.max());
          section(
              SpecFormat.UNTIL,
              () ->
                  replicates
                      .until()
                      .forEach((quantity, width) -> line(quantity.column(), Decimals.text(width))));
        });
  }

  private void grid(NetworkAxes grid) {
    NetworkFormat.AXES.forEach(axis -> axis(axis, grid));
    line(NetworkFormat.RESCALE_FOR_SPARSITY, grid.rescaleForSparsity());
  }

  private <T> void axis(AxisField<T> axis, NetworkAxes grid) {
    if (grid.lists().containsKey(axis.axis())) {
      list(
          axis.field(),
          grid.values(axis.axis()).stream()
              .map(axis.axis()::toStored)
              .map(SpecWriter::text)
              .toList());
    }
  }

  private static String text(Object value) {
    if (value instanceof Double number) {
      return Decimals.text(number);
    }
    String text = value.toString();
    // A list would end the item at a comma.
    return text.contains(",") ? quoted(text) : text;
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
    if (!(inputs.source() instanceof Inputs.Collocation)) {
      line(DataFormat.SCALE_OF_INPUTS, Decimals.text(inputs.scale()));
    }
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
    } else if (data instanceof DataSource.Sequences of) {
      synthetic(of.classes(), of.dimension(), of.examples(), of.seed());
      line(DataFormat.TOKENS, of.tokens());
    } else if (data instanceof DataSource.Retrieval of) {
      synthetic(of.classes(), of.dimension(), of.examples(), of.seed());
      line(DataFormat.TOKENS, of.tokens());
    } else if (data instanceof DataSource.Collocation of) {
      line(DataFormat.EXAMPLES, of.examples());
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
      line(SpecFormat.DATA, training.data().name());
    } else {
      section(SpecFormat.DATA, () -> data(training.data()));
    }
    section(SpecFormat.TRAINING_NETWORK, () -> grid(training.network()));
    line(SpecFormat.TRAINING_REPLICATES, training.replicates());
    Procedure procedure = training.procedure();
    line(TrainingFormat.ENGINE, procedure.engine().id());
    line(TrainingFormat.LOSS, procedure.loss().id());
    optimisers(training.axes().optimiser());
    rates(training.axes().learningRate());
    list(
        TrainingFormat.BATCH_SIZE,
        training.axes().batchSize().stream().map(String::valueOf).toList());
    line(TrainingFormat.STEPS, procedure.ending().steps());
    line(TrainingFormat.BIASES, procedure.layers().biases());
    line(TrainingFormat.READOUT_SCALE, Decimals.text(procedure.layers().readoutScale()));
    EarlyStop stop = procedure.ending().early();
    if (stop != null) {
      section(TrainingFormat.STOP, () -> stop(stop));
    }
    Procedure.Findings findings = procedure.findings();
    line(TrainingFormat.ACCURACY_THRESHOLD, Decimals.text(findings.accuracyThreshold()));
    line(TrainingFormat.NTK_EXAMPLES, findings.ntkExamples());
    line(TrainingFormat.NTK_DRIFT, findings.ntkDrift());
  }

  private void optimisers(List<Optimiser> optimisers) {
    list(TrainingFormat.OPTIMISER, optimisers.stream().map(Optimiser::name).toList());
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
