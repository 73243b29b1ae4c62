package org.phasemap.kernel.cuda;

/** Where an arena has its memory from. */
interface MemorySource {
  /**
   * Takes a block.
   *
   * @return its address
   * @throws OutOfMemoryError if there is not so much
   */
  long allocate(long bytes);

  void free(long address);

  /** Waits until nothing uses any block. */
  void synchronise();
}
