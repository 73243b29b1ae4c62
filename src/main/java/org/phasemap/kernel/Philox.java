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
    };
  }

  /** Words of a stream from its first on, as many as {@code out} holds. */
  static void words(Stream stream, int[] out) {
    int[] start = start(stream);
    int[] block = new int[4];
    for (int i = 0; i < out.length; i += 4) {
      long number = i / 4;
      block[0] = (int) number;
      block[1] = (int) (number >>> 32);
      block[2] = start[4];
      block[3] = start[5];
      encrypt(start[0], start[1], block);
      System.arraycopy(block, 0, out, i, Math.min(4, out.length - i));
    }
  }

  /** Replaces the counter in {@code block} by its cipher. */
  static void encrypt(int key0, int key1, int[] block) {
    int c0 = block[0];
    int c1 = block[1];
    int c2 = block[2];
    int c3 = block[3];
    for (int round = 0; round < ROUNDS; round++) {
      long product0 = (c0 & LOW) * MULTIPLIER_0;
      long product1 = (c2 & LOW) * MULTIPLIER_1;
      c0 = (int) (product1 >>> 32) ^ c1 ^ key0;
      c1 = (int) product1;
      c2 = (int) (product0 >>> 32) ^ c3 ^ key1;
      c3 = (int) product0;
      key0 += WEYL_0;
      key1 += WEYL_1;
    }
    block[0] = c0;
    block[1] = c1;
    block[2] = c2;
    block[3] = c3;
  }
}
