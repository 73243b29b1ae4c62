package org.phasemap.chart.regress;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.phasemap.analysis.regress.Comparison;

/** The forms in which a comparison is told. */
public enum ComparisonFormat {
  TEXT(TerminalSummary::of),
  JSON(ComparisonJson::of),
  JUNIT(JunitXml::of),
  MARKDOWN(MarkdownSummary::of),
  HTML(HtmlSummary::of);

  @SuppressWarnings("ImmutableEnumChecker") // method references
  private final Function<Comparison, String> printed;

  ComparisonFormat(Function<Comparison, String> printed) {
    this.printed = printed;
  }

  /**
   * By its name.
   *
   * @throws IllegalArgumentException with the names that are allowed
   */
  public static ComparisonFormat parse(String name) {
    return Arrays.stream(values())
        .filter(format -> format.id().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    Arrays.stream(values())
                        .map(ComparisonFormat::id)
                        .collect(Collectors.joining(", "))));
  }

  /** The name that {@link #parse} takes. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The comparison in this form. */
  public String of(Comparison comparison) {
    return printed.apply(comparison);
  }
}
