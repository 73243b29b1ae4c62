package org.phasemap.rows;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.phasemap.kernel.Backend;
import org.phasemap.network.CellId;
import org.phasemap.spec.Spec;
import org.phasemap.spec.file.SpecWriter;

/**
 * What made a result, so that it can be made again.
 *
 * <p>The footer of a merged file has the provenance of the runs that measured its rows; its
 * manifest entry has that of the run that committed it.
 */
public final class Provenance {
  private static final String RNG = "Philox4x32-10, keyed by seed, replicate, layer, purpose";

  private static final String BESIDE = " | ";

  private Provenance() {}

  /** What the spec, the code and this machine say. */
  public static Map<String, String> of(Spec spec, Backend backend) {
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("spec", spec.name());
    provenance.put("spec_hash", hash(spec));
    provenance.put("seed", Long.toString(spec.seed()));
    provenance.put("sampler", spec.sampler().name().toLowerCase(Locale.ROOT));
    provenance.put("random_numbers", spec.randomNumbers().name().toLowerCase(Locale.ROOT));
    provenance.put("rng", RNG);
    provenance.put("phasemap", codeVersion());
    provenance.put("backend", backend.id());
    provenance.put("device", processor());
    provenance.put(
        "jvm", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
    provenance.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    return provenance;
  }

  /**
   * Of rows that come from several files: values that differ stand beside each other, sorted.
   *
   * @param here names what is asked of each footer
   * @param footers of the files; what one does not say, as those of early versions, is unknown
   */
  public static Map<String, String> joined(
      Map<String, String> here, List<Map<String, String>> footers) {
    Map<String, String> joined = new LinkedHashMap<>();
    for (String key : here.keySet()) {
      NavigableSet<String> values = new TreeSet<>();
      footers.stream()
          .map(footer -> footer.getOrDefault(key, "unknown"))
          .flatMap(value -> Stream.of(value.split(Pattern.quote(BESIDE))))
          .forEach(values::add);
      joined.put(key, String.join(BESIDE, values));
    }
    return joined;
  }

  /** Of the resolved spec. */
  public static String hash(Spec spec) {
    return CellId.of(SpecWriter.toYaml(spec));
  }

  /** Version and commit, from the build. */
  public static String codeVersion() {
    Properties build = new Properties();
    try (InputStream in = Provenance.class.getResourceAsStream("/org/phasemap/build.properties")) {
      if (in != null) {
        build.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return build.getProperty("version", "unknown") + " " + build.getProperty("commit", "unknown");
  }

  /** The driver's processor; executors of one sweep are taken to be alike. */
  public static String processor() {
    Path info = Path.of("/proc/cpuinfo");
    if (Files.isReadable(info)) {
      try {
        for (String line : Files.readAllLines(info)) {
          if (line.startsWith("model name")) {
            return line.substring(line.indexOf(':') + 1).strip();
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return System.getProperty("os.arch");
  }
}
