package org.phasemap.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.phasemap.network.Sha256;
import org.phasemap.store.manifest.ManifestEntry;
import org.phasemap.store.parquet.RowFile;
import org.phasemap.store.table.Column;
import org.phasemap.store.table.Tables;

/** A results folder that somebody has tampered with, in one of many ways that a seed chooses. */
public final class HostileFolder {
  /** A small sweep as this version has it. */
  public static final Path KEPT = Path.of("src/test/resources/org/phasemap/cli/schema/schema-6");

  /** What an entry says of a file. */
  private static final Pattern FILE =
      Pattern.compile(
          "\"path\"\\s*:\\s*\"([^\"]*)\",\\s*\"rows\"\\s*:\\s*([0-9]+),"
              + "\\s*\"bytes\"\\s*:\\s*[0-9]+,\\s*\"sha256\"\\s*:\\s*\"[0-9a-f]*");

  private static final String LEFT_OVER = "replicates/0123abcd-001-0-0.parquet";

  /** Columns of each type, and those that readers ask for. */
  private static final Set<String> NARROW =
      Set.of(
          "cell_id",
          "replicate",
          "replicates",
          "status",
          "error_class",
          "task",
          "activation",
          "depth",
          "width",
          "sigma_multiplier",
          "seed",
          "ln_q",
          "ln_q_mean",
          "theory_ln_q",
          "profile_layer",
          "profile_q",
          "profile_q_mean");

  private final Path folder;
  private final Victim victim;
  private final Random random;
  private final String mutation;

  private HostileFolder(Path folder, Victim victim, long seed) throws IOException {
    this.folder = folder;
    this.victim = victim;
    this.random = new Random(seed);
    String first = one();
    this.mutation = random.nextInt(4) == 0 ? first + ", " + one() : first;
  }

  /**
   * Writes a results folder, tampers with it once or twice, and makes its victim.
   *
   * @param whole files of the folder by path, such as {@link #kept}
   */
  public static HostileFolder in(Path parent, Map<String, byte[]> whole, long seed)
      throws IOException {
    Path folder = parent.resolve("results");
    for (Map.Entry<String, byte[]> file : whole.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    Victim victim =
        Victim.at(parent.resolve("victim"), bytes(whole, "spec.yaml"), bytes(whole, LEFT_OVER));
    HostileFolder hostile = new HostileFolder(folder, victim, seed);
    // Nobody has written to the lock for long, so that it may be taken over.
    if (isFile(folder.resolve("_lock"))) {
      Files.setLastModifiedTime(folder.resolve("_lock"), FileTime.fromMillis(0));
    }
    victim.watch();
    return hostile;
  }

  private static byte[] bytes(Map<String, byte[]> files, String name) {
    return Objects.requireNonNull(files.get(name), name);
  }

  /** A finished sweep's files, what a killed one would leave, and a lock. */
  private static Map<String, byte[]> whole(Path results) throws IOException {
    Map<String, byte[]> whole = new HashMap<>();
    byte[] rows = {};
    try (Stream<Path> files = Files.walk(results)) {
      for (Path file : files.filter(HostileFolder::isFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        whole.put(results.relativize(file).toString(), bytes);
        rows = file.toString().contains("/" + Tables.REPLICATES + "/") ? bytes : rows;
      }
    }
    whole.put("_staging/0123abcd-000-0-0.parquet", rows);
    whole.put(LEFT_OVER, rows);
    String lock = "{\"id\": \"x\", \"host\": \"elsewhere\", \"pid\": 1}";
    whole.put("_lock", lock.getBytes(StandardCharsets.UTF_8));
    return whole;
  }

  /** Files of {@link #KEPT}, with all columns. */
  public static Map<String, byte[]> kept() {
    try {
      return whole(KEPT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The same with a tenth of the columns, which takes a tenth of the time to read.
   *
   * @param results an empty folder to make it in
   */
  static Map<String, byte[]> narrow(Path results) throws IOException {
    Configuration local = new Configuration();
    ResultsFolder from = ResultsFolder.open(KEPT.toString());
    ResultsFolder to = ResultsFolder.at(results.toString(), local);
    to.writeSpec(from.specYaml().orElseThrow());
    try (FolderLock lock = FolderLock.take(to)) {
      Commit commit = new Commit(to, lock);
      for (ManifestEntry entry : from.manifest()) {
        String path = entry.files().get(0).path();
        List<Column> all =
            entry.table().equals(Tables.CELLS) ? Tables.cells() : Tables.replicates();
        List<Column> columns = all.stream().filter(c -> NARROW.contains(c.name())).toList();
        commit.replace(
            entry.table(),
            List.of(
                RowFile.write(
                    local,
                    to.uri(),
                    commit.newPath(entry.table()) + ".parquet",
                    columns,
                    RowFile.metadata(local, from.uri(), path),
                    RowFile.read(local, from.uri(), path, columns).iterator())),
            entry.provenance());
      }
    }
    try (Stream<Path> files = Files.walk(results)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".crc")).toList()) {
        Files.delete(file); // Or each flipped bit would be found there.
      }
    }
    return whole(results);
  }

  /** The results folder. */
  public Path folder() {
    return folder;
  }

  /** The folder beside it. */
  public Victim victim() {
    return victim;
  }

  /** What was done to it. */
  @Override
  public String toString() {
    return mutation;
  }

  private String one() throws IOException {
    Path file = any(files());
    String name = folder.relativize(file).toString();
    switch (random.nextInt(17)) {
      case 0, 1, 2, 3 -> {
        Path entry = any(List.of("manifest/000001.json", "manifest/000002.json", "_lock"));
        return isFile(entry)
            ? folder.relativize(entry)
                + ": "
                + new HostileJson(victim.folder(), random).mutate(entry)
            : "nothing";
      }
      case 10 -> {
        Path spec = folder.resolve("spec.yaml");
        return isFile(spec)
            ? "spec.yaml: " + new HostileSpec(victim.folder(), random).mutate(spec)
            : "nothing";
      }
      case 11, 12, 13 -> {
        Path rows = any(rows());
        return folder.relativize(rows)
            + ": "
            + new HostileFooter(victim.folder(), random).mutate(rows)
            + agreed(rows);
      }
      case 14, 15, 16 -> {
        Path rows = any(rows());
        String what = new HostileRows(random).mutate(folder, rows);
        return folder.relativize(rows) + ": " + what + agreed(rows);
      }
      case 4 -> {
        Files.write(file, flipped(Files.readAllBytes(file)));
        return name + " flipped" + agreed(file);
      }
      case 5 -> {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
        return name + " cut off" + agreed(file);
      }
      case 6 -> {
        Files.delete(file);
        Files.createSymbolicLink(file, any(victim.folder()));
        return name + " a link";
      }
      case 7 -> {
        Path part = folder.resolve(pick("manifest", "replicates", "cells", "_staging", "_lock"));
        move(part, folder.resolve("moved" + random.nextInt()));
        Files.createSymbolicLink(
            part, victim.folder().resolve(pick("replicates", "", "spec.yaml")));
        return part.getFileName() + " a link";
      }
      case 8 -> {
        Path other = any(files());
        Files.copy(file, other, StandardCopyOption.REPLACE_EXISTING);
        return name + " in the place of " + folder.relativize(other);
      }
      default -> {
        Path to = folder.resolve(pick("manifest/000003.json", "manifest/000007.json", "_lock"));
        Files.createDirectories(to.getParent());
        Files.move(file, to, StandardCopyOption.REPLACE_EXISTING);
        return name + " moved to " + to.getFileName();
      }
    }
  }

  private static boolean isFile(Path path) {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
  }

  private List<Path> rows() throws IOException {
    List<Path> rows = files().stream().filter(file -> file.toString().endsWith("parquet")).toList();
    return rows.isEmpty() ? files() : rows;
  }

  /** Half of the time the manifest is made to say the same, so that readers get further. */
  private String agreed(Path file) throws IOException {
    if (random.nextBoolean()) {
      return "";
    }
    byte[] bytes = Files.readAllBytes(file);
    String sha256 = HexFormat.of().formatHex(Sha256.digest().digest(bytes));
    String path = folder.relativize(file).toString();
    for (Path entry : files()) {
      if (entry.toString().endsWith(".json")) {
        String json = Files.readString(entry, StandardCharsets.ISO_8859_1);
        Matcher matcher = FILE.matcher(json);
        if (matcher.find() && matcher.group(1).equals(path)) {
          String said = "\"path\": \"$1\", \"rows\": $2, \"bytes\": %d, \"sha256\": \"%s";
          String now = matcher.replaceFirst(said.formatted(bytes.length, sha256));
          Files.writeString(entry, now, StandardCharsets.ISO_8859_1);
        }
      }
    }
    return ", as in the manifest";
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(HostileFolder::isFile).sorted().toList();
    }
  }

  private static void move(Path from, Path to) throws IOException {
    if (Files.exists(from)) {
      Files.move(from, to);
    }
  }

  private byte[] flipped(byte[] bytes) {
    for (int i = 0; bytes.length > 0 && i <= random.nextInt(4); i++) {
      // Half of them in what Parquet reads first.
      int within = random.nextBoolean() ? bytes.length : Math.min(bytes.length, 3000);
      bytes[bytes.length - 1 - random.nextInt(within)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private Path any(List<?> paths) {
    Object chosen = paths.get(random.nextInt(paths.size()));
    return chosen instanceof Path path ? path : folder.resolve(chosen.toString());
  }

  private Path any(Path of) throws IOException {
    try (Stream<Path> files = Files.walk(of)) {
      return any(files.sorted().toList());
    }
  }
}
