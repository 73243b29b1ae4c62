package org.phasemap.chart.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.phasemap.chart.dashboard.ShownSweeps.DENSE;
import static org.phasemap.chart.dashboard.ShownSweeps.GROWING;
import static org.phasemap.chart.dashboard.ShownSweeps.HOSTILE;
import static org.phasemap.chart.dashboard.ShownSweeps.LAYERED;
import static org.phasemap.chart.dashboard.ShownSweeps.ODD;
import static org.phasemap.chart.dashboard.ShownSweeps.SINGLE;
import static org.phasemap.chart.dashboard.ShownSweeps.WHOLE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.query.SyntheticSweep;

/** Uses the views around and beside maps: the list, the filter, links, exploring, what is saved. */
class ViewsIT extends DashboardPage {
  ViewsIT(Shown shown) {
    super(shown);
  }

  @Test
  void aHostileNameIsTextAndSweepsAreListedWithTheirStates() {
    Page page = open("");
    assertThat(page.locator(".card h3").allInnerTexts())
        .containsExactlyInAnyOrder(WHOLE, ODD, DENSE, SINGLE, LAYERED, GROWING, HOSTILE);
    assertThat(page.locator("img").count()).isZero();
    page.waitForSelector(".card.state-complete[data-sweep=whole]"); // It is looked at meanwhile.
    assertThat(text(page, ".card[data-sweep=whole]")).contains("complete", "1,545");
    page.locator(".card h3 a", new Page.LocatorOptions().setHasText("onerror")).click();
    page.locator("h1", new Page.LocatorOptions().setHasText("onerror")).waitFor();
    assertThat(text(page, "#sweep")).isEqualTo(HOSTILE);
    assertThat(page.locator("img").count()).isZero();
  }

  /** What is worked out before anybody asks is what the page asks for. */
  @Test
  void thePageAsksFirstForWhatWasPrepared() throws Exception {
    List<String> asked = new ArrayList<>();
    Page page = open("");
    page.onRequest(request -> asked.add(request.url()));
    page.navigate(address + "#" + MAP);
    settle(page);
    JsonNode overview = json("");
    assertThat(questions(asked, "map"))
        .containsExactly(Parameters.of(Preparation.firstMap(overview)).toString());
    List<String> lines = Preparation.lines(json("/map?" + Preparation.firstMap(overview)));
    assertThat(questions(asked, "lines"))
        .hasSize(SyntheticSweep.ACTIVATIONS.size())
        .containsExactlyInAnyOrderElementsOf(
            lines.stream().map(line -> Parameters.of(line).toString()).toList());
  }

  private JsonNode json(String chart) throws Exception {
    try (InputStream in = URI.create(address + "api/s/" + WHOLE + chart).toURL().openStream()) {
      return new ObjectMapper().readTree(in);
    }
  }

  private static List<String> questions(List<String> asked, String chart) {
    return asked.stream()
        .filter(url -> url.contains("/" + chart + "?"))
        .map(url -> Parameters.of(URI.create(url).getRawQuery()).toString())
        .distinct() // The page looks for news, too.
        .toList();
  }

  @Test
  void theFilterDrivesEveryViewAndEveryViewIsALink() {
    Page page = open(MAP + NO_LINES);
    page.locator(".filter[data-axis=activation] summary").click();
    page.locator(".filter[data-axis=activation] input[value=relu]").uncheck();
    settle(page);
    page.locator(".filter[data-axis=activation] input[value=gelu]").uncheck();
    settle(page);
    assertThat(page.locator(".panels h3").allInnerTexts()).containsExactly("tanh");
    String link = page.url();
    page.locator("nav a", new Page.LocatorOptions().setHasText("Theory against")).click();
    settle(page);
    assertThat(text(page, ".left-out")).contains("450 cells match the filter");
    page.goBack();
    settle(page);
    assertThat(page.url()).isEqualTo(link);
    assertThat(page.locator(".panels h3").allInnerTexts()).containsExactly("tanh");
    page.reload();
    settle(page);
    assertThat(page.locator(".panels h3").allInnerTexts()).containsExactly("tanh");
    assertThat(text(page, ".filter[data-axis=activation]")).contains("tanh");
  }

  /** Files are what a paper gets: they open, and hold what was shown. */
  @Test
  void figuresAndNumbersAreSaved(@TempDir Path folder) throws Exception {
    Page page = open(MAP + "&f.activation=tanh%7Crelu");
    byte[] svg = saved(page, "SVG");
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new java.io.ByteArrayInputStream(svg));
    assertThat(new String(svg, StandardCharsets.UTF_8))
        .contains(
            "<metadata>whole", "seed: 1", "@font-face", "font/woff2;base64,", "ln gradient gain")
        .contains(">tanh<", ">relu<", "fill=\"#ffffff\"");
    var image = ImageIO.read(new java.io.ByteArrayInputStream(saved(page, "PNG")));
    assertThat(image.getWidth()).isGreaterThan(2000);
    assertThat(image.getRGB(2, 2) & 0xffffff).isEqualTo(0xffffff);
    Path csv = folder.resolve("map.csv");
    Path parquet = folder.resolve("map.parquet");
    Files.write(csv, saved(page, "csv"));
    Files.write(parquet, saved(page, "parquet"));
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var sql = connection.createStatement()) {
      for (Path file : List.of(csv, parquet)) {
        var rows = sql.executeQuery("select count(*), count(distinct facet0) from '" + file + "'");
        rows.next();
        assertThat(rows.getLong(1)).isEqualTo(2 * 9 * SyntheticSweep.MULTIPLIERS);
        assertThat(rows.getLong(2)).isEqualTo(2);
      }
    }
  }

  @Test
  void aRunningSweepMovesByItself() throws Exception {
    Page page = open("");
    Locator card = page.locator(".card.state-running[data-sweep=" + GROWING + "]");
    card.waitFor();
    String before = card.innerText();
    assertThat(before).contains("running", "%");
    shown.sweeps().grow();
    page.waitForFunction(
        "before => document.querySelector('.card[data-sweep=growing]').innerText !== before",
        before);
    assertThat(card.innerText()).contains("running");
  }

  @Test
  void exploringShowsSlicesParallelCoordinatesCollapseAndTwoSweeps() {
    Page page = open("view=explore&s=" + WHOLE);
    assertThat(text(page, "figure")).contains("ln gradient gain along σ multiplier");
    for (String part : List.of("Parallel", "Data collapse")) {
      page.locator(".parts label", new Page.LocatorOptions().setHasText(part)).click();
      settle(page);
      assertThat(page.locator("figure .chart svg, figure .chart canvas").count()).isPositive();
    }
    assertThat(text(page, "main"))
        .contains("Quality of the collapse", "ordered phase", "chaotic phase");
    page.locator(".parts label", new Page.LocatorOptions().setHasText("Two sweeps")).click();
    settle(page);
    page.locator("select[name=other]")
        .selectOption(new com.microsoft.playwright.options.SelectOption().setLabel(HOSTILE));
    settle(page);
    assertThat(page.locator(".triple figure:visible").count()).isEqualTo(3);
    assertThat(text(page, ".triple")).contains(HOSTILE, "Difference");
  }

  /** Names that have most in common are told by the rest, wherever they stand beside each other. */
  @Test
  void architecturesAreCalledByWhatTellsThemApart() {
    Page page = open("view=map&s=" + LAYERED + NO_LINES);
    assertThat(page.locator(".panels h3").allInnerTexts())
        .containsExactlyInAnyOrder(
            "relu · padding=circular", "gelu · padding=circular", "tanh · padding=zero");
    page.navigate(address + "#view=explore&part=parallel&s=" + LAYERED);
    settle(page);
    assertThat(page.locator("figure .chart canvas").count()).isPositive(); // Many lines are pixels.
    page.navigate(address + "#view=explore&along=depth&by=architecture&s=" + LAYERED);
    settle(page);
    assertThat(page.locator("figure svg text").allTextContents())
        .contains("4", "8", "16", "64")
        .noneMatch(text -> text.contains("convolutional"));
  }

  @Test
  void trainedCellsHaveNetworksAndNoColumnsOfTheory() {
    Page page = open("view=cell&task=training&s=" + WHOLE);
    assertThat(text(page, ".pairs")).contains("Networks of the cell", "2 networks");
    assertThat(page.locator(".tables th[scope=col]").allInnerTexts())
        .contains("measured ± se")
        .doesNotContain("infinite width", "z");
    page.navigate(address + "#view=explore&task=training&s=" + WHOLE);
    settle(page);
    assertThat(text(page, "figure .where")).contains("Wilson").doesNotContain("theory");
    assertThat(page.locator("figure svg text").allTextContents())
        .contains("0", "1")
        .doesNotContain("−0.3", "1.2");
  }

  @Test
  void aChartWithoutPointsSaysWhyAndSweepsAreComparedOverAxesOfBoth() {
    Page page =
        open("view=explore&part=collapse&f.activation=relu&f.sigma_multiplier=1&s=" + LAYERED);
    assertThat(text(page, "main"))
        .contains("There is nothing to draw.", "since their scale is infinite");
    assertThat(page.locator("figure:visible").count()).isZero();
    page.navigate(address + "#view=explore&part=compare&b=" + LAYERED + "&s=" + WHOLE);
    settle(page);
    assertThat(page.locator("select[name=x] option").allTextContents())
        .contains("σ multiplier")
        .doesNotContain("learning rate η");
    page.navigate(address + "#view=explore&part=compare&b=" + SINGLE + "&s=" + SINGLE);
    settle(page);
    assertThat(text(page, "main")).contains("Choose the sweep to compare with.");
  }

  /** Least contrast of what parallel lines are drawn in, and whether marks can be told apart. */
  private static final String INKS =
      """
      async () => {
        const colour = await import("/web/colour.js"), { number, shareOf } = await import("/web/format.js");
        const light = (css) => (css.startsWith("#") ? [1, 3, 5].map((i) => parseInt(css.slice(i, i + 2), 16)) : css.match(/\\d+/g).map(Number))
          .map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
          .reduce((sum, v, k) => sum + [0.2126, 0.7152, 0.0722][k] * v, 0);
        const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
        const least = (dark, paper) => Math.min(...Array.from({ length: 21 }, (_, k) => contrast(colour.step(k / 20, dark), paper)));
        const curves = Array.from({ length: 20 }, (_, k) => colour.category(k) + colour.shape(k));
        return [least(false, "#ffffff"), least(true, "#171b22"), contrast(colour.category(6, true), "#171b22"),
          new Set(curves).size, number(1e20), number(2.72e15), shareOf(1, 6), shareOf(0.984, 1000)];
      }
      """;

  @Test
  void linesCanBeSeenOnPaperAndInTheDarkAndNumbersHaveNoMoreDigitsThanTheySay() {
    List<?> inks = (List<?>) open("").evaluate(INKS);
    for (Object contrast : inks.subList(0, 3)) {
      assertThat(((Number) contrast).doubleValue()).isGreaterThan(1.5);
    }
    assertThat(((Number) inks.get(3)).intValue()).isEqualTo(20);
    assertThat(inks.subList(4, 8))
        .isEqualTo(List.of("1e20", "2.72e15", "6 of 6 cells", "98.4 % of 1,000 cells"));
  }

  @Test
  void oneCellIsASweepToo() {
    Page page = open("view=explore&s=" + SINGLE);
    assertThat(text(page, "main")).contains("1 cell matches the filter");
    assertThat(page.locator("select[name=along]").count()).isZero();
    page.navigate(address + "#view=agreement&s=" + SINGLE);
    page.locator(".numbers th a").waitFor();
    assertThat(text(page, ".numbers th a")).matches("[0-9a-f]{16}");
  }

  @Test
  void symbolsAreSetInMenusAndSmallNumbersKeepTheirDigits() {
    Page page = open("view=explore&part=collapse&s=" + WHOLE);
    assertThat(page.locator("option").allTextContents())
        .anyMatch(text -> text.startsWith("L/ξc"))
        .noneMatch(text -> text.contains("_"));
    String told =
        """
        async () => {
          const { plain, withError, z } = await import("/web/format.js");
          return [plain("σ_w² of z_1"), z(-0.04), z(-0.06), withError(4.9e-6, 4e-7), withError(-0.02, 0.3)];
        }
        """;
    assertThat((List<?>) page.evaluate(told))
        .isEqualTo(List.of("σw² of z₁", "0.0", "−0.1", "4.9e−6 ± 4e−7", "−0.02 ± 0.30"));
  }
}
