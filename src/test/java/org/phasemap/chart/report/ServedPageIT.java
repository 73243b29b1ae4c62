package org.phasemap.chart.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.chart.SweepInfo;
import org.phasemap.chart.summary.Charts;
import org.phasemap.query.Query;
import org.phasemap.query.SyntheticSweep;

/**
 * The modules draw the same page when a browser loads them as they are, and fetches its charts by
 * name, as they do in one file.
 */
class ServedPageIT {
  private static final Page.WaitForSelectorOptions ATTACHED =
      new Page.WaitForSelectorOptions().setState(WaitForSelectorState.ATTACHED);

  @TempDir static Path folder;

  @Test
  void modulesThatAreServedDrawWhatTheFileDraws() throws Exception {
    Path report = folder.resolve("report.html");
    JsonNode charts;
    try (Query query = Query.over(SyntheticSweep.write(folder))) {
      Charts all = new Charts(query, new SweepInfo("synthetic", "", Map.of()));
      charts = new ObjectMapper().readTree(ReportJson.of(all));
      HtmlReport.write(all, report);
    }
    try (Chromium chromium = Chromium.launch()) {
      String file = drawn(chromium, charts, report.toUri().toString());
      assertThat(drawn(chromium, charts, ServedPage.HOST)).isEqualTo(file);
      assertThat(file).contains("tanh", "<svg");
    }
  }

  /** The maps, and the layers of the cell that is shown. */
  private static String drawn(Chromium chromium, JsonNode charts, String address) {
    List<String> complaints = new ArrayList<>();
    try (Page page = chromium.browser().newPage()) {
      ServedPage.serve(page, charts);
      page.onConsoleMessage(message -> complaints.add(message.text()));
      page.onPageError(complaints::add);
      page.navigate(address);
      page.waitForSelector("html[data-ready=true]");
      page.waitForSelector("#losses svg path", ATTACHED);
      assertThat(complaints).isEmpty();
      return page.locator("main").innerHTML().replaceAll("zr\\d+|_echarts_instance_=\"\\w+\"", "");
    }
  }
}
