package org.phasemap.kernel;

import org.bytedeco.javacpp.Pointer;

/** Memory outside the Java heap, where matrices are. */
public final class NativeMemory {
  private NativeMemory() {}

  /** Most bytes that this process may hold in matrices; 0 where there is no limit. */
  public static long limit() {
    return Pointer.maxBytes();
  }

  /** Bytes that it holds now. Small objects of the backends are among them. */
  public static long held() {
    return Pointer.totalBytes();
  }
}
