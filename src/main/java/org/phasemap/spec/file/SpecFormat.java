package org.phasemap.spec.file;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.phasemap.kernel.Backend;
import org.phasemap.kernel.Backends;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.Quantity;
import org.phasemap.spec.Replicates;
import org.phasemap.spec.Spec.RandomNumbers;
import org.phasemap.spec.Spec.SamplerChoice;
import org.phasemap.spec.file.DataFormat.DataKind;
import org.phasemap.spec.yaml.Choice;
import org.phasemap.spec.yaml.Field;
import org.phasemap.spec.yaml.Fields;
import org.phasemap.spec.yaml.Named;
import org.phasemap.spec.yaml.NumberType.Real;
import org.phasemap.spec.yaml.NumberType.Whole;
import org.phasemap.spec.yaml.Section;
import org.phasemap.spec.yaml.Several;
import org.phasemap.spec.yaml.Text;

/** Every field of a spec. Reading, its messages and docs/spec.md all come from these. */
final class SpecFormat {
  // training
  static final Field<Section> DATA =
      Field.defaulted(
          "data",
          new DataType(Choice.of(DataKind.class), new Fields(DataFormat.DATA_FIELDS)),
          "digits",
          "the data set; a name stands for a section with that `kind`",
          "{kind: clusters, separation: 0.3}");
  static final Field<Section> TRAINING_NETWORK =
      Field.optional(
              "network",
              new Fields(NetworkFormat.FIELDS),
              "the main grid",
              "the grid that is trained: fields of `network`; those given replace the main grid's,"
                  + " the others are inherited",
              "{depth: [4, 16], width: 128}")
          .ofAmount();
  static final Field<Integer> TRAINING_REPLICATES =
      Field.defaulted(
              "replicates", Whole.ints(1, 10_000), "1", "networks trained for each cell", "4")
          .ofAmount();
  static final List<Field<?>> TRAINING_FIELDS =
      Stream.concat(
              Stream.of(DATA, TRAINING_NETWORK, TRAINING_REPLICATES),
              TrainingFormat.FIELDS.stream())
          .toList();

  // limits
  static final Field<Long> MAX_CELLS =
      Field.defaulted(
          "max_cells",
          Whole.longs(1, 100_000_000),
          "1000000",
          "most cells that the main grid and the training grid may have together",
          "5000000");
  static final Field<Double> CELL_SECONDS =
      Field.defaulted(
          "cell_seconds",
          Real.above(0, 1e6),
          "86400",
          "longest that one replicate of a cell may take on one core; one that takes longer is a"
              + " failed row",
          "60");
  static final List<Field<?>> LIMIT_FIELDS = List.of(MAX_CELLS, CELL_SECONDS);

  // replicates
  static final Field<Integer> MIN_REPLICATES =
      Field.defaulted(
          "min", Whole.ints(2, 10_000), "4", "fewest random networks measured for each cell", "8");
  static final Field<Integer> MAX_REPLICATES =
      Field.defaulted("max", Whole.ints(2, 10_000), "64", "most, however wide the intervals", "32");
  static final Field<Map<Quantity, Double>> UNTIL =
      Field.required(
          "until",
          new Named<>(
              Choice.of(
                  Quantity.all().stream().filter(Quantity::mayDecide).toList(), Quantity::column),
              Real.above(0, Bounds.MAX_SCALE)),
          "half widths of 95 % confidence intervals of the mean over replicates; a cell with all"
              + " its intervals as narrow as these has enough",
          "{ln_gradient_gain: 0.05}");
  static final List<Field<?>> REPLICATE_FIELDS = List.of(MIN_REPLICATES, MAX_REPLICATES, UNTIL);

  // the top level
  static final Field<String> NAME =
      Field.required(
              "name",
              new Text(
                  Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}"),
                  "1 to 100 of the characters A-Z a-z 0-9 . _ - with a letter or digit first; a"
                      + " number in quotes"),
              "names the results folder, `results/<name>/`",
              "01-quickstart")
          .ofAmount();
  static final Field<Long> SEED =
      Field.defaulted(
          "seed",
          Whole.longs(Long.MIN_VALUE, Long.MAX_VALUE),
          "1",
          "seed of every random number",
          "2026");
  static final ReplicatesType REPLICATES_TYPE =
      new ReplicatesType(Whole.ints(1, 10_000), MIN_REPLICATES, MAX_REPLICATES, UNTIL);
  static final Field<Replicates> REPLICATES =
      Field.defaulted(
              "replicates",
              REPLICATES_TYPE,
              "8",
              "random networks measured for each cell; a section measures as many as a cell needs",
              "32")
          .ofAmount();
  static final Field<Section> NETWORK =
      Field.required(
              "network",
              new Fields(NetworkFormat.FIELDS),
              "the grid: a cell for each combination of its axes' values",
              "{activation: tanh, depth: 8, width: 64}")
          .ofAmount();
  static final Field<Section> INPUTS =
      Field.defaulted(
          "inputs",
          new Fields(DataFormat.INPUT_FIELDS),
          "{}",
          "what the networks are shown",
          "{count: 16}");
  static final Several<Probe> ONE_PROBE = new Several<>(Choice.of(Probe.class));
  private static final ProbesType PROBES_TYPE = new ProbesType(ONE_PROBE);
  static final Field<List<Probe>> PROBES =
      Field.defaulted(
          "probes",
          PROBES_TYPE,
          "[signal, gradient, ntk]",
          "what is measured at initialisation: moments and correlations of the signal, norms of the"
              + " gradient, the empirical neural tangent kernel, the size of an optimiser's first"
              + " step, what FP16, BF16 and INT8 would lose, the moments of the Jacobian's singular"
              + " values, what each layer adds to the tangent kernel, the Gauss–Newton curvature of"
              + " the loss, the Jacobian's largest singular value, all its singular values, the largest"
              + " modulus of its eigenvalues; with `[]` nothing, and there is only what is trained",
          "[signal, gradient]");
  static final Field<Integer> OUTPUTS =
      Field.defaulted(
          "outputs",
          Whole.ints(1, 64),
          "1",
          "k, read-outs with weights of their own: above 1, `ntk` and `curvature` are measured of"
              + " all of them too, without masks",
          "10");
  static final Field<Section> TRAINING =
      Field.optional(
          "training",
          new Fields(TRAINING_FIELDS),
          "nothing is trained",
          "what is trained; `{}` trains the main grid with the defaults",
          "{steps: 100}");
  static final Field<SamplerChoice> SAMPLER =
      Field.defaulted(
          "sampler",
          Choice.of(SamplerChoice.class),
          "auto",
          "how networks are drawn at initialisation: `dense` draws every weight, `weight_free` only"
              + " what the weights do to the inputs; `auto` is `weight_free` for MLPs where it is"
              + " allowed and `dense` elsewhere",
          "dense");
  static final Field<RandomNumbers> RANDOM_NUMBERS =
      Field.defaulted(
          "random_numbers",
          Choice.of(RandomNumbers.class),
          "common",
          "`common`: replicate r of every cell draws the same numbers, so that neighbours differ by"
              + " their configuration alone and their errors move together; `independent`: no two"
              + " cells share any, which costs more",
          "independent");
  static final String AUTO = "auto";
  static final Field<Optional<Backend>> BACKEND =
      Field.defaulted(
          "backend",
          Choice.of(
              Stream.concat(
                      Stream.of(Optional.<Backend>empty()),
                      Backends.all().stream().map(Optional::of))
                  .toList(),
              SpecFormat::id),
          AUTO,
          "who computes; `auto` is the first of the others that works here without a GPU; for GPUs"
              + " see docs/gpu.md",
          Backends.preferred().id());
  static final Field<Section> LIMITS =
      Field.defaulted(
              "limits",
              new Fields(LIMIT_FIELDS),
              "{}",
              "what a sweep must not exceed",
              "{max_cells: 5000000}")
          .ofAmount();
  static final Fields ROOT =
      new Fields(
          List.of(
              NAME,
              SEED,
              REPLICATES,
              NETWORK,
              INPUTS,
              PROBES,
              OUTPUTS,
              TRAINING,
              SAMPLER,
              RANDOM_NUMBERS,
              BACKEND,
              LIMITS));

  private SpecFormat() {}

  /** The fields of each section, keyed by the section's path; {@code ""} is the top level. */
  static Map<String, List<Field<?>>> sections() {
    Map<String, List<Field<?>>> sections = new LinkedHashMap<>();
    sections.put("", ROOT.fields());
    sections.put("replicates", REPLICATE_FIELDS);
    sections.put("network", NetworkFormat.FIELDS);
    sections.put("inputs", DataFormat.INPUT_FIELDS);
    sections.put("training", TRAINING_FIELDS);
    sections.put("training.adam", TrainingFormat.ADAM_FIELDS);
    sections.put("training.learning_rate", TrainingFormat.LEARNING_RATE_FIELDS);
    sections.put("training.stop", TrainingFormat.STOP_FIELDS);
    sections.put("training.data", DataFormat.DATA_FIELDS);
    sections.put("limits", LIMIT_FIELDS);
    return Collections.unmodifiableMap(sections);
  }

  /** The path of the first field of that name in any section. */
  static Optional<String> pathOf(String key) {
    Optional<String> ofSection =
        sections().entrySet().stream()
            .filter(s -> hasField(s.getValue(), key))
            .map(s -> s.getKey().isEmpty() ? key : s.getKey() + "." + key)
            .findFirst();
    return ofSection.or(
        () ->
            ArchitectureType.sections().values().stream()
                .filter(fields -> hasField(fields, key))
                .map(fields -> "network.architecture." + key)
                .findFirst());
  }

  private static boolean hasField(List<Field<?>> fields, String key) {
    return fields.stream().anyMatch(field -> field.key().equals(key));
  }

  /** How specs write a backend; empty where it is to be chosen. */
  static String id(Optional<Backend> backend) {
    return backend.map(Backend::id).orElse(AUTO);
  }
}
