package org.phasemap.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Puts a hostile value somewhere into a spec. */
final class HostileSpec {
  private final Path victim;
  private final Random random;

  /** With values that name files of the folder {@code victim}. */
  HostileSpec(Path victim, Random random) {
    this.victim = victim;
    this.random = random;
  }

  /** Changes a file; what was done, for a message. */
  String mutate(Path file) throws IOException {
    List<String> lines =
        new ArrayList<>(
            List.of(Files.readString(file, StandardCharsets.ISO_8859_1).split("\n", -1)));
    int line = random.nextInt(lines.size());
    int colon = lines.get(line).indexOf(':');
    String value = value();
    if (colon < 0 || random.nextInt(6) == 0) {
      lines.add(line, value);
    } else {
      lines.set(line, lines.get(line).substring(0, colon + 1) + " " + value);
    }
    Files.writeString(file, String.join("\n", lines), StandardCharsets.ISO_8859_1);
    return "line " + (line + 1) + " " + value.substring(0, Math.min(60, value.length()));
  }

  private String value() {
    String csv = victim.resolve("precious").toString();
    List<String> values =
        List.of(
            "~",
            "-1",
            "[]",
            "{}",
            "1e9",
            "[1e-300, 1e300]",
            "99999999999999999999",
            "{from: 0, to: 1e9, step: 1e-9}",
            "{kind: csv, path: " + csv + "}",
            "{kind: parquet, path: " + victim.resolve("a.parquet") + "}",
            "{kind: mnist, path: " + victim + "}",
            "{kind: csv, path: 'hdfs://127.0.0.1:1/a'}",
            "{kind: dataset, data: {kind: csv, path: " + csv + "}}",
            "../" + victim.getFileName(),
            "\"../" + victim.getFileName() + "/replicates\"",
            "!!java.net.URL [\"http://127.0.0.1:1/\"]",
            "!!javax.script.ScriptEngineManager []",
            "&a [*a, *a]",
            "&a [x, x, x]",
            "[".repeat(1000) + "]".repeat(1000),
            "{a: ".repeat(1000) + "1" + "}".repeat(1000),
            "\"\\e[31m\"",
            "\"\\0\"",
            "---",
            "%YAML 9.9",
            "x".repeat(100_000));
    return values.get(random.nextInt(values.size()));
  }
}
