package org.phasemap.chart.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.Media;
import com.microsoft.playwright.options.SelectOption;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.chart.SweepInfo;
import org.phasemap.chart.summary.Charts;
import org.phasemap.query.Query;
import org.phasemap.query.SyntheticSweep;

/** Opens the report as its reader does: from a file, in a browser, without a network. */
class HtmlReportIT {
  private static final String NO_SIGNAL_IN_SOME_LAYERS =
      "list_transform(profile_q, lambda q, i: if(i in (2, 3, 4, 6), 0, q))";

  @TempDir static Path folder;
  private static Chromium chromium;
  private static String reluCell = "";
  private static String maskedTanhCell = "";
  private static String trainedCell = "";

  private final List<String> complaints = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private Page page;

  @BeforeAll
  static void writeReport() throws Exception {
    chromium = Chromium.launch();
    Map<String, List<String>> files = SyntheticSweep.write(folder);
    try (Query query =
        Query.over(
            SyntheticSweep.vary(
                files,
                Files.createDirectory(folder.resolve("biased")),
                "true",
                Map.of("sigma_b2", "0.05", "profile_q", NO_SIGNAL_IN_SOME_LAYERS)))) {
      HtmlReport.write(new Charts(query, new SweepInfo("biased", "", Map.of())), report("biased"));
    }
    try (Query query =
        Query.over(
            SyntheticSweep.vary(
                files,
                Files.createDirectory(folder.resolve("only-trained")),
                "task = 'training'",
                Map.of()))) {
      HtmlReport.write(
          new Charts(query, new SweepInfo("only-trained", "", Map.of())), report("only-trained"));
    }
    try (Query query = Query.over(files)) {
      HtmlReport.write(
          new Charts(query, new SweepInfo("synthetic", "name: synthetic\n", Map.of("seed", "7"))),
          report("report"));
      String cell = "select cell_id from cells where depth = 16 and sigma_multiplier = 1 and ";
      reluCell =
          id(query, cell + "activation = 'relu' and task = 'propagation' and keep_probability = 1");
      maskedTanhCell =
          id(
              query,
              cell + "activation = 'tanh' and task = 'propagation' and keep_probability = 0.5");
      trainedCell = id(query, cell + "activation = 'relu' and task = 'training'");
    }
  }

  @AfterAll
  static void closeBrowser() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void openPage() {
    page =
        chromium
            .browser()
            .newPage(
                new Browser.NewPageOptions().setViewportSize(1440, 1000).setAcceptDownloads(true));
    page.onConsoleMessage(message -> complaints.add(message.type() + ": " + message.text()));
    page.onPageError(complaints::add);
    page.onRequest(request -> requests.add(request.url()));
  }

  @AfterEach
  void nothingWasFetchedAndNothingWentWrong() {
    page.close();
    assertThat(complaints).isEmpty();
    assertThat(requests).allMatch(url -> url.startsWith("file:") || url.startsWith("data:"));
  }

  @Test
  void drawsAMapForEachActivationAndOpensSoon() {
    long start = System.nanoTime();
    open("");
    assertThat((System.nanoTime() - start) / 1e9).isLessThan(20);
    assertThat(page.locator("#panels figure:not([hidden]) h3").allTextContents())
        .containsExactlyInAnyOrderElementsOf(SyntheticSweep.ACTIVATIONS);
    for (Locator map : page.locator("#panels .chart svg").all()) {
      assertThat(map.locator("path").count())
          .isGreaterThan(SyntheticSweep.MULTIPLIERS * SyntheticSweep.DEPTHS.size());
    }
    assertThat(page.locator("#shares tbody tr").count()).isEqualTo(6);
    assertThat(page.locator("#compare-note").innerText())
        .containsPattern("\\|z\\| ≤ 2 in [0-9.]+ % of 1,\\d\\d\\d cells");
    assertThat(page.locator("#provenance").innerText()).contains("seed", "7");
  }

  @Test
  void theReportFitsANarrowScreenAndItsMapsStandBesideEachOtherOnPaper() {
    open("");
    page.setViewportSize(360, 800);
    page.waitForFunction("document.documentElement.scrollWidth <= 360");
    page.setViewportSize(1440, 1000);
    page.waitForFunction("document.querySelector('#panels .chart').clientWidth > 300");
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    page.setViewportSize(703, 1000); // A4 between its margins.
    List<?> tops =
        (List<?>)
            page.evaluate(
                "[...document.querySelectorAll('#panels figure')].slice(0, 2).map((f) =>"
                    + " Math.round(f.getBoundingClientRect().top))");
    assertThat(tops.get(0)).isEqualTo(tops.get(1));
  }

  @Test
  void hoveringACellTellsMeasurementTheoryAndZ() {
    open("");
    BoundingBox map = map("relu").boundingBox();
    page.mouse().move(map.x + map.width * 0.3, map.y + map.height * 0.42);
    Locator tip = page.locator(".tip:visible");
    tip.waitFor();
    assertThat(tip.innerText())
        .contains(
            "relu · L = ",
            "ln gradient gain",
            "±",
            "theory, infinite width",
            "expected at n = 256",
            "(sd ",
            "z",
            "χ₁ at layer L",
            "8 of 8 finite");
  }

  /** Without biases ordered networks keep their inputs apart, and relu has no fixed point. */
  @Test
  void boundariesAreDrawnAndExplainedWhereTheyExist() {
    open("");
    assertThat(boundaries("tanh")).containsExactly("stable");
    page.locator("input[name=overlay-deep]").check();
    assertThat(boundaries("tanh")).containsExactlyInAnyOrder("stable", "generalising");
    assertThat(boundaries("relu")).containsExactly("stable");
    assertThat(page.locator("#legend").innerText())
        .contains("stable: ", "generalising: ")
        .doesNotContain("trainable: ");
    page.locator("input[name=overlay-boundaries]").uncheck();
    page.locator("input[name=overlay-deep]").uncheck();
    assertThat(boundaries("tanh")).isEmpty();
    assertThat(page.locator("#legend").innerText()).doesNotContain("stable: ", "generalising: ");
  }

  @Test
  void withBiasesOrderedNetworksHaveATrainableBoundary() {
    open("biased", "");
    page.locator("input[name=overlay-deep]").check();
    assertThat(boundaries("tanh")).containsExactlyInAnyOrder("stable", "trainable", "generalising");
    assertThat(boundaries("relu")).containsExactlyInAnyOrder("stable", "trainable");
    assertThat(page.locator("#legend").innerText())
        .contains("stable: ", "trainable: ", "generalising: ");
  }

  /** The names of boundaries that a map shows. */
  private List<String> boundaries(String activation) {
    return map(activation).locator("text").allTextContents().stream()
        .filter(List.of("stable", "trainable", "generalising")::contains)
        .distinct()
        .toList();
  }

  @Test
  void clickingACellShowsItsLayers() {
    open("");
    String before = page.locator("#cell-note").innerText();
    clickOn(map("tanh"), 0.33, 0.42);
    assertThat(page.locator("#cell-note").innerText())
        .startsWith("tanh · L = ")
        .isNotEqualTo(before);
    assertThat(page.locator("#profiles .chart svg").count()).isEqualTo(3);
    assertThat(page.locator("#cell-table tr.chosen").innerText())
        .contains("ln gradient gain", "±", "(sd ");
    assertThat(page.url()).contains("#cell=");
  }

  /** Layer 1, layer 5 alone, and layers 7 to 16. */
  @Test
  void aProfilesBandEndsWhereALayerHasNoValue() {
    open("biased", "#cell=" + reluCell);
    assertThat(bands("q")).isEqualTo(3);
    assertThat(bands("g")).isEqualTo(1);
  }

  private int bands(String profile) {
    return page.locator("[data-profile=" + profile + "] path[fill='#0b5394'][fill-opacity]")
        .count();
  }

  @Test
  void aLinkOpensItsCellWhateverTheChoices() {
    open("#cell=" + reluCell);
    assertThat(page.locator("#cell-note").innerText())
        .startsWith("relu · L = 16 · σ multiplier 1 · ")
        .contains(reluCell);
    page.evaluate("id => { location.hash = 'cell=' + id }", maskedTanhCell);
    page.locator("#cell-note", new Page.LocatorOptions().setHasText(maskedTanhCell)).waitFor();
    assertThat(page.locator("#cell-note").innerText())
        .startsWith("tanh · L = 16")
        .contains("p = 0.5");
    assertThat(page.locator("input[name=facet-keep_probability]:checked").inputValue())
        .isEqualTo("1");
  }

  @Test
  void aLinkToATrainedCellOpensItsLossCurves() {
    open("#cell=" + trainedCell);
    assertThat(page.locator("#training").innerText()).contains("relu · L = 16 · σ multiplier 1");
  }

  @Test
  void whatWasTrainedIsMappedWithItsFittedBoundaries() {
    open("");
    assertThat(page.locator("#trained-maps h3").allTextContents())
        .containsExactlyInAnyOrderElementsOf(SyntheticSweep.ACTIVATIONS);
    assertThat(page.locator("#trained-legend").innerText())
        .contains("P(trained)", "the gap between the last trained and the first untrained depth")
        .contains("edge of chaos, L → ∞", "L = 6 ξ")
        .doesNotContain("stable: ");
    String shares = trainedMap("tanh").innerHTML();
    page.selectOption("select[name=trained-quantity]", "test_accuracy");
    assertThat(page.locator("#trained-legend").innerText()).contains("test accuracy");
    assertThat(trainedMap("tanh").innerHTML()).isNotEqualTo(shares);
    page.selectOption("select[name=collapsed]", new SelectOption().setLabel("tanh"));
    assertThat(figure("collapse").innerText())
        .containsPattern("ordered: L = [0-9.]+ ξc")
        .containsPattern("chaotic: L = [0-9.]+ ξc");
  }

  @Test
  void clickingATrainedCellShowsItsLossesAndItsMapsCollapse() {
    open("");
    clickOn(trainedMap("gelu"), 0.5, 0.4);
    // The page draws after the click: these wait.
    PlaywrightAssertions.assertThat(figure("losses")).containsText("gelu · L = ");
    PlaywrightAssertions.assertThat(figure("collapse")).containsText("Collapse: gelu");
  }

  @Test
  void aSweepThatOnlyTrainsHasItsMapsAndConventions() {
    open("only-trained", "");
    assertThat(page.locator("#diagram").isVisible()).isFalse();
    assertThat(page.locator("#trained-maps svg").count())
        .isEqualTo(SyntheticSweep.ACTIVATIONS.size());
    assertThat(figure("losses").innerText()).contains("trained");
    assertThat(page.locator("#conventions").innerText())
        .contains("P(trained)", "Fitted boundary", "law normal, scheme he_normal")
        .doesNotContain("Gradient gain");
  }

  private Locator figure(String chart) {
    return page.locator("figure:has(#" + chart + ")");
  }

  private Locator trainedMap(String activation) {
    return page.locator(".chart[aria-label^='Training of " + activation + "']");
  }

  @Test
  void choosingZScoresRecoloursTheMaps() {
    open("");
    String gain = map("relu").innerHTML();
    page.locator(".segmented label", new Page.LocatorOptions().setHasText("z-score")).click();
    assertThat(page.locator("#legend").innerText()).contains("z = (measured − expected", "≥");
    assertThat(map("relu").innerHTML()).isNotEqualTo(gain);
    page.selectOption("select[name=quantity]", "dead_share");
    assertThat(page.locator("input[name=view]:checked").inputValue()).isEqualTo("mean");
    assertThat(page.locator("input[name=view][value=z]").isDisabled()).isTrue();
  }

  @Test
  void theMapsCanBeReadFromTheKeyboard() {
    open("#cell=" + reluCell);
    map("relu").focus();
    page.keyboard().press("ArrowUp");
    assertThat(page.locator("#announcer").textContent())
        .startsWith("relu · L = 24 · σ multiplier 1 ·");
    page.keyboard().press("ArrowRight");
    assertThat(page.locator(".tip:visible").innerText())
        .contains("relu · L = 24 · σ multiplier 1.06");
    page.keyboard().press("Enter");
    assertThat(page.locator("#cell-note").innerText())
        .startsWith("relu · L = 24 · σ multiplier 1.06");
  }

  @Test
  void theMapsOfTrainingCanBeReadFromTheKeyboard() {
    open("only-trained", "#cell=" + trainedCell);
    Locator map = trainedMap("relu");
    map.focus();
    page.keyboard().press("ArrowUp");
    assertThat(page.locator("#announcer").textContent())
        .startsWith("relu · L = 32 · σ multiplier 1 ·")
        .containsPattern(": P\\(trained\\) [0-9.]+, (trained|stalled|diverged)$");
    page.keyboard().press("ArrowRight");
    Locator tip = page.locator(".tip:visible");
    assertThat(tip.innerText()).contains("relu · L = 32 · σ multiplier 1.", "training accuracy");
    page.keyboard().press("Enter");
    assertThat(figure("losses").innerText()).contains("relu · L = 32 · σ multiplier 1.");
    page.keyboard().press("Escape");
    tip.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
  }

  /** What is open is framed on its map, and on no other. */
  @Test
  void theTrainedCellWhoseLossesAreShownIsFramed() {
    open("#cell=" + trainedCell);
    assertThat(page.locator("#trained-maps figure:has(.outline:visible) h3").allTextContents())
        .containsExactly("relu");
  }

  @Test
  void cellsDownloadAsCsv() throws Exception {
    open("");
    Download download = page.waitForDownload(() -> page.click("#csv"));
    assertThat(download.suggestedFilename()).isEqualTo("synthetic-cells.csv");
    List<String> lines = Files.readAllLines(download.path());
    assertThat(lines).hasSize(1 + 1350 + 195);
    assertThat(lines.get(0)).startsWith("cell_id,task,activation,depth,").contains("z_ln_q");
  }

  @Test
  void figuresSaveAsVectorFilesWithTheirProvenance() throws Exception {
    open("");
    Download download = page.waitForDownload(() -> page.locator("#panels .save").first().click());
    String svg = Files.readString(download.path());
    assertThat(download.suggestedFilename()).endsWith(".svg");
    assertThatCode(
            () ->
                DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(download.path().toFile()))
        .doesNotThrowAnyException();
    assertThat(svg)
        .startsWith("<svg")
        .contains("<metadata>synthetic", "seed: 7", "gelu: ln gradient gain", "url(#ramp)");
  }

  /** At shares of its width and height, wherever it stands once the page has settled. */
  private static void clickOn(Locator map, double across, double down) {
    BoundingBox box = map.boundingBox();
    map.click(new Locator.ClickOptions().setPosition(across * box.width, down * box.height));
  }

  private static Path report(String name) {
    return folder.resolve(name + ".html");
  }

  private static String id(Query query, String sql) {
    return query.rows(sql).row(0).text("cell_id");
  }

  private void open(String fragment) {
    open("report", fragment);
  }

  private void open(String report, String fragment) {
    page.navigate(report(report).toUri() + fragment);
    page.waitForSelector("html[data-ready=true]");
  }

  private Locator map(String activation) {
    return page.locator(".chart[aria-label^='Map of " + activation + "']");
  }
}
