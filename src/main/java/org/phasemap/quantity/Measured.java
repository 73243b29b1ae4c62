package org.phasemap.quantity;

import org.jspecify.annotations.Nullable;

/** What is measured of a network and has a column in the table {@code replicates}. */
public sealed interface Measured permits Quantity, Profile {
  /** The column's name. */
  String column();

  /**
   * Where the column stands among those that are measured, from 1. Columns are only ever added: the
   * next is one more than the largest.
   */
  int place();

  /** Version of the tables' schema that the column came with. */
  int since();

  /** The probe that finds it at initialisation; null of trained networks. */
  @Nullable Probe probe();

  /** What it is, with its formula, as docs/tables.md says it. */
  String meaning();

  /** Its sign in formulas. */
  String symbol();
}
