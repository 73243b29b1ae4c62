package org.phasemap.analysis.regress;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.phasemap.network.Sha256;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.manifest.ManifestEntry;
import org.phasemap.store.manifest.ManifestEntry.DataFile;
import org.phasemap.store.table.Tables;

/**
 * One of the two sweeps.
 *
 * @param path of its folder
 * @param name of its folder
 * @param digest of its rows, by the hashes of its manifest: equal digests are equal files
 * @param schema the oldest version that wrote rows of it; 0 without rows
 * @param measured when its last rows were committed, ISO-8601; empty without rows; when it was
 *     decided not to measure it, if it is only planned
 * @param provenance of its last commit
 */
public record Side(
    String path,
    String name,
    String digest,
    int schema,
    String measured,
    Map<String, String> provenance) {
  /** What a folder holds now. */
  public static Side of(ResultsFolder folder) {
    List<ManifestEntry> entries =
        folder.manifest().stream().filter(e -> e.table().equals(Tables.REPLICATES)).toList();
    return new Side(
        folder.path(""),
        folder.name(),
        digest(folder),
        entries.stream().mapToInt(ManifestEntry::schemaVersion).min().orElse(0),
        entries.isEmpty() ? "" : entries.get(entries.size() - 1).createdAt(),
        folder.provenance());
  }

  /**
   * What a sweep of this program would be.
   *
   * @param folder of it, whether or not it exists
   * @param spec its name
   * @param at now, ISO-8601
   */
  public static Side planned(ResultsFolder folder, String spec, String at) {
    return new Side(
        folder.path(""),
        folder.name(),
        digest(folder),
        Tables.SCHEMA_VERSION,
        at,
        Map.of("spec", spec));
  }

  /** SHA-256 of those of its files, in hex: what a baseline is known by. */
  private static String digest(ResultsFolder folder) {
    String hashes =
        folder.dataFiles(Tables.REPLICATES).stream()
            .map(DataFile::sha256)
            .sorted()
            .collect(Collectors.joining("\n"));
    return HexFormat.of().formatHex(Sha256.of(hashes));
  }

  /** What its provenance says of something; empty where early versions did not. */
  public String says(String key) {
    return provenance.getOrDefault(key, "");
  }
}
