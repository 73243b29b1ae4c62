package org.phasemap.sweep.pace;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;
import org.phasemap.kernel.Backend;
import org.phasemap.kernel.Backends;
import org.phasemap.network.CellId;
import org.phasemap.plan.cost.Pace;
import org.phasemap.rows.Provenance;

/**
 * The pace of this machine: measured once for each kind of processor, version of the code and
 * backend, and kept in the user's cache, {@code $XDG_CACHE_HOME/phasemap}. It is measured again
 * where that cannot be written, or where the machine was busy with something else.
 */
public final class MachinePace {
  /** Set where the JVM compiles too little to be timed, {@code conf/short.options}. */
  private static final String SHORT = "phasemap.short";

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

  /** What has been measured; measured now if nothing has been. */
  public Pace measured() {
    return known().orElseGet(this::measure);
  }

  /** What has been measured; measured now if nothing has been, unless this JVM is a short one. */
  public Optional<Pace> ifAny() {
    return Boolean.getBoolean(SHORT) ? known() : Optional.of(measured());
  }

  /** What is kept; empty where nothing is, or nothing that can be read. */
  Optional<Pace> known() {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    Properties kept = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      kept.load(in);
      return Optional.of(
          new Pace(
              number(kept, "weight_free"),
              number(kept, "dense"),
              number(kept, "masked"),
              number(kept, "training")));
    } catch (IOException | IllegalArgumentException e) { // It is measured again, and written anew.
      return Optional.empty();
    }
  }

  private static double number(Properties kept, String name) {
    return Double.parseDouble(kept.getProperty(name, ""));
  }

  private Pace measure() {
    Calibration.Measured measured = Calibration.of(backend);
    if (measured.isQuiet()) {
      keep(measured.pace());
    }
    return measured.pace();
  }

  /** Keeps it where that is possible. */
  void keep(Pace pace) {
    Properties kept = new Properties();
    kept.setProperty("weight_free", Double.toString(pace.weightFree()));
    kept.setProperty("dense", Double.toString(pace.dense()));
    kept.setProperty("masked", Double.toString(pace.masked()));
    kept.setProperty("training", Double.toString(pace.training()));
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
