package org.phasemap.kernel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Memory of matrices. What is freed is kept for the next matrix of its size, as fresh pages cost
 * more than what is done to them; but no more is held than was once in use.
 */
final class OpenBlasMemory implements AutoCloseable {
  private final Map<Long, Deque<FloatPointer>> spares = new HashMap<>();
  private long used;
  private long spare;
  private long most;

  /** Memory of {@code size} floats of any value. */
  FloatPointer take(long size) {
    Deque<FloatPointer> same = spares.get(size);
    FloatPointer memory = same == null ? null : same.poll();
    if (memory != null) {
      spare -= size;
    } else {
      if (used + spare + size > most) {
        close();
      }
      memory = new FloatPointer(size);
    }
    used += size;
    most = Math.max(most, used);
    return memory;
  }

  /** Takes back what {@link #take} gave. */
  void give(FloatPointer memory) {
    long size = memory.capacity();
    used -= size;
    spare += size;
    spares.computeIfAbsent(size, s -> new ArrayDeque<>()).push(memory);
  }

  /** Frees what is not in use. */
  @Override
  public void close() {
    spares.values().forEach(same -> same.forEach(FloatPointer::deallocate));
    spares.clear();
    spare = 0;
  }
}
