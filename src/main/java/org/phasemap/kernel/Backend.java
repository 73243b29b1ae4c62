package org.phasemap.kernel;

/** Who does the arithmetic. */
public enum Backend {
  MKL,
  ND4J
}
