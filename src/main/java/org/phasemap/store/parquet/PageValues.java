package org.phasemap.store.parquet;

import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/** The values of a page of one column, nulls left out, while it is filled. */
interface PageValues {
  /** Adds a value, an Integer, a Long, a Double or a String. */
  void add(Object value);

  /** Adds all values of an array of the column's elements. */
  void addAll(Object array);

  /** What the page has so far. */
  long bytes();

  /** The values as the page has them; to be copied before {@link #reset}. */
  BytesInput encoded();

  /** How they are encoded, known after {@link #encoded}. */
  Encoding encoding();

  /** The smallest and the largest. */
  Statistics<?> statistics();

  /** Begins another page. */
  void reset();

  /** Ends a column of a row group: what its pages refer to, or null. */
  @Nullable DictionaryPage takeDictionary();
}
