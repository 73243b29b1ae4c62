package org.phasemap.analysis.history;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.phasemap.analysis.regress.Side;
import org.phasemap.network.UserException;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.ResultsRoot;

/**
 * Sweeps that others are held to, by name: {@code baselines/NAME.json} beside their folders. A
 * baseline is known by the hashes of its files, so that it cannot change unseen.
 */
public final class Baselines {
  private static final String FOLDER = "baselines/";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private final ResultsRoot root;
  private final Configuration configuration;

  public Baselines(ResultsRoot root, Configuration configuration) {
    this.root = root;
    this.configuration = configuration;
  }

  /**
   * One of them.
   *
   * @param name that commands use
   * @param folder of the sweep, beside the folder of baselines
   * @param digest of its rows
   * @param by who set it
   * @param at when, ISO-8601
   */
  public record Baseline(
      @JsonProperty("name") String name,
      @JsonProperty("folder") String folder,
      @JsonProperty("digest") String digest,
      @JsonProperty("by") String by,
      @JsonProperty("at") String at) {}

  /**
   * Gives a sweep a name.
   *
   * @throws UserException if another has it, or if it is no name
   */
  public Baseline set(String name, Side side, String by, String at) {
    check(name);
    if (!root.exists(side.name() + "/spec.yaml")) {
      throw new UserException(
          String.format(
              "%s: is not in %s; allowed: a sweep of that folder", side.path(), root.path("")));
    }
    Baseline baseline = new Baseline(name, side.name(), side.digest(), by, at);
    if (!root.create(file(name), Records.text(baseline))) {
      Optional<Baseline> former = find(name);
      if (former.isPresent() && former.get().digest().equals(side.digest())) {
        return former.get();
      }
      throw new UserException(
          String.format(
              "%s: is a baseline already (%s); allowed: another name, or 'phasemap baseline remove"
                  + " %s' before",
              name, former.map(Baseline::folder).orElse("another"), name));
    }
    return baseline;
  }

  private static void check(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new UserException(
          name
              + ": is not allowed; allowed: 1 to 100 of the characters A-Z a-z 0-9 . _ -, with a"
              + " letter or digit first");
    }
  }

  private static String file(String name) {
    return FOLDER + name + ".json";
  }

  /** The baseline of a name, if there is one. */
  public Optional<Baseline> find(String name) {
    return NAME.matcher(name).matches()
        ? Records.read(root, file(name), Baseline.class)
        : Optional.empty();
  }

  /** All of them, by name. */
  public List<Baseline> all() {
    List<Baseline> all = new ArrayList<>();
    for (String file : root.files(FOLDER)) {
      Records.read(root, FOLDER + file, Baseline.class).ifPresent(all::add);
    }
    return all;
  }

  /**
   * Takes a name away; the sweep stays.
   *
   * @throws UserException if there is none of that name
   */
  public void remove(String name) {
    if (find(name).isEmpty()) {
      throw unknown(name);
    }
    root.delete(file(name));
  }

  /** There is no baseline of that name. */
  public UserException unknown(String name) {
    List<String> names = all().stream().map(Baseline::name).toList();
    return new UserException(
        String.format(
            "%s: is neither a results folder nor a baseline in %s; allowed: %s",
            name,
            root.path(""),
            names.isEmpty()
                ? "a folder; 'phasemap baseline set' names one"
                : String.join(", ", names)));
  }

  /** The folder of a baseline. */
  public ResultsFolder open(Baseline baseline) {
    return ResultsFolder.open(root.path(baseline.folder()), configuration);
  }

  /** Why a baseline is not what it was; empty where it is. */
  public static Optional<String> fault(Baseline baseline, Side now) {
    return baseline.digest().equals(now.digest())
        ? Optional.empty()
        : Optional.of(
            String.format(
                "%s: has changed since it became the baseline %s on %s; allowed: as it was. 'phasemap"
                    + " baseline remove %s' and 'set' take it as it is",
                now.path(), baseline.name(), baseline.at(), baseline.name()));
  }
}
