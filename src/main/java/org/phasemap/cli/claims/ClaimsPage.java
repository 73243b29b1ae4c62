package org.phasemap.cli.claims;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Claims and their verdicts as Markdown. */
final class ClaimsPage {
  private static final int WIDTH = 120;

  private final StringBuilder page = new StringBuilder();
  private final Path specs;

  /**
   * An empty page.
   *
   * @param specs folder of the specs, as seen from the page
   */
  ClaimsPage(Path specs) {
    this.specs = specs;
  }

  /**
   * The whole page.
   *
   * @param command that made it
   */
  String of(Map<Theme, List<Judgement>> judged, String command) {
    page.append("# What is said of initialisation, and what is measured\n\n");
    List<Judgement> all = judged.values().stream().flatMap(List::stream).toList();
    paragraph(
        all.size()
            + " statements, measured: "
            + counts(all)
            + ". Each verdict is computed from the figures below it, by the rule of its file in"
            + " conf/claims, where agrees(x, d) is |x − theory| ≤ 4 errors + d. Errors are standard"
            + " errors over random networks. This page is written by");
    page.append("    ").append(command).append("\n\n");
    paragraph("A statement by itself, such as C04, is measured by");
    page.append("    ").append(command.replaceFirst(" --page .*", " --only C04")).append("\n\n");
    judged.forEach(this::theme);
    judged.values().forEach(judgements -> judgements.forEach(this::details));
    return page.toString().stripTrailing() + "\n";
  }

  private static String counts(List<Judgement> all) {
    Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    all.forEach(judgement -> counts.merge(judgement.ruling().verdict(), 1, Integer::sum));
    return counts.entrySet().stream()
        .map(count -> count.getValue() + " " + count.getKey().words())
        .collect(Collectors.joining(", "));
  }

  private void theme(Theme theme, List<Judgement> judgements) {
    page.append("## ").append(theme.title()).append("\n\n");
    paragraph(theme.about());
    page.append("| | statement | what decides | measured | theory | verdict |\n");
    page.append("|---|---|---|---|---|---|\n");
    for (Judgement judgement : judgements) {
      Claim claim = judgement.claim();
      List<String> cells = new ArrayList<>();
      cells.add(String.format("[%s](#%s)", claim.id(), claim.id().toLowerCase(Locale.ROOT)));
      cells.add(claim.says());
      cells.add(judgement.figures().isEmpty() ? "–" : judgement.figures().get(0).figure().shows());
      cells.add(judgement.figures().isEmpty() ? "–" : judgement.figures().get(0).shown());
      cells.add(judgement.figures().isEmpty() ? "–" : judgement.figures().get(0).theoryShown());
      cells.add("**" + judgement.ruling().verdict().words() + "**");
      row(cells);
    }
    page.append('\n');
  }

  private void details(Judgement judgement) {
    Claim claim = judgement.claim();
    page.append("### ").append(claim.id()).append("\n\n");
    paragraph("“" + claim.says() + "” " + sentence(judgement.ruling().verdict().words()));
    paragraph(judgement.words());
    if (!judgement.figures().isEmpty()) {
      page.append("| figure | measured | theory | s.e. apart |\n|---|---|---|---|\n");
      for (Measured figure : judgement.figures()) {
        row(
            List.of(
                "`" + figure.figure().name() + "`: " + figure.figure().shows(),
                figure.shown(),
                figure.theoryShown(),
                figure.apart()));
      }
      page.append('\n');
    }
    rule(claim.rulings());
    TreeSet<String> sweeps =
        judgement.figures().stream()
            .map(figure -> figure.figure().source())
            .filter(Objects::nonNull)
            .map(Figure.Source::sweep)
            .collect(Collectors.toCollection(TreeSet::new));
    if (!sweeps.isEmpty()) {
      paragraph(
          "Measured by " + sweeps.stream().map(this::link).collect(Collectors.joining(", ")) + ".");
    }
  }

  /** What decides, as code: prose would wrap, and a minus at the start of a line make a list. */
  private void rule(List<Ruling> rulings) {
    Ruling last = rulings.get(rulings.size() - 1);
    for (Ruling ruling : rulings.subList(0, rulings.size() - 1)) {
      lines(ruling.verdict().words() + " if " + ruling.when(), "    ", "        ");
    }
    if (rulings.size() > 1) {
      page.append("    else ").append(last.verdict().words()).append("\n\n");
    }
  }

  private String link(String sweep) {
    return String.format("[%s](%s/%s.yaml)", sweep, specs, sweep);
  }

  private static String sentence(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
  }

  private void row(List<String> cells) {
    page.append("| ")
        .append(
            cells.stream()
                .map(cell -> cell.strip().replace("|", "\\|"))
                .collect(Collectors.joining(" | ")))
        .append(" |\n");
  }

  private void paragraph(String text) {
    lines(text, "", "");
    page.append('\n');
  }

  /** Text in lines of at most 120 characters, the first of them indented in its own way. */
  private void lines(String text, String first, String others) {
    StringBuilder line = new StringBuilder(first);
    boolean begun = false;
    for (String word : text.strip().split("\\s+", -1)) {
      if (begun && line.length() + 1 + word.length() > WIDTH) {
        page.append(line).append('\n');
        line = new StringBuilder(others);
        begun = false;
      }
      line.append(begun ? " " : "").append(word);
      begun = true;
    }
    page.append(line).append('\n');
  }
}
