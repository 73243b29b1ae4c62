package org.phasemap.data;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.UserException;

/** A Parquet file of flat columns: numbers, and a label in one column. */
final class ParquetTable {
  private static final byte[] MAGIC = {'P', 'A', 'R', '1'};
  private static final List<CompressionCodecName> CODECS =
      List.of(
          CompressionCodecName.UNCOMPRESSED,
          CompressionCodecName.SNAPPY,
          CompressionCodecName.GZIP,
          CompressionCodecName.ZSTD,
          CompressionCodecName.LZ4,
          CompressionCodecName.LZ4_RAW);

  private final String file;
  private final List<ParquetNumbers> numbers = new ArrayList<>();
  private final List<Integer> numericAt = new ArrayList<>();
  private @Nullable ParquetLabels labels;
  private int labelAt;

  private ParquetTable(String file) {
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @param label column that holds the class; null where all columns are numbers
   */
  static Table read(FileAccess files, String file, @Nullable String label, ContentHash hash) {
    byte[] content = hash.add(files.read(file));
    for (int i = 0; i < MAGIC.length; i++) {
      int end = content.length - MAGIC.length + i;
      if (content.length < 3 * MAGIC.length || content[i] != MAGIC[i] || content[end] != MAGIC[i]) {
        throw new UserException(file + ": is not a whole Parquet file; expected one");
      }
    }
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            new ParquetBytes(content),
            ParquetReadOptions.builder().usePageChecksumVerification().build())) {
      FooterBounds.check(reader.getFooter(), content.length);
      return new ParquetTable(file).table(reader, label);
    } catch (UserException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // it could be read: Parquet throws many kinds
      throw new UserException(
          String.format(
              "%s: is a damaged Parquet file, or one that is not understood: %s; expected a whole"
                  + " one",
              file, Shown.of(String.valueOf(e.getMessage()))),
          e);
    }
  }

  private Table table(ParquetFileReader reader, @Nullable String label) throws IOException {
    MessageType schema = reader.getFooter().getFileMetaData().getSchema();
    Table table = emptyTable(schema, label);
    reader.getFooter().getBlocks().forEach(this::checkCodecs);
    long number = 1;
    for (PageReadStore pages = reader.readNextRowGroup();
        pages != null;
        pages = reader.readNextRowGroup()) {
      RecordReader<Group> rows =
          new ColumnIOFactory()
              .getColumnIO(schema)
              .getRecordReader(pages, new GroupRecordConverter(schema));
      for (long left = pages.getRowCount(); left > 0; left--) {
        add(rows.read(), number++, table);
      }
    }
    return table;
  }

  private Table emptyTable(MessageType schema, @Nullable String label) {
    List<String> columns = schema.getFields().stream().map(Type::getName).toList();
    labelAt = Table.labelColumn(file, columns, label);
    List<String> numeric = new ArrayList<>();
    for (Type type : schema.getFields()) {
      boolean single = type.isPrimitive() && !type.isRepetition(Type.Repetition.REPEATED);
      if (type.getName().equals(label)) {
        labels = single ? ParquetLabels.of(type.asPrimitiveType()) : null;
        if (labels == null) {
          throw refused(type, "labels", ParquetLabels.ALLOWED);
        }
      } else {
        ParquetNumbers here = single ? ParquetNumbers.of(type.asPrimitiveType()) : null;
        if (here == null) {
          throw refused(type, "numbers", ParquetNumbers.ALLOWED);
        }
        numbers.add(here);
        numericAt.add(schema.getFieldIndex(type.getName()));
        numeric.add(type.getName());
      }
    }
    return new Table(file, numeric);
  }

  private void add(Group row, long number, Table table) {
    for (int k = 0; k < numbers.size(); k++) {
      int column = numericAt.get(k);
      if (row.getFieldRepetitionCount(column) == 0) {
        throw table.wrong(number, "is null; expected a finite number");
      }
      numbers.get(k).add(row, column, table, number);
    }
    table.endRow(labels == null ? null : label(labels, row, number, table), number);
  }

  private String label(ParquetLabels labels, Group row, long number, Table table) {
    if (row.getFieldRepetitionCount(labelAt) > 0) {
      try {
        String label = labels.of(row, labelAt, table);
        if (!label.isBlank()) {
          return label;
        }
      } catch (CharacterCodingException e) {
        throw new UserException(
            file + ":" + number + ": its label is not UTF-8; expected text in UTF-8", e);
      }
    }
    throw new UserException(file + ":" + number + ": has no label; expected a class");
  }

  private void checkCodecs(BlockMetaData block) {
    for (ColumnChunkMetaData chunk : block.getColumns()) {
      if (!CODECS.contains(chunk.getCodec())) {
        throw new UserException(
            String.format(
                "%s: column %s is compressed with %s; expected %s",
                file,
                Shown.of(chunk.getPath().toDotString()),
                chunk.getCodec(),
                CODECS.stream().map(Enum::name).collect(Collectors.joining(", "))));
      }
    }
  }

  private UserException refused(Type type, String wanted, String allowed) {
    return new UserException(
        String.format(
            "%s: column %s has no %s but %s; expected %s",
            file, Shown.of(type.getName()), wanted, described(type), allowed));
  }

  /** A type in Parquet's own words, such as "TIMESTAMP(MILLIS,true) of int64". */
  private static String described(Type type) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    String physical =
        type.isPrimitive()
            ? type.asPrimitiveType().getPrimitiveTypeName().toString().toLowerCase(Locale.ROOT)
            : "group";
    String repeated = type.isRepetition(Type.Repetition.REPEATED) ? "repeated " : "";
    return repeated + (logical == null ? "" : logical + " of ") + physical;
  }
}
