package org.phasemap.chart.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;

/** The page as a server would give it: its modules as they are, its charts by name. */
final class ServedPage {
  static final String HOST = "http://phasemap.test/";

  private ServedPage() {}

  /** Answers what a browser's page asks of {@link #HOST}. */
  static void serve(Page page, JsonNode charts) {
    page.route(HOST + "**", route -> answer(route, charts));
  }

  private static void answer(Route route, JsonNode charts) {
    String path = route.request().url().substring(HOST.length());
    if (path.isEmpty()) {
      String body =
          WebFiles.text("report.html")
              .replaceFirst("<meta http-equiv[^>]*>", "")
              .replaceFirst("<script type=\"application/json\".*", "")
              .replace("{{style}}", WebFiles.text("report.css"))
              .replace("<script>{{library}}</script>", "<script src=\"echarts.js\"></script>")
              .replace(
                  "<script type=\"module\">{{modules}}</script>",
                  "<script type=\"module\" src=\"main.js\"></script>");
      send(route, "text/html", body);
    } else if (path.startsWith("charts/")) {
      JsonNode chart = charts.at("/" + path.substring("charts/".length()));
      send(route, "application/json", chart.isMissingNode() ? "null" : chart.toString());
    } else {
      String script = path.equals("echarts.js") ? WebFiles.echarts() : WebFiles.text(path);
      send(route, "text/javascript", script);
    }
  }

  private static void send(Route route, String type, String body) {
    route.fulfill(
        new Route.FulfillOptions().setContentType(type + "; charset=utf-8").setBody(body));
  }
}
