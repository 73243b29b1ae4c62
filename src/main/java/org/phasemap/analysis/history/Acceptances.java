package org.phasemap.analysis.history;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.phasemap.analysis.regress.Comparison;
import org.phasemap.analysis.regress.Side;
import org.phasemap.network.UserException;
import org.phasemap.store.ResultsRoot;

/**
 * Runs whose changes a person has accepted: {@code accepted/RUN.json}. A later run that does not
 * differ from such a run has no other changes than those.
 */
public final class Acceptances {
  private static final String FOLDER = "accepted/";

  private final ResultsRoot root;

  public Acceptances(ResultsRoot root) {
    this.root = root;
  }

  /**
   * One of them.
   *
   * @param run folder of the run
   * @param digest of its rows
   * @param baseline digest of what it was held to
   * @param by who accepted it
   * @param at when, ISO-8601
   * @param reason why
   */
  public record Accepted(
      @JsonProperty("run") String run,
      @JsonProperty("digest") String digest,
      @JsonProperty("baseline") String baseline,
      @JsonProperty("by") String by,
      @JsonProperty("at") String at,
      @JsonProperty("reason") String reason) {
    /** As a comparison tells it. */
    public Comparison.Acceptance told() {
      return new Comparison.Acceptance(run, by, at, reason);
    }
  }

  /**
   * Accepts what a run has changed.
   *
   * @throws UserException if nobody gave a reason
   */
  public Accepted accept(Side run, String baseline, String by, String at, String reason) {
    if (reason.isBlank()) {
      throw new UserException("--reason: is empty; allowed: why the change is wanted");
    }
    Accepted accepted = new Accepted(run.name(), run.digest(), baseline, by, at, reason.strip());
    root.replace(FOLDER + run.name() + ".json", Records.text(accepted));
    return accepted;
  }

  /** Every one. */
  public List<Accepted> all() {
    return root.files(FOLDER).stream()
        .map(file -> Records.read(root, FOLDER + file, Accepted.class))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Those of a baseline whose runs are still there, the latest first. */
  public List<Accepted> of(Side baseline) {
    return all().stream()
        .filter(a -> Objects.equals(a.baseline(), baseline.digest()))
        .filter(a -> root.exists(a.run() + "/spec.yaml"))
        .sorted(Comparator.comparing(Accepted::at).reversed())
        .toList();
  }
}
