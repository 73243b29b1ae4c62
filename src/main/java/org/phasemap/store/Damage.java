package org.phasemap.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.Path;
import org.phasemap.network.Sha256;
import org.phasemap.network.UserException;
import org.phasemap.store.disk.LocalDisk;
import org.phasemap.store.manifest.ManifestEntry;
import org.phasemap.store.table.Tables;

/**
 * A committed file that is not what its manifest entry says, as a power cut or a bad disk leave it.
 *
 * <p>Damaged files are measured again on request only: a disk that is not mounted looks like
 * missing files.
 *
 * @param table whose rows it had
 * @param file as the manifest has it
 * @param what is wrong, such as {@code has 0 bytes, the manifest says 81234}
 */
public record Damage(String table, ManifestEntry.DataFile file, String what) {
  /**
   * Reads all files of a results folder and holds them to their lengths and SHA-256.
   *
   * @throws UserException if one that is there cannot be read: it may be whole
   */
  public static List<Damage> find(ResultsFolder folder) {
    List<Damage> found = new ArrayList<>();
    for (String table : List.of(Tables.REPLICATES, Tables.CELLS)) {
      for (ManifestEntry.DataFile file : folder.dataFiles(table)) {
        of(folder, file).ifPresent(what -> found.add(new Damage(table, file, what)));
      }
    }
    return found;
  }

  private static Optional<String> of(ResultsFolder folder, ManifestEntry.DataFile file) {
    MessageDigest digest = Sha256.digest();
    Path path = new Path(folder.root(), file.path());
    long bytes;
    try (InputStream in = new DigestInputStream(folder.fileSystem().open(path), digest)) {
      bytes = in.transferTo(OutputStream.nullOutputStream());
    } catch (FileNotFoundException e) {
      LocalDisk.checkReadable(folder.fileSystem(), path);
      return Optional.of("is missing");
    } catch (ChecksumException e) {
      return Optional.of("does not have the checksums that stand beside it");
    } catch (IOException e) {
      throw new UserException(
          String.format(
              "%s: cannot be read (%s); allowed: a disk that gives it. Delete it to have its rows"
                  + " measured again",
              folder.path(file.path()), e.getMessage()),
          e);
    }
    if (bytes != file.bytes()) {
      return Optional.of(String.format("has %d bytes, the manifest says %d", bytes, file.bytes()));
    }
    return HexFormat.of().formatHex(digest.digest()).equals(file.sha256())
        ? Optional.empty()
        : Optional.of("does not have the manifest's SHA-256");
  }

  /**
   * Takes damaged files out of their tables, so that their rows are missing, and {@code cells}
   * behind them.
   *
   * @throws UserException if another process has taken the lock over
   */
  public static void discard(ResultsFolder folder, Commit commit, List<Damage> found)
      throws IOException {
    List<ManifestEntry.DataFile> damaged = found.stream().map(Damage::file).toList();
    if (damaged.isEmpty()) {
      return;
    }
    for (String table : List.of(Tables.CELLS, Tables.REPLICATES)) {
      List<ManifestEntry.DataFile> whole =
          folder.dataFiles(table).stream().filter(file -> !damaged.contains(file)).toList();
      commit.replace(table, whole, folder.provenance());
    }
  }
}
