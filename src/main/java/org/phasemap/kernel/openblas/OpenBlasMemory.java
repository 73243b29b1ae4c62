package org.phasemap.kernel.openblas;

import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/**
 * Memory of matrices. What is freed is kept for the next matrix of its size, as fresh pages cost
 * more than what is done to them; but no more is held than was once in use.
 */
final class OpenBlasMemory implements AutoCloseable {
  /** What one {@link FloatBuffer} can hold. */
  private static final long MOST_IN_BUFFER = Integer.MAX_VALUE / Float.BYTES;

  /**
   * Floats outside the heap.
   *
   * @param buffer the same memory, which Java copies to arrays in half of JNI's time; null of more
   *     than it can hold
   */
  record Floats(FloatPointer pointer, @Nullable FloatBuffer buffer) {}

  private final Map<Long, Deque<Floats>> spares = new HashMap<>();
  private final long mostInBuffer;
  private long used;
  private long spare;
  private long most;

  OpenBlasMemory() {
    this(MOST_IN_BUFFER);
  }

  /**
   * @param mostInBuffer floats; larger memory has no buffer
   */
  OpenBlasMemory(long mostInBuffer) {
    this.mostInBuffer = mostInBuffer;
  }

  /** Memory of {@code size} floats of any value. */
  Floats take(long size) {
    Deque<Floats> same = spares.get(size);
    Floats memory = same == null ? null : same.poll();
    if (memory != null) {
      spare -= size;
    } else {
      if (used + spare + size > most) {
        close();
      }
      FloatPointer pointer = new FloatPointer(size);
      memory = new Floats(pointer, size > mostInBuffer ? null : pointer.asBuffer());
    }
    used += size;
    most = Math.max(most, used);
    return memory;
  }

  /** Takes back what {@link #take} gave. */
  void give(Floats memory) {
    long size = memory.pointer().capacity();
    used -= size;
    spare += size;
    spares.computeIfAbsent(size, s -> new ArrayDeque<>()).push(memory);
  }

  /** Frees what is not in use. */
  @Override
  public void close() {
    spares.values().forEach(same -> same.forEach(floats -> floats.pointer().deallocate()));
    spares.clear();
    spare = 0;
  }
}
