package org.phasemap.store.parquet;

import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetWriter;

/**
 * How much of a Parquet file stands together. Tests lower the limits by a Hadoop configuration, so
 * that a file of few rows has all that a large one has: pages, row groups, full dictionaries.
 *
 * @param groupBytes of a row group, which is in memory while it is written
 * @param pageBytes of a column's page, before it is compressed
 * @param pageRows at most in a page
 * @param dictionaryBytes of a column of a row group, at least 64; beyond that its values stand as
 *     they are
 */
record Layout(long groupBytes, int pageBytes, int pageRows, int dictionaryBytes) {
  static final String GROUP = "phasemap.parquet.group.bytes";
  static final String PAGE = "phasemap.parquet.page.bytes";
  static final String PAGE_ROWS = "phasemap.parquet.page.rows";
  static final String DICTIONARY = "phasemap.parquet.dictionary.bytes";

  /** What a configuration wants. */
  static Layout of(Configuration configuration) {
    return new Layout(
        configuration.getLong(GROUP, Split.BYTES),
        configuration.getInt(PAGE, ParquetWriter.DEFAULT_PAGE_SIZE),
        configuration.getInt(PAGE_ROWS, ParquetProperties.DEFAULT_PAGE_ROW_COUNT_LIMIT),
        configuration.getInt(DICTIONARY, ParquetProperties.DEFAULT_DICTIONARY_PAGE_SIZE));
  }

  /** As Parquet's own writers of values want them. */
  ParquetProperties properties() {
    return ParquetProperties.builder().withDictionaryPageSize(dictionaryBytes).build();
  }
}
