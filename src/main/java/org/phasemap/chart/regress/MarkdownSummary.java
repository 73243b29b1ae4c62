package org.phasemap.chart.regress;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.phasemap.analysis.regress.Comparison;
import org.phasemap.analysis.regress.NumberText;
import org.phasemap.analysis.regress.SubjectResult;

/** For comments on changes, and chats. */
final class MarkdownSummary {
  private static final int SHOWN = 20;

  private MarkdownSummary() {}

  static String of(Comparison comparison) {
    StringBuilder text = new StringBuilder("## " + escaped(Told.headline(comparison)) + "\n\n");
    Told.facts(comparison).forEach(fact -> text.append("- ").append(escaped(fact)).append('\n'));
    table(
        text,
        "where | cells | what",
        comparison.regions(),
        r -> escaped(r.where()) + " | " + Told.share(r) + " | " + escaped(Told.effects(r)));
    List<SubjectResult> changed =
        comparison.subjects().stream().filter(r -> r.changed() + r.undecided() > 0).toList();
    table(
        text,
        "quantity | changed | worse | undecided | of | largest",
        changed,
        r ->
            String.format(
                Locale.ROOT,
                "`%s` | %,d | %,d | %,d | %,d | %s",
                r.subject().id(),
                r.changed(),
                r.worse(),
                r.undecided(),
                r.tests(),
                Told.signed(r.largest())));
    table(text, "boundary", comparison.boundaries(), shift -> escaped(Told.boundary(shift)));
    table(
        text,
        "theory | cells | mean of z | sd of z | D | p",
        comparison.theory(),
        check ->
            String.format(
                Locale.ROOT,
                "%s`%s` | %,d | %s | %s | %s | %s",
                check.departs() ? "⚠ " : "",
                check.quantity().column(),
                check.cells(),
                NumberText.of(check.mean()),
                NumberText.of(check.deviation()),
                NumberText.of(check.distance()),
                NumberText.of(check.p())));
    if (!comparison.theory().isEmpty()) {
      text.append('\n').append(Told.Z).append('\n');
    }
    return text.toString();
  }

  private static <T> void table(
      StringBuilder text, String heads, List<T> rows, Function<T, String> row) {
    if (rows.isEmpty()) {
      return;
    }
    text.append("\n| ").append(heads).append(" |\n|");
    text.append("---|".repeat(1 + (int) heads.chars().filter(c -> c == '|').count())).append('\n');
    rows.stream()
        .limit(SHOWN)
        .forEach(each -> text.append("| ").append(row.apply(each)).append(" |\n"));
    if (rows.size() > SHOWN) {
      text.append("\nand ").append(rows.size() - SHOWN).append(" more\n");
    }
  }

  /** What names of strangers could make of it is text. */
  private static String escaped(String text) {
    return text.replaceAll("\\p{Cntrl}", " ").replaceAll("([\\\\`*_\\[\\]<>|])", "\\\\$1");
  }
}
