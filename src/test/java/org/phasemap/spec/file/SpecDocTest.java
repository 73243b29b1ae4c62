package org.phasemap.spec.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasemap.data.FileAccess;
import org.phasemap.kernel.Backend;
import org.phasemap.kernel.Backends;
import org.phasemap.network.InitScheme;
import org.phasemap.network.activation.Activations;
import org.phasemap.network.architecture.Families;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.Quantity;
import org.phasemap.spec.Engine;
import org.phasemap.spec.Loss;
import org.phasemap.spec.Spec;
import org.phasemap.spec.yaml.Choice;
import org.phasemap.spec.yaml.Decimals;
import org.phasemap.spec.yaml.Field;
import org.phasemap.spec.yaml.Node;
import org.phasemap.spec.yaml.NumberType;
import org.phasemap.spec.yaml.Place;
import org.phasemap.spec.yaml.Rules;
import org.phasemap.spec.yaml.Series;
import org.phasemap.spec.yaml.Yaml;

/**
 * docs/spec.md says what the code does. With {@code -Dphasemap.docs=write} the rows of its fields
 * are written instead.
 */
class SpecDocTest {
  private static final Path DOCUMENT = Path.of("docs/spec.md");
  private static final Pattern YAML_BLOCK = Pattern.compile("(?s)```yaml\n(.*?)```");
  private static final int COLUMNS_OF_FIELDS = 6;
  private static final int COLUMNS_OF_AXES = 2;
  private static final String MINIMAL =
      """
      name: t
      network: {activation: tanh, depth: 8, width: 64}
      replicates: {until: {ln_q: 0.1}}
      training: {stop: {loss: 0.1}}
      """;

  private static String doc() throws IOException {
    return Files.readString(DOCUMENT);
  }

  /** The rows of the tables with so many columns, whose first cell is code. */
  private static List<String> tableRows(int columns) throws IOException {
    return doc().lines().filter(line -> isRow(line, columns)).toList();
  }

  private static boolean isRow(String line, int columns) {
    return line.startsWith("| `") && line.chars().filter(c -> c == '|').count() == columns + 1;
  }

  static List<String> rows() {
    List<String> rows = new ArrayList<>();
    SpecFormat.sections()
        .forEach(
            (section, fields) -> {
              fields.forEach(f -> rows.add(row(section.isEmpty() ? "" : section + ".", f)));
              if (section.equals("network")) {
                ArchitectureType.sections()
                    .forEach((kind, ofKind) -> addParameters(kind, ofKind, rows));
              }
            });
    Series.FIELDS.forEach(f -> rows.add(row("", f)));
    return rows;
  }

  private static void addParameters(String kind, List<Field<?>> fields, List<String> rows) {
    fields.stream()
        .filter(field -> !field.equals(ArchitectureType.KIND))
        .forEach(field -> rows.add(row(kind + ".", field)));
  }

  private static String row(String prefix, Field<?> field) {
    return String.format(
        Locale.ROOT,
        "| `%s%s` | %s | %s | %s | %s | `%s` |",
        prefix,
        field.key(),
        field.type().shape(),
        field.whenAbsent(),
        field.type().allowed(),
        field.meaning(),
        field.example());
  }

  @Test
  void everyFieldHasItsRowAndEveryRowItsField() throws IOException {
    if ("write".equals(System.getProperty("phasemap.docs"))) {
      write();
    }
    assertThat(tableRows(COLUMNS_OF_FIELDS)).containsExactlyElementsOf(rows());
  }

  /** Puts what the code says in the place of each field that the document has. */
  private static void write() throws IOException {
    Map<String, String> rows =
        rows().stream().collect(Collectors.toMap(SpecDocTest::field, r -> r));
    Files.writeString(
        DOCUMENT,
        doc()
            .lines()
            .map(
                line ->
                    isRow(line, COLUMNS_OF_FIELDS) ? rows.getOrDefault(field(line), line) : line)
            .collect(Collectors.joining("\n", "", "\n")));
  }

  private static String field(String row) {
    return row.substring(0, row.indexOf("` |"));
  }

  @Test
  void everyAxisInItGivesThePointsThatStandBesideIt() throws IOException {
    List<String> rows = tableRows(COLUMNS_OF_AXES);
    assertThat(rows).hasSize(7);
    for (String row : rows) {
      String yaml = row.substring(row.indexOf('`') + 1, row.lastIndexOf('`'));
      String points = row.substring(row.lastIndexOf(" | ") + 3, row.length() - 2);
      NumberType<?> element =
          row.contains("whole numbers")
              ? NumberType.Whole.ints(1, 100)
              : NumberType.Real.above(0, 1e3);
      Node node = Objects.requireNonNull(Yaml.read(yaml, line -> "docs/spec.md"));
      List<? extends Number> read =
          new Series<>(element)
              .read(new Place(row, node, Rules.unlimited(key -> Optional.empty())));
      assertThat(read.stream().map(x -> Decimals.text(x.doubleValue())))
          .as(row)
          .containsExactly(points.split(", "));
    }
  }

  @Test
  void everyNameThatAFieldTakesIsNamed() throws IOException {
    Stream<String> names =
        Stream.of(
                Activations.names().stream(),
                InitScheme.names().stream(),
                Families.kinds().stream(),
                Stream.of(Probe.values()).map(Choice::id),
                Stream.of(Spec.SamplerChoice.values()).map(Choice::id),
                Quantity.all().stream().filter(Quantity::mayDecide).map(Quantity::column),
                Stream.of(Engine.values()).map(Choice::id),
                Stream.of(Loss.values()).map(Choice::id),
                Stream.of(TrainingFormat.OptimiserName.values()).map(Choice::id),
                Stream.of(Spec.RandomNumbers.values()).map(Choice::id),
                Backends.all().stream().map(Backend::id),
                Stream.of(Series.Spacing.values()).map(Choice::id))
            .flatMap(s -> s);
    assertThat(doc()).contains(names.collect(Collectors.toList()));
  }

  @Test
  void itsLimitsAreThoseOfTheCode() throws IOException {
    assertThat(doc().replace('\n', ' '))
        .contains("1 MiB", "at most " + Rules.MAX_POINTS + " points")
        .contains("at most " + Yaml.MAX_DEPTH + " levels", "at most " + Yaml.MAX_NODES + " values");
    assertThat(SpecFile.MAX_BYTES).isEqualTo(1024 * 1024);
  }

  @Test
  void everySpecInItReads() throws IOException {
    List<String> specs =
        YAML_BLOCK.matcher(doc()).results().map(m -> m.group(1)).collect(Collectors.toList());
    assertThat(specs).isNotEmpty();
    assertThat(specs).allSatisfy(s -> assertThat(SpecReader.parse(s, "docs/spec.md")).isNotNull());
  }

  @Test
  void everyMessageInItIsWhatTheReaderSays() throws IOException {
    List<MatchResult> quoted =
        Pattern.compile("(?m)^    conf/sweep.yaml(:.*)$").matcher(doc()).results().toList();
    String reported = Files.readString(BadSpecTest.CASES);
    assertThat(quoted).isNotEmpty();
    assertThat(quoted).allSatisfy(m -> assertThat(reported).contains(">>> x.yaml" + m.group(1)));
  }

  static Stream<Map.Entry<String, Field<?>>> fields() {
    return SpecFormat.sections().entrySet().stream()
        .flatMap(
            s ->
                s.getValue().stream()
                    .map(f -> Map.entry(s.getKey().isEmpty() ? "" : s.getKey() + ".", f)));
  }

  @ParameterizedTest
  @MethodSource("fields")
  void everyExampleIsAllowed(Map.Entry<String, Field<?>> field, @TempDir Path folder)
      throws IOException {
    Path spec = Files.writeString(folder.resolve("t.yaml"), MINIMAL);
    for (String table : List.of("points.csv", "test.csv")) {
      Files.writeString(folder.resolve(table), "x,class\n1,a\n2,b\n");
    }
    String path = field.getKey() + field.getValue().key();
    String override = path + "=" + field.getValue().example();
    assertThatCode(() -> SpecReader.read(spec, List.of(kindFor(path), override), FileAccess.PLAIN))
        .doesNotThrowAnyException();
  }

  static Stream<Map.Entry<String, Field<?>>> parameters() {
    return ArchitectureType.sections().entrySet().stream()
        .flatMap(kind -> kind.getValue().stream().map(f -> Map.entry(kind.getKey(), f)));
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void everyExampleOfAParameterIsAllowed(
      Map.Entry<String, Field<?>> parameter, @TempDir Path folder) throws IOException {
    String untrained = MINIMAL.substring(0, MINIMAL.indexOf("training:"));
    Path spec = Files.writeString(folder.resolve("t.yaml"), untrained);
    Field<?> field = parameter.getValue();
    String kind = field.equals(ArchitectureType.KIND) ? "" : "kind: " + parameter.getKey() + ", ";
    String beside =
        switch (field.key()) {
          case "place", "gamma" -> ", norm: batch";
          case "stride" -> ", transposed: true"; // eight layers make other images too small
          case "pool" -> ", pool_every: 4";
          case "pool_window" -> ", pool: max, pool_every: 8";
          case "pool_every" -> ", pool: max";
          case "size", "kernel", "padding" ->
              parameter.getKey().equals("residual") ? ", branch: convolutional" : "";
          default -> "";
        };
    String override =
        "network.architecture={%s%s: %s%s}".formatted(kind, field.key(), field.example(), beside);
    String inputs =
        parameter.getKey().equals("pinn") ? "inputs.kind=collocation" : "inputs.dimension=1088";
    List<String> overrides = List.of(inputs, override);
    assertThatCode(() -> SpecReader.read(spec, overrides, FileAccess.PLAIN))
        .doesNotThrowAnyException();
  }

  /** Some fields go with some kinds of inputs or data alone. */
  private static String kindFor(String path) {
    return switch (path) {
      case "inputs.seed" -> "inputs.kind=sphere";
      case "inputs.path", "inputs.label", "inputs.sha256" ->
          "inputs={kind: csv, path: points.csv, label: class, count: 1, dimension: 1}";
      case "training.data.path",
          "training.data.test",
          "training.data.label",
          "training.data.sha256" ->
          "training.data={kind: csv, path: points.csv, label: class}";
      case "training.data.classes",
          "training.data.dimension",
          "training.data.examples",
          "training.data.separation",
          "training.data.seed" ->
          "training.data.kind=clusters";
      case "training.data.tokens" -> "training.data.kind=sequences";
      default -> "seed=1";
    };
  }
}
