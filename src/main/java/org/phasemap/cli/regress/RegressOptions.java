package org.phasemap.cli.regress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.phasemap.chart.regress.ComparisonFormat;
import org.phasemap.cli.console.OutFile;
import org.phasemap.network.UserException;
import org.phasemap.spec.file.Tolerances;
import picocli.CommandLine.Option;

/** How sweeps are compared, and where that is told. */
final class RegressOptions {
  @Option(
      names = "--tolerance",
      paramLabel = "FILE",
      description = "tolerances that take the place of the defaults, YAML (docs/regress.md)")
  private @Nullable Path tolerances;

  @Option(
      names = "--format",
      paramLabel = "FORMAT=FILE",
      description =
          "writes a file as well: text, json, junit, markdown or html; without =FILE it is printed"
              + " in place of the text")
  private List<String> formats = new ArrayList<>();

  @Option(
      names = "--informational",
      description = "ends with exit code 0 where it finds a regression")
  private boolean informational;

  @Option(
      names = "--webhook-file",
      paramLabel = "FILE",
      description =
          "file with the https address that hears of changes of state (default: that in the"
              + " environment variable PHASEMAP_WEBHOOK, if it is set)")
  private @Nullable Path webhook;

  /** Where a comparison is told, and how. */
  record Output(ComparisonFormat format, @Nullable Path file) {}

  Tolerances tolerances() {
    return tolerances == null ? Tolerances.DEFAULT : Tolerances.read(tolerances);
  }

  boolean isInformational() {
    return informational;
  }

  /** The outputs, checked before anything is compared. */
  List<Output> outputs() {
    List<Output> outputs = new ArrayList<>();
    for (String text : formats) {
      int equals = text.indexOf('=');
      String name = equals < 0 ? text : text.substring(0, equals);
      try {
        ComparisonFormat format = ComparisonFormat.parse(name);
        if (equals == text.length() - 1) {
          throw new UserException(
              "--format: " + text + " names no file; allowed: " + name + "=FILE");
        }
        Path file = equals < 0 ? null : OutFile.of("--format", Path.of(text.substring(equals + 1)));
        outputs.add(new Output(format, file));
      } catch (IllegalArgumentException e) {
        throw new UserException(
            String.format(
                "--format: %s is not allowed; allowed: %s, each with =FILE or alone",
                text, e.getMessage()),
            e);
      }
    }
    return outputs;
  }

  /** Who hears of it, if anybody. */
  Optional<Webhook> webhook() {
    Map<String, String> address = new LinkedHashMap<>();
    String variable = System.getenv(Webhook.VARIABLE);
    if (webhook != null) {
      try {
        address.put(webhook.toString(), Files.readString(webhook).strip());
      } catch (IOException e) {
        throw new UserException(
            String.format(
                "--webhook-file: %s cannot be read; allowed: a file with an address", webhook),
            e);
      }
    } else if (variable != null && !variable.isBlank()) {
      address.put(Webhook.VARIABLE, variable.strip());
    }
    return address.entrySet().stream().findFirst().map(e -> Webhook.of(e.getKey(), e.getValue()));
  }
}
