package org.phasemap.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The page around the data: template, style, ECharts and our scripts, all inlined. Its content
 * security policy admits no network at all and no script but these, each by its hash.
 */
final class Page {
  private static final String ECHARTS_POM = "/META-INF/maven/org.mvnpm/echarts/pom.properties";
  private static final String ECHARTS =
      "/META-INF/resources/_static/echarts/%s/dist/echarts.min.js";

  private static final Pattern MARK = Pattern.compile("\\{\\{(\\w+)\\}\\}");

  /** In the order of loading. */
  private static final List<String> SCRIPTS =
      List.of(
          "data",
          "format",
          "quantities",
          "colour",
          "contours",
          "axes",
          "normal",
          "tooltip",
          "charts",
          "saving",
          "walk",
          "overlays",
          "crossings",
          "heatmap",
          "legend",
          "panels",
          "profile",
          "compare",
          "trained",
          "trainedmap",
          "collapse",
          "losses",
          "training",
          "controls",
          "notes",
          "main");

  private Page() {}

  /** The whole document for a title and the JSON that the scripts read. */
  static String of(String title, String json) {
    List<String> scripts = new ArrayList<>();
    scripts.add(echarts());
    for (String name : SCRIPTS) {
      scripts.add(resource("js/" + name + ".js"));
    }
    String hashes =
        scripts.stream().map(s -> "'sha256-" + sha256(s) + "'").collect(Collectors.joining(" "));
    String tags =
        scripts.stream().map(s -> "<script>" + s + "</script>").collect(Collectors.joining("\n"));
    Map<String, String> parts =
        Map.of(
            "policy", hashes,
            "title", escaped(title),
            "style", resource("report.css"),
            "data", json.replace("<", "\\u003c"),
            "scripts", tags);
    return filled(resource("report.html"), parts);
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

  private static String echarts() {
    Properties pom = new Properties();
    try (InputStream in = open(ECHARTS_POM)) {
      pom.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return read(ECHARTS.formatted(pom.getProperty("version")));
  }

  private static String resource(String name) {
    return read("/org/phasemap/report/" + name);
  }

  private static String read(String path) {
    try (InputStream in = open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String path) {
    InputStream in = Page.class.getResourceAsStream(path);
    if (in == null) {
      throw new IllegalStateException("not on the class path: " + path);
    }
    return in;
  }

  private static String sha256(String script) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
