package org.phasemap.chart.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.phasemap.chart.dashboard.ShownSweeps.DENSE;
import static org.phasemap.chart.dashboard.ShownSweeps.GROWING;
import static org.phasemap.chart.dashboard.ShownSweeps.HOSTILE;
import static org.phasemap.chart.dashboard.ShownSweeps.ODD;
import static org.phasemap.chart.dashboard.ShownSweeps.SINGLE;
import static org.phasemap.chart.dashboard.ShownSweeps.WHOLE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.chart.report.Chromium;
import org.phasemap.query.Limits;
import org.phasemap.query.SyntheticSweep;

/** Uses the dashboard as its readers do: a browser, a mouse, a keyboard, and the real server. */
class DashboardIT {
  private static final List<String> VIEWS =
      List.of("sweeps", "map", "cell", "agreement", "explore");
  private static final String MAP = "view=map&s=" + WHOLE;

  /** Theory's lines cost seconds for each new law: two tests look at them. */
  private static final String NO_LINES = "&hide=boundaries,edge,scales,measured";

  /** Of one page on a machine that does much else. */
  private static final int PATIENCE_MS = 90_000;

  /** A control: what axe must complain of. */
  private static final String FAULTS =
      """
      () => {
        const faint = document.createElement("p");
        faint.textContent = "faint";
        faint.style.color = "#777";
        faint.style.backgroundColor = "#888";
        document.getElementById("content").append(document.createElement("button"), faint);
      }
      """;

  /** What axe complains of, in the page around the drawings: these are images with a label. */
  private static final String SERIOUS =
      """
      async () => (await axe.run({ exclude: [[".chart svg"], [".chart canvas"]] }, { resultTypes: ["violations"] })).violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(({ id, nodes }) => id + ": " + nodes.slice(0, 3).map((n) => n.html.slice(0, 160) + " " + n.failureSummary).join(" | "))
        .join("\\n")
      """;

  @TempDir private static Path folder = Path.of("");
  private static @Nullable ShownSweeps sweeps;
  private static @Nullable DashboardServer server;
  private static @Nullable Chromium chromium;
  private static String address = "";

  private final List<String> complaints = new ArrayList<>();
  private @Nullable Page opened;

  @BeforeAll
  static void serve() throws Exception {
    chromium = Chromium.launch();
    ShownSweeps shown = new ShownSweeps(folder);
    sweeps = shown;
    DashboardServer.Settings settings =
        new DashboardServer.Settings(
            List.of(shown.root().toString()),
            "",
            List.of(),
            0,
            false,
            new Limits(Duration.ofSeconds(30), 1000));
    List<String> announced = new ArrayList<>();
    server =
        DashboardServer.start(settings, new Configuration(), ShownSweeps::target, announced::add);
    address = announced.get(0);
  }

  @AfterAll
  static void close() throws Exception {
    if (chromium != null) {
      chromium.close();
    }
    if (server != null) {
      server.close();
    }
    if (sweeps != null) {
      sweeps.close();
    }
  }

  @AfterEach
  void nothingWentWrong() {
    if (opened != null) {
      opened.close();
    }
    assertThat(complaints).isEmpty();
  }

  private Page open(String fragment) {
    return open(fragment, 1440, ColorScheme.LIGHT);
  }

  private Page open(String fragment, int width, ColorScheme scheme) {
    Page page =
        Objects.requireNonNull(chromium)
            .browser()
            .newPage(
                new Browser.NewPageOptions().setViewportSize(width, 900).setColorScheme(scheme));
    opened = page;
    page.setDefaultTimeout(PATIENCE_MS);
    page.onConsoleMessage(message -> complaints.add(message.type() + ": " + message.text()));
    page.onPageError(complaints::add);
    page.onDialog(dialog -> complaints.add("dialog: " + dialog.message()));
    page.onRequest(
        request -> {
          if (!request.url().startsWith(address) && !request.url().startsWith("data:")) {
            complaints.add("elsewhere: " + request.url());
          }
        });
    page.navigate(address + "#" + fragment);
    settle(page);
    return page;
  }

  /** Waits until all that was asked for is drawn. */
  private static void settle(Page page) {
    page.waitForSelector("html[data-ready][data-busy=false]");
    assertThat(page.locator("#complaint").textContent()).isEmpty();
  }

  private static Locator map(Page page, int k) {
    return page.locator(".panels .chart").nth(k);
  }

  /** A place on a map, as a share of its width and height. */
  private static double[] at(Page page, int k, double x, double y) {
    BoundingBox box = map(page, k).boundingBox();
    return new double[] {box.x + x * box.width, box.y + y * box.height};
  }

  private static String text(Page page, String selector) {
    return page.locator(selector).innerText();
  }

  @Test
  void aHostileNameIsTextAndSweepsAreListedWithTheirStates() {
    Page page = open("");
    assertThat(page.locator(".card h3").allInnerTexts())
        .containsExactlyInAnyOrder(WHOLE, ODD, DENSE, SINGLE, GROWING, HOSTILE);
    assertThat(page.locator("img").count()).isZero();
    page.waitForSelector(".card.state-complete[data-sweep=whole]"); // It is looked at meanwhile.
    assertThat(text(page, ".card[data-sweep=whole]")).contains("complete", "1,545");
    page.locator(".card h3 a", new Page.LocatorOptions().setHasText("onerror")).click();
    page.locator("h1", new Page.LocatorOptions().setHasText("onerror")).waitFor();
    assertThat(text(page, "#sweep")).isEqualTo(HOSTILE);
    assertThat(page.locator("img").count()).isZero();
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
    assertThat(page.locator(".twin tbody tr").count()).isEqualTo(3 * 2 * 9);
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

  private static JsonNode json(String chart) throws Exception {
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
    try (var context = Objects.requireNonNull(chromium).browser().newContext(touch)) {
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

  /** Files are what a paper gets: they open, and hold what was shown. */
  @Test
  void figuresAndNumbersAreSaved() throws Exception {
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

  private static byte[] saved(Page page, String kind) throws Exception {
    page.locator(".section-head .save-menu summary").click();
    Download download =
        page.waitForDownload(() -> page.click(".section-head [data-save='" + kind + "']"));
    return Files.readAllBytes(download.path());
  }

  @Test
  void aRunningSweepMovesByItself() throws Exception {
    Page page = open("");
    Locator card = page.locator(".card.state-running[data-sweep=" + GROWING + "]");
    card.waitFor();
    String before = card.innerText();
    assertThat(before).contains("running", "%");
    Objects.requireNonNull(sweeps).grow();
    page.waitForFunction(
        "before => document.querySelector('.card[data-sweep=growing]').innerText !== before",
        before);
    assertThat(card.innerText()).contains("running");
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

  @Test
  void theKeyboardAloneReachesACell() {
    Page page = open(MAP + NO_LINES);
    for (int k = 0; k < 80 && !focused(page).equals("application"); k++) {
      page.keyboard().press("Tab");
    }
    assertThat(focused(page)).isEqualTo("application");
    page.keyboard().press("ArrowRight");
    page.keyboard().press("ArrowUp");
    String said = page.locator("#announcer").textContent();
    assertThat(said).containsPattern("L = \\d+ .*: ln gradient gain [−0-9.]+");
    page.keyboard().press("Enter");
    settle(page);
    assertThat(page.url()).contains("view=cell");
  }

  private static String focused(Page page) {
    return String.valueOf(page.evaluate("document.activeElement.getAttribute('role')"));
  }

  @Test
  void everyViewFitsANarrowScreenInTheDark() {
    Page page = open("", 360, ColorScheme.DARK);
    for (String view : VIEWS) {
      page.navigate(address + "#view=" + view + "&s=" + WHOLE + NO_LINES);
      settle(page);
      assertThat(page.evaluate("document.documentElement.scrollWidth")).as(view).isEqualTo(360);
      assertThat(page.evaluate("document.documentElement.dataset.theme")).isEqualTo("dark");
    }
    page.click("#theme");
    assertThat(page.evaluate("document.documentElement.dataset.theme")).isEqualTo("light");
  }

  @Test
  void axeFindsNothingSerious() throws Exception {
    String axe;
    try (InputStream in = DashboardIT.class.getResourceAsStream("/axe.min.js")) {
      axe = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      Page page = open("", 1440, scheme);
      page.evaluate(axe + "; undefined");
      for (String view : scheme == ColorScheme.LIGHT ? VIEWS : List.of("map", "cell")) {
        String fragment = "view=" + view + "&s=" + WHOLE + NO_LINES;
        page.evaluate("hash => { location.hash = hash; }", fragment);
        page.waitForSelector("html[data-ready=" + view + "][data-busy=false]");
        assertThat(String.valueOf(page.evaluate(SERIOUS))).as(view + " " + scheme).isEmpty();
      }
      page.evaluate(FAULTS);
      assertThat(String.valueOf(page.evaluate(SERIOUS))).contains("button-name", "color-contrast");
      page.close();
    }
  }
}
