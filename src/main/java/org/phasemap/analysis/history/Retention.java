package org.phasemap.analysis.history;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.phasemap.store.ResultsRoot;

/**
 * Which nights are kept: the last ones, the first of each month, baselines and what was accepted. A
 * night is a folder {@code NAME-YYYY-MM-DD}; all else in the folder is left alone.
 */
public final class Retention {
  private final ResultsRoot root;

  public Retention(ResultsRoot root) {
    this.root = root;
  }

  /** A night's folder. */
  private record Night(String folder, LocalDate date) {}

  /**
   * The folders that may go.
   *
   * @param name of the spec, without the slot
   * @param kept how many of the last nights stay
   * @param needed folders that stay in any case
   */
  public List<String> superfluous(String name, int kept, Set<String> needed) {
    List<Night> nights = new ArrayList<>();
    root.sweeps().forEach(folder -> night(name, folder).ifPresent(nights::add));
    nights.sort(Comparator.comparing(Night::date));
    Set<YearMonth> months = new HashSet<>();
    List<String> superfluous = new ArrayList<>();
    for (int i = 0; i < nights.size(); i++) {
      Night night = nights.get(i);
      boolean isFirst = months.add(YearMonth.from(night.date));
      if (!isFirst && i < nights.size() - kept && !needed.contains(night.folder)) {
        superfluous.add(night.folder);
      }
    }
    return superfluous;
  }

  private static Optional<Night> night(String name, String folder) {
    if (!folder.startsWith(name + "-")) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Night(folder, LocalDate.parse(folder.substring(name.length() + 1))));
    } catch (DateTimeParseException e) {
      return Optional.empty(); // Somebody's own.
    }
  }
}
