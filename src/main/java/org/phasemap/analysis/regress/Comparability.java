package org.phasemap.analysis.regress;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;
import org.phasemap.spec.Spec;
import org.phasemap.spec.file.SpecFields;
import org.phasemap.store.ResultsFolder;

/**
 * Whether two sweeps can be compared at all.
 *
 * @param pairing of their networks
 * @param problems why they cannot, a sentence each; empty where they can
 * @param notes what a reader should know besides
 */
record Comparability(Pairing pairing, List<String> problems, List<String> notes) {
  /** Networks have the same law under any of these, and other random numbers. */
  private static final Set<String> OF_RANDOM_NUMBERS = Set.of("seed", "sampler", "random_numbers");

  /** Rows differ by rounding alone. */
  private static final String BACKEND = "backend";

  /** A number of replicates that each cell has its own. */
  private static final String UNTIL = "replicates.until";

  /** What specs and versions say, before any row is read. */
  static Comparability of(ResultsFolder before, ResultsFolder after, Side was, Side is) {
    return of(fields(before), fields(after), was, is);
  }

  /** The same of a sweep that has not run yet. */
  static Comparability of(ResultsFolder before, Spec planned, Side was, Side is) {
    return of(fields(before), SpecFields.of(planned), was, is);
  }

  private static Comparability of(
      Map<String, String> former, Map<String, String> now, Side was, Side is) {
    List<String> problems = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    Set<String> keys = new LinkedHashSet<>(former.keySet());
    keys.addAll(now.keySet());
    Pairing pairing = Pairing.PAIRED;
    List<String> others = new ArrayList<>();
    for (String key : keys) {
      String a = former.getOrDefault(key, "nothing");
      String b = now.getOrDefault(key, "nothing");
      if (a.equals(b)) {
        continue;
      }
      if (OF_RANDOM_NUMBERS.contains(key)) {
        pairing = Pairing.INDEPENDENT;
        notes.add(key + ": " + a + ", now " + b);
      } else if (key.equals(BACKEND)) {
        notes.add("backend: " + a + ", now " + b);
      } else if (!SpecFields.mayChange(key)) {
        others.add(key + ": " + a + ", now " + b);
      }
    }
    if (!others.isEmpty()) {
      problems.add(
          String.format(
              "%s: is of another spec (%s); allowed: the baseline's, with another name, seed or"
                  + " backend",
              is.path(), String.join("; ", others)));
    }
    if (was.schema() == 0 || is.schema() == 0) {
      Side empty = was.schema() == 0 ? was : is;
      problems.add(
          String.format(
              "%s: has no rows yet; allowed: a sweep that has ended ('phasemap sweep %s')",
              empty.path(), empty.path() + "/spec.yaml"));
    } else if (was.schema() != is.schema()) {
      Side older = was.schema() < is.schema() ? was : is;
      problems.add(
          String.format(
              "%s: has rows of schema %d, the other of %d; allowed: equal ones. Measure it anew",
              older.path(), older.schema(), Math.max(was.schema(), is.schema())));
    }
    for (String key : List.of("phasemap", "device", "backend")) {
      boolean known = !was.says(key).isEmpty() && !is.says(key).isEmpty();
      if (known
          && !was.says(key).equals(is.says(key))
          && notes.stream().noneMatch(n -> n.startsWith(key))) {
        notes.add(key + ": " + was.says(key) + ", now " + is.says(key));
      }
    }
    return new Comparability(pairing, List.copyOf(problems), notes);
  }

  private static Map<String, String> fields(ResultsFolder folder) {
    return new LinkedHashMap<>(
        SpecFields.of(folder.specYaml().orElse(""), folder.path("spec.yaml")));
  }

  /**
   * What is missing of the baseline's rows, or beside them.
   *
   * @param query with both tables
   * @return this, with what was found
   */
  Comparability with(Query query, ResultsFolder before, Side is) {
    List<String> found = new ArrayList<>(problems);
    List<String> said = new ArrayList<>(notes);
    Rows.Row missing =
        query
            .rows(
                """
                select count(distinct cell_id) filter (where whole) as cells,
                  count(distinct cell_id) filter (where not whole) as partly, count(*) as n
                from (select cell_id, cell_id not in (select cell_id from after) as whole
                  from before anti join after using (cell_id, replicate))
                """)
            .row(0);
    boolean own = fields(before).keySet().stream().anyMatch(key -> key.startsWith(UNTIL));
    if (missing.whole("cells") > 0 || (missing.whole("partly") > 0 && !own)) {
      found.add(
          String.format(
              Locale.ROOT,
              "%s: is incomplete (%,d of the baseline's cells and %,d of its rows are missing);"
                  + " allowed: a sweep that has ended ('phasemap sweep %s/spec.yaml' goes on)",
              is.path(),
              missing.whole("cells"),
              missing.whole("n"),
              is.path()));
    }
    Rows.Row more =
        query
            .rows(
                "select count(distinct cell_id) as cells from after anti join before using (cell_id)")
            .row(0);
    if (more.whole("cells") > 0) {
      said.add(
          String.format(Locale.ROOT, "%,d cells are new and not compared", more.whole("cells")));
    }
    return new Comparability(pairing, List.copyOf(found), List.copyOf(said));
  }

  /** As {@link #with}, with one more problem. */
  Comparability and(String problem) {
    List<String> found = new ArrayList<>(problems);
    found.add(problem);
    return new Comparability(pairing, List.copyOf(found), notes);
  }

  /** The same, with one more note. */
  Comparability noting(String note) {
    List<String> said = new ArrayList<>(notes);
    said.add(note);
    return new Comparability(pairing, problems, List.copyOf(said));
  }

  boolean isPossible() {
    return problems.isEmpty();
  }
}
