package org.phasemap.data;

import java.lang.ref.SoftReference;
import java.util.HashMap;
import java.util.Map;
import org.phasemap.network.UserException;

/** Data sets by their source. What was read stays in memory while there is room. */
public final class DataSets {
  private static final Map<DataSource, SoftReference<DataSet>> LOADED = new HashMap<>();

  private DataSets() {}

  /**
   * Loads a data set.
   *
   * @param source files with their hash
   * @throws UserException if files cannot be read, are not as their format wants them, or do not
   *     have the content that the hash names
   */
  public static DataSet load(DataSource source) {
    synchronized (LOADED) {
      SoftReference<DataSet> loaded = LOADED.get(source);
      DataSet data = loaded == null ? null : loaded.get();
      if (data == null) {
        data = make(source);
        LOADED.put(source, new SoftReference<>(data));
      }
      return data;
    }
  }

  /**
   * Reads files and names their content.
   *
   * @return the source with its hash
   * @throws UserException as {@link #load}
   */
  public static DataSource.Files identified(DataSource.Files source) {
    synchronized (LOADED) {
      ContentHash hash = new ContentHash();
      DataSet data = read(source, hash);
      DataSource.Files identified = source.withSha256(hash.hex());
      LOADED.put(identified, new SoftReference<>(data));
      return identified;
    }
  }

  private static DataSet make(DataSource source) {
    if (source instanceof DataSource.Files files) {
      ContentHash hash = new ContentHash();
      DataSet data = read(files, hash);
      String sha256 = hash.hex();
      if (!sha256.equals(files.sha256())) {
        if (hash.unmarked().equals(files.sha256())) {
          throw new UserException(
              String.format(
                  "%s: the spec was resolved by a version that read this table otherwise, in"
                      + " float32; expected a new results folder, or sha256: %s",
                  files.path(), sha256));
        }
        throw new UserException(
            String.format(
                "%s: its content has SHA-256 %s; expected %s, that of the spec",
                files.path(), sha256, files.sha256()));
      }
      return data;
    } else if (source instanceof DataSource.Clusters clusters) {
      return Synthetic.clusters(clusters);
    } else if (source instanceof DataSource.TeacherStudent teacher) {
      return Synthetic.teacherStudent(teacher);
    } else if (source instanceof DataSource.Sequences sequences) {
      return Synthetic.sequences(sequences);
    } else if (source instanceof DataSource.Retrieval retrieval) {
      return Lookups.make(retrieval);
    } else if (source instanceof DataSource.Collocation collocation) {
      return CollocationPoints.of(collocation);
    }
    return Digits.load();
  }

  private static DataSet read(DataSource.Files source, ContentHash hash) {
    return switch (source.format()) {
      case MNIST -> IdxFolder.read(source.access(), source.path(), hash);
      case CIFAR10 -> CifarFolder.read(source.access(), source.path(), hash);
      case CSV, PARQUET -> tables(source, hash);
    };
  }

  private static DataSet tables(DataSource.Files source, ContentHash hash) {
    Table table = table(source, source.path(), hash);
    Table test = source.test() == null ? table : table(source, source.test(), hash);
    DataSet data = test == table ? table.split(source.name()) : table.with(test, source.name());
    if (table.isChangedWith(test)) {
      hash.mark();
    }
    return data;
  }

  private static Table table(DataSource.Files source, String path, ContentHash hash) {
    return source.format() == DataSource.Format.CSV
        ? CsvFile.read(source.access(), path, source.label(), hash)
        : ParquetTable.read(source.access(), path, source.label(), hash);
  }
}
