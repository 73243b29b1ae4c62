package org.phasemap.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.phasemap.store.HostileFooter;

/** The lines of docs/data.md on how Parquet stores what it holds. */
final class ParquetFileCases {
  private static final int ROWS = 40;
  private static final String FIELDS =
      "required double a; required float b; required double c; required int32 d; required binary y"
          + " (STRING);";

  private ParquetFileCases() {}

  static Map<String, DocCase> all() {
    Map<String, DocCase> cases = new HashMap<>();
    cases.put(
        "dictionaries",
        encoded("PLAIN_DICTIONARY", builder -> builder.withDictionaryEncoding(true)));
    cases.put(
        "delta encodings, in pages of version 2",
        encoded(
            "DELTA_BINARY_PACKED",
            builder ->
                builder
                    .withWriterVersion(WriterVersion.PARQUET_2_0)
                    .withDictionaryEncoding(false)));
    cases.put(
        "byte stream split",
        encoded(
            "BYTE_STREAM_SPLIT",
            builder -> builder.withDictionaryEncoding(false).withByteStreamSplitEncoding(true)));
    cases.put(
        "many row groups and pages",
        encoded(
            "PLAIN",
            builder ->
                builder
                    .withDictionaryEncoding(false)
                    .withRowGroupRowCountLimit(7)
                    .withPageRowCountLimit(2)));
    cases.put("UNCOMPRESSED, SNAPPY, GZIP, ZSTD, LZ4, LZ4_RAW", compressed());
    cases.put("BROTLI", DocCase.refused(ParquetFileCases::brotli));
    cases.put(
        "LZO",
        DocCase.refused(
            folder ->
                write(
                    folder,
                    "required double x; required binary y (STRING);",
                    builder ->
                        builder
                            .withCompressionCodec(CompressionCodecName.LZO)
                            .withCodecFactory(new Unchanged()))));
    cases.put(
        "a page that is not what its checksum says",
        DocCase.refused(
            folder ->
                changed(folder, FIELDS, little(0.5), little(0.25), ParquetCases.manyRows(ROWS))));
    cases.put(
        "two columns with one name",
        DocCase.refused(
            folder ->
                changed(
                    folder,
                    "required int32 height; required int32 weight; required binary y (STRING);",
                    "weight".getBytes(StandardCharsets.UTF_8),
                    "height".getBytes(StandardCharsets.UTF_8),
                    new Object[] {1, 2, "a"})));
    cases.put("a footer that is damaged", DocCase.refused(ParquetFileCases::damaged));
    cases.put(
        "a footer that says more bytes than the file has",
        DocCase.refused(ParquetFileCases::boundless));
    cases.put("half of it missing", DocCase.refused(ParquetFileCases::halved));
    return cases;
  }

  private static DocCase read(DocCase.Files files) {
    return new DocCase(
        files,
        read -> {
          assertThat(read.train().count()).isEqualTo(ROWS - ROWS / 5);
          ParquetCases.assertPairs(read.train());
          assertThat(read.train().labels()).startsWith(0, 1, 0, 1, 1, 0);
        });
  }

  private static DataSource.Files write(
      Path folder, String fields, UnaryOperator<ExampleParquetWriter.Builder> options)
      throws IOException {
    return ParquetFiles.write(folder, fields, options, new Object[] {1.0, "a"});
  }

  /** A file in which the encoding is really used. */
  private static DocCase encoded(
      String encoding, UnaryOperator<ExampleParquetWriter.Builder> options) {
    return read(
        folder -> {
          DataSource.Files file =
              ParquetFiles.write(folder, FIELDS, options, ParquetCases.manyRows(ROWS));
          assertThat(encodings(file)).contains(encoding);
          return file;
        });
  }

  private static Set<String> encodings(DataSource.Files file) throws IOException {
    byte[] content = Files.readAllBytes(Path.of(file.path()));
    try (ParquetFileReader reader = ParquetFileReader.open(new ParquetBytes(content))) {
      return reader.getFooter().getBlocks().stream()
          .flatMap(block -> block.getColumns().stream())
          .flatMap(column -> column.getEncodings().stream())
          .map(Encoding::name)
          .collect(Collectors.toSet());
    }
  }

  /** One file after another; what the first holds the others do. */
  private static DocCase compressed() {
    return read(
        folder -> {
          DataSource.Files last = null;
          for (CompressionCodecName codec :
              new CompressionCodecName[] {
                CompressionCodecName.UNCOMPRESSED,
                CompressionCodecName.SNAPPY,
                CompressionCodecName.GZIP,
                CompressionCodecName.ZSTD,
                CompressionCodecName.LZ4,
                CompressionCodecName.LZ4_RAW
              }) {
            Path here = Files.createDirectory(folder.resolve(codec.name()));
            last =
                ParquetFiles.write(
                    here,
                    FIELDS,
                    builder -> builder.withCompressionCodec(codec),
                    ParquetCases.manyRows(ROWS));
            ParquetCases.assertPairs(DocCase.load(last).train());
          }
          return Objects.requireNonNull(last);
        });
  }

  private static DataSource.Files brotli(Path folder) throws IOException {
    Path file = folder.resolve("pq_brotli.parquet");
    try (InputStream in = ParquetFileCases.class.getResourceAsStream("pq_brotli.parquet")) {
      Files.copy(Objects.requireNonNull(in, "pq_brotli.parquet"), file);
    }
    return new DataSource.Files(DataSource.Format.PARQUET, file.toString(), null, "class", "");
  }

  /** A file in which all of one sequence of bytes, or the first, is another. */
  private static DataSource.Files changed(
      Path folder, String fields, byte[] from, byte[] to, Object[]... rows) throws IOException {
    DataSource.Files file =
        ParquetFiles.write(folder, fields, builder -> builder.withDictionaryEncoding(false), rows);
    byte[] content = Files.readAllBytes(Path.of(file.path()));
    for (int i = 0; i + from.length <= content.length; i++) {
      if (Arrays.equals(content, i, i + from.length, from, 0, from.length)) {
        System.arraycopy(to, 0, content, i, to.length);
      }
    }
    return replaced(folder, file, content);
  }

  private static byte[] little(double x) {
    return ByteBuffer.allocate(Double.BYTES).order(ByteOrder.LITTLE_ENDIAN).putDouble(x).array();
  }

  private static DataSource.Files damaged(Path folder) throws IOException {
    DataSource.Files file = write(folder, "required double x; required binary y (STRING);", b -> b);
    byte[] content = Files.readAllBytes(Path.of(file.path()));
    Arrays.fill(content, content.length - 60, content.length - 8, (byte) 7);
    return replaced(folder, file, content);
  }

  private static DataSource.Files boundless(Path folder) throws IOException {
    DataSource.Files file = write(folder, "required double x; required binary y (STRING);", b -> b);
    HostileFooter.change(
        Path.of(file.path()),
        footer ->
            footer
                .getRow_groups()
                .get(0)
                .getColumns()
                .get(0)
                .getMeta_data()
                .setTotal_compressed_size(1L << 40));
    return replaced(folder, file, Files.readAllBytes(Path.of(file.path())));
  }

  private static DataSource.Files halved(Path folder) throws IOException {
    DataSource.Files file = write(folder, "required double x; required binary y (STRING);", b -> b);
    byte[] content = Files.readAllBytes(Path.of(file.path()));
    return replaced(folder, file, Arrays.copyOf(content, content.length / 2));
  }

  private static DataSource.Files replaced(Path folder, DataSource.Files file, byte[] content)
      throws IOException {
    Files.delete(folder.resolve(".t.parquet.crc"));
    Files.write(Path.of(file.path()), content);
    return file;
  }

  /** Says that pages are compressed, and does nothing: for codecs that nobody has. */
  private static final class Unchanged implements CompressionCodecFactory {
    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
      return new BytesInputCompressor() {
        @Override
        public BytesInput compress(BytesInput bytes) {
          return bytes;
        }

        @Override
        public CompressionCodecName getCodecName() {
          return codec;
        }

        @Override
        public void release() {}
      };
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
      throw new UnsupportedOperationException(codec.name());
    }

    @Override
    public void release() {}
  }
}
