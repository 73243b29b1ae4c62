package org.phasemap.kernel;

import static org.bytedeco.mkl.global.mkl_rt.CblasColMajor;
import static org.bytedeco.mkl.global.mkl_rt.CblasNoTrans;
import static org.bytedeco.mkl.global.mkl_rt.CblasTrans;
import static org.bytedeco.mkl.global.mkl_rt.LAPACKE_slag2d_work;
import static org.bytedeco.mkl.global.mkl_rt.LAPACK_COL_MAJOR;
import static org.bytedeco.mkl.global.mkl_rt.MKL_Set_Num_Threads_Local;
import static org.bytedeco.mkl.global.mkl_rt.cblas_dgemm_batch_strided;
import static org.bytedeco.mkl.global.mkl_rt.cblas_saxpy;
import static org.bytedeco.mkl.global.mkl_rt.cblas_sgemm;
import static org.bytedeco.mkl.global.mkl_rt.cblas_sgemm_batch_strided;
import static org.bytedeco.mkl.global.mkl_rt.cblas_sgemv;
import static org.bytedeco.mkl.global.mkl_rt.cblas_sger;
import static org.bytedeco.mkl.global.mkl_rt.cblas_sscal;
import static org.bytedeco.mkl.global.mkl_rt.vsMul;

import java.util.Arrays;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.phasemap.network.Activation;

/**
 * Linear algebra by Intel MKL on one core; random numbers and elementwise functions by loops of
 * this package, so that only sums depend on the CPU.
 *
 * <p>Denormal numbers are kept, not flushed to zero. A signal that halves in every layer passes
 * through their range in 23 layers and is 0 from then on; on an AMD EPYC those layers' products
 * take no longer and their activations up to 2.5 times (docs/benchmarks.md).
 */
final class MklKernel extends CheckedKernel<MklMatrix> {
  /** Entries converted to float64 at a time: 512 kB, within a second-level cache. */
  private static final int GRAM_ENTRIES = 1 << 16;

  /** Doubles of a cache line. */
  private static final int LINE = 8;

  /** Entries of one call: MKL counts them in 32 bits. */
  private static final int PART = 1 << 30;

  private final MklMemory memory = new MklMemory();
  private final RandomNumbers random = new RandomNumbers();
  private final HeapElements elements = new HeapElements();
  private final float[] chunk = new float[HeapElements.CHUNK];
  private final float[] chunk2 = new float[HeapElements.CHUNK];
  private final ActivityCounter counter = new ActivityCounter();
  private final int[] bits = new int[HeapElements.CHUNK];
  private final MklMatrix.BitCursor bitCursor = new MklMatrix.BitCursor();
  private final MklMatrix.Cursor cursor = new MklMatrix.Cursor();
  private final MklMatrix.Cursor cursor2 = new MklMatrix.Cursor();
  private final MklMatrix.Cursor cursor3 = new MklMatrix.Cursor();
  private FloatPointer perColumn = new FloatPointer(0);
  private FloatPointer ones = new FloatPointer(0);
  private DoublePointer wide = new DoublePointer(0);
  private DoublePointer grams = new DoublePointer(0);

  MklKernel() {
    super(MklMatrix.class);
    MKL_Set_Num_Threads_Local(1);
  }

  @Override
  public String name() {
    return "mkl";
  }

  @Override
  MklMatrix allocate(int rows, int columns) {
    return new MklMatrix(this, memory, rows, columns);
  }

  @Override
  void clear(MklMatrix a) {
    Pointer.memset(a.data(), 0, a.size() * Float.BYTES);
  }

  @Override
  void gaussian(MklMatrix out, Stream stream) {
    random.gaussian(stream, out.size(), (first, values, count) -> store(values, out, first, count));
  }

  @Override
  void uniform(MklMatrix out, Stream stream) {
    random.uniform(stream, out.size(), (first, values, count) -> store(values, out, first, count));
  }

  @Override
  void keepBelow(float p, MklMatrix uniforms, MklMatrix weights) {
    chunks(
        (length, first) -> {
          load(uniforms, first, chunk, length);
          load(weights, first, chunk2, length);
          elements.keepBelow(p, chunk, chunk2);
          store(chunk2, weights, first, length);
        },
        weights.size());
  }

  @Override
  void gemm(MklMatrix a, MklMatrix b, MklMatrix out) {
    gemm(CblasNoTrans, CblasNoTrans, 1, a, b, a.columns(), 0, out);
  }

  @Override
  void gemmTransposed(MklMatrix a, MklMatrix b, MklMatrix out) {
    gemm(CblasTrans, CblasNoTrans, 1, a, b, a.rows(), 0, out);
  }

  @Override
  void gemmOuter(float alpha, MklMatrix a, MklMatrix b, MklMatrix out) {
    gemm(CblasNoTrans, CblasTrans, alpha, a, b, a.columns(), 1, out);
  }

  private static void gemm(
      int opA,
      int opB,
      float alpha,
      MklMatrix a,
      MklMatrix b,
      int inner,
      float beta,
      MklMatrix out) {
    cblas_sgemm(
        CblasColMajor,
        opA,
        opB,
        out.rows(),
        out.columns(),
        inner,
        alpha,
        a.data(),
        a.rows(),
        b.data(),
        b.rows(),
        beta,
        out.data(),
        out.rows());
  }

  @Override
  void gemmBlocks(Stack<MklMatrix> a, Stack<MklMatrix> b, Stack<MklMatrix> out) {
    gemmBlocks(CblasNoTrans, a, b, a.columns(), out);
  }

  @Override
  void gemmTransposedBlocks(Stack<MklMatrix> a, Stack<MklMatrix> b, Stack<MklMatrix> out) {
    gemmBlocks(CblasTrans, a, b, a.all().rows(), out);
  }

  private static void gemmBlocks(
      int opA, Stack<MklMatrix> a, Stack<MklMatrix> b, int inner, Stack<MklMatrix> out) {
    cblas_sgemm_batch_strided(
        CblasColMajor,
        opA,
        CblasNoTrans,
        out.all().rows(),
        out.columns(),
        inner,
        1,
        a.all().data(),
        a.all().rows(),
        a.step(),
        b.all().data(),
        b.all().rows(),
        b.step(),
        0,
        out.all().data(),
        out.all().rows(),
        out.step(),
        out.count());
  }

  /** MKL's strided batches have one factor for all blocks. */
  @Override
  void gemmOuterBlocks(
      float[] alpha, Stack<MklMatrix> a, Stack<MklMatrix> b, float beta, Stack<MklMatrix> out) {
    for (int k = 0; k < out.count(); k++) {
      cblas_sgemm(
          CblasColMajor,
          CblasNoTrans,
          CblasTrans,
          out.all().rows(),
          out.columns(),
          a.columns(),
          alpha[k],
          cursor.at(a.all().data().address(), (long) k * a.step()),
          a.all().rows(),
          cursor2.at(b.all().data().address(), (long) k * b.step()),
          b.all().rows(),
          beta,
          cursor3.at(out.all().data().address(), (long) k * out.step()),
          out.all().rows());
    }
  }

  @Override
  double[] gramBlocks(MklMatrix a, int m) {
    int n = a.rows();
    int blocks = a.columns() / m;
    // Every block starts on a cache line: its rounding must not depend on which block it is.
    int stride = (n + LINE - 1) / LINE * LINE;
    int entries = Math.multiplyExact(stride, m);
    int batch = Math.max(1, Math.min(blocks, GRAM_ENTRIES / entries));
    if (wide.capacity() < (long) batch * entries + LINE) {
      wide.deallocate();
      wide = new DoublePointer((long) batch * entries + LINE);
    }
    if (grams.capacity() < (long) batch * m * m) {
      grams.deallocate();
      grams = new DoublePointer((long) batch * m * m);
    }
    wide.position(0);
    wide.position((LINE - wide.address() / Double.BYTES % LINE) % LINE);
    double[] result = new double[Math.multiplyExact(blocks, Math.multiplyExact(m, m))];
    for (int block = 0; block < blocks; block += batch) {
      int count = Math.min(batch, blocks - block);
      // The variant that does not look for NaN.
      LAPACKE_slag2d_work(
          LAPACK_COL_MAJOR,
          n,
          count * m,
          cursor.at(a.data().address(), (long) block * n * m),
          n,
          wide,
          stride);
      cblas_dgemm_batch_strided(
          CblasColMajor,
          CblasTrans,
          CblasNoTrans,
          m,
          m,
          n,
          1,
          wide,
          stride,
          entries,
          wide,
          stride,
          entries,
          0,
          grams,
          m,
          m * m,
          count);
      grams.get(result, block * m * m, count * m * m);
    }
    return result;
  }

  @Override
  void count(MklMatrix a, IntervalCounter counter) {
    chunks(
        (length, first) -> {
          bitCursor.at(a.data().address(), first).get(bits, 0, length);
          Arrays.fill(bits, length, bits.length, 0);
          counter.add(bits);
        },
        a.size());
  }

  @Override
  void columnScale(float[] scale, MklMatrix a) {
    for (int j = 0; j < scale.length; j++) {
      cursor.at(a.data().address(), (long) j * a.rows());
      cblas_sscal(a.rows(), scale[j], cursor, 1);
    }
  }

  @Override
  void biasAdd(MklMatrix bias, float[] scale, MklMatrix a) {
    FloatPointer scales = upload(scale);
    cblas_sger(
        CblasColMajor, a.rows(), a.columns(), 1, bias.data(), 1, scales, 1, a.data(), a.rows());
  }

  @Override
  void biasAddBlocks(Stack<MklMatrix> bias, Stack<MklMatrix> a) {
    FloatPointer ones = ones(a.columns());
    for (int k = 0; k < a.count(); k++) {
      cblas_sger(
          CblasColMajor,
          a.all().rows(),
          a.columns(),
          1,
          cursor.at(bias.all().data().address(), (long) k * bias.step()),
          1,
          ones,
          1,
          cursor2.at(a.all().data().address(), (long) k * a.step()),
          a.all().rows());
    }
  }

  @Override
  void rowSumAddBlocks(float[] alpha, Stack<MklMatrix> a, float beta, Stack<MklMatrix> bias) {
    FloatPointer ones = ones(a.columns());
    for (int k = 0; k < a.count(); k++) {
      cblas_sgemv(
          CblasColMajor,
          CblasNoTrans,
          a.all().rows(),
          a.columns(),
          alpha[k],
          cursor.at(a.all().data().address(), (long) k * a.step()),
          a.all().rows(),
          ones,
          1,
          beta,
          cursor2.at(bias.all().data().address(), (long) k * bias.step()),
          1);
    }
  }

  private FloatPointer ones(int count) {
    if (ones.capacity() < count) {
      float[] values = new float[count];
      Arrays.fill(values, 1);
      ones.deallocate();
      ones = new FloatPointer(values);
    }
    return ones;
  }

  private FloatPointer upload(float[] values) {
    if (perColumn.capacity() < values.length) {
      perColumn.deallocate();
      perColumn = new FloatPointer((long) values.length);
    }
    return perColumn.put(values);
  }

  @Override
  void apply(Activation activation, MklMatrix z, MklMatrix out) {
    chunks(
        (length, first) -> {
          load(z, first, chunk, length);
          ActivationFormulas.value(activation, elements, chunk, chunk);
          store(chunk, out, first, length);
        },
        z.size());
  }

  @Override
  void applyDerivative(Activation activation, MklMatrix z, MklMatrix out) {
    chunks(
        (length, first) -> {
          load(z, first, chunk, length);
          ActivationFormulas.derivative(activation, elements, chunk, chunk);
          store(chunk, out, first, length);
        },
        z.size());
  }

  @Override
  void applyAndDerive(Activation activation, MklMatrix z, MklMatrix out) {
    chunks(
        (length, first) -> {
          load(z, first, chunk, length);
          ActivationPairs.both(activation, elements, chunk, chunk, chunk2);
          store(chunk, out, first, length);
          store(chunk2, z, first, length);
        },
        z.size());
  }

  @Override
  void adamStep(
      AdamStep step, MklMatrix gradient, MklMatrix first, MklMatrix second, MklMatrix parameters) {
    float[] m = elements.scratch(0);
    float[] v = elements.scratch(1);
    chunks(
        (length, start) -> {
          load(gradient, start, chunk, length);
          load(parameters, start, chunk2, length);
          load(first, start, m, length);
          load(second, start, v, length);
          elements.adam(step, chunk, m, v, chunk2);
          store(chunk2, parameters, start, length);
          store(m, first, start, length);
          store(v, second, start, length);
        },
        gradient.size());
  }

  @Override
  Activity applyBoth(Activation activation, MklMatrix z, MklMatrix out, MklMatrix slope) {
    counter.start(z.rows());
    chunks(
        (length, first) -> {
          load(z, first, chunk, length);
          ActivationPairs.both(activation, elements, chunk, chunk, chunk2);
          counter.add(chunk, chunk2, length);
          store(chunk, out, first, length);
          store(chunk2, slope, first, length);
        },
        z.size());
    return counter.result();
  }

  private interface Chunk {
    void run(int length, long first);
  }

  private static void chunks(Chunk work, long size) {
    for (long first = 0; first < size; first += HeapElements.CHUNK) {
      work.run((int) Math.min(HeapElements.CHUNK, size - first), first);
    }
  }

  private void load(MklMatrix source, long first, float[] to, int length) {
    cursor.at(source.data().address(), first).get(to, 0, length);
    Arrays.fill(to, length, to.length, 0);
  }

  private void store(float[] values, MklMatrix target, long first, int length) {
    cursor.at(target.data().address(), first).put(values, 0, length);
  }

  @Override
  void hadamard(MklMatrix b, MklMatrix a) {
    parts(b, a, (length, x, y) -> vsMul(length, x, y, y));
  }

  @Override
  void axpy(float alpha, MklMatrix b, MklMatrix a) {
    parts(b, a, (length, x, y) -> cblas_saxpy(length, alpha, x, 1, y, 1));
  }

  @Override
  void copyEntries(MklMatrix source, MklMatrix target) {
    Pointer.memcpy(target.data(), source.data(), source.size() * Float.BYTES);
  }

  private interface Part {
    void run(int length, FloatPointer x, FloatPointer y);
  }

  private void parts(MklMatrix x, MklMatrix y, Part work) {
    long size = x.size();
    for (long done = 0; done < size; done += PART) {
      work.run(
          (int) Math.min(PART, size - done),
          cursor.at(x.data().address(), done),
          cursor2.at(y.data().address(), done));
    }
  }

  @Override
  public void close() {
    super.close();
    memory.close();
    perColumn.deallocate();
    ones.deallocate();
    wide.deallocate();
    grams.deallocate();
  }
}
