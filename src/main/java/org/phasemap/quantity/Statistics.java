package org.phasemap.quantity;

/** What the table {@code cells} keeps of a quantity's replicates. */
public enum Statistics {
  NONE,
  /** And its standard error. */
  MEAN,
  /** With mean, standard error and the number of values. */
  QUANTILES
}
