package org.phasemap.chart.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.phasemap.chart.dashboard.ShownSweeps.DENSE;
import static org.phasemap.chart.dashboard.ShownSweeps.ODD;
import static org.phasemap.chart.dashboard.ShownSweeps.SINGLE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.phasemap.query.SyntheticSweep;

/** Uses maps as their readers do: a mouse, a finger, what is drawn and what is told. */
class MapsIT extends DashboardPage {
  MapsIT(Shown shown) {
    super(shown);
  }

  @Test
  void mapsShowAnyTwoAxesOfAnyQuantityAndSayWhatIsLeftOut() {
    Page page = open(MAP);
    assertThat(page.locator(".panels h3").allInnerTexts())
        .containsExactlyInAnyOrderElementsOf(SyntheticSweep.ACTIVATIONS);
    assertThat(text(page, ".left-out"))
        .contains("1,350 cells match the filter", "675 since", "Shown at p = 1");
    assertThat(text(page, ".legend")).contains("ln gradient gain", "stable: ", "χ₁ = 1");
    page.selectOption("select[name=quantity]", "ln_q");
    settle(page);
    page.locator(".segmented label", new Page.LocatorOptions().setHasText("z")).click();
    settle(page);
    assertThat(text(page, ".legend")).contains("in standard errors", "vanished", "exploded");
    page.selectOption("select[name=x]", "keep_probability");
    settle(page);
    assertThat(map(page, 0).getAttribute("aria-label"))
        .contains("depth L against keep probability");
    page.selectOption("select[name=mode-sigma_multiplier]", "average");
    settle(page);
    page.locator(".segmented label", new Page.LocatorOptions().setHasText("measured")).click();
    settle(page);
    assertThat(page.url()).contains("x=keep_probability", "q=ln_q", "average=sigma_multiplier");
    page.locator(".twin summary").click();
    page.locator(".twin tbody tr").first().waitFor();
    assertThat(page.locator(".twin tbody tr").count()).isEqualTo(3 * 2 * 9);
  }

  @Test
  void hoveringTellsTheNumbersDraggingNarrowsAndClickingOpensTheCell() {
    Page page = open(MAP + NO_LINES);
    double[] spot = at(page, 0, 0.4, 0.4);
    page.mouse().move(spot[0], spot[1]);
    Locator tip = page.locator(".tip:visible");
    tip.waitFor();
    assertThat(tip.innerText())
        .contains("σ multiplier = ", "±", "theory, infinite width", "networks");
    double[] from = at(page, 0, 0.3, 0.15);
    double[] to = at(page, 0, 0.7, 0.5);
    page.mouse().move(from[0], from[1]);
    page.mouse().down();
    page.mouse().move(to[0], to[1], new com.microsoft.playwright.Mouse.MoveOptions().setSteps(4));
    assertThat(page.locator(".brush:visible").count()).isEqualTo(1);
    page.mouse().up();
    settle(page);
    assertThat(page.url()).contains("f.depth=", "f.sigma_multiplier=");
    assertThat(page.locator(".filter.on").count()).isEqualTo(2);
    page.goBack();
    settle(page);
    assertThat(page.locator(".filter.on").count()).isZero();
    page.mouse().click(spot[0], spot[1]);
    settle(page);
    assertThat(page.url()).contains("view=cell", "cell=");
    assertThat(page.locator(".profiles figure:visible").count()).isEqualTo(3);
    assertThat(text(page, ".replay")).contains("jobs/phasemap replay");
    assertThat(text(page, ".tables")).contains("ln gradient gain", "keep probability");
  }

  /** A finger scrolls the page, so it has to rest before it draws a brush. */
  @Test
  void aFingerThatRestsNarrowsTheFilterAndOneThatDoesNotScrolls() {
    Browser.NewContextOptions touch =
        new Browser.NewContextOptions().setHasTouch(true).setViewportSize(390, 800);
    try (var context = shown.browser().newContext(touch)) {
      Page page = context.newPage();
      page.setDefaultTimeout(PATIENCE_MS);
      page.navigate(address + "#" + MAP + NO_LINES);
      settle(page);
      map(page, 0).scrollIntoViewIfNeeded();
      var fingers = context.newCDPSession(page);
      double[] from = at(page, 0, 0.35, 0.2);
      double[] to = at(page, 0, 0.75, 0.6);
      drag(fingers, page, from, to, 0);
      assertThat(page.url()).doesNotContain("f.depth");
      map(page, 0).scrollIntoViewIfNeeded();
      drag(fingers, page, at(page, 0, 0.35, 0.2), at(page, 0, 0.75, 0.6), 700);
      page.waitForURL(url -> url.contains("f.depth=") && url.contains("f.sigma_multiplier="));
      settle(page);
      assertThat(page.locator(".brush:visible").count()).isZero();
      assertThat(page.locator(".filter.on").count()).isEqualTo(2);
    }
  }

  private static void drag(
      CDPSession fingers, Page page, double[] from, double[] to, double restMilliseconds) {
    touch(fingers, "touchStart", from);
    page.waitForTimeout(restMilliseconds);
    for (int i = 1; i <= 4; i++) {
      double share = i / 4.0;
      touch(
          fingers,
          "touchMove",
          from[0] + share * (to[0] - from[0]),
          from[1] + share * (to[1] - from[1]));
    }
    touch(fingers, "touchEnd");
  }

  private static void touch(CDPSession fingers, String type, double... place) {
    JsonArray points = new JsonArray();
    if (place.length == 2) {
      JsonObject point = new JsonObject();
      point.addProperty("x", place[0]);
      point.addProperty("y", place[1]);
      points.add(point);
    }
    JsonObject event = new JsonObject();
    event.addProperty("type", type);
    event.add("touchPoints", points);
    fingers.send("Input.dispatchTouchEvent", event);
  }

  /** Of the pixels of a map whose cells are marks each, the share that is another when painted. */
  private static final String OTHER_PIXELS =
      """
      async () => {
        const [heatmap, painted, colour] = await Promise.all(["heatmap", "painted", "colour"].map((name) => import(`/web/${name}.js`)));
        const boxes = [], looks = [], categories = [null, null, null, null, "exploded", "vanished", "failed", "no value"];
        for (let k = 0; k < 400; k++) {
          const x = k % 20, y = Math.floor(k / 20);
          boxes.push(k === 399 ? [7.5, 11.5, 7.5, 11.5] : [x, x + 1, y, y + 1]);
          const category = categories[(x + y) % 8];
          looks.push({ category, value: category ? null : (x - y) / 10, partly: k % 3 === 0, undecided: k % 5 === 0, phase: k % 7 === 0 ? "no_fixed_point" : null });
        }
        const axis = { min: 0, max: 20 }, cells = boxes.map((_, k) => k), scale = colour.scale("gain", [-2, 2]);
        const pixels = ({ cellSeries }) => {
          const chart = echarts.init(document.createElement("div"), null, { renderer: "canvas", width: 640, height: 480, devicePixelRatio: 1 });
          const panel = { cells, boxes, order: heatmap.largestFirst(boxes), x: axis, y: axis };
          chart.setOption({ animation: false, xAxis: { ...axis, show: false }, yAxis: { ...axis, show: false }, series: [cellSeries(panel, (k) => looks[k], scale, () => "")] });
          return chart.renderToCanvas({ pixelRatio: 1 }).getContext("2d").getImageData(0, 0, 640, 480).data;
        };
        const one = pixels(heatmap), other = pixels(painted);
        return [one.filter((v, i) => Math.abs(v - other[i]) > 40).length / one.length, new Set(one).size];
      }
      """;

  /**
   * Dense maps are one image, in which cells are found by their place; their files are of vectors.
   */
  @Test
  void aDenseMapIsPaintedAndLooksAndAnswersAsOneOfMarks() throws Exception {
    Page page = open("view=map&s=" + DENSE + NO_LINES);
    assertThat(page.locator(".panels canvas").count()).isEqualTo(3);
    assertThat(text(page, ".legend")).contains("exploded", "vanished", "failed", "undecided");
    // Only lines of hatching that a tile draws again differ, at their edges.
    List<?> compared = (List<?>) page.evaluate(OTHER_PIXELS);
    assertThat(((Number) compared.get(0)).doubleValue()).isLessThan(0.01);
    assertThat(((Number) compared.get(1)).intValue()).isGreaterThan(50);
    double[] spot = at(page, 0, 0.4, 0.4);
    page.mouse().move(spot[0], spot[1]);
    Locator tip = page.locator(".tip:visible");
    tip.waitFor();
    String hovered = tip.locator("b").innerText();
    assertThat(tip.innerText()).contains("σ multiplier = ", "±", "theory, infinite width");
    page.mouse().move(spot[0] + 60, spot[1]);
    page.waitForFunction("was => document.querySelector('.tip b').innerText !== was", hovered);
    page.mouse().move(spot[0], spot[1]);
    page.waitForFunction("was => document.querySelector('.tip b').innerText === was", hovered);
    String svg = new String(saved(page, "SVG, plain"), StandardCharsets.UTF_8);
    assertThat(svg).doesNotContain("<image");
    assertThat(svg.split("<path", -1).length).isGreaterThan(4000);
    map(page, 0).focus();
    page.keyboard().press("ArrowRight");
    page.keyboard().press("ArrowRight");
    String named = page.locator("#announcer").textContent().replaceFirst(": ln .*", "");
    page.waitForFunction(
        "named => document.querySelector('.tip b').textContent === named",
        named.replaceAll("_", ""));
    page.mouse().click(spot[0], spot[1]);
    settle(page);
    assertThat(page.url()).contains("view=cell");
    for (String part : hovered.split(" · ", -1)) {
      assertThat(text(page, "main")).contains(part.replaceFirst(".* = ", ""));
    }
  }

  @Test
  void cellsWithoutAValueAreMarkedByWhatBecameOfTheirNetworks() {
    Page page = open("view=map&s=" + ODD + NO_LINES);
    assertThat(text(page, ".legend"))
        .contains("exploded", "vanished", "failed", "undecided", "some networks exploded");
    page.navigate(address + "#view=map&s=" + SINGLE + NO_LINES);
    settle(page);
    assertThat(page.locator(".panels .chart").count()).isEqualTo(1);
  }

  /** Cells of two schemes have two laws, but the networks that were trained are the same. */
  @Test
  void aBoundaryThatWasMeasuredIsDrawnOnce() throws Exception {
    String asked = "/lines?x=sigma_multiplier&y=depth&activation=relu&sigma_multiplier=0.5..0.504";
    try (InputStream in = URI.create(address + "api/s/" + DENSE + asked).toURL().openStream()) {
      JsonNode lines = new ObjectMapper().readTree(in);
      List<Double> columns = new ArrayList<>();
      for (JsonNode part : lines.get("measured")) {
        part.get("line").forEach(point -> columns.add(point.get(0).asDouble()));
      }
      assertThat(columns).isNotEmpty().doesNotHaveDuplicates();
      assertThat(lines.get("scales")).hasSize(2);
    }
  }
}
