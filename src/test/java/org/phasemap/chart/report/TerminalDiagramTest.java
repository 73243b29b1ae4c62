package org.phasemap.chart.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.chart.SweepInfo;
import org.phasemap.chart.summary.Charts;
import org.phasemap.query.Query;
import org.phasemap.query.SyntheticSweep;

class TerminalDiagramTest {
  private static final int RELU_CRITICAL_COLUMN = 12;

  @TempDir static Path folder;
  private static Query query;

  @BeforeAll
  static void openTables() throws Exception {
    query = Query.over(SyntheticSweep.write(folder));
  }

  @AfterAll
  static void close() {
    query.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 60, 80, 120, 160, 240})
  void fitsTheWidthOfTheTerminal(int width) {
    for (Colours colours : Colours.values()) {
      assertThat(render(colours, width).lines().map(TerminalDiagramTest::visible))
          .filteredOn(line -> !line.isBlank()) // The bar of colours is as wide as it is.
          .isNotEmpty()
          .allMatch(line -> line.length() <= width);
    }
  }

  @Test
  void panelsStandSideBySideWhereThereIsRoom() {
    assertThat(render(Colours.NONE, 80).lines()).anyMatch(l -> l.startsWith("   L relu"));
    assertThat(render(Colours.NONE, 250).lines())
        .anyMatch(l -> l.contains("L gelu") && l.contains("L relu") && l.contains("L tanh"));
  }

  @Test
  void theEdgeOfReluStandsAtMultiplierOneAtEveryDepth() {
    List<String> relu = panel("relu", 80);
    assertThat(relu).hasSize(SyntheticSweep.DEPTHS.size());
    for (String line : relu) {
      int edge = line.indexOf('|');
      assertThat((edge - TerminalPanel.GUTTER) / 3.0)
          .isBetween(RELU_CRITICAL_COLUMN - 0.5, RELU_CRITICAL_COLUMN + 1.0);
      assertThat(line.indexOf('|', edge + 1)).isNegative();
    }
  }

  @Test
  void gainsFallOnTheLeftOfTheEdgeAndRiseOnItsRight() {
    for (String line : panel("relu", 80)) {
      int edge = line.indexOf('|');
      assertThat(line.substring(TerminalPanel.GUTTER, edge - 3)).doesNotContainPattern("[+*#]");
      assertThat(line.substring(edge + 1)).doesNotContainPattern("[-~=]");
    }
  }

  @Test
  void deepestRowEndsInExplosionAndMaskedGeluBeginsInVanishing() {
    assertThat(panel("relu", 80).get(0)).startsWith("  64 ").endsWith(" !");
    assertThat(panel("gelu", 80).get(0)).startsWith("  64  _ ");
  }

  @Test
  void trainedCellsAreBracketed() {
    List<String> relu = panel("relu", 80);
    String shallow = relu.get(relu.size() - 1);
    assertThat(shallow.chars().filter(c -> c == '(').count()).isEqualTo(13);
    assertThat(relu.get(1)).as("depth 48 was not trained").doesNotContain("(");
  }

  /** The mark is on the deepest cell that trained, or above it where half of one did. */
  @ParameterizedTest
  @ValueSource(strings = {"gelu", "relu", "tanh"})
  void whatWasTrainedIsAMapOfItsOwnWithItsBoundary(String activation) {
    List<String> rows =
        render(Colours.NONE, 80)
            .lines()
            .dropWhile(line -> !line.equals("P(trained): depth L (up) x sigma multiplier (across)"))
            .dropWhile(line -> !line.startsWith("   L " + activation))
            .skip(1)
            .limit(SyntheticSweep.TRAINED_DEPTHS.size())
            .map(line -> String.format("%-44s", line))
            .toList();
    for (int column = 0; column < SyntheticSweep.MULTIPLIERS / 2; column++) {
      int at = TerminalPanel.GUTTER + 3 * column;
      String symbols = every(rows, row -> row.substring(at + 1, at + 2));
      String marks = every(rows, row -> row.substring(at, at + 3).matches(".*[()].*") ? "x" : " ");
      assertThat(symbols).matches("\\.*5?#*");
      int deepest = symbols.length() - symbols.replace(".", "").length();
      boolean all = symbols.charAt(0) == '#';
      assertThat(marks.chars().filter(c -> c == 'x').count()).isEqualTo(all ? 0 : 1);
      if (!all) {
        assertThat(marks.indexOf('x'))
            .isBetween(deepest, symbols.charAt(deepest) == '5' ? deepest + 1 : deepest);
      }
    }
  }

  private static String every(List<String> rows, UnaryOperator<String> part) {
    return rows.stream().map(part).collect(Collectors.joining());
  }

  @Test
  void fittedMultiplesStandBelowTheMapsOfTraining() {
    assertThat(render(Colours.NONE, 80).lines())
        .contains("  fitted L = k xi_c, k with its 95 % interval:")
        .anyMatch(
            line ->
                line.matches(
                    " +ordered [0-9.]+ \\([0-9.]+\\), chaotic [0-9.]+ \\([0-9.]+\\): tanh"));
  }

  @Test
  void withoutColoursEverythingIsPlainAscii() {
    assertThat(render(Colours.NONE, 80)).matches("[\\x20-\\x7e\\n]*");
  }

  @Test
  void coloursCarryTheGain() {
    assertThat(render(Colours.TRUECOLOUR, 80)).contains("\u001b[48;2;3;62;125m", "│", "●");
    assertThat(render(Colours.PALETTE_256, 80)).contains("\u001b[48;5;").doesNotContain("48;2;");
    assertThat(render(Colours.TRUECOLOUR, 80).lines())
        .filteredOn(line -> line.contains("\u001b["))
        .allMatch(line -> line.endsWith("\u001b[0m"));
  }

  @Test
  void legendHasNumbersAndNamesWhatIsNotShown() {
    assertThat(render(Colours.NONE, 80))
        .contains("= < -10", "# > 10", "in the report also: keep probability 0.5")
        .containsPattern("\\|z\\| <= 2 in [0-9.]+ %, <= 4 in [0-9.]+ % of 1,\\d\\d\\d cells");
  }

  @ParameterizedTest
  @CsvSource({
    "xterm-256color, '', '', PALETTE_256",
    "xterm-256color, truecolor, '', TRUECOLOUR",
    "xterm-256color, truecolor, 1, NONE",
    "dumb, truecolor, '', NONE",
    "'', '', '', NONE"
  })
  void terminalsSayWhatTheyCanShow(String term, String colorterm, String noColor, Colours colours) {
    assertThat(Colours.of(Map.of("TERM", term, "COLORTERM", colorterm, "NO_COLOR", noColor)))
        .isEqualTo(colours);
  }

  @Test
  void aSweepWithoutCellsSaysSo() {
    try (Query empty = Query.over(Map.of("cells", List.of(), "replicates", List.of()))) {
      assertThat(render(empty, Colours.NONE, 80)).isEqualTo("No cell has been measured yet.\n");
    }
  }

  /** Rows of a panel, deepest first. */
  private static List<String> panel(String activation, int width) {
    return render(Colours.NONE, width)
        .lines()
        .dropWhile(line -> !line.startsWith("   L " + activation))
        .skip(1)
        .takeWhile(line -> line.matches(" *\\d+ .*") && !line.contains("0.50"))
        .toList();
  }

  private static String visible(String line) {
    return line.replaceAll("\u001b\\[[0-9;]*m", "");
  }

  private static String render(Colours colours, int width) {
    return render(query, colours, width);
  }

  private static String render(Query tables, Colours colours, int width) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Charts charts = new Charts(tables, new SweepInfo("synthetic", "", Map.of()));
    TerminalDiagram.print(charts, out, colours, width);
    return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
  }
}
