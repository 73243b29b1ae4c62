package org.phasemap.chart.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasemap.chart.SweepInfo;
import org.phasemap.chart.map.MapChoice;
import org.phasemap.chart.summary.Charts;
import org.phasemap.query.Query;
import org.phasemap.query.SyntheticSweep;
import org.phasemap.store.table.Column;
import org.phasemap.store.table.Tables;

/** Sweeps of every shape draw, in the terminal and in a browser, without complaint. */
class OddSweepsIT {
  /**
   * A sweep that is not like the quickstart.
   *
   * @param where which of its rows there are
   * @param replaced columns with another value, as SQL
   * @param facets that are asked for
   * @param maps how many maps it has
   */
  record Odd(
      String name, String where, Map<String, String> replaced, List<String> facets, int maps) {
    Odd(String name, String where, Map<String, String> replaced, int maps) {
      this(name, where, replaced, List.of(), maps);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final String PADDING =
      """
      'convolutional(size=8x8, kernel=3, padding=' || case activation when 'relu' then 'zero'
        when 'tanh' then 'circular' else 'reflect' end || ')'\
      """;

  @TempDir static Path sweep;
  private static Map<String, List<String>> files = Map.of();
  private static Chromium chromium;

  @BeforeAll
  static void prepare() throws Exception {
    chromium = Chromium.launch();
    files = SyntheticSweep.write(sweep);
  }

  @AfterAll
  static void closeBrowser() {
    if (chromium != null) {
      chromium.close();
    }
  }

  static Stream<Odd> sweeps() {
    List<String> theory =
        Tables.cells().stream()
            .map(Column::name)
            .filter(name -> name.matches("theory_.*|expected_.*|z_.*|phase"))
            .toList();
    List<String> bands =
        Tables.cells().stream()
            .map(Column::name)
            .filter(name -> name.matches("expected_.*|z_.*"))
            .toList();
    List<String> gradient =
        Tables.cells().stream()
            .map(Column::name)
            .filter(name -> name.matches("(theory_|expected_|z_)?ln_gradient_gain.*"))
            .toList();
    return Stream.of(
        new Odd("a variance axis", "true", nulls(List.of("sigma_multiplier", "init")), 3),
        new Odd("no theory", "true", nulls(theory), 3),
        new Odd("no bands", "true", nulls(bands), 3),
        new Odd("no gradients", "true", nulls(gradient), 3),
        new Odd("inputs that are alike", "true", Map.of("input_c0", "0.995"), 3),
        new Odd("one input", "true", Map.of("input_count", "1"), 3),
        new Odd("no training", "task = 'propagation'", Map.of(), 3),
        new Odd("training only", "task = 'training'", Map.of(), 0),
        new Odd("one depth", "depth = 16", Map.of(), 3),
        // The depths of a sweep stand in for bias variances: the same rows, another plane.
        new Odd(
            "a plane of variances",
            "task = 'propagation' and keep_probability = 1",
            Map.of("depth", "16", "sigma_b2", "depth / 100.0"),
            3),
        new Odd("two facets", "true", Map.of(), List.of("activation", "keep_probability"), 6),
        new Odd("architectures", "true", Map.of("architecture", PADDING), 3),
        new Odd("one σ", "sigma_multiplier = 1", Map.of(), 3),
        new Odd(
            "one cell",
            "sigma_multiplier = 1 and depth = 16 and activation = 'tanh' and keep_probability = 1",
            Map.of(),
            1),
        new Odd("a grid with holes", "hash(cell_id) % 5 < 3", Map.of(), 3));
  }

  private static Map<String, String> nulls(List<String> columns) {
    return columns.stream().collect(Collectors.toMap(c -> c, c -> "null"));
  }

  @ParameterizedTest
  @MethodSource("sweeps")
  void drawsWithoutComplaint(Odd odd, @TempDir Path folder) throws Exception {
    Path report = folder.resolve("report.html");
    try (Query query =
        Query.over(SyntheticSweep.vary(files, folder, odd.where(), odd.replaced()))) {
      MapChoice choice =
          new MapChoice(Optional.empty(), Optional.empty(), Optional.empty(), odd.facets());
      Charts charts = new Charts(query, new SweepInfo(odd.name(), "", Map.of()), choice);
      HtmlReport.write(charts, report);
      ByteArrayOutputStream terminal = new ByteArrayOutputStream();
      TerminalDiagram.print(
          charts, new PrintStream(terminal, true, StandardCharsets.UTF_8), Colours.NONE, 80);
      assertThat(terminal.toString(StandardCharsets.UTF_8).lines())
          .allMatch(line -> line.length() <= 80)
          .noneMatch(line -> line.contains("convolutional"));
    }
    List<String> complaints = new ArrayList<>();
    try (Page page = chromium.browser().newPage()) {
      page.onConsoleMessage(message -> complaints.add(message.text()));
      page.onPageError(complaints::add);
      page.navigate(report.toUri().toString());
      page.waitForSelector("html[data-ready=true]");
      assertThat(page.locator("#panels figure:not([hidden]) svg").count()).isEqualTo(odd.maps());
      assertThat(page.locator("h3").allInnerTexts())
          .noneMatch(title -> title.contains("convolutional"));
    }
    assertThat(complaints).isEmpty();
  }
}
