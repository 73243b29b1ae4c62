package org.phasemap.query;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.phasemap.network.Sha256;
import org.phasemap.store.manifest.ManifestEntry;
import org.phasemap.store.manifest.ManifestEntry.DataFile;
import org.phasemap.store.table.Tables;

/** Tables that were made without networks, as a results folder. */
public final class SweepFolder {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SweepFolder() {}

  /**
   * Moves files into a new results folder and commits them.
   *
   * @param files by table
   */
  public static void write(Path folder, Map<String, List<String>> files) throws Exception {
    Files.createDirectories(folder.resolve("manifest"));
    Files.writeString(folder.resolve("spec.yaml"), "name: " + folder.getFileName() + "\n");
    int sequence = 0;
    for (String table : List.of(Tables.REPLICATES, Tables.CELLS)) {
      Files.createDirectories(folder.resolve(table));
      List<DataFile> committed = new ArrayList<>();
      for (String file : files.getOrDefault(table, List.of())) {
        Path target = folder.resolve(table).resolve("part-" + committed.size() + ".parquet");
        Files.copy(Path.of(file), target);
        committed.add(committed(folder, target));
      }
      sequence++;
      ManifestEntry entry =
          new ManifestEntry(
              Tables.SCHEMA_VERSION,
              sequence,
              table,
              table.equals(Tables.CELLS),
              "2026-11-30T00:00:0" + sequence + "Z",
              committed.stream().mapToLong(DataFile::rows).sum(),
              committed,
              Map.of("phasemap", "1.0-test", "seed", "1", "data", "/srv/secret/data/digits"));
      String name = String.format(Locale.ROOT, "manifest/%06d.json", sequence);
      Files.write(folder.resolve(name), JSON.writeValueAsBytes(entry));
    }
  }

  private static DataFile committed(Path folder, Path file) throws Exception {
    MessageDigest digest = Sha256.digest();
    try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
    return new DataFile(
        folder.relativize(file).toString(),
        rows(file),
        Files.size(file),
        HexFormat.of().formatHex(digest.digest()));
  }

  private static long rows(Path file) throws Exception {
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = connection.createStatement();
        ResultSet rows = sql.executeQuery("select count(*) from '" + file + "'")) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
