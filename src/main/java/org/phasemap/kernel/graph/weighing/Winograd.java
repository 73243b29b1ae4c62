package org.phasemap.kernel.graph.weighing;

import static java.lang.Math.fma;

/**
 * The transforms of Winograd's convolution F(4 × 4, 3 × 3): Y = Aᵀ[(G g Gᵀ) ∘ (Bᵀ d B)]A, of taps g
 * and of the 6 × 6 places d that a tile sees (Lavin &amp; Gray 2016, arXiv 1509.09308). It takes a
 * quarter of a direct convolution's multiplications. The polynomials behind it are interpolated at
 * 0, ±√½, ±√2 and ∞: errors are 0.4 of those at the whole numbers that are usual, twice those of a
 * plain sum (Barabasz et al. 2020, arXiv 1803.10986, on the choice of points). And the points'
 * reciprocals are the same points, so mirrored taps have the same products, elsewhere ({@link
 * #mirrored}).
 *
 * <p>A plane holds one place of some tiles, channel by channel. Lines are transformed, then
 * columns, in place. Loops have a constant count, read all before they write, and are short: only
 * then does the JIT compiler vectorise them, so that they take a fifth of the time.
 */
final class Winograd {
  /** Entries of a plane. */
  static final int LENGTH = 512;

  /** Planes of 6 × 6 places. */
  static final int PLANES = Tiling.PLACES * Tiling.PLACES;

  private static final float ROOT_HALF = (float) Math.sqrt(0.5);
  private static final float ROOT_TWO = (float) Math.sqrt(2);

  /** Where the reciprocals of the points are. */
  private static final int[] RECIPROCAL = {5, 3, 4, 1, 2, 0};

  /** Where a line's outputs are left. */
  private static final int[] OUTPUT = {0, 2, 3, 4};

  private final float[][] planes = new float[PLANES][LENGTH];

  /** The plane that stands in a plane's place where taps are mirrored. */
  static int mirrored(int plane) {
    return RECIPROCAL[plane / Tiling.PLACES] * Tiling.PLACES + RECIPROCAL[plane % Tiling.PLACES];
  }

  /** Which plane has an output of a tile, line by line. */
  static int outputPlane(int output) {
    return OUTPUT[output / Tiling.OUTPUTS] * Tiling.PLACES + OUTPUT[output % Tiling.OUTPUTS];
  }

  /** A plane's entries, to be overwritten. */
  float[] plane(int plane) {
    return planes[plane];
  }

  /** Bᵀ d B of the places that tiles see. */
  void transformPlaces() {
    for (int line = 0; line < Tiling.PLACES; line++) {
      transformPlaces(line * Tiling.PLACES, 1);
    }
    for (int column = 0; column < Tiling.PLACES; column++) {
      transformPlaces(column, Tiling.PLACES);
    }
  }

  /** Aᵀ m A of products; its outputs are in {@link #outputPlane}. */
  void transformProducts() {
    for (int column = 0; column < Tiling.PLACES; column++) {
      transformProducts(column, Tiling.PLACES);
    }
    for (int line : OUTPUT) {
      transformProducts(line * Tiling.PLACES, 1);
    }
  }

  /** G g Gᵀ of taps in the first three lines and columns. */
  void transformTaps() {
    for (int line = 0; line < Tiling.TAPS; line++) {
      transformTaps(line * Tiling.PLACES, 1);
    }
    for (int column = 0; column < Tiling.PLACES; column++) {
      transformTaps(column, Tiling.PLACES);
    }
  }

  private void transformPlaces(int first, int step) {
    float[] b = planes[first + step];
    float[] c = planes[first + 2 * step];
    float[] d = planes[first + 3 * step];
    float[] e = planes[first + 4 * step];
    outerPlaces(planes[first], b, c, d, e, planes[first + 5 * step]);
    innerPlaces(b, c, d, e);
  }

  /** Rows of Bᵀ for 0 and ∞. */
  private static void outerPlaces(
      float[] a, float[] b, float[] c, float[] d, float[] e, float[] f) {
    for (int i = 0; i < LENGTH; i++) {
      float zero = fma(-2.5f, c[i], a[i] + e[i]);
      float infinity = fma(-2.5f, d[i], b[i] + f[i]);
      a[i] = zero;
      f[i] = infinity;
    }
  }

  /** Rows for ±√½ and ±√2: what their two share is worked out once. */
  private static void innerPlaces(float[] b, float[] c, float[] d, float[] e) {
    for (int i = 0; i < LENGTH; i++) {
      float even = fma(2, c[i], -e[i]);
      float odd = ROOT_HALF * fma(2, b[i], -d[i]);
      float even2 = fma(-0.25f, c[i], 0.5f * e[i]);
      float odd2 = ROOT_TWO * fma(-0.25f, b[i], 0.5f * d[i]);
      b[i] = even + odd;
      c[i] = even - odd;
      d[i] = even2 + odd2;
      e[i] = even2 - odd2;
    }
  }

  private void transformProducts(int first, int step) {
    float[] b = planes[first + step];
    float[] c = planes[first + 2 * step];
    float[] d = planes[first + 3 * step];
    float[] e = planes[first + 4 * step];
    sumAndDifference(b, c);
    sumAndDifference(d, e);
    evenOutputs(b, d);
    oddOutputs(c, e);
    add(b, planes[first]);
    add(planes[first + 5 * step], e);
  }

  private static void sumAndDifference(float[] a, float[] b) {
    for (int i = 0; i < LENGTH; i++) {
      float sum = a[i] + b[i];
      float difference = a[i] - b[i];
      a[i] = sum;
      b[i] = difference;
    }
  }

  /** Of the sums at ±√½ and ±√2: 1 and 1 times them, ½ and 2 times. */
  private static void evenOutputs(float[] half, float[] two) {
    for (int i = 0; i < LENGTH; i++) {
      float first = half[i] + two[i];
      float third = fma(2, two[i], 0.5f * half[i]);
      half[i] = first;
      two[i] = third;
    }
  }

  /** Of the differences: √½ and √2 times them, and the cubes of these. */
  private static void oddOutputs(float[] half, float[] two) {
    for (int i = 0; i < LENGTH; i++) {
      float second = fma(ROOT_TWO, two[i], ROOT_HALF * half[i]);
      float fourth = fma(2 * ROOT_TWO, two[i], ROOT_HALF / 2 * half[i]);
      half[i] = second;
      two[i] = fourth;
    }
  }

  private static void add(float[] from, float[] to) {
    for (int i = 0; i < LENGTH; i++) {
      to[i] += from[i];
    }
  }

  private void transformTaps(int first, int step) {
    transformTaps(
        planes[first],
        planes[first + step],
        planes[first + 2 * step],
        planes[first + 3 * step],
        planes[first + 4 * step],
        planes[first + 5 * step]);
  }

  private static void transformTaps(
      float[] a, float[] b, float[] c, float[] d, float[] e, float[] f) {
    for (int i = 0; i < LENGTH; i++) {
      float last = c[i];
      float even = fma(0.5f, last, a[i]) * (1 / 1.5f);
      float odd = ROOT_HALF / 1.5f * b[i];
      float even2 = fma(2, last, a[i]) * (1 / 3f);
      float odd2 = ROOT_TWO / 3 * b[i];
      b[i] = even + odd;
      c[i] = even - odd;
      d[i] = even2 + odd2;
      e[i] = even2 - odd2;
      f[i] = last;
    }
  }
}
