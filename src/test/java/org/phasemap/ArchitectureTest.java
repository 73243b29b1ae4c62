package org.phasemap;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Who may import whom: one direction of data, and each library in one place. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.phasemap");

  private static final Map<String, Set<String>> MAY_IMPORT = new LinkedHashMap<>();

  static {
    MAY_IMPORT.put("network", Set.of());
    MAY_IMPORT.put("theory", Set.of("network"));
    MAY_IMPORT.put("quantity", Set.of("network"));
    MAY_IMPORT.put("data", Set.of("network"));
    MAY_IMPORT.put("kernel", Set.of("network"));
    MAY_IMPORT.put("spec", Set.of("network", "quantity", "data", "kernel"));
    MAY_IMPORT.put("plan", Set.of("network", "quantity", "spec", "data", "theory", "kernel"));
    MAY_IMPORT.put(
        "measure", Set.of("network", "quantity", "theory", "data", "spec", "plan", "kernel"));
    MAY_IMPORT.put(
        "predict", Set.of("network", "quantity", "theory", "data", "spec", "plan", "measure"));
    MAY_IMPORT.put("train", Set.of("network", "quantity", "data", "spec", "plan", "kernel"));
    MAY_IMPORT.put("zoo", Set.of("network", "spec", "train"));
    MAY_IMPORT.put("store", Set.of("network", "quantity", "data", "spec"));
    MAY_IMPORT.put(
        "rows",
        Set.of(
            "network",
            "quantity",
            "theory",
            "data",
            "spec",
            "plan",
            "kernel",
            "measure",
            "predict",
            "store"));
    MAY_IMPORT.put(
        "sweep",
        Set.of(
            "network",
            "quantity",
            "theory",
            "data",
            "spec",
            "plan",
            "kernel",
            "measure",
            "predict",
            "rows",
            "train",
            "zoo",
            "store"));
    MAY_IMPORT.put("query", Set.of("network", "quantity", "store"));
    MAY_IMPORT.put("analysis", Set.of("network", "quantity", "theory", "spec", "store", "query"));
    MAY_IMPORT.put(
        "chart",
        Set.of("network", "quantity", "theory", "data", "spec", "store", "query", "analysis"));
  }

  private static final Map<String, List<String>> ONLY_USER =
      Map.ofEntries(
          Map.entry("org.apache.spark..", List.of("sweep", "cli")),
          Map.entry("org.duckdb..", List.of("query")),
          Map.entry("org.apache.pdfbox..", List.of("chart.figure")),
          Map.entry("org.apache.fontbox..", List.of("chart.figure")),
          Map.entry("org.apache.commons.compress..", List.of("data")),
          Map.entry("org.apache.parquet..", List.of("data", "store")),
          Map.entry("org.nd4j..", List.of("kernel.nd4j", "zoo")),
          Map.entry("com.sun.jna..", List.of("kernel.cuda")),
          Map.entry("org.deeplearning4j..", List.of("zoo")),
          Map.entry("org.bytedeco..", List.of("kernel")),
          Map.entry("org.snakeyaml..", List.of("spec")),
          Map.entry("io.prometheus..", List.of("cli")),
          Map.entry("picocli..", List.of("cli")));

  @TestFactory
  List<DynamicTest> packagesImportOnlyWhatTheyMay() {
    return MAY_IMPORT.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      String[] forbidden =
                          packages().stream()
                              .filter(p -> !p.equals(entry.getKey()))
                              .filter(p -> !entry.getValue().contains(p))
                              .map(p -> "org.phasemap." + p + "..")
                              .toArray(String[]::new);
                      noClasses()
                          .that()
                          .resideInAPackage("org.phasemap." + entry.getKey() + "..")
                          .should()
                          .dependOnClassesThat()
                          .resideInAnyPackage(forbidden)
                          .check(CLASSES);
                    }))
        .toList();
  }

  /** What stands in a house itself, in no room of it. */
  private static final String HALL = "";

  /** Rooms of a house, each of which may import those before it. */
  private static final Map<String, List<String>> ROOMS =
      Map.ofEntries(
          Map.entry(
              "theory",
              List.of(
                  HALL,
                  "gauss",
                  "dual",
                  "limit",
                  "width.moment",
                  "width",
                  "precision",
                  "architecture.convolution",
                  "architecture.norm",
                  "architecture.norm.field",
                  "architecture.skip",
                  "architecture.attention",
                  "architecture.weights",
                  "architecture.pinn")),
          Map.entry("spec", List.of("yaml", HALL, "file")),
          Map.entry(
              "kernel",
              List.of(
                  "formula",
                  HALL,
                  "openblas",
                  "nd4j",
                  "cuda",
                  "graph.parameter",
                  "graph.weighing",
                  "graph")),
          Map.entry("plan", List.of(HALL, "cost")),
          Map.entry("predict", List.of("graph", HALL)),
          Map.entry(
              "measure",
              List.of("linear", "input", "result", "finding", "mlp", "graph", "device", HALL)),
          Map.entry(
              "train",
              List.of("loss", "course", "model", "update", "mlp", "graph", HALL, "device")),
          Map.entry("store", List.of("table", "disk", "manifest", "parquet", HALL)),
          Map.entry("sweep", List.of("progress", "pace", "cluster", "table", HALL)),
          Map.entry("analysis", List.of(HALL, "regress", "history")),
          Map.entry(
              "chart",
              List.of(
                  HALL,
                  "map",
                  "summary",
                  "explore.selection",
                  "explore",
                  "figure.sheet",
                  "figure",
                  "report",
                  "regress",
                  "dashboard")),
          Map.entry(
              "cli",
              List.of(
                  "console",
                  "theory.parameters",
                  "theory.architecture",
                  "theory.check",
                  "theory",
                  "claims",
                  "results",
                  "regress",
                  "sweep",
                  "doctor",
                  "shell",
                  HALL)));

  @TestFactory
  List<DynamicTest> roomsImportOnlyThoseBefore() {
    return ROOMS.entrySet().stream()
        .flatMap(
            house ->
                house.getValue().stream()
                    .map(
                        room ->
                            DynamicTest.dynamicTest(
                                house.getKey() + "." + room,
                                () -> assertRoom(house.getKey(), house.getValue(), room))))
        .toList();
  }

  private static void assertRoom(String house, List<String> rooms, String room) {
    String[] later =
        rooms.subList(rooms.indexOf(room) + 1, rooms.size()).stream()
            .map(name -> packageOf(house, name))
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(packageOf(house, room))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(later)
        .allowEmptyShould(false)
        .check(CLASSES);
  }

  private static String packageOf(String house, String room) {
    return "org.phasemap." + house + (room.equals(HALL) ? "" : "." + room);
  }

  /** Predictions know what is measured, and not how: no probe and no kernel. */
  @Test
  void predictionsKnowNoProbe() {
    noClasses()
        .that()
        .resideInAPackage("org.phasemap.predict..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.phasemap.measure..")
                .and(
                    not(
                        resideInAnyPackage(
                            "org.phasemap.measure.input", "org.phasemap.measure.result"))))
        .check(CLASSES);
  }

  /** What listeners hear is said without Spark. */
  @Test
  void progressOfASweepKnowsNoSpark() {
    noClasses()
        .that()
        .resideInAPackage("org.phasemap.sweep.progress..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.spark..")
        .check(CLASSES);
  }

  /** Only the registry of services knows who implements a backend. */
  @Test
  void nothingNamesABackend() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.phasemap.kernel..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.phasemap.kernel.openblas..", "org.phasemap.kernel.nd4j..")
        .check(CLASSES);
  }

  @TestFactory
  List<DynamicTest> noClassesStandInACircle() {
    return packages().stream()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () ->
                        slices()
                            .assignedFrom(new Classes("org.phasemap." + name))
                            .should()
                            .beFreeOfCycles()
                            .check(CLASSES)))
        .toList();
  }

  /** Each class of a house with the classes within it. */
  private record Classes(String house) implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
      boolean within = (javaClass.getPackageName() + ".").startsWith(house + ".");
      return within
          ? SliceIdentifier.of(javaClass.getName().replaceFirst("\\$.*", ""))
          : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "classes of " + house;
    }
  }

  @Test
  void everyRoomIsNamed() {
    ROOMS.forEach(
        (house, rooms) ->
            assertThat(
                    CLASSES.stream()
                        .map(JavaClass::getPackageName)
                        .filter(p -> p.startsWith("org.phasemap." + house + "."))
                        .map(p -> p.substring(("org.phasemap." + house + ".").length()))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(
                    rooms.stream().filter(room -> !room.equals(HALL)).toList()));
  }

  private static final List<String> NUMBERS =
      List.of("no", "one", "two", "three", "four", "five", "six", "seven", "eight");

  /** A room of rooms is one. */
  @Test
  void theDocumentNamesEveryRoom() throws IOException {
    String document = Files.readString(Path.of("docs/architecture.md"));
    Map<String, List<String>> named = new TreeMap<>();
    for (MatchResult house :
        Pattern.compile("(?s)`(\\w+)` has (\\w+) rooms\\.(.*?\\n\\n.*?)\\n\\n")
            .matcher(document)
            .results()
            .toList()) {
      List<String> rooms =
          Pattern.compile("(?m)^\\| `(\\w+)` \\|")
              .matcher(house.group(3))
              .results()
              .map(room -> room.group(1))
              .toList();
      named.put(house.group(1), rooms);
      assertThat(house.group(2)).as(house.group(1)).isEqualTo(NUMBERS.get(rooms.size()));
    }

    assertThat(named)
        .containsOnlyKeys("chart", "cli", "measure", "store", "sweep", "theory", "train");
    named.forEach(
        (house, rooms) ->
            assertThat(rooms)
                .as(house)
                .containsExactlyElementsOf(
                    requireNonNull(ROOMS.get(house)).stream()
                        .filter(room -> !room.equals(HALL))
                        .map(room -> room.replaceFirst("\\..*", ""))
                        .distinct()
                        .toList()));
  }

  @TestFactory
  List<DynamicTest> librariesAreKnownInOnePlace() {
    return ONLY_USER.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () ->
                        noClasses()
                            .that()
                            .resideOutsideOfPackages(
                                entry.getValue().stream()
                                    .map(p -> "org.phasemap." + p + "..")
                                    .toArray(String[]::new))
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage(entry.getKey())
                            .check(CLASSES)))
        .toList();
  }

  @Test
  void everyPackageHasItsRule() {
    Set<String> unruled =
        packages().stream().filter(p -> !MAY_IMPORT.containsKey(p)).collect(Collectors.toSet());

    assertThat(unruled).containsExactly("cli");
  }

  /** Charts are finished before anything prints them. */
  @Test
  void chartsKnowNothingThatPrintsThem() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.phasemap.chart", "org.phasemap.chart.map", "org.phasemap.chart.summary")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.phasemap.chart.report..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("org.phasemap.chart.report..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.phasemap.query..")
        .check(CLASSES);
  }

  /** A second Ctrl-C ends the process where it stands. */
  @Test
  void onlyMainAndInterruptsExit() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("org.phasemap.cli.Main")
        .and()
        .doNotHaveFullyQualifiedName("org.phasemap.cli.sweep.Interrupts")
        .and() // The main class of a process of the launcher's build.
        .doNotHaveFullyQualifiedName("org.phasemap.cli.Rehearsal")
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(CLASSES);
  }

  private static Set<String> packages() {
    return CLASSES.stream()
        .map(JavaClass::getPackageName)
        .filter(p -> p.startsWith("org.phasemap."))
        .map(p -> p.substring("org.phasemap.".length()).replaceFirst("\\..*", ""))
        .collect(Collectors.toSet());
  }
}
