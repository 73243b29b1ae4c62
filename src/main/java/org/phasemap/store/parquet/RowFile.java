package org.phasemap.store.parquet;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;
import org.phasemap.data.FileSystems;
import org.phasemap.data.FooterBounds;
import org.phasemap.network.UserException;
import org.phasemap.store.disk.LocalDisk;
import org.phasemap.store.manifest.ManifestEntry;
import org.phasemap.store.table.Column;

/**
 * A Parquet file of rows. A row has a value for each column: a String, Integer, Long, Double,
 * {@code int[]}, {@code double[]}, {@code List} of numbers, or null.
 */
public final class RowFile {
  private RowFile() {}

  /**
   * Writes a file, reads it back and compares: its bytes, by their SHA-256, and its rows, by a sum
   * of them ({@link RowSum}). What decodes them has no part in how they were written.
   *
   * @param root of the results folder
   * @param path of the file, relative to the root; there must be none yet
   * @param metadata for the footer
   * @return what a manifest says of it
   * @throws IOException if the file cannot be written, does not have the bytes that were, or is
   *     gone
   * @throws IllegalStateException if these bytes are not the rows: a mistake of this program
   */
  public static ManifestEntry.DataFile write(
      Configuration configuration,
      String root,
      String path,
      List<Column> columns,
      Map<String, String> metadata,
      Iterator<@Nullable Object[]> rows)
      throws IOException {
    return write(configuration, root, path, Way.KEPT, columns, metadata, rows);
  }

  /** How a file is written. */
  private enum Way {
    KEPT(CompressionCodecName.ZSTD),
    READ_ONCE(CompressionCodecName.UNCOMPRESSED);

    private final CompressionCodecName codec;

    Way(CompressionCodecName codec) {
      this.codec = codec;
    }

    private ContentCheck check() {
      return switch (this) {
        case KEPT -> ContentCheck.sha256();
        case READ_ONCE -> ContentCheck.crc32c();
      };
    }
  }

  private static ManifestEntry.DataFile write(
      Configuration configuration,
      String root,
      String path,
      Way way,
      List<Column> columns,
      Map<String, String> metadata,
      Iterator<@Nullable Object[]> rows)
      throws IOException {
    Path file = new Path(root, path);
    FileSystem fileSystem = FileSystems.of(file, configuration);
    ContentCheck written = way.check();
    CheckedOutput output = new CheckedOutput(fileSystem, file, written);
    RowSum sum = new RowSum(columns);
    long count;
    try (RowWriter writer = new RowWriter(output, configuration, way.codec, columns)) {
      while (rows.hasNext()) {
        @Nullable Object[] row = rows.next();
        sum.add(row);
        writer.write(row);
      }
      Map<String, String> footer = new LinkedHashMap<>(metadata);
      footer.put(RowSum.FOOTER, sum.text());
      count = writer.end(footer);
    } catch (LinkageError e) {
      throw Natives.notLoaded(e);
    }
    String check = written.text();
    try (InputStream in = fileSystem.open(file, CheckedOutput.BUFFER_BYTES)) {
      if (!way.check().textOf(in).equals(check)) {
        throw new IOException(file + " does not hold the bytes that were written to it");
      }
    }
    if (way == Way.KEPT) {
      readBack(configuration, root, path, columns);
    }
    return new ManifestEntry.DataFile(path, count, output.bytes(), check);
  }

  /** A reader that has come to the end has compared the rows with what the footer says. */
  private static void readBack(
      Configuration configuration, String root, String path, List<Column> columns)
      throws IOException {
    try (RowReader rows = open(configuration, root, Split.whole(path), columns)) {
      while (rows.hasNext()) {
        rows.next();
      }
    } catch (UserException e) {
      Path file = new Path(root, path);
      // Who took this run's lock, believing it dead, sweeps away what it writes.
      if (!FileSystems.of(file, configuration).exists(file)) {
        throw new FileNotFoundException(file + " is gone since it was written");
      }
      String what = DamagedFile.what(e).orElseThrow(() -> e);
      throw new IllegalStateException( // Its bytes are right.
          String.format("%s does not hold the rows that were written to it: %s", file, what));
    }
  }

  /**
   * As {@link #write}, of a file that is read once and deleted: it is not compressed, and no
   * SHA-256 is made of it, since either would take longer than all the rest. Who reads it compares
   * its rows.
   *
   * @throws IOException if the file cannot be written, or if it is not what was written
   */
  public static void stage(
      Configuration configuration,
      String root,
      String path,
      List<Column> columns,
      Map<String, String> metadata,
      Iterator<@Nullable Object[]> rows)
      throws IOException {
    write(configuration, root, path, Way.READ_ONCE, columns, metadata, rows);
  }

  /**
   * Reads all rows of a file.
   *
   * @param columns wanted, in order; those that the file lacks are null
   * @throws UserException if the file is damaged or missing
   * @throws IOException if the file system does not give it
   */
  public static List<@Nullable Object[]> read(
      Configuration configuration, String root, String path, List<Column> columns)
      throws IOException {
    return read(configuration, root, path, columns, row -> true);
  }

  /**
   * Reads the rows of a file whose text begins so; no others are held in memory.
   *
   * @param columns wanted, in order, the text's among them; those that the file lacks are null
   * @param column whose values are text
   */
  public static List<@Nullable Object[]> readBeginning(
      Configuration configuration,
      String root,
      String path,
      List<Column> columns,
      Column column,
      String beginning)
      throws IOException {
    int place = columns.indexOf(column);
    return read(
        configuration,
        root,
        path,
        columns,
        row -> row[place] instanceof String text && text.startsWith(beginning));
  }

  /** Those of the columns that a file has. */
  public static List<Column> columns(
      Configuration configuration, String root, String path, List<Column> columns)
      throws IOException {
    MessageType schema = footer(configuration, root, path).getFileMetaData().getSchema();
    return columns.stream().filter(column -> schema.containsField(column.name())).toList();
  }

  /** What stands in a file's footer besides its columns and the sum of its rows. */
  public static Map<String, String> metadata(Configuration configuration, String root, String path)
      throws IOException {
    Map<String, String> metadata =
        new LinkedHashMap<>(
            footer(configuration, root, path).getFileMetaData().getKeyValueMetaData());
    metadata.remove(RowSum.FOOTER);
    return metadata;
  }

  /**
   * The sum of a file's rows, as its footer has it; see {@link RowReader#sum}.
   *
   * @return empty for files of earlier versions
   */
  public static OptionalLong sum(Configuration configuration, String root, String path)
      throws IOException {
    return RowSum.in(footer(configuration, root, path).getFileMetaData().getKeyValueMetaData());
  }

  /**
   * What stands behind a file's rows.
   *
   * @throws UserException if the file is damaged or missing
   */
  public static ParquetMetadata footer(Configuration configuration, String root, String path)
      throws IOException {
    Path file = new Path(root, path);
    // Without options it would read Hadoop's XML files anew, which takes longer than the footer.
    ParquetReadOptions options = HadoopReadOptions.builder(configuration).build();
    InputFile input = input(configuration, file);
    try (ParquetFileReader reader = ParquetFileReader.open(input, options)) {
      FooterBounds.check(reader.getFooter(), input.getLength());
      return reader.getFooter();
    } catch (IOException | RuntimeException e) {
      throw DamagedFile.failed(file.toString(), e);
    }
  }

  private static List<@Nullable Object[]> read(
      Configuration configuration,
      String root,
      String path,
      List<Column> columns,
      Predicate<@Nullable Object[]> wanted)
      throws IOException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    try (RowReader reader = open(configuration, root, Split.whole(path), columns)) {
      reader.forEachRemaining(
          row -> {
            if (wanted.test(row)) {
              rows.add(row);
            }
          });
    }
    return rows;
  }

  /**
   * As {@link #read}, one row at a time, of a part of a file. Who reads all columns of a whole file
   * to its end learns whether they are the rows that were written.
   */
  public static RowReader open(
      Configuration configuration, String root, Split split, List<Column> columns)
      throws IOException {
    Path file = new Path(root, split.path());
    InputFile input = input(configuration, file);
    ParquetReadOptions options =
        HadoopReadOptions.builder(configuration)
            .usePageChecksumVerification()
            .withRange(split.start(), split.end())
            .build();
    RowGroups groups;
    try {
      groups = new RowGroups(input, options, columns);
    } catch (IOException | RuntimeException e) {
      throw DamagedFile.failed(file.toString(), e);
    }
    boolean whole = split.equals(Split.whole(split.path()));
    return new RowReader(
        file.toString(),
        groups,
        whole ? new RowSum(columns) : null,
        groups.hasAllColumns() ? RowSum.in(groups.metadata()) : OptionalLong.empty());
  }

  private static InputFile input(Configuration configuration, Path file) throws IOException {
    FileSystem fileSystem = FileSystems.of(file, configuration);
    try {
      return LocalDisk.isLocal(fileSystem)
          ? new LocalInput(fileSystem, fileSystem.getFileStatus(file))
          : HadoopInputFile.fromPath(file, configuration);
    } catch (FileNotFoundException e) {
      LocalDisk.checkReadable(fileSystem, file);
      throw DamagedFile.unreadable(file.toString(), "is missing, though the manifest names it", e);
    }
  }
}
