package org.phasemap.store.parquet;

import java.io.ByteArrayOutputStream;
import org.apache.parquet.bytes.BytesInput;

/**
 * Repetition or definition levels of a page in Parquet's hybrid encoding, as runs of equal levels:
 * those of a list's entries are all the same.
 */
final class LevelRuns {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int level;
  private int count;

  /** Adds so many equal levels, each at most 255. */
  void add(int level, int count) {
    if (level != this.level) {
      end();
      this.level = level;
    }
    this.count += count;
  }

  private void end() {
    if (count > 0) {
      // The last bit of a run's header is 0: what follows is one value, not a list of packed ones.
      long header = (long) count << 1;
      for (; header > 0x7f; header >>>= 7) {
        bytes.write((int) ((header & 0x7f) | 0x80));
      }
      bytes.write((int) header);
      bytes.write(level);
    }
    count = 0;
  }

  /**
   * Gives the runs as a page of Parquet's version 1 has them, their length first, and forgets them.
   */
  BytesInput take() {
    end();
    byte[] runs = bytes.toByteArray();
    bytes.reset();
    return BytesInput.concat(BytesInput.fromInt(runs.length), BytesInput.from(runs));
  }
}
