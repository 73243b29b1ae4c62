package org.phasemap.kernel;

/**
 * Whether a GPU computes what it should.
 *
 * @param device its name
 * @param numbers that it drew
 * @param different of them that have not the bits that {@link RandomNumbers} has
 */
public record DeviceCheck(String device, long numbers, long different) {
  /** Whether all bits are right. */
  public boolean passes() {
    return different == 0;
  }
}
