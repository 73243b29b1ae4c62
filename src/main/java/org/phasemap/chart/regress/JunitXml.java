package org.phasemap.chart.regress;

import java.util.Locale;
import java.util.stream.Collectors;
import org.phasemap.analysis.regress.Comparison;
import org.phasemap.analysis.regress.Region;
import org.phasemap.analysis.regress.State;
import org.phasemap.analysis.regress.SubjectResult;

/**
 * For continuous integration: a test suite in the XML of Apache Ant's JUnit task, which Jenkins,
 * GitLab and others read. A test case is one quantity; one that has changed fails, one that is
 * undecided is skipped, and two sweeps that cannot be compared are an error.
 */
final class JunitXml {
  private final StringBuilder cases = new StringBuilder();
  private int tests;
  private int failures;
  private int errors;
  private int skipped;

  private JunitXml() {}

  static String of(Comparison comparison) {
    JunitXml xml = new JunitXml();
    xml.addComparable(comparison);
    comparison.subjects().forEach(result -> xml.add(result, comparison));
    comparison
        .theory()
        .forEach(
            check ->
                xml.add(
                    "theory " + check.quantity().column(),
                    check.departs() && comparison.state() == State.REGRESSION
                        ? element("failure", "theory", Told.theory(check), "")
                        : ""));
    String suite =
        String.format(
            Locale.ROOT,
            "<testsuite name=\"%s\" timestamp=\"%s\" hostname=\"localhost\" tests=\"%d\""
                + " failures=\"%d\" errors=\"%d\" skipped=\"%d\" time=\"0\">%n"
                + "  <properties/>%n",
            escaped("regress " + comparison.candidate().name()),
            time(comparison.candidate().measured()),
            xml.tests,
            xml.failures,
            xml.errors,
            xml.skipped);
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        + suite
        + xml.cases
        + "  <system-out>"
        + escaped(TerminalSummary.of(comparison))
        + "</system-out>\n  <system-err/>\n</testsuite>\n";
  }

  /** When its rows were committed; the format wants a time without a zone. */
  private static String time(String measured) {
    return measured.isEmpty() ? "1970-01-01T00:00:00" : measured.replace("Z", "");
  }

  private void addComparable(Comparison comparison) {
    boolean possible = comparison.state() != State.INCOMPARABLE;
    if (!possible) {
      errors++;
    }
    add(
        "comparable",
        possible
            ? ""
            : element("error", "incomparable", String.join("; ", comparison.problems()), ""));
  }

  private void add(SubjectResult result, Comparison comparison) {
    boolean failed = result.changed() > 0 && comparison.state() == State.REGRESSION;
    String outcome = "";
    if (failed) {
      failures++;
      String message =
          String.format(
              Locale.ROOT,
              "%,d of %,d cells have changed, by as much as %s",
              result.changed(),
              result.tests(),
              Told.signed(result.largest()));
      outcome = element("failure", "regression", message, where(result, comparison));
    } else if (result.undecided() > 0) {
      skipped++;
      outcome = "    <skipped/>\n";
    }
    add(result.subject().id(), outcome);
  }

  private static String where(SubjectResult result, Comparison comparison) {
    return comparison.regions().stream()
        .filter(r -> r.effects().stream().anyMatch(e -> e.subject().equals(result.subject())))
        .map(Region::where)
        .collect(Collectors.joining("\n"));
  }

  private void add(String name, String outcome) {
    tests++;
    if (outcome.startsWith("    <failure") && name.startsWith("theory ")) {
      failures++;
    }
    cases
        .append("  <testcase classname=\"phasemap.regress\" name=\"")
        .append(escaped(name))
        .append("\" time=\"0\"")
        .append(outcome.isEmpty() ? "/>\n" : ">\n" + outcome + "  </testcase>\n");
  }

  private static String element(String name, String type, String message, String text) {
    return String.format(
        "    <%1$s type=\"%2$s\" message=\"%3$s\">%4$s</%1$s>%n",
        name, type, escaped(message), escaped(text));
  }

  /** XML 1.0 has no control characters. */
  private static String escaped(String text) {
    return text.replaceAll("[\\p{Cntrl}&&[^\n\t]]", "?")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("\n", "&#10;")
        .replace("\t", " ");
  }
}
