package org.phasemap.chart.regress;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.phasemap.analysis.regress.BoundaryShift;
import org.phasemap.analysis.regress.Comparison;
import org.phasemap.analysis.regress.NumberText;
import org.phasemap.analysis.regress.Region;
import org.phasemap.analysis.regress.Side;
import org.phasemap.analysis.regress.State;
import org.phasemap.analysis.regress.TheoryCheck;

/** The sentences that every format has. */
public final class Told {
  private static final int SHOWN_EFFECTS = 4;

  private Told() {}

  /** What it comes to, in a line. */
  public static String headline(Comparison comparison) {
    Side baseline = comparison.baseline();
    String against = baseline == null ? "theory" : baseline.name();
    return comparison.candidate().name()
        + " against "
        + against
        + ": "
        + comparison.state().meaning();
  }

  /** What a chat hears besides: why, and the widest regions. */
  public static List<String> summary(Comparison c) {
    List<String> lines = new ArrayList<>(c.problems());
    c.regions().stream()
        .limit(3)
        .forEach(r -> lines.add(r.where() + ": " + share(r) + ": " + effects(r)));
    return lines;
  }

  /** How much was compared and found, a fact a line. */
  static List<String> facts(Comparison c) {
    List<String> facts = new ArrayList<>(c.problems());
    c.accepted()
        .ifPresent(
            a ->
                facts.add(
                    String.format(
                        "changes as accepted in %s by %s on %s: %s",
                        a.run(), a.by(), a.at(), a.reason())));
    if (c.baseline() != null && c.state() != State.INCOMPARABLE) {
      facts.add(c.pairing().meaning());
      facts.add(
          String.format(
              Locale.ROOT,
              "%,d rows of %,d cells, %,d equal bit for bit",
              c.counts().rows(),
              c.counts().cells(),
              c.counts().equalRows()));
      if (c.counts().tests() > 0) {
        facts.add(
            String.format(
                Locale.ROOT,
                "%,d tests at level %s: %,d changes, %,d undecided",
                c.counts().tests(),
                NumberText.of(c.level()),
                c.found(),
                c.undecided()));
      }
    }
    c.notes().forEach(facts::add);
    return facts;
  }

  /** What has changed in a region, the widest first. */
  static String effects(Region region) {
    String shown =
        region.effects().stream()
            .limit(SHOWN_EFFECTS)
            .map(
                e ->
                    String.format(
                        Locale.ROOT,
                        "%s %s (%s%s)",
                        e.subject().id(),
                        signed(e.difference()),
                        cells(e.cells()),
                        e.worse() > 0 ? ", worse" : ""))
            .collect(Collectors.joining("; "));
    int more = region.effects().size() - SHOWN_EFFECTS;
    return more > 0 ? shown + "; and " + more + " more" : shown;
  }

  static String share(Region region) {
    return String.format("%s (%s %%)", cells(region.cells()), NumberText.of(100 * region.share()));
  }

  /** How many, with the word. */
  static String cells(int number) {
    return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? "cell" : "cells");
  }

  static String boundary(BoundaryShift shift) {
    String interval =
        Double.isNaN(shift.low())
            ? "no interval of " + shift.replicates() + " replicates"
            : NumberText.of(shift.low()) + " to " + NumberText.of(shift.high());
    return String.format(
        "%s: L %s, now %s; ratio %s (%s)",
        shift.where(),
        NumberText.of(shift.before()),
        NumberText.of(shift.after()),
        NumberText.of(shift.ratio()),
        interval);
  }

  /** What z are, for those who see or ask for checks of them. */
  public static final String Z =
      "z of a cell is how many of theory's standard errors its mean lies from theory's. Theory has"
          + " mean 0 and sd 1; D is the largest distance from the normal law.";

  static String theory(TheoryCheck check) {
    return String.format(
        Locale.ROOT,
        "%s: z of %,d cells: mean %s, sd %s, D %s, p %s%s",
        check.quantity().column(),
        check.cells(),
        NumberText.of(check.mean()),
        NumberText.of(check.deviation()),
        NumberText.of(check.distance()),
        NumberText.of(check.p()),
        check.departs() ? ": not normal" : "");
  }

  static String cost(Comparison.Cost cost) {
    return String.format(
        "%s µs of one core a row, now %s (one run's time is no finding)",
        NumberText.of(cost.before()), NumberText.of(cost.after()));
  }

  static String signed(double number) {
    return (number > 0 ? "+" : number < 0 ? "−" : "±") + NumberText.of(Math.abs(number));
  }
}
