package org.phasemap.chart.dashboard;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.phasemap.chart.report.Chromium;

/**
 * What a reader waits for in a browser: the first map, and the drawing of an answer; and the
 * processor time of the page's own thread, which other programs of the machine change little.
 */
final class DashboardDrawing {
  /** Notes when ECharts has drawn all that it was given. */
  private static final String WATCH =
      """
      let own = null, watched = null;
      const watch = (init) => (...all) => {
        const chart = init(...all);
        chart.on("finished", () => { window.drawnAt = performance.now(); });
        return chart;
      };
      // The library fills its object after it has given it its name.
      Object.defineProperty(window, "echarts", { configurable: true, set(library) { own = library; }, get() {
        if (own?.init && own.init !== watched) {
          watched = watch(own.init);
          own.init = watched;
        }
        return own;
      } });
      """;

  /** Milliseconds from the end of the latest answer with a map to the end of its drawing. */
  private static final String DRAWN =
      """
      () => {
        const maps = performance.getEntriesByType("resource").filter(({ name }) => name.includes("/map?"));
        const answered = maps.length ? maps.at(-1).responseEnd : null;
        return answered !== null && window.drawnAt > answered && document.documentElement.dataset.busy === "false"
          ? window.drawnAt - answered : null;
      }
      """;

  private static final String VIEW = "#view=map&s=large&hide=boundaries,edge,scales,measured";
  private static final int ROUNDS = 12;
  private static final int PATIENCE_MS = 120_000;

  private DashboardDrawing() {}

  static void measure(Map<String, Object> figures, String address) {
    try (Chromium chromium = Chromium.launch()) {
      List<Double> opened = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Browser.NewPageOptions size = new Browser.NewPageOptions().setViewportSize(1440, 900);
        try (Page page = chromium.browser().newPage(size)) {
          page.setDefaultTimeout(PATIENCE_MS);
          page.addInitScript(WATCH);
          CDPSession session = timed(page);
          page.navigate(address + VIEW);
          drawn(page);
          opened.add(((Number) page.evaluate("() => window.drawnAt")).doubleValue());
          if (i == 2) {
            double until = processorMilliseconds(session);
            figures.put("page_processor_ms", until);
            changes(figures, page);
            double all = processorMilliseconds(session) - until;
            figures.put("drawing_processor_ms", all / ROUNDS);
          }
        }
      }
      figures.put("page_first_ms", opened.get(0));
      figures.put("page_again_ms", Collections.min(opened));
    }
  }

  private static CDPSession timed(Page page) {
    CDPSession session = page.context().newCDPSession(page);
    JsonObject domain = new JsonObject();
    domain.addProperty("timeDomain", "threadTicks");
    session.send("Performance.enable", domain);
    return session;
  }

  /** Of the page's thread so far. */
  private static double processorMilliseconds(CDPSession session) {
    for (JsonElement each : session.send("Performance.getMetrics").getAsJsonArray("metrics")) {
      JsonObject metric = each.getAsJsonObject();
      if (metric.get("name").getAsString().equals("TaskDuration")) {
        return 1000 * metric.get("value").getAsDouble();
      }
    }
    throw new IllegalStateException("Chromium gives no TaskDuration");
  }

  /** Other ranges of depth, as a brush chooses them. */
  private static void changes(Map<String, Object> figures, Page page) {
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      page.evaluate("performance.clearResourceTimings()");
      page.evaluate(
          "(depths) => { location.hash = location.hash.replace(/&f.depth=[^&]*/, '') + '&f.depth='"
              + " + depths; }",
          (i + 2) + ".." + (190 - i));
      times.add(drawn(page));
    }
    Collections.sort(times);
    figures.put("drawing_p50_ms", times.get(ROUNDS / 2));
    figures.put("drawing_most_ms", times.get(ROUNDS - 1));
  }

  private static double drawn(Page page) {
    return ((Number) page.waitForFunction(DRAWN).jsonValue()).doubleValue();
  }
}
