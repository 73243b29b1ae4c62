package org.phasemap.sweep.pace;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.phasemap.kernel.Backend;
import org.phasemap.kernel.Backends;
import org.phasemap.network.CellId;
import org.phasemap.plan.cost.Pace;
import org.phasemap.plan.cost.Pace.Kind;
import org.phasemap.rows.Provenance;

/**
 * The pace of this machine: measured once for each kind of processor, version of the code and
 * backend, and kept in the user's cache, {@code $XDG_CACHE_HOME/phasemap}. It is measured again
 * where that cannot be written, or where the machine was busy with something else; until then what
 * was measured then is the best guess.
 */
public final class MachinePace {
  /** Set where the JVM compiles too little to be timed, {@code conf/short.options}. */
  private static final String SHORT = "phasemap.short";

  private static final String QUIET = "quiet";

  private final Backend backend;
  private final Path file;

  /**
   * Of a backend.
   *
   * @param cache the folder of all programs' caches
   */
  MachinePace(Backend backend, Path cache) {
    // What measures on GPUs has the CPU's kernel for the rest.
    this.backend = backend.gpus().isEmpty() ? backend : Backends.fastest();
    this.file = cache.resolve("phasemap").resolve("pace-" + key(this.backend) + ".properties");
  }

  /** Of a backend here. */
  public static MachinePace of(Backend backend) {
    return new MachinePace(backend, cache());
  }

  /** What has been measured of some kinds of work; measured now what has not been. */
  public Pace measured(Set<Kind> kinds) {
    Properties kept = kept();
    Map<Kind, Double> times = isQuiet(kept) ? times(kept) : new EnumMap<>(Kind.class);
    Set<Kind> missing = EnumSet.copyOf(kinds);
    missing.removeAll(times.keySet());
    if (!missing.isEmpty()) {
      Calibration.Measured measured = Calibration.of(backend, missing);
      times.putAll(measured.pace().times());
      keep(new Pace(times), measured.isQuiet());
    }
    return new Pace(times);
  }

  /**
   * What has been measured of some kinds of work; measured now what has not been, unless this JVM
   * is a short one. Then it is guessed, or empty where nothing is known of this machine.
   */
  public Optional<Pace> ifAny(Set<Kind> kinds) {
    if (!Boolean.getBoolean(SHORT)) {
      return Optional.of(measured(kinds));
    }
    return guessed(kinds);
  }

  /**
   * Whether what is known was measured while the machine was busy: products may then have taken
   * four times as long as alone, since others used its caches and half of its cores.
   */
  public boolean isOfBusyMachine() {
    Properties kept = kept();
    return !times(kept).isEmpty() && !isQuiet(kept);
  }

  /**
   * What has been measured. Of other kinds of work a machine is as fast or slow as at products,
   * within a factor of two or three; empty where these have not been timed.
   */
  Optional<Pace> guessed(Set<Kind> kinds) {
    Map<Kind, Double> times = times(kept());
    Double products = times.get(Kind.DENSE);
    if (products == null) {
      return Optional.empty();
    }
    kinds.forEach(kind -> times.putIfAbsent(kind, products));
    return Optional.of(new Pace(times));
  }

  /** What is kept; empty where nothing is, or nothing that can be read. */
  private Properties kept() {
    Properties kept = new Properties();
    if (Files.isRegularFile(file)) {
      try (Reader in = Files.newBufferedReader(file)) {
        kept.load(in);
      } catch (IOException
          | IllegalArgumentException e) { // It is measured again, and written anew.
        return new Properties();
      }
    }
    return kept;
  }

  private static boolean isQuiet(Properties kept) {
    return Boolean.parseBoolean(kept.getProperty(QUIET));
  }

  /** Those that are numbers above 0. */
  private static Map<Kind, Double> times(Properties kept) {
    Map<Kind, Double> times = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      double time = time(kept.getProperty(name(kind), ""));
      if (time > 0 && time < Double.POSITIVE_INFINITY) {
        times.put(kind, time);
      }
    }
    return times;
  }

  /** NaN if it is no number: then it is measured again, and written anew. */
  private static double time(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static String name(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Keeps it where that is possible.
   *
   * @param isQuiet whether the machine did little else
   */
  private void keep(Pace pace, boolean isQuiet) {
    Properties kept = new Properties();
    kept.setProperty(QUIET, Boolean.toString(isQuiet));
    pace.times().forEach((kind, time) -> kept.setProperty(name(kind), Double.toString(time)));
    try {
      Files.createDirectories(file.getParent());
      Path written = Files.createTempFile(file.getParent(), "pace", ".new");
      try (Writer out = Files.newBufferedWriter(written)) {
        kept.store(out, "seconds here over seconds of the cost model");
      }
      Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      System.getLogger(MachinePace.class.getName())
          .log(System.Logger.Level.DEBUG, "not kept: " + file, e);
    }
  }

  private static Path cache() {
    String home = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
    try {
      Path path = Path.of(home);
      if (path.isAbsolute()) { // Others are to be ignored, as the standard says.
        return path;
      }
    } catch (InvalidPathException e) {
      System.getLogger(MachinePace.class.getName())
          .log(System.Logger.Level.DEBUG, "XDG_CACHE_HOME: " + home, e);
    }
    return Path.of(System.getProperty("user.home", "."), ".cache");
  }

  private static String key(Backend backend) {
    return CellId.of(
        String.join(
            "\n",
            Provenance.processor(),
            System.getenv().getOrDefault("OPENBLAS_CORETYPE", ""),
            System.getProperty("java.vm.version", ""),
            Provenance.codeVersion(),
            backend.id()));
  }
}
