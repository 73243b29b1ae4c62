package org.phasemap.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;
import org.phasemap.network.UserException;
import org.phasemap.store.disk.LocalDisk;
import org.phasemap.store.manifest.ManifestEntry.DataFile;
import org.phasemap.store.parquet.ColumnTypes;
import org.phasemap.store.parquet.DamagedFile;
import org.phasemap.store.parquet.RowFile;
import org.phasemap.store.table.Tables;

/**
 * Holds committed files to what the manifest says of them, as far as their lengths and footers
 * show: another sweep's files, or those of the other table, must not pass for this one's. Unlike
 * {@link Damage} it reads none of the rows.
 */
public final class CommittedFiles {
  /** Stands in a footer where the file was made of others. */
  private static final String BESIDE = " \\| ";

  private static final String SPEC_HASH = "spec_hash";

  private final ResultsFolder folder;
  private final Set<String> specs;

  private CommittedFiles(ResultsFolder folder) {
    this.folder = folder;
    this.specs =
        folder.manifest().stream()
            .map(entry -> entry.provenance().get(SPEC_HASH))
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
  }

  /**
   * Looks at every committed file.
   *
   * @throws UserException if one is missing, or not what the manifest says
   */
  public static void check(ResultsFolder folder) {
    CommittedFiles files = new CommittedFiles(folder);
    for (String table : List.of(Tables.REPLICATES, Tables.CELLS)) {
      for (DataFile file : folder.dataFiles(table)) {
        files.check(table, file);
      }
    }
  }

  private void check(String table, DataFile file) {
    String path = folder.path(file.path());
    try {
      long bytes = folder.fileSystem().getFileStatus(new Path(folder.root(), file.path())).getLen();
      if (bytes != file.bytes()) {
        throw not(path, String.format("has %d bytes, the manifest says %d", bytes, file.bytes()));
      }
      fault(table, file, RowFile.footer(folder.fileSystem().getConf(), folder.uri(), file.path()))
          .ifPresent(
              fault -> {
                throw not(path, fault);
              });
    } catch (FileNotFoundException e) {
      LocalDisk.checkReadable(folder.fileSystem(), new Path(folder.root(), file.path()));
      throw DamagedFile.unreadable(path, "is missing, though the manifest names it", e);
    } catch (IOException e) {
      throw DamagedFile.unreadable(path, "cannot be read (" + e.getMessage() + ")", e);
    }
  }

  private Optional<String> fault(String table, DataFile file, ParquetMetadata footer) {
    long rows = footer.getBlocks().stream().mapToLong(BlockMetaData::getRowCount).sum();
    if (rows != file.rows()) {
      return Optional.of(String.format("has %d rows, the manifest says %d", rows, file.rows()));
    }
    MessageType schema = footer.getFileMetaData().getSchema();
    boolean replicates = table.equals(Tables.REPLICATES);
    if (schema.containsField("replicate") != replicates) {
      return Optional.of("has the rows of another table");
    }
    Optional<String> columns =
        ColumnTypes.fault(schema, replicates ? Tables.replicates() : Tables.cells());
    if (columns.isPresent()) {
      return columns;
    }
    Set<String> others = new HashSet<>(specs(footer.getFileMetaData().getKeyValueMetaData()));
    others.removeAll(specs);
    return others.isEmpty() || specs.isEmpty()
        ? Optional.empty()
        : Optional.of("is of another sweep, its spec_hash is " + String.join(", ", others));
  }

  /** Of the rows of a file; early versions did not say. */
  private static List<String> specs(Map<String, String> footer) {
    return Arrays.stream(footer.getOrDefault(SPEC_HASH, "unknown").split(BESIDE))
        .filter(hash -> !hash.equals("unknown"))
        .toList();
  }

  private static UserException not(String path, String fault) {
    return new UserException(
        String.format("%s: is damaged (%s); %s", path, fault, DamagedFile.REMEDY));
  }
}
