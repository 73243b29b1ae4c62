package org.phasemap.network.graph;

/** What a normalisation divides by; ε = 0 in all of them (ARCHITECTURES 2). */
public enum Norm {
  NONE,
  /** Mean and biased variance of each channel, over the inputs shown and their positions. */
  BATCH,
  /** Mean and biased variance over the channels, of each column. */
  LAYER,
  /** Mean square over the channels, of each column. */
  RMS
}
