package org.phasemap.chart.dashboard;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.phasemap.chart.report.WebFiles;
import org.phasemap.network.Sha256;

/** The page and what it is made of, from the class path. */
final class StaticFiles {
  private static final Pattern NAME =
      Pattern.compile("((?:dashboard/|fonts/)?[A-Za-z0-9][A-Za-z0-9-]*)\\.(js|css|woff2)");

  private static final Map<String, String> TYPES =
      Map.of(
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "woff2", "font/woff2");

  private final Map<String, Answer> known = new ConcurrentHashMap<>();

  /** The page. */
  Answer page() {
    return known.computeIfAbsent(
        "dashboard.html",
        name -> {
          if (!WebFiles.has(name)) {
            throw new Refused(404, "There is no page.");
          }
          return tagged("text/html; charset=utf-8", Preloads.into(WebFiles.bytes(name)));
        });
  }

  /** A file of {@code /web/}; empty if there is none of that name. */
  Optional<Answer> file(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches() || !(name.equals("echarts.js") || WebFiles.has(name))) {
      return Optional.empty();
    }
    String type = String.valueOf(TYPES.get(matcher.group(2)));
    return Optional.of(known.computeIfAbsent(name, n -> tagged(type, bytes(n))));
  }

  private static byte[] bytes(String name) {
    return name.equals("echarts.js")
        ? WebFiles.echarts().getBytes(StandardCharsets.UTF_8)
        : WebFiles.bytes(name);
  }

  private static Answer tagged(String type, byte[] bytes) {
    String hash = HexFormat.of().formatHex(Sha256.digest().digest(bytes), 0, 8);
    Answer answer = Answer.of(type, bytes).with("ETag", "W/\"" + hash + "\"");
    return type.startsWith("text/") ? Packing.GZIP.of(answer) : answer;
  }
}
