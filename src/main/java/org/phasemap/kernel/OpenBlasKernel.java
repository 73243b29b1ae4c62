package org.phasemap.kernel;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasColMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_dgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_saxpy;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemv;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sger;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sscal;

import java.util.Arrays;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.phasemap.network.Activation;

/**
 * Linear algebra by OpenBLAS on one core; random numbers and elementwise functions by loops of this
 * package, so that only sums depend on the CPU.
 *
 * <p>Denormal numbers are kept, not flushed to zero. A signal that halves in every layer passes
 * through their range in 23 layers and is 0 from then on; on an AMD EPYC those layers' products
 * take no longer and their activations up to 2.5 times (docs/benchmarks.md).
 */
final class OpenBlasKernel extends CheckedKernel<OpenBlasMatrix> {
  /** Doubles of a cache line. */
  private static final int LINE = 8;

  /** Entries of one call: BLAS counts them in 32 bits. */
  private static final int PART = 1 << 30;

  private final OpenBlasMemory memory = new OpenBlasMemory();
  private final RandomNumbers random = new RandomNumbers();
  private final HeapElements elements = new HeapElements();
  private final float[] chunk = new float[HeapElements.CHUNK];
  private final float[] chunk2 = new float[HeapElements.CHUNK];
  private final double[] doubles = new double[HeapElements.CHUNK];
  private final ActivityCounter counter = new ActivityCounter();
  private final int[] bits = new int[HeapElements.CHUNK];
  private final OpenBlasMatrix.BitCursor bitCursor = new OpenBlasMatrix.BitCursor();
  private final OpenBlasMatrix.Cursor cursor = new OpenBlasMatrix.Cursor();
  private final OpenBlasMatrix.Cursor cursor2 = new OpenBlasMatrix.Cursor();
  private final OpenBlasMatrix.Cursor cursor3 = new OpenBlasMatrix.Cursor();
  private FloatPointer perColumn = new FloatPointer(0);
  private FloatPointer ones = new FloatPointer(0);
  private DoublePointer wide = new DoublePointer(0);
  private DoublePointer square = new DoublePointer(0);

  OpenBlasKernel() {
    super(OpenBlasMatrix.class);
  }

  @Override
  public String name() {
    return "openblas";
  }

  @Override
  OpenBlasMatrix allocate(int rows, int columns) {
    return new OpenBlasMatrix(this, memory, rows, columns);
  }

  @Override
  void clear(OpenBlasMatrix a) {
    Pointer.memset(a.data(), 0, a.size() * Float.BYTES);
  }

  @Override
  void gaussian(OpenBlasMatrix out, Stream stream) {
    random.gaussian(stream, out.size(), (first, values, count) -> store(values, out, first, count));
  }

  @Override
  void uniform(OpenBlasMatrix out, Stream stream) {
    random.uniform(stream, out.size(), (first, values, count) -> store(values, out, first, count));
  }

  @Override
  void keepBelow(float p, OpenBlasMatrix uniforms, OpenBlasMatrix weights) {
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
  void gemm(OpenBlasMatrix a, OpenBlasMatrix b, OpenBlasMatrix out) {
    gemmBlocks(one(a), one(b), one(out));
  }

  @Override
  void gemmTransposed(OpenBlasMatrix a, OpenBlasMatrix b, OpenBlasMatrix out) {
    gemmTransposedBlocks(one(a), one(b), one(out));
  }

  @Override
  void gemmOuter(float alpha, OpenBlasMatrix a, OpenBlasMatrix b, OpenBlasMatrix out) {
    gemmOuterBlocks(new float[] {alpha}, one(a), one(b), 1, one(out));
  }

  private static Stack<OpenBlasMatrix> one(OpenBlasMatrix matrix) {
    return new Stack<>(matrix, matrix.columns(), 0, 1);
  }

  @Override
  void gemmBlocks(Stack<OpenBlasMatrix> a, Stack<OpenBlasMatrix> b, Stack<OpenBlasMatrix> out) {
    for (int k = 0; k < out.count(); k++) {
      gemm(CblasNoTrans, CblasNoTrans, 1, a, b, 0, out, k);
    }
  }

  @Override
  void gemmTransposedBlocks(
      Stack<OpenBlasMatrix> a, Stack<OpenBlasMatrix> b, Stack<OpenBlasMatrix> out) {
    for (int k = 0; k < out.count(); k++) {
      gemm(CblasTrans, CblasNoTrans, 1, a, b, 0, out, k);
    }
  }

  @Override
  void gemmShared(OpenBlasMatrix a, Stack<OpenBlasMatrix> b, Stack<OpenBlasMatrix> out) {
    gemmShared(CblasNoTrans, a, b, out);
  }

  @Override
  void gemmSharedTransposed(OpenBlasMatrix a, Stack<OpenBlasMatrix> b, Stack<OpenBlasMatrix> out) {
    gemmShared(CblasTrans, a, b, out);
  }

  private void gemmShared(
      int opA, OpenBlasMatrix a, Stack<OpenBlasMatrix> b, Stack<OpenBlasMatrix> out) {
    switch (OpenBlasLibrary.ROUNDING) {
      case ALIKE -> gemm(opA, CblasNoTrans, 1, one(a), one(b.all()), 0, one(out.all()), 0);
      case TWO_KINDS -> gemmInterleaved(opA, one(a), b, out);
      case UNKNOWN -> {
        Stack<OpenBlasMatrix> all = new Stack<>(a, a.columns(), 0, out.count());
        for (int k = 0; k < out.count(); k++) {
          gemm(opA, CblasNoTrans, 1, all, b, 0, out, k);
        }
      }
    }
  }

  private void gemmInterleaved(
      int opA, Stack<OpenBlasMatrix> a, Stack<OpenBlasMatrix> b, Stack<OpenBlasMatrix> out) {
    Interleaving places = Interleaving.of(b.columns(), b.count());
    OpenBlasMatrix in = allocate(b.all().rows(), places.width());
    OpenBlasMatrix product = allocate(out.all().rows(), places.width());
    clear(in);
    for (int first = 0; first < b.count(); first += places.blocks()) {
      int count = Math.min(places.blocks(), b.count() - first);
      int start = first;
      places.forEachRun(
          count, (k, j, place, length) -> copy(b, start + k, j, one(in), 0, place, length));
      gemm(opA, CblasNoTrans, 1, a, one(in), 0, one(product), 0);
      places.forEachRun(
          count, (k, j, place, length) -> copy(one(product), 0, place, out, start + k, j, length));
    }
    in.free();
    product.free();
  }

  /** Copies columns that stand side by side. */
  private void copy(
      Stack<OpenBlasMatrix> from,
      int block,
      int column,
      Stack<OpenBlasMatrix> to,
      int toBlock,
      int toColumn,
      int columns) {
    Pointer.memcpy(
        entry(cursor2, to, toBlock, 0, toColumn),
        entry(cursor, from, block, 0, column),
        (long) columns * from.all().rows() * Float.BYTES);
  }

  @Override
  void gemmOuterBlocks(
      float[] alpha,
      Stack<OpenBlasMatrix> a,
      Stack<OpenBlasMatrix> b,
      float beta,
      Stack<OpenBlasMatrix> out) {
    for (int k = 0; k < out.count(); k++) {
      gemm(CblasNoTrans, CblasTrans, alpha[k], a, b, beta, out, k);
    }
  }

  /** out = alpha op(a) op(b) + beta out of the k-th blocks. */
  private void gemm(
      int opA,
      int opB,
      float alpha,
      Stack<OpenBlasMatrix> a,
      Stack<OpenBlasMatrix> b,
      float beta,
      Stack<OpenBlasMatrix> out,
      int k) {
    int rows = out.all().rows();
    int inner = opA == CblasTrans ? a.all().rows() : a.columns();
    Pieces pieces = pieces(opA == CblasTrans, rows, out.columns(), inner);
    for (int i = 0; i < rows; i += pieces.rows()) {
      for (int j = 0; j < out.columns(); j += pieces.columns()) {
        for (int l = 0; l < inner; l += pieces.inner()) {
          cblas_sgemm(
              CblasColMajor,
              opA,
              opB,
              Math.min(pieces.rows(), rows - i),
              Math.min(pieces.columns(), out.columns() - j),
              Math.min(pieces.inner(), inner - l),
              alpha,
              opA == CblasTrans ? entry(cursor, a, k, l, i) : entry(cursor, a, k, i, l),
              a.all().rows(),
              opB == CblasTrans ? entry(cursor2, b, k, j, l) : entry(cursor2, b, k, l, j),
              b.all().rows(),
              l == 0 ? beta : 1,
              entry(cursor3, out, k, i, j),
              rows);
        }
      }
    }
  }

  /** Kernels that do not round columns alike pack all factors: nothing is gained by cutting. */
  private static Pieces pieces(boolean transposed, int rows, int columns, int inner) {
    return Kernels.roundsColumnsAlike()
        ? Pieces.of(transposed, rows, columns, inner)
        : new Pieces(rows, columns, inner);
  }

  private static FloatPointer entry(
      OpenBlasMatrix.Cursor cursor, Stack<OpenBlasMatrix> stack, int k, int row, int column) {
    OpenBlasMatrix all = stack.all();
    return cursor.at(
        all.data().address(), (long) k * stack.step() + (long) column * all.rows() + row);
  }

  private static FloatPointer block(
      OpenBlasMatrix.Cursor cursor, Stack<OpenBlasMatrix> stack, int k) {
    return entry(cursor, stack, k, 0, 0);
  }

  @Override
  double[] gramBlocks(OpenBlasMatrix a, int m) {
    int n = a.rows();
    int blocks = a.columns() / m;
    if (wide.capacity() < (long) n * m + LINE) {
      wide.deallocate();
      wide = new DoublePointer((long) n * m + LINE);
    }
    if (square.capacity() < (long) m * m) {
      square.deallocate();
      square = new DoublePointer((long) m * m);
    }
    Pieces pieces = pieces(true, m, m, n);
    // On a cache line, wherever malloc put it: rounding must not depend on that.
    wide.position(0);
    long start = (LINE - wide.address() / Double.BYTES % LINE) % LINE;
    double[] result = new double[Math.multiplyExact(blocks, Math.multiplyExact(m, m))];
    for (int block = 0; block < blocks; block++) {
      widen(a, (long) block * n * m, n * m, start);
      for (int row = 0; row < n; row += pieces.inner()) {
        wide.position(start + row);
        cblas_dgemm(
            CblasColMajor,
            CblasTrans,
            CblasNoTrans,
            m,
            m,
            Math.min(pieces.inner(), n - row),
            1,
            wide,
            n,
            wide,
            n,
            row == 0 ? 0 : 1,
            square,
            m);
      }
      square.get(result, block * m * m, m * m);
    }
    return result;
  }

  /** Entries of {@code a} as float64 in {@code wide}, from {@code start} on. */
  private void widen(OpenBlasMatrix a, long first, int count, long start) {
    for (int done = 0; done < count; done += chunk.length) {
      int length = Math.min(chunk.length, count - done);
      cursor.at(a.data().address(), first + done).get(chunk, 0, length);
      for (int i = 0; i < length; i++) {
        doubles[i] = chunk[i];
      }
      wide.position(start + done).put(doubles, 0, length);
    }
  }

  @Override
  void count(OpenBlasMatrix a, IntervalCounter counter) {
    chunks(
        (length, first) -> {
          bitCursor.at(a.data().address(), first).get(bits, 0, length);
          Arrays.fill(bits, length, bits.length, 0);
          counter.add(bits);
        },
        a.size());
  }

  @Override
  void columnScale(float[] scale, OpenBlasMatrix a) {
    for (int j = 0; j < scale.length; j++) {
      cursor.at(a.data().address(), (long) j * a.rows());
      cblas_sscal(a.rows(), scale[j], cursor, 1);
    }
  }

  @Override
  void biasAdd(OpenBlasMatrix bias, float[] scale, OpenBlasMatrix a) {
    FloatPointer scales = upload(scale);
    cblas_sger(
        CblasColMajor, a.rows(), a.columns(), 1, bias.data(), 1, scales, 1, a.data(), a.rows());
  }

  @Override
  void biasAddBlocks(Stack<OpenBlasMatrix> bias, Stack<OpenBlasMatrix> a) {
    FloatPointer ones = ones(a.columns());
    for (int k = 0; k < a.count(); k++) {
      cblas_sger(
          CblasColMajor,
          a.all().rows(),
          a.columns(),
          1,
          block(cursor, bias, k),
          1,
          ones,
          1,
          block(cursor2, a, k),
          a.all().rows());
    }
  }

  @Override
  void rowSumAddBlocks(
      float[] alpha, Stack<OpenBlasMatrix> a, float beta, Stack<OpenBlasMatrix> bias) {
    FloatPointer ones = ones(a.columns());
    for (int k = 0; k < a.count(); k++) {
      cblas_sgemv(
          CblasColMajor,
          CblasNoTrans,
          a.all().rows(),
          a.columns(),
          alpha[k],
          block(cursor, a, k),
          a.all().rows(),
          ones,
          1,
          beta,
          block(cursor2, bias, k),
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
  void apply(Activation activation, OpenBlasMatrix z, OpenBlasMatrix out) {
    chunks(
        (length, first) -> {
          load(z, first, chunk, length);
          ActivationFormulas.value(activation, elements, chunk, chunk);
          store(chunk, out, first, length);
        },
        z.size());
  }

  @Override
  void applyDerivative(Activation activation, OpenBlasMatrix z, OpenBlasMatrix out) {
    chunks(
        (length, first) -> {
          load(z, first, chunk, length);
          ActivationFormulas.derivative(activation, elements, chunk, chunk);
          store(chunk, out, first, length);
        },
        z.size());
  }

  @Override
  void applyAndDerive(Activation activation, OpenBlasMatrix z, OpenBlasMatrix out) {
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
      AdamStep step,
      OpenBlasMatrix gradient,
      OpenBlasMatrix first,
      OpenBlasMatrix second,
      OpenBlasMatrix parameters) {
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
  Activity applyBoth(
      Activation activation, OpenBlasMatrix z, OpenBlasMatrix out, OpenBlasMatrix slope) {
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

  private void load(OpenBlasMatrix source, long first, float[] to, int length) {
    cursor.at(source.data().address(), first).get(to, 0, length);
    Arrays.fill(to, length, to.length, 0);
  }

  private void store(float[] values, OpenBlasMatrix target, long first, int length) {
    cursor.at(target.data().address(), first).put(values, 0, length);
  }

  @Override
  void hadamard(OpenBlasMatrix b, OpenBlasMatrix a) {
    chunks(
        (length, first) -> {
          load(b, first, chunk, length);
          load(a, first, chunk2, length);
          elements.multiply(chunk, chunk2, chunk2);
          store(chunk2, a, first, length);
        },
        a.size());
  }

  @Override
  void axpy(float alpha, OpenBlasMatrix b, OpenBlasMatrix a) {
    for (long done = 0; done < a.size(); done += PART) {
      cblas_saxpy(
          (int) Math.min(PART, a.size() - done),
          alpha,
          cursor.at(b.data().address(), done),
          1,
          cursor2.at(a.data().address(), done),
          1);
    }
  }

  @Override
  void copyEntries(OpenBlasMatrix source, OpenBlasMatrix target) {
    Pointer.memcpy(target.data(), source.data(), source.size() * Float.BYTES);
  }

  @Override
  public void close() {
    super.close();
    memory.close();
    perColumn.deallocate();
    ones.deallocate();
    wide.deallocate();
    square.deallocate();
  }
}
