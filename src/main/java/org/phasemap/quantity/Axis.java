package org.phasemap.quantity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.Activation;
import org.phasemap.network.Architecture;
import org.phasemap.network.InitScheme;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.network.architecture.Families;

/**
 * What cells may differ in, a column of the configuration each. The constants stand in the order of
 * the tables' columns, so a new one stands last. {@code plan.Cell} says what a cell has on each.
 *
 * @param <T> what a value is in memory; tables hold text, a whole number or a number
 */
public final class Axis<T> {
  /** How a drawing spaces the values of an axis. */
  public enum Scale {
    LINEAR,
    LOG,
    CATEGORY
  }

  /** Some of the axes, in an order of their own. */
  public enum Order {
    /** Tables are sorted by these and grids run through them, the slowest first. */
    GRID,
    /** Maps show upwards the first of these that has more than one value. */
    UPWARDS,
    /** What else tells the cells of an activation apart, as menus list it. */
    FACETS,
    /** The facets that a trained cell shares with the measured one that it is drawn on. */
    BESIDE,
    /** What a page thins where there are too many cells. */
    THINNED
  }

  private static final List<Axis<?>> ALL = new ArrayList<>();

  public static final Axis<String> TASK =
      text(
              "task",
              Arrays.stream(TaskKind.values())
                  .map(task -> task.id() + " (" + task.meaning() + ")")
                  .collect(Collectors.joining(" or ")))
          .in(Order.GRID, 1);
  public static final Axis<Activation> ACTIVATION =
      name(
              "activation",
              Activation::name,
              Activations::parse,
              "φ, such as tanh or leaky_relu(0.01)")
          .speaking()
          .shown("φ", "activation φ")
          .in(Order.GRID, 3);
  public static final Axis<Integer> DEPTH =
      whole("depth", "L, number of hidden layers")
          .shown("L", "depth L")
          .in(Order.GRID, 10)
          .in(Order.UPWARDS, 1)
          .in(Order.THINNED, 4);
  public static final Axis<Integer> WIDTH =
      whole("width", "n, units of each hidden layer")
          .shown("n", "width n")
          .in(Order.GRID, 4)
          .in(Order.UPWARDS, 3)
          .in(Order.FACETS, 3)
          .in(Order.THINNED, 5);
  public static final Axis<InitScheme> INIT =
      name(
              "init",
              InitScheme::id,
              InitScheme::parse,
              "initialisation scheme; null where the spec gives sigma_w2")
          .in(Order.GRID, 7)
          .in(Order.FACETS, 5)
          .in(Order.BESIDE, 4);
  public static final Axis<Double> SIGMA_MULTIPLIER =
      number("sigma_multiplier", "factor on the scheme's σ_w; null without a scheme")
          .shown("σ multiplier", "σ multiplier")
          .in(Order.GRID, 8)
          .in(Order.THINNED, 1);
  public static final Axis<WeightLaw> WEIGHT_LAW =
      name(
              "weight_law",
              Axis::lowerCase,
              text -> WeightLaw.valueOf(text.toUpperCase(Locale.ROOT)),
              "normal, uniform, truncated or orthogonal")
          .in(Order.FACETS, 6);
  public static final Axis<Double> SIGMA_W2 =
      number("sigma_w2", "σ_w², weight variance × fan-in, before the mask")
          .shown("σ_w²", "σ_w² (weight variance × fan-in)")
          .in(Order.GRID, 9)
          .in(Order.THINNED, 2);
  public static final Axis<Double> SIGMA_B2 =
      number("sigma_b2", "σ_b², bias variance")
          .shown("σ_b²", "σ_b² (bias variance)")
          .in(Order.GRID, 6)
          .in(Order.UPWARDS, 2)
          .in(Order.FACETS, 4)
          .in(Order.THINNED, 3)
          .in(Order.BESIDE, 3);
  public static final Axis<Double> KEEP_PROBABILITY =
      number("keep_probability", "p, share of weights kept by the mask")
          .shown("p", "keep probability p")
          .in(Order.GRID, 5)
          .in(Order.UPWARDS, 4)
          .in(Order.FACETS, 2)
          .in(Order.THINNED, 6)
          .in(Order.BESIDE, 2)
          .downwards();
  public static final Axis<String> INPUT =
      text("input", "gaussian, sphere, or the kind of a data set").in(Order.FACETS, 7);
  public static final Axis<Integer> INPUT_COUNT =
      whole("input_count", "m, inputs (propagation) or training examples (training)")
          .shown("m", "inputs m")
          .in(Order.FACETS, 8);
  public static final Axis<Integer> INPUT_DIMENSION =
      whole("input_dimension", "n₀, components of an input")
          .shown("n₀", "input dimension n₀")
          .in(Order.FACETS, 9);
  public static final Axis<Double> INPUT_Q0 =
      number("input_q0", "‖x‖²/n₀, averaged over inputs; null if trained")
          .shown("q₀", "‖x‖²/n₀ of the inputs")
          .in(Order.FACETS, 10)
          .in(Order.THINNED, 7);
  public static final Axis<Double> INPUT_C0 =
      number("input_c0", "cosine of two inputs, averaged over pairs; null if trained")
          .shown("c₀", "cosine of two inputs")
          .in(Order.FACETS, 11)
          .in(Order.THINNED, 8);
  public static final Axis<Double> INPUT_SCALE =
      number(
          "input_scale",
          "factor on the components of a data set's inputs; null for others, and if trained");
  public static final Axis<String> INPUT_HASH =
      text(
          "input_hash",
          "first 16 hex digits of SHA-256 of the data set's files; null without files");
  public static final Axis<Integer> BATCH_SIZE =
      whole("batch_size", "examples a training step; null unless trained")
          .shown("batch", "batch size");
  public static final Axis<Integer> STEPS = whole("steps", "training steps; null unless trained");
  public static final Axis<Double> LEARNING_RATE =
      number("learning_rate", "step size; null unless trained, or where it is critical")
          .shown("η", "learning rate η")
          .logarithmic();
  public static final Axis<String> ENGINE =
      text("engine", "kernel or deeplearning4j; null unless trained");
  public static final Axis<String> LOSS = text("loss", "cross_entropy or mse; null unless trained");
  public static final Axis<String> OPTIMISER =
      text("optimiser", "sgd, momentum(μ), nesterov(μ) or adam(β₁,β₂,ε); null unless trained");
  public static final Axis<Double> CRITICAL_FRACTION =
      number(
          "critical_fraction",
          "the step size over 2 m/λ_max of each network's own Θ, where the spec says so");
  public static final Axis<Boolean> BIASES =
      name(
          "biases",
          on -> on ? "on" : "off",
          "on"::equals,
          "on or off: whether layers have biases; null unless trained");
  public static final Axis<Double> ACCURACY_THRESHOLD =
      number(
          "accuracy_threshold",
          "train_accuracy from which a network counts as trained; null unless trained");
  public static final Axis<Double> STOP_LOSS =
      number("stop_loss", "training is done at this minibatch loss; null for none");
  public static final Axis<Double> STOP_ACCURACY =
      number("stop_accuracy", "as above, minibatch accuracy");
  public static final Axis<Integer> STOP_STEPS =
      whole("stop_steps", "… of so many minibatches in a row");
  public static final Axis<Architecture> ARCHITECTURE =
      name(
              "architecture",
              Architecture::toString,
              Families::parse,
              "kind of network with its parameters, as specs name it; files have null for mlp, and"
                  + " queries show it")
          .speaking()
          .insteadOfNull(Architecture.MLP)
          .in(Order.GRID, 2)
          .in(Order.FACETS, 1)
          .in(Order.BESIDE, 1);

  private final String column;
  private final Values<T> values;
  private final String meaning;
  private String symbol;
  private String label;
  private Scale scale;
  private boolean isDescending;
  private boolean isSpeaking;
  private @Nullable T insteadOfNull;
  private final Map<Order, Integer> places = new EnumMap<>(Order.class);

  /**
   * How tables hold the values.
   *
   * @param stored {@code String}, {@code Integer} or {@code Double}
   */
  private record Values<T>(Class<?> stored, Function<T, Object> write, Function<Object, T> read) {}

  private Axis(String column, Values<T> values, Scale scale, String meaning) {
    this.column = column;
    this.values = values;
    this.scale = scale;
    this.meaning = meaning;
    this.label = column.replace('_', ' ');
    this.symbol = label;
    ALL.add(this);
  }

  private static <T> Axis<T> name(
      String column, Function<T, String> write, Function<String, T> read, String meaning) {
    Values<T> values = new Values<>(String.class, write::apply, text -> read.apply((String) text));
    return new Axis<>(column, values, Scale.CATEGORY, meaning);
  }

  private static Axis<String> text(String column, String meaning) {
    return name(column, text -> text, text -> text, meaning);
  }

  /** Whole numbers are depths, widths and counts, whose ratios matter. */
  private static Axis<Integer> whole(String column, String meaning) {
    Values<Integer> values = new Values<>(Integer.class, x -> x, x -> (Integer) x);
    return new Axis<>(column, values, Scale.LOG, meaning);
  }

  private static Axis<Double> number(String column, String meaning) {
    Values<Double> values = new Values<>(Double.class, x -> x, x -> (Double) x);
    return new Axis<>(column, values, Scale.LINEAR, meaning);
  }

  private Axis<T> shown(String as, String inWords) {
    symbol = as;
    label = inWords;
    return this;
  }

  /** What cells are whose column is null: all were before there was this axis. */
  private Axis<T> insteadOfNull(T value) {
    insteadOfNull = value;
    return this;
  }

  private Axis<T> logarithmic() {
    scale = Scale.LOG;
    return this;
  }

  private Axis<T> in(Order order, int place) {
    places.put(order, place);
    return this;
  }

  private Axis<T> speaking() {
    isSpeaking = true;
    return this;
  }

  private Axis<T> downwards() {
    isDescending = true;
    return this;
  }

  private static String lowerCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** All of them, in the order of the tables' columns. */
  public static List<Axis<?>> all() {
    return Collections.unmodifiableList(ALL);
  }

  /** The axes of an order, in it. */
  public static List<Axis<?>> in(Order order) {
    return ALL.stream()
        .filter(axis -> axis.places.containsKey(order))
        .sorted(Comparator.comparing(axis -> axis.places.get(order)))
        .toList();
  }

  /** The axis of a column, if it is one. */
  public static Optional<Axis<?>> of(String column) {
    return ALL.stream().filter(axis -> axis.column.equals(column)).findFirst();
  }

  /** Its column in both tables, and its field in specs that sweep it. */
  public String column() {
    return column;
  }

  /** What formulas call it: {@code σ_w²}; its name in words where they have no symbol for it. */
  public String symbol() {
    return symbol;
  }

  /** What stands beside a drawing's axis. */
  public String label() {
    return label;
  }

  /** How drawings space its values. */
  public Scale scale() {
    return scale;
  }

  /** Whether its largest value comes first: dense networks are those to see before masked ones. */
  public boolean isDescending() {
    return isDescending;
  }

  /** Whether a value says by itself what it is: {@code tanh}, but not {@code 0.05}. */
  public boolean isSpeaking() {
    return isSpeaking;
  }

  /** What docs/tables.md says of its column. */
  public String meaning() {
    return meaning;
  }

  /** How its column holds values: {@code String}, {@code Integer} or {@code Double}. */
  public Class<?> stored() {
    return values.stored;
  }

  /** A value as its column holds it. */
  public Object toStored(T value) {
    return values.write.apply(value);
  }

  /** What a null in its column stands for, as the column would hold it; empty for no value. */
  public Optional<Object> storedForNull() {
    return Optional.ofNullable(insteadOfNull).map(values.write);
  }

  /** The value in a row of columns; null where the row has none. */
  public @Nullable T find(Map<String, ? extends @Nullable Object> row) {
    Object stored = row.get(column);
    return stored == null ? insteadOfNull : values.read.apply(stored);
  }

  @Override
  public String toString() {
    return column;
  }
}
