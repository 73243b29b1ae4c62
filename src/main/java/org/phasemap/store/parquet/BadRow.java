package org.phasemap.store.parquet;

/** What no sweep has written. */
final class BadRow extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  BadRow(String fault) {
    super(fault);
  }
}
