package org.phasemap.store.parquet;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;
import org.phasemap.store.table.Column;

/**
 * Writes rows as a Parquet file, column by column. Parquet's own writer of records takes seven
 * calls for an entry of a list, which was most of what a row of many layers cost.
 */
final class RowWriter implements Closeable {
  /** At most so many rows are handed to one column after the other. */
  private static final int ROWS_AT_ONCE = 256;

  private final Layout layout;
  private final int rowsAtOnce;
  private final ParquetFileWriter file;
  private final CodecFactory codecs;
  private final List<ColumnPages> columns = new ArrayList<>();
  private final List<@Nullable Object[]> waiting = new ArrayList<>();
  private long groupRows;
  private long rows;

  RowWriter(
      OutputFile output,
      Configuration configuration,
      CompressionCodecName codec,
      List<Column> columns)
      throws IOException {
    MessageType schema = RowSchema.of(columns);
    layout = Layout.of(configuration);
    rowsAtOnce = Math.min(ROWS_AT_ONCE, layout.pageRows());
    codecs = new CodecFactory(configuration, ParquetWriter.DEFAULT_PAGE_SIZE);
    for (int i = 0; i < columns.size(); i++) {
      this.columns.add(
          new ColumnPages(
              columns.get(i), i, schema.getColumns().get(i), layout, codecs.getCompressor(codec)));
    }
    file =
        new ParquetFileWriter(
            output,
            schema,
            ParquetFileWriter.Mode.CREATE,
            layout.groupBytes(),
            ParquetWriter.MAX_PADDING_SIZE_DEFAULT,
            null,
            layout.properties());
    file.start();
  }

  void write(@Nullable Object[] row) throws IOException {
    waiting.add(row);
    if (waiting.size() == rowsAtOnce) {
      spread();
    }
  }

  private void spread() throws IOException {
    long bytes = 0;
    for (ColumnPages column : columns) {
      column.add(waiting);
      bytes += column.bytes();
    }
    groupRows += waiting.size();
    rows += waiting.size();
    waiting.clear();
    if (bytes >= layout.groupBytes()) {
      endGroup();
    }
  }

  private void endGroup() throws IOException {
    file.startBlock(groupRows);
    for (ColumnPages column : columns) {
      column.writeTo(file);
    }
    file.endBlock();
    groupRows = 0;
  }

  /**
   * Makes the file whole; without it no reader takes it for one.
   *
   * @param metadata for the footer
   * @return how many rows it has
   */
  long end(Map<String, String> metadata) throws IOException {
    spread();
    if (groupRows > 0) {
      endGroup();
    }
    file.end(metadata);
    return rows;
  }

  @Override
  public void close() throws IOException {
    codecs.release();
    file.close();
  }
}
