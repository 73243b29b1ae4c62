package org.phasemap.chart.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.phasemap.chart.dashboard.ShownSweeps.WHOLE;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Whoever cannot see it, or has a keyboard or a narrow screen alone, reaches all of the page. */
class ReachIT extends DashboardPage {
  private static final List<String> VIEWS =
      List.of("sweeps", "map", "cell", "agreement", "explore");

  ReachIT(Shown shown) {
    super(shown);
  }

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
    try (InputStream in = ReachIT.class.getResourceAsStream("/axe.min.js")) {
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
