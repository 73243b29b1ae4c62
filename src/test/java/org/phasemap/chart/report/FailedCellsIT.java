package org.phasemap.chart.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.chart.SweepInfo;
import org.phasemap.chart.summary.Charts;
import org.phasemap.quantity.Quantity;
import org.phasemap.query.Query;
import org.phasemap.query.SyntheticSweep;

/** A band of cells whose networks all failed: nothing is drawn over what nobody knows. */
class FailedCellsIT {
  private static final String BAND =
      "task = 'propagation' and depth between 8 and 64 and sigma_multiplier between 0.8 and 1.5";

  /** Of all maps: points of lines and middles of their pieces that lie in the band, by kind. */
  private static final String POINTS_IN_BAND =
      """
      async () => {
        const [{ at }, { all }, { LINES }, overlays] =
          await Promise.all(["data", "panels", "lines", "overlays"].map((name) => import(`/${name}.js`)));
        const counts = {};
        for (const panel of all().filter((p) => !p.figure.hidden)) {
          const band = panel.boxes.filter((_, k) => {
            const i = panel.cells[k], depth = at("depth", i), sigma = at("sigma_multiplier", i);
            return depth >= 8 && depth <= 64 && sigma >= 0.8 && sigma <= 1.5;
          });
          const inside = ([x, y]) => band.some(([a, b, c, d]) => x > a && x < b && y > c && y < d);
          for (const kind of Object.keys(LINES)) {
            for (const line of overlays.lines(panel, kind)) {
              const middles = line.slice(1).map(([x, y], k) => [(x + line[k][0]) / 2, (y + line[k][1]) / 2]);
              counts[kind] = (counts[kind] || 0) + line.concat(middles).filter(inside).length;
            }
          }
        }
        return counts;
      }
      """;

  @TempDir static Path folder;
  private static Map<String, List<String>> files = Map.of();
  private static Chromium chromium;

  @BeforeAll
  static void prepare() throws Exception {
    chromium = Chromium.launch();
    files = SyntheticSweep.write(Files.createDirectory(folder.resolve("whole")));
  }

  @AfterAll
  static void closeBrowser() {
    if (chromium != null) {
      chromium.close();
    }
  }

  private static Page open(String name, Map<String, String> replaced, List<String> complaints)
      throws Exception {
    Path varied = Files.createDirectory(folder.resolve(name));
    JsonNode charts;
    try (Query query = Query.over(SyntheticSweep.vary(files, varied, "true", replaced))) {
      Charts all = new Charts(query, new SweepInfo(name, "", Map.of()));
      charts = new ObjectMapper().readTree(ReportJson.of(all));
    }
    Page page = chromium.browser().newPage();
    page.onConsoleMessage(message -> complaints.add(message.text()));
    page.onPageError(complaints::add);
    ServedPage.serve(page, charts);
    page.navigate(ServedPage.HOST);
    page.waitForSelector("html[data-ready=true]");
    return page;
  }

  private static Map<String, String> failing() {
    return Map.of(
        "replicates", "case when " + BAND + " then 0 else replicates end",
        "failed", "case when " + BAND + " then 2 else 0 end",
        "finite", "case when " + BAND + " then 0 else finite end",
        "status", "case when " + BAND + " then 'failed' else 'measured' end");
  }

  @SuppressWarnings("unchecked") // of JavaScript's object
  private static Map<String, Integer> pointsInBand(Page page) {
    return (Map<String, Integer>) page.evaluate(POINTS_IN_BAND);
  }

  @Test
  void noLineRunsAcrossThem() throws Exception {
    List<String> complaints = new ArrayList<>();
    try (Page whole = open("none-failed", Map.of(), complaints);
        Page failed = open("some-failed", failing(), complaints)) {
      Map<String, Integer> before = pointsInBand(whole);
      Map<String, Integer> after = pointsInBand(failed);
      assertThat(List.of("edge", "limit", "stable", "generalising", "one"))
          .allSatisfy(kind -> assertThat(before.get(kind)).as(kind).isPositive());
      assertThat(after).isNotEmpty().allSatisfy((kind, points) -> assertThat(points).isZero());

      assertThat(failed.locator("body").innerText())
          .contains("networks failed and are in no average");
      assertThat(whole.locator("body").innerText()).doesNotContain("networks failed and are");
    }
    assertThat(complaints).isEmpty();
  }

  /** No quantity has a mean, and no map anything to colour. */
  @Test
  void aPageOfThemAloneIsReady() throws Exception {
    Map<String, String> replaced = new HashMap<>();
    for (Quantity quantity : Quantity.all()) {
      if (quantity.isAveraged()) {
        replaced.put(quantity.column() + "_mean", "null::double");
      }
    }
    replaced.putAll(Map.of("replicates", "0", "failed", "2", "finite", "0", "status", "'failed'"));
    List<String> complaints = new ArrayList<>();
    try (Page page = open("all-failed", replaced, complaints)) {
      assertThat(page.locator("body").innerText())
          .contains("networks failed and are in no average");
    }
    assertThat(complaints).isEmpty();
  }

  @Test
  void theyHaveNoProfile() throws Exception {
    List<String> complaints = new ArrayList<>();
    try (Page page = open("profiles", failing(), complaints)) {
      Object cell =
          page.evaluate(
              """
              async () => {
                const { at, propagation } = await import("/data.js");
                const { ofCell } = await import("/source.js");
                let failed = null;
                for (const i of propagation) {
                  const profile = await ofCell("profiles", i);
                  if ((profile === null) !== (at("replicates", i) === 0)) throw at("cell_id", i);
                  if (profile === null) failed = at("cell_id", i);
                }
                return failed;
              }
              """);
      assertThat(cell).isNotNull();
      page.evaluate("id => { location.hash = 'cell=' + id }", cell);
      page.waitForFunction("id => location.hash.includes(id)", cell);
      page.waitForCondition(
          () -> page.locator("#cell-note").innerText().contains(String.valueOf(cell)));
      assertThat(page.locator("#cell-note").innerText())
          .contains("0 of 0 replicates finite, 2 failed")
          .doesNotContain("measured, mean");
      assertThat(page.locator("#profiles").isVisible()).isFalse();
    }
    assertThat(complaints).isEmpty();
  }
}
