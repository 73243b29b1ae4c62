package org.phasemap.chart.report;

import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.phasemap.network.Sha256;

/**
 * The page around the data: template, style, ECharts and our modules, all inlined. Its content
 * security policy admits no network at all and no script but these, each by its hash.
 */
final class Page {
  private static final Pattern MARK = Pattern.compile("\\{\\{(\\w+)\\}\\}");

  private Page() {}

  /** The whole document for a title and the JSON that the scripts read. */
  static String of(String title, String json) {
    String library = WebFiles.echarts();
    String modules = Bundle.of("main", WebFiles::text);
    Map<String, String> parts =
        Map.of(
            "policy",
            hash(library) + " " + hash(modules),
            "title",
            escaped(title),
            "style",
            WebFiles.text("report.css"),
            "data",
            json.replace("<", "\\u003c"),
            "library",
            library,
            "modules",
            modules);
    return filled(WebFiles.text("report.html"), parts);
  }

  /**
   * Parts are megabytes, so they are copied as they are: not as replacements, quoted and parsed.
   */
  private static String filled(String template, Map<String, String> parts) {
    StringBuilder page = new StringBuilder();
    Matcher mark = MARK.matcher(template);
    int end = 0;
    while (mark.find()) {
      page.append(template, end, mark.start()).append(part(parts, mark.group(1)));
      end = mark.end();
    }
    return page.append(template, end, template.length()).toString();
  }

  private static String part(Map<String, String> parts, String name) {
    String part = parts.get(name);
    if (part == null) {
      throw new IllegalStateException("report.html asks for an unknown part: " + name);
    }
    return part;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String hash(String script) {
    return "'sha256-" + Base64.getEncoder().encodeToString(Sha256.of(script)) + "'";
  }
}
