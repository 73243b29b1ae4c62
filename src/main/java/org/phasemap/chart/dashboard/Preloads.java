package org.phasemap.chart.dashboard;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.phasemap.chart.report.WebFiles;

/**
 * Links that let a browser ask for all modules of the page at once. Otherwise it learns of each
 * from those that import it, and asks round after round.
 */
final class Preloads {
  private static final String ENTRY = "dashboard/main.js";

  /** Modules lie in {@code dashboards/web}, or in its folder {@code dashboard}. */
  private static final Pattern IMPORT = Pattern.compile("from \"(\\.\\.?)/(\\w+\\.js)\";");

  private Preloads() {}

  /** A page with the links before the end of its head. */
  static byte[] into(byte[] page) {
    Set<String> modules = new LinkedHashSet<>();
    add(modules, ENTRY);
    StringBuilder links = new StringBuilder();
    modules.forEach(
        name -> links.append("<link rel=\"modulepreload\" href=\"/web/" + name + "\">\n"));
    String html = new String(page, StandardCharsets.UTF_8);
    return html.replace("</head>", links + "</head>").getBytes(StandardCharsets.UTF_8);
  }

  private static void add(Set<String> modules, String name) {
    if (modules.add(name)) {
      Matcher imported = IMPORT.matcher(WebFiles.text(name));
      while (imported.find()) {
        boolean beside = imported.group(1).equals(".");
        String folder = beside ? name.substring(0, name.lastIndexOf('/') + 1) : "";
        add(modules, folder + imported.group(2));
      }
    }
  }
}
