package org.phasemap.store.parquet;

import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/** Texts and whole numbers, of which many are equal: as Parquet writes them by default. */
final class DictionaryValues implements PageValues {
  private final ColumnDescriptor column;
  private final ParquetProperties properties;
  private ValuesWriter writer;
  private Statistics<?> statistics;

  /** The last text: rows of a cell stand together, and its axes change slowly. */
  private String text = "";

  private Binary binary = Binary.EMPTY;

  DictionaryValues(ColumnDescriptor column, Layout layout) {
    this.column = column;
    properties = layout.properties();
    writer = properties.newValuesWriter(column);
    statistics = Statistics.createStats(column.getPrimitiveType());
  }

  @Override
  public void add(Object value) {
    if (value instanceof String string) {
      add(string);
    } else if (value instanceof Long number) {
      writer.writeLong(number);
      statistics.updateStats(number.longValue());
    } else {
      add(((Integer) value).intValue());
    }
  }

  private void add(String string) {
    if (!string.equals(text)) {
      text = string;
      binary = Binary.fromString(string);
    }
    writer.writeBytes(binary);
    statistics.updateStats(binary);
  }

  private void add(int number) {
    writer.writeInteger(number);
    statistics.updateStats(number);
  }

  @Override
  public void addAll(Object array) {
    for (int number : (int[]) array) {
      add(number);
    }
  }

  @Override
  public long bytes() {
    return writer.getBufferedSize();
  }

  @Override
  public BytesInput encoded() {
    return writer.getBytes();
  }

  @Override
  public Encoding encoding() {
    return writer.getEncoding();
  }

  @Override
  public Statistics<?> statistics() {
    return statistics;
  }

  @Override
  public void reset() {
    writer.reset();
    statistics = Statistics.createStats(column.getPrimitiveType());
  }

  @Override
  public @Nullable DictionaryPage takeDictionary() {
    DictionaryPage dictionary = writer.toDictPageAndClose();
    // Parquet's writer is of one row group: one that gave up its dictionary keeps indices of it,
    // and would write them again as the first values of the next.
    writer = properties.newValuesWriter(column);
    return dictionary;
  }
}
