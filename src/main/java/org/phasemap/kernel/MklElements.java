package org.phasemap.kernel;

import static org.bytedeco.mkl.global.mkl_rt.*;

import org.bytedeco.javacpp.FloatPointer;

/** VML on one chunk that stays in the first-level cache. */
final class MklElements implements Elements<FloatPointer>, AutoCloseable {
  static final int CHUNK = 2048;

  private static final float HUGE = 0x1p127f;

  private final long mode = VML_LA_64() | VML_ERRMODE_IGNORE_64() | VML_FTZDAZ_OFF_64();
  private final FloatPointer[] scratch = new FloatPointer[3];
  private final float[] heap = new float[CHUNK];
  private int length = CHUNK;

  MklElements() {
    for (int i = 0; i < scratch.length; i++) {
      scratch[i] = new FloatPointer(CHUNK);
    }
  }

  /** Sets how many entries the next operations work on. */
  void length(int entries) {
    length = entries;
  }

  int length() {
    return length;
  }

  @Override
  public FloatPointer scratch(int number) {
    return scratch[number];
  }

  @Override
  public void exp(FloatPointer x, FloatPointer out) {
    vmsExp(length, x, out, mode);
  }

  @Override
  public void expm1(FloatPointer x, FloatPointer out) {
    vmsExpm1(length, x, out, mode);
  }

  @Override
  public void log1p(FloatPointer x, FloatPointer out) {
    vmsLog1p(length, x, out, mode);
  }

  @Override
  public void tanh(FloatPointer x, FloatPointer out) {
    vmsTanh(length, x, out, mode);
  }

  @Override
  public void erf(FloatPointer x, FloatPointer out) {
    vmsErf(length, x, out, mode);
  }

  @Override
  public void atan(FloatPointer x, FloatPointer out) {
    vmsAtan(length, x, out, mode);
  }

  @Override
  public void sin(FloatPointer x, FloatPointer out) {
    vmsSin(length, x, out, mode);
  }

  @Override
  public void cos(FloatPointer x, FloatPointer out) {
    vmsCos(length, x, out, mode);
  }

  @Override
  public void abs(FloatPointer x, FloatPointer out) {
    vmsAbs(length, x, out, mode);
  }

  @Override
  public void step(FloatPointer x, FloatPointer out) {
    x.get(heap, 0, length);
    for (int i = 0; i < length; i++) {
      heap[i] = Math.min(Math.max(heap[i], 0) * HUGE * HUGE, 1);
    }
    out.put(heap, 0, length);
  }

  @Override
  public void clamp(float low, FloatPointer x, float high, FloatPointer out) {
    x.get(heap, 0, length);
    for (int i = 0; i < length; i++) {
      heap[i] = Math.max(Math.min(heap[i], high), low);
    }
    out.put(heap, 0, length);
  }

  @Override
  public void affine(float scale, FloatPointer x, float shift, FloatPointer out) {
    vmsLinearFrac(length, x, x, scale, shift, 0, 1, out, mode);
  }

  @Override
  public void add(FloatPointer x, FloatPointer y, FloatPointer out) {
    vmsAdd(length, x, y, out, mode);
  }

  @Override
  public void multiply(FloatPointer x, FloatPointer y, FloatPointer out) {
    vmsMul(length, x, y, out, mode);
  }

  @Override
  public void divide(FloatPointer x, FloatPointer y, FloatPointer out) {
    vmsDiv(length, x, y, out, mode);
  }

  @Override
  public void reciprocal(FloatPointer x, FloatPointer out) {
    vmsInv(length, x, out, mode);
  }

  @Override
  public void close() {
    for (FloatPointer pointer : scratch) {
      pointer.deallocate();
    }
  }
}
