package org.phasemap.sweep.progress;

import org.phasemap.rows.Holdings;

/**
 * How a sweep ended.
 *
 * @param rows in {@code replicates}
 * @param failed of these
 * @param missing rows that are still wanted; 0 unless it was stopped
 * @param complete whether nothing is missing, {@code cells} included
 */
public record SweepOutcome(long rows, long failed, long missing, boolean complete) {
  /** Of a sweep that ends with these tables. */
  public static SweepOutcome of(Holdings holdings, boolean complete) {
    return new SweepOutcome(
        holdings.rows(), holdings.failed(), holdings.progress().missing(), complete);
  }
}
