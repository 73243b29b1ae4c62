package org.phasemap.network.architecture;

/** What an image's read-out sees. */
public enum Readout {
  /** Every position, each with weights of its own. */
  FLATTEN,
  /** The mean over positions. */
  AVERAGE
}
