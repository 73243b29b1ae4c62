package org.phasemap.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.phasemap.query.Query;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.table.Tables;

/** What a results folder shows of the sweep that writes it. */
public final class FolderWatch {
  private final Path folder;

  /** Of a results folder, which need not exist yet. */
  public FolderWatch(Path folder) {
    this.folder = folder;
  }

  /** Commits, those of {@code cells} included. */
  int commits() throws IOException {
    return list("manifest", ".json").size();
  }

  /** Files of tasks that have not been committed, whole or being written. */
  int staged() throws IOException {
    return list("_staging", ".parquet").size();
  }

  /** Whether a table has a file, whole or being written, that no manifest entry names yet. */
  boolean isCommitting(String table) throws IOException {
    List<Path> files = list(table, ".parquet"); // Before the manifest: it may get its entry now.
    StringBuilder manifest = new StringBuilder();
    for (Path entry : list("manifest", ".json")) {
      manifest.append(Files.readString(entry));
    }
    return files.stream().anyMatch(file -> manifest.indexOf(file.getFileName().toString()) < 0);
  }

  /** Rows of {@code replicates}. */
  public long committed() {
    return keys(results().files(Tables.REPLICATES)).size();
  }

  /** Rows that tasks have finished and no commit has. */
  public long uncommitted() throws IOException {
    List<String> staged =
        list("_staging", ".parquet").stream()
            .filter(FolderWatch::isWhole)
            .map(Path::toString)
            .toList();
    Set<String> rows = keys(staged);
    rows.removeAll(keys(results().files(Tables.REPLICATES)));
    return rows.size();
  }

  private static Set<String> keys(List<String> files) {
    if (files.isEmpty()) {
      return new HashSet<>();
    }
    try (Query query = Query.over(Map.of(Tables.REPLICATES, files))) {
      Set<String> keys = new HashSet<>();
      query
          .rows("select cell_id || '/' || replicate as key from replicates")
          .forEach(row -> keys.add(row.text("key")));
      return keys;
    }
  }

  private ResultsFolder results() {
    return ResultsFolder.open(folder.toString());
  }

  /** Parquet ends with its magic word. */
  private static boolean isWhole(Path file) {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      byte[] end = new byte[4];
      if (in.length() < 12) {
        return false;
      }
      in.seek(in.length() - end.length);
      in.readFully(end);
      return new String(end, StandardCharsets.US_ASCII).equals("PAR1");
    } catch (IOException e) {
      throw new IllegalStateException(file.toString(), e);
    }
  }

  private List<Path> list(String name, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(name))) {
      return files
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .filter(file -> file.toString().endsWith(ending))
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }
}
