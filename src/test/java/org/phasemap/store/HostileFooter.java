package org.phasemap.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;

/** Puts a hostile value somewhere into the footer of a Parquet file, whose rows stay. */
public final class HostileFooter {
  /** The footer's length and {@code PAR1} end a file. */
  private static final int END = 8;

  private final Path victim;
  private final Random random;

  /** With values that name files of the folder {@code victim}. */
  HostileFooter(Path victim, Random random) {
    this.victim = victim;
    this.random = random;
  }

  /** Changes a file; what was done, for a message. */
  String mutate(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length < END) {
      return "nothing";
    }
    int start = start(bytes);
    FileMetaData footer;
    try {
      footer = footer(bytes, start);
    } catch (IOException | RuntimeException e) {
      return "nothing";
    }
    String what = change(footer);
    ByteArrayOutputStream changed = new ByteArrayOutputStream();
    changed.write(bytes, 0, start);
    try {
      Util.writeFileMetaData(footer, changed);
    } catch (IOException | RuntimeException e) {
      return "nothing"; // Too hostile for the format itself.
    }
    int length = random.nextInt(12) == 0 ? (int) whole() : changed.size() - start;
    changed.write(end(length));
    Files.write(file, changed.toByteArray());
    return what + ", length " + length;
  }

  private static int start(byte[] bytes) {
    ByteBuffer end = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return bytes.length - END - end.getInt(bytes.length - END);
  }

  private static FileMetaData footer(byte[] bytes, int start) throws IOException {
    return Util.readFileMetaData(
        new ByteArrayInputStream(bytes, start, bytes.length - END - start));
  }

  /** Changes the footer of a whole file. */
  public static void change(Path file, Consumer<FileMetaData> change) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int start = start(bytes);
    FileMetaData footer = footer(bytes, start);
    change.accept(footer);
    ByteArrayOutputStream changed = new ByteArrayOutputStream();
    changed.write(bytes, 0, start);
    Util.writeFileMetaData(footer, changed);
    changed.write(end(changed.size() - start));
    Files.write(file, changed.toByteArray());
  }

  private static byte[] end(int length) {
    return ByteBuffer.allocate(END)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(length)
        .put("PAR1".getBytes(StandardCharsets.US_ASCII))
        .array();
  }

  private String change(FileMetaData footer) {
    if (footer.getRow_groupsSize() == 0 || footer.getSchemaSize() == 0) {
      return "nothing";
    }
    RowGroup group = one(footer.getRow_groups());
    long value = whole();
    switch (random.nextInt(6)) {
      case 0 -> {
        footer.setNum_rows(random.nextBoolean() ? value : footer.getNum_rows());
        group.setNum_rows(value);
        return "rows " + value;
      }
      case 1 -> {
        String path = path();
        group.getColumns().forEach(column -> column.setFile_path(path));
        return "columns in " + path;
      }
      case 2 -> {
        return schema(one(footer.getSchema()), value);
      }
      case 3 -> {
        KeyValue pair = one(footer.getKey_value_metadata());
        pair.setValue(random.nextBoolean() ? path() : "{\"a\":".repeat(1000));
        return "footer " + pair.getKey();
      }
      default -> {
        return column(one(group.getColumns()), value);
      }
    }
  }

  private String schema(SchemaElement element, long value) {
    String name = element.getName();
    switch (random.nextInt(5)) {
      case 0 -> element.setName(path());
      case 1 -> element.setName("cell_id"); // twice
      case 2 -> element.setNum_children((int) value);
      case 3 -> element.setType(one(List.of(Type.values())));
      default -> {
        element.setRepetition_type(one(List.of(FieldRepetitionType.values())));
        element.setConverted_type(one(List.of(ConvertedType.values())));
      }
    }
    return name + " as " + element.getName() + " " + element.getType() + " with " + value;
  }

  private String column(ColumnChunk chunk, long value) {
    ColumnMetaData column = chunk.getMeta_data();
    String name = String.join(".", column.getPath_in_schema());
    switch (random.nextInt(9)) {
      case 0 -> column.setData_page_offset(value);
      case 1 -> column.setDictionary_page_offset(value);
      case 2 -> column.setTotal_compressed_size(value);
      case 3 -> column.setTotal_uncompressed_size(value);
      case 4 -> column.setNum_values(value);
      case 5 -> column.setCodec(one(List.of(CompressionCodec.values())));
      case 6 -> column.setPath_in_schema(List.of("..", path()));
      case 7 -> column.setStatistics(new Statistics().setNull_count(value).setMax(new byte[3]));
      default -> {
        chunk.setFile_path(path());
        chunk.setFile_offset(value);
      }
    }
    return name + " with " + value;
  }

  private long whole() {
    return one(
        List.of(
            -1L,
            0L,
            1L,
            4L,
            37L,
            5000L,
            1L << 20,
            (1L << 31) - 1,
            1L << 31,
            Long.MAX_VALUE,
            Long.MIN_VALUE));
  }

  private String path() {
    return one(
        List.of(
            "",
            "../" + victim.getFileName() + "/replicates/a.parquet",
            victim.resolve("a.parquet").toString(),
            victim.resolve("a.parquet").toUri().toString(),
            "hdfs://127.0.0.1:1/a.parquet",
            "\u001b[31m",
            "x".repeat(100_000)));
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
