package org.phasemap.store.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.jspecify.annotations.Nullable;
import org.phasemap.store.table.Column;

/** One column of a row group that is being written: whole pages, compressed, and one that grows. */
final class ColumnPages {
  /** Definition levels of an optional list of optional elements; 0 is no list. */
  private static final int EMPTY_LIST = 1;

  private static final int NULL_ELEMENT = 2;
  private static final int ELEMENT = 3;

  /** In pages of Parquet's version 1: the levels stand before the values, and all is compressed. */
  private record Page(
      ByteArrayOutputStream bytes,
      int uncompressed,
      int values,
      int rows,
      Statistics<?> statistics,
      Encoding encoding) {}

  private final ColumnDescriptor descriptor;
  private final int index;
  private final boolean list;
  private final Layout layout;
  private final BytesInputCompressor compressor;
  private final PageValues values;
  private final LevelRuns repetitions = new LevelRuns();
  private final LevelRuns definitions = new LevelRuns();
  private final List<Page> pages = new ArrayList<>();
  private long pagesBytes;
  private int rows;
  private int entries;
  private int nulls;

  /**
   * Of a row group that has no rows yet.
   *
   * @param index of the column in a row
   */
  ColumnPages(
      Column column,
      int index,
      ColumnDescriptor descriptor,
      Layout layout,
      BytesInputCompressor compressor) {
    this.descriptor = descriptor;
    this.index = index;
    this.layout = layout;
    this.compressor = compressor;
    list = descriptor.getMaxRepetitionLevel() > 0;
    values =
        switch (column.type()) {
          case DOUBLE, DOUBLE_LIST -> new PlainDoubles(descriptor.getPrimitiveType());
          case STRING, INT, LONG, INT_LIST -> new DictionaryValues(descriptor, layout);
        };
  }

  /** Adds this column of some rows. */
  void add(List<@Nullable Object[]> some) throws IOException {
    for (@Nullable Object[] row : some) {
      Object value = row[index];
      if (list) {
        addList(value);
      } else if (value == null) {
        addNull(0, 0);
      } else {
        definitions.add(1, 1);
        values.add(value);
        entries++;
      }
    }
    rows += some.size();
    if (values.bytes() >= layout.pageBytes() || rows >= layout.pageRows()) {
      endPage();
    }
  }

  private void addNull(int repetition, int definition) {
    if (list) {
      repetitions.add(repetition, 1);
    }
    definitions.add(definition, 1);
    entries++;
    nulls++;
  }

  private void addList(@Nullable Object value) {
    if (value == null) {
      addNull(0, 0);
    } else if (value instanceof NumberList<?> numbers) {
      addArray(numbers.array(), numbers.size());
    } else if (value instanceof double[] numbers) {
      addArray(numbers, numbers.length);
    } else if (value instanceof int[] numbers) {
      addArray(numbers, numbers.length);
    } else {
      addElements((List<?>) value);
    }
  }

  private void addArray(Object array, int size) {
    if (size == 0) {
      addNull(0, EMPTY_LIST);
      return;
    }
    repetitions.add(0, 1);
    repetitions.add(1, size - 1);
    definitions.add(ELEMENT, size);
    values.addAll(array);
    entries += size;
  }

  private void addElements(List<?> elements) {
    if (elements.isEmpty()) {
      addNull(0, EMPTY_LIST);
    }
    for (int i = 0; i < elements.size(); i++) {
      int repetition = i == 0 ? 0 : 1;
      Object element = elements.get(i);
      if (element == null) {
        addNull(repetition, NULL_ELEMENT);
      } else {
        repetitions.add(repetition, 1);
        definitions.add(ELEMENT, 1);
        values.add(element);
        entries++;
      }
    }
  }

  private void endPage() throws IOException {
    BytesInput levels = definitions.take();
    BytesInput page =
        list
            ? BytesInput.concat(repetitions.take(), levels, values.encoded())
            : BytesInput.concat(levels, values.encoded());
    int size = Math.toIntExact(page.size());
    ByteArrayOutputStream bytes = compressed(page);
    Statistics<?> statistics = values.statistics();
    statistics.incrementNumNulls(nulls);
    pages.add(new Page(bytes, size, entries, rows, statistics, values.encoding()));
    pagesBytes += bytes.size();
    values.reset();
    rows = 0;
    entries = 0;
    nulls = 0;
  }

  /** About what the column takes in memory. */
  long bytes() {
    return pagesBytes + values.bytes();
  }

  /** Ends this row group's column and begins that of the next. */
  void writeTo(ParquetFileWriter file) throws IOException {
    if (rows > 0) {
      endPage();
    }
    long count = pages.stream().mapToLong(Page::values).sum();
    file.startColumn(descriptor, count, compressor.getCodecName());
    DictionaryPage dictionary = values.takeDictionary();
    if (dictionary != null) {
      file.writeDictionaryPage(compressed(dictionary));
    }
    for (Page page : pages) {
      file.writeDataPage(
          page.values,
          page.uncompressed,
          BytesInput.from(page.bytes),
          page.statistics,
          page.rows,
          Encoding.RLE,
          Encoding.RLE,
          page.encoding);
    }
    file.endColumn();
    pages.clear();
    pagesBytes = 0;
  }

  /** A copy: compressors use their memory again. */
  private ByteArrayOutputStream compressed(BytesInput input) throws IOException {
    BytesInput compressed = compressor.compress(input);
    ByteArrayOutputStream copy = new ByteArrayOutputStream(Math.toIntExact(compressed.size()));
    compressed.writeAllTo(copy);
    return copy;
  }

  private DictionaryPage compressed(DictionaryPage page) throws IOException {
    return new DictionaryPage(
        BytesInput.from(compressed(page.getBytes())),
        page.getUncompressedSize(),
        page.getDictionarySize(),
        page.getEncoding());
  }
}
