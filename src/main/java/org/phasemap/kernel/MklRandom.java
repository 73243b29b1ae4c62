package org.phasemap.kernel;

import static org.bytedeco.mkl.global.mkl_rt.*;

import org.bytedeco.javacpp.FloatPointer;

/** VSL's Philox4x32-10, set to the key and counter that {@link Philox} gives a stream. */
final class MklRandom {
  private MklRandom() {}

  static void gaussian(Stream stream, FloatPointer out, long count) {
    VSLStreamStatePtr state = open(stream);
    MklMatrix.Cursor cursor = new MklMatrix.Cursor();
    for (long done = 0; done < count; done += PART) {
      int length = (int) Math.min(PART, count - done);
      check(
          vsRngGaussian(
              VSL_RNG_METHOD_GAUSSIAN_BOXMULLER2,
              state,
              length,
              cursor.at(out.address(), done),
              0,
              1));
    }
    check(vslDeleteStream(state));
  }

  static void uniform(Stream stream, FloatPointer out, long count) {
    VSLStreamStatePtr state = open(stream);
    MklMatrix.Cursor cursor = new MklMatrix.Cursor();
    for (long done = 0; done < count; done += PART) {
      int length = (int) Math.min(PART, count - done);
      check(
          vsRngUniform(
              VSL_RNG_METHOD_UNIFORM_STD, state, length, cursor.at(out.address(), done), 0, 1));
    }
    check(vslDeleteStream(state));
  }

  static void words(Stream stream, int[] out) {
    VSLStreamStatePtr state = open(stream);
    check(viRngUniformBits32(VSL_RNG_METHOD_UNIFORMBITS32_STD, state, out.length, out));
    check(vslDeleteStream(state));
  }

  /** A multiple of what one block feeds, so that parts continue as one call would. */
  private static final long PART = 1L << 30;

  private static VSLStreamStatePtr open(Stream stream) {
    VSLStreamStatePtr state = new VSLStreamStatePtr();
    int[] start = Philox.start(stream);
    check(vslNewStreamEx(state, VSL_BRNG_PHILOX4X32X10, start.length, start));
    return state;
  }

  private static void check(int status) {
    if (status != VSL_STATUS_OK) {
      throw new IllegalStateException("VSL failed with status " + status);
    }
  }
}
