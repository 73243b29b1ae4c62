package org.phasemap.kernel;

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
    };
  }

  /**
   * Replaces counters by their ciphers.
   *
   * @param c0 first words of {@link #BATCH} counters, each in the low half of its entry; c1, c2 and
   *     c3 likewise
   */
  static void encrypt(int key0, int key1, long[] c0, long[] c1, long[] c2, long[] c3) {
    for (int round = 0; round < ROUNDS; round++) {
      round(key0 & LOW, key1 & LOW, c0, c1, c2, c3);
      key0 += WEYL_0;
      key1 += WEYL_1;
    }
  }

  /**
   * A constant count, and loads before stores: only then does the JIT compiler turn the loop into
   * vector instructions.
   */
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
