package org.phasemap.kernel;

/** Who does the arithmetic. */
public enum Backend {
  OPENBLAS,
  ND4J
}
