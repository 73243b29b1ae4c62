package org.phasemap.store;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.HadoopParquetConfiguration;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.filter2.predicate.Statistics;
import org.apache.parquet.filter2.predicate.UserDefinedPredicate;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;
import org.phasemap.data.FooterBounds;
import org.phasemap.network.Sha256;
import org.phasemap.network.UserException;

/**
 * A Parquet file of rows. A row has a value for each column: a String, Integer, Long, Double,
 * {@code int[]}, {@code double[]}, {@code List} of numbers, or null.
 */
public final class RowFile {
  private RowFile() {}

  /**
   * Writes a file, reads it back and compares.
   *
   * @param root of the results folder
   * @param path of the file, relative to the root; there must be none yet
   * @param metadata for the footer
   * @return what a manifest says of it
   * @throws IOException if the file cannot be written, or if it is not what was written
   */
  public static ManifestEntry.DataFile write(
      Configuration configuration,
      String root,
      String path,
      List<Column> columns,
      Map<String, String> metadata,
      Iterator<@Nullable Object[]> rows)
      throws IOException {
    Path file = new Path(root, path);
    FileSystem fileSystem = file.getFileSystem(configuration);
    DigestedOutput output = new DigestedOutput(fileSystem, file);
    long count = 0;
    try (ParquetWriter<@Nullable Object[]> writer =
        new Builder(output, columns, metadata).withConf(configuration).build()) {
      while (rows.hasNext()) {
        writer.write(rows.next());
        count++;
      }
    } catch (LinkageError e) {
      throw Natives.notLoaded(e);
    }
    MessageDigest digest = Sha256.digest();
    try (InputStream in = new DigestInputStream(fileSystem.open(file), digest)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
    String sha256 = HexFormat.of().formatHex(digest.digest());
    if (!sha256.equals(output.sha256())) {
      throw new IOException(file + " does not hold the bytes that were written to it");
    }
    return new ManifestEntry.DataFile(path, count, output.bytes(), sha256);
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
    return read(configuration, root, path, columns, FilterCompat.NOOP);
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
    return read(
        configuration,
        root,
        path,
        columns,
        FilterCompat.get(
            FilterApi.userDefined(
                FilterApi.binaryColumn(column.name()), new Beginning(beginning))));
  }

  /** Those of the columns that a file has. */
  public static List<Column> columns(
      Configuration configuration, String root, String path, List<Column> columns)
      throws IOException {
    MessageType schema = footer(configuration, root, path).getFileMetaData().getSchema();
    return columns.stream().filter(column -> schema.containsField(column.name())).toList();
  }

  /** What stands in a file's footer besides its columns. */
  public static Map<String, String> metadata(Configuration configuration, String root, String path)
      throws IOException {
    return footer(configuration, root, path).getFileMetaData().getKeyValueMetaData();
  }

  /**
   * What stands behind a file's rows.
   *
   * @throws UserException if the file is damaged or missing
   */
  static ParquetMetadata footer(Configuration configuration, String root, String path)
      throws IOException {
    Path file = new Path(root, path);
    // Without options it would read Hadoop's XML files anew, which takes longer than the footer.
    ParquetReadOptions options = HadoopReadOptions.builder(configuration).build();
    InputFile input = input(configuration, file);
    try (ParquetFileReader reader = ParquetFileReader.open(input, options)) {
      FooterBounds.check(reader.getFooter(), input.getLength());
      return reader.getFooter();
    } catch (ChecksumException | EOFException | RuntimeException e) {
      throw DamagedFile.of(file.toString(), e);
    }
  }

  private static List<@Nullable Object[]> read(
      Configuration configuration,
      String root,
      String path,
      List<Column> columns,
      FilterCompat.Filter filter)
      throws IOException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    try (RowReader reader = open(configuration, root, Split.whole(path), columns, filter)) {
      reader.forEachRemaining(rows::add);
    }
    return rows;
  }

  /** As {@link #read}, one row at a time, of a part of a file. */
  public static RowReader open(
      Configuration configuration, String root, Split split, List<Column> columns)
      throws IOException {
    return open(configuration, root, split, columns, FilterCompat.NOOP);
  }

  private static RowReader open(
      Configuration configuration,
      String root,
      Split split,
      List<Column> columns,
      FilterCompat.Filter filter)
      throws IOException {
    Path file = new Path(root, split.path());
    return new RowReader(
        file.toString(),
        new Opener(input(configuration, file), configuration, columns)
            .usePageChecksumVerification()
            .withFilter(filter)
            .withFileRange(split.start(), split.end())
            .build());
  }

  private static InputFile input(Configuration configuration, Path file) throws IOException {
    try {
      return HadoopInputFile.fromPath(file, configuration);
    } catch (FileNotFoundException e) {
      LocalDisk.checkReadable(file.getFileSystem(configuration), file);
      throw DamagedFile.unreadable(file.toString(), "is missing, though the manifest names it", e);
    }
  }

  private static final class Builder extends ParquetWriter.Builder<@Nullable Object[], Builder> {
    private final List<Column> columns;
    private final Map<String, String> metadata;

    Builder(DigestedOutput output, List<Column> columns, Map<String, String> metadata) {
      super(output);
      this.columns = columns;
      this.metadata = metadata;
      withCompressionCodec(CompressionCodecName.ZSTD);
      withRowGroupSize(Split.BYTES);
      // Measured numbers differ from row to row: a dictionary of them costs more than all the rest
      // of writing, and is then thrown away.
      columns.forEach(
          column -> path(column).ifPresent(path -> withDictionaryEncoding(path, false)));
    }

    /** Of a column of doubles, in Parquet's own terms. */
    private static Optional<String> path(Column column) {
      return switch (column.type()) {
        case DOUBLE -> Optional.of(column.name());
        case DOUBLE_LIST -> Optional.of(column.name() + ".list.element");
        case STRING, INT, LONG, INT_LIST -> Optional.empty();
      };
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract in Parquet 1.17
    protected WriteSupport<@Nullable Object[]> getWriteSupport(Configuration configuration) {
      return new RowWriteSupport(columns, metadata);
    }
  }

  private static final class Opener extends ParquetReader.Builder<@Nullable Object[]> {
    private final List<Column> columns;

    Opener(InputFile input, Configuration configuration, List<Column> columns) {
      super(input, new HadoopParquetConfiguration(configuration));
      this.columns = columns;
    }

    @Override
    protected ReadSupport<@Nullable Object[]> getReadSupport() {
      return new RowReadSupport(columns);
    }
  }

  /** Text that begins with a given one. Files are not sorted by what is asked for so. */
  private static final class Beginning extends UserDefinedPredicate<Binary>
      implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String text;

    Beginning(String text) {
      this.text = text;
    }

    @Override
    public boolean keep(@Nullable Binary value) {
      return value != null && value.toStringUsingUTF8().startsWith(text);
    }

    @Override
    public boolean canDrop(Statistics<Binary> statistics) {
      return false;
    }

    @Override
    public boolean inverseCanDrop(Statistics<Binary> statistics) {
      return false;
    }
  }
}
