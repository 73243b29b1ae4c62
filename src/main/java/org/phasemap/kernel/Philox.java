package org.phasemap.kernel;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * The random numbers behind every {@link Stream}: Philox4x32-10 of Salmon et al. 2011, "Parallel
 * random numbers: as easy as 1, 2, 3". Block b of a stream is four 32-bit words, the cipher of a
 * 128-bit counter under a 64-bit key. This is the only place that maps names to keys and counters:
 *
 * <pre>
 * key words      seed low, seed high
 * counter words  block low, block high, replicate, layer · 256 + purpose
 * </pre>
 *
 * <p>The map is one-to-one, so different names never share a block.
 */
final class Philox {
  /** Blocks that are encrypted together. */
  static final int BATCH = 256;

  private static final long MULTIPLIER_0 = 0xD2511F53L;
  private static final long MULTIPLIER_1 = 0xCD9E8D57L;
  private static final int WEYL_0 = 0x9E3779B9;
  private static final int WEYL_1 = 0xBB67AE85;
  private static final int ROUNDS = 10;
  private static final int MAX_LAYER = (1 << 24) - 1;
  private static final long LOW = 0xFFFFFFFFL;
  private static final long[] COUNT = LongStream.range(0, BATCH).toArray();

  private Philox() {}

  /**
   * Key and counter of a stream's first block: key words 0 and 1, then counter words 0 to 3.
   *
   * @throws IllegalArgumentException if the layer does not fit into 24 bits
   */
  static int[] start(Stream stream) {
    if (stream.layer() < 0 || stream.layer() > MAX_LAYER) {
      throw new IllegalArgumentException(
          "Cannot draw for layer %d: must be 0 to %d".formatted(stream.layer(), MAX_LAYER));
    }
    return new int[] {
      (int) stream.seed(),
      (int) (stream.seed() >>> 32),
      0,
      0,
      stream.replicate(),
      stream.layer() << 8 | number(stream.purpose())
    };
  }

  private static int number(Stream.Purpose purpose) {
    return switch (purpose) {
      case WEIGHTS -> 0;
      case BIASES -> 1;
      case MASK -> 2;
      case READOUT -> 3;
      case READOUT_BIAS -> 4;
      case READOUT_MASK -> 5;
      case INPUTS -> 6;
      case BATCHES -> 7;
      case FORWARD -> 8;
      case FORWARD_REST -> 9;
      case BACKWARD -> 10;
      case TANGENTS -> 11;
      case SIGNS -> 12;
    };
  }

  /**
   * The ciphers of {@link #BATCH} consecutive blocks, each word in the low half of its entry.
   *
   * @param start of the stream
   * @param first a block whose followers of the batch have the same high word
   * @param c0 receives the first words; c1, c2 and c3 the others
   */
  static void encrypt(int[] start, long first, long[] c0, long[] c1, long[] c2, long[] c3) {
    int key0 = start[0];
    int key1 = start[1];
    // Of the first two rounds only what depends on the low word of a block differs in the batch.
    long product = (start[4] & LOW) * MULTIPLIER_1;
    long c0AfterOne = (product >>> 32) ^ (first >>> 32) ^ (key0 & LOW);
    long c1AfterOne = product & LOW;
    product = c0AfterOne * MULTIPLIER_0;
    firstTwo(
        first & LOW,
        (start[5] ^ key1) & LOW,
        c1AfterOne ^ (key0 + WEYL_0 & LOW),
        (product >>> 32) ^ (key1 + WEYL_1 & LOW),
        c0,
        c1,
        c2);
    Arrays.fill(c3, product & LOW);
    for (int round = 2; round < ROUNDS; round++) {
      round(key0 + round * WEYL_0 & LOW, key1 + round * WEYL_1 & LOW, c0, c1, c2, c3);
    }
  }

  // Constant counts, and loads before stores: only then does the JIT compiler turn a loop into
  // vector instructions.

  private static void firstTwo(
      long first, long mix2, long mix0, long mix1, long[] c0, long[] c1, long[] c2) {
    for (int i = 0; i < BATCH; i++) {
      long product0 = (first + COUNT[i]) * MULTIPLIER_0;
      long product1 = ((product0 >>> 32) ^ mix2) * MULTIPLIER_1;
      c0[i] = (product1 >>> 32) ^ mix0;
      c1[i] = product1 & LOW;
      c2[i] = (product0 & LOW) ^ mix1;
    }
  }

  private static void round(long key0, long key1, long[] c0, long[] c1, long[] c2, long[] c3) {
    for (int i = 0; i < BATCH; i++) {
      long product0 = c0[i] * MULTIPLIER_0;
      long product1 = c2[i] * MULTIPLIER_1;
      long next0 = (product1 >>> 32) ^ c1[i] ^ key0;
      long next2 = (product0 >>> 32) ^ c3[i] ^ key1;
      c0[i] = next0;
      c1[i] = product1 & LOW;
      c2[i] = next2;
      c3[i] = product0 & LOW;
    }
  }
}
