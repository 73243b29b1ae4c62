package org.phasemap.kernel;

/** Numbers that elementwise loops take at a time. */
public final class Chunk {
  /** Constant, so that the JIT compiler vectorises the loops. */
  public static final int LENGTH = 1024;

  private Chunk() {}
}
