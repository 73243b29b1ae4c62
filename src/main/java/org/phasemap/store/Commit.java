package org.phasemap.store;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/**
 * Makes staged Parquet files part of a table: verify, publish, then the manifest entry. Until the
 * entry exists no reader sees them, and files that were published without one are swept away by
 * {@link #discardLeftovers}.
 */
public final class Commit {
  private final ResultsFolder folder;
  private final FileSystem fileSystem;

  public Commit(ResultsFolder folder) {
    this.folder = folder;
    this.fileSystem = folder.fileSystem();
  }

  /** A new place to write Parquet files to before they are published. */
  public String stage(String name) {
    return new Path(folder.staging(), name).toString();
  }

  /**
   * Publishes every Parquet file of a staged folder.
   *
   * @param staged from {@link #stage}
   * @param table to add to ({@code replicates}) or to replace ({@code cells})
   * @param expectedRows what the footers must add up to
   * @throws IOException if they do not, or if a file cannot be moved; nothing is visible then
   */
  public ManifestEntry publish(
      String staged, String table, long expectedRows, Map<String, String> provenance)
      throws IOException {
    List<ManifestEntry> manifest = folder.manifest();
    int sequence = manifest.isEmpty() ? 1 : manifest.get(manifest.size() - 1).sequence() + 1;
    List<FileStatus> files = parquetFiles(new Path(staged));
    List<ManifestEntry.DataFile> published = new ArrayList<>();
    long rows = 0;
    for (FileStatus file : files) {
      long fileRows = rowCount(file);
      rows += fileRows;
      String name = String.format("%s/%06d-%03d.parquet", table, sequence, published.size());
      published.add(
          new ManifestEntry.DataFile(name, fileRows, file.getLen(), sha256(file.getPath())));
    }
    if (rows != expectedRows) {
      throw new IOException(
          String.format("Staged %s has %d rows, expected %d", table, rows, expectedRows));
    }
    fileSystem.mkdirs(new Path(folder.root(), table));
    for (int i = 0; i < files.size(); i++) {
      folder.rename(files.get(i).getPath(), new Path(folder.root(), published.get(i).path()));
    }
    ManifestEntry entry =
        new ManifestEntry(
            Tables.SCHEMA_VERSION,
            sequence,
            table,
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
            rows,
            published,
            provenance);
    folder.append(entry);
    return entry;
  }

  /** Deletes what killed runs left behind: staged files, and published ones without an entry. */
  public void discardLeftovers() throws IOException {
    fileSystem.delete(folder.staging(), true);
    for (String table : List.of(Tables.REPLICATES, Tables.CELLS)) {
      Path tableFolder = new Path(folder.root(), table);
      if (!fileSystem.exists(tableFolder)) {
        continue;
      }
      List<String> committed = folder.files(table);
      for (FileStatus file : parquetFiles(tableFolder)) {
        if (!committed.contains(folder.path(table + "/" + file.getPath().getName()))) {
          fileSystem.delete(file.getPath(), false);
        }
      }
    }
  }

  private List<FileStatus> parquetFiles(Path path) throws IOException {
    return Arrays.stream(fileSystem.listStatus(path))
        .filter(f -> f.getPath().getName().endsWith(".parquet"))
        .sorted(Comparator.comparing(f -> f.getPath().getName()))
        .toList();
  }

  private long rowCount(FileStatus file) throws IOException {
    HadoopInputFile input = HadoopInputFile.fromStatus(file, fileSystem.getConf());
    try (ParquetFileReader reader = ParquetFileReader.open(input)) {
      return reader.getRecordCount();
    }
  }

  private String sha256(Path path) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = fileSystem.open(path)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
