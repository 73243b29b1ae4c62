package org.phasemap.query;

/** How the answer to a query is printed. */
public enum Format {
  /** Aligned columns, numbers to six significant digits, and the number of rows. */
  TABLE,
  /** RFC 4180 with a header, but lines end as a shell's do; lists as JSON arrays; every digit. */
  CSV,
  /** An array with an object a row; NaN and the infinities as strings; every digit. */
  JSON
}
