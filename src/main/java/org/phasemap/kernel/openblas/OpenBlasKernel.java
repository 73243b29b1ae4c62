package org.phasemap.kernel.openblas;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasColMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_saxpy;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemv;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sger;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sscal;
import static org.phasemap.kernel.openblas.OpenBlasProducts.one;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.phasemap.kernel.Activity;
import org.phasemap.kernel.ActivityCounter;
import org.phasemap.kernel.AdamStep;
import org.phasemap.kernel.CheckedKernel;
import org.phasemap.kernel.Chunk;
import org.phasemap.kernel.HeapElements;
import org.phasemap.kernel.IntervalCounter;
import org.phasemap.kernel.RandomNumbers;
import org.phasemap.kernel.Stream;
import org.phasemap.kernel.TruncatedNormal;
import org.phasemap.kernel.formula.ActivationFormulas;
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
  static final String NAME = "openblas";

  /** Most matrices of an elementwise operation. */
  private static final int MATRICES = 4;

  /** Entries of one call: BLAS counts them in 32 bits. */
  private static final int PART = 1 << 30;

  private final OpenBlasMemory memory = new OpenBlasMemory();
  private final RandomNumbers random = new RandomNumbers();
  private final HeapElements elements = new HeapElements();
  private final OpenBlasProducts products = new OpenBlasProducts(this::allocate);
  private final OpenBlasGrams grams = new OpenBlasGrams();
  private final float[][] chunks = new float[MATRICES][Chunk.LENGTH];
  private final ActivityCounter counter = new ActivityCounter();
  private final int[] bits = new int[Chunk.LENGTH];
  private final OpenBlasMatrix.BitCursor bitCursor = new OpenBlasMatrix.BitCursor();
  private final OpenBlasMatrix.Cursor cursor = new OpenBlasMatrix.Cursor();
  private final OpenBlasMatrix.Cursor cursor2 = new OpenBlasMatrix.Cursor();
  private FloatPointer perColumn = new FloatPointer(0);
  private FloatPointer ones = new FloatPointer(0);

  OpenBlasKernel() {
    super(OpenBlasMatrix.class);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  protected OpenBlasMatrix allocate(int rows, int columns) {
    return new OpenBlasMatrix(open(), memory, rows, columns);
  }

  @Override
  protected void clear(OpenBlasMatrix a) {
    Pointer.memset(a.data(), 0, a.size() * Float.BYTES);
  }

  @Override
  protected void gaussian(OpenBlasMatrix out, Stream stream) {
    random.gaussian(stream, out.size(), (first, values, count) -> out.store(values, first, count));
  }

  @Override
  protected void uniform(OpenBlasMatrix out, Stream stream) {
    random.uniform(stream, out.size(), (first, values, count) -> out.store(values, first, count));
  }

  @Override
  protected void truncated(OpenBlasMatrix uniforms) {
    forEachChunk(
        List.of(uniforms),
        (c, length) -> TruncatedNormal.of(elements, c[0], c[0]),
        List.of(uniforms));
  }

  @Override
  protected void keepBelow(float p, OpenBlasMatrix uniforms, OpenBlasMatrix weights) {
    forEachChunk(
        List.of(weights, uniforms),
        (c, length) -> elements.keepBelow(p, c[1], c[0]),
        List.of(weights));
  }

  @Override
  protected void gemm(OpenBlasMatrix a, OpenBlasMatrix b, OpenBlasMatrix out) {
    gemmBlocks(one(a), one(b), one(out));
  }

  @Override
  protected void gemmAdd(OpenBlasMatrix a, OpenBlasMatrix b, OpenBlasMatrix out) {
    products.multiply(CblasNoTrans, CblasNoTrans, 1, one(a), one(b), 1, one(out), 0);
  }

  @Override
  protected void gemmTransposed(OpenBlasMatrix a, OpenBlasMatrix b, OpenBlasMatrix out) {
    gemmTransposedBlocks(one(a), one(b), one(out));
  }

  @Override
  protected void gemmOuter(float alpha, OpenBlasMatrix a, OpenBlasMatrix b, OpenBlasMatrix out) {
    gemmOuterBlocks(new float[] {alpha}, one(a), one(b), 1, one(out));
  }

  @Override
  protected void gemmBlocks(
      Stack<OpenBlasMatrix> a, Stack<OpenBlasMatrix> b, Stack<OpenBlasMatrix> out) {
    for (int k = 0; k < out.count(); k++) {
      products.multiply(CblasNoTrans, CblasNoTrans, 1, a, b, 0, out, k);
    }
  }

  @Override
  protected void gemmTransposedBlocks(
      Stack<OpenBlasMatrix> a, Stack<OpenBlasMatrix> b, Stack<OpenBlasMatrix> out) {
    for (int k = 0; k < out.count(); k++) {
      products.multiply(CblasTrans, CblasNoTrans, 1, a, b, 0, out, k);
    }
  }

  @Override
  protected void gemmShared(OpenBlasMatrix a, Stack<OpenBlasMatrix> b, Stack<OpenBlasMatrix> out) {
    products.multiplyAll(CblasNoTrans, a, b, out);
  }

  @Override
  protected void gemmSharedTransposed(
      OpenBlasMatrix a, Stack<OpenBlasMatrix> b, Stack<OpenBlasMatrix> out) {
    products.multiplyAll(CblasTrans, a, b, out);
  }

  @Override
  protected void gemmOuterBlocks(
      float[] alpha,
      Stack<OpenBlasMatrix> a,
      Stack<OpenBlasMatrix> b,
      float beta,
      Stack<OpenBlasMatrix> out) {
    for (int k = 0; k < out.count(); k++) {
      products.multiply(CblasNoTrans, CblasTrans, alpha[k], a, b, beta, out, k);
    }
  }

  @Override
  protected double[] gramBlocks(OpenBlasMatrix a, int rows, int m) {
    return grams.of(a, rows, m);
  }

  @Override
  protected double[] gramOfAll(OpenBlasMatrix a) {
    return grams.of(a);
  }

  @Override
  protected void count(OpenBlasMatrix a, IntervalCounter counter) {
    for (long first = 0; first < a.size(); first += bits.length) {
      int length = (int) Math.min(bits.length, a.size() - first);
      bitCursor.at(a.data().address(), first).get(bits, 0, length);
      Arrays.fill(bits, length, bits.length, 0);
      counter.add(bits);
    }
  }

  @Override
  protected void columnScale(float[] scale, OpenBlasMatrix a) {
    for (int j = 0; j < scale.length; j++) {
      cursor.at(a.data().address(), (long) j * a.rows());
      cblas_sscal(a.rows(), scale[j], cursor, 1);
    }
  }

  @Override
  protected void biasAdd(OpenBlasMatrix bias, float[] scale, OpenBlasMatrix a) {
    FloatPointer scales = upload(scale);
    cblas_sger(
        CblasColMajor, a.rows(), a.columns(), 1, bias.data(), 1, scales, 1, a.data(), a.rows());
  }

  @Override
  protected void biasAddBlocks(Stack<OpenBlasMatrix> bias, Stack<OpenBlasMatrix> a) {
    FloatPointer ones = ones(a.columns());
    for (int k = 0; k < a.count(); k++) {
      cblas_sger(
          CblasColMajor,
          a.all().rows(),
          a.columns(),
          1,
          cursor.at(bias, k, 0, 0),
          1,
          ones,
          1,
          cursor2.at(a, k, 0, 0),
          a.all().rows());
    }
  }

  @Override
  protected void rowSumAddBlocks(
      float[] alpha, Stack<OpenBlasMatrix> a, float beta, Stack<OpenBlasMatrix> bias) {
    FloatPointer ones = ones(a.columns());
    for (int k = 0; k < a.count(); k++) {
      cblas_sgemv(
          CblasColMajor,
          CblasNoTrans,
          a.all().rows(),
          a.columns(),
          alpha[k],
          cursor.at(a, k, 0, 0),
          a.all().rows(),
          ones,
          1,
          beta,
          cursor2.at(bias, k, 0, 0),
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
  protected void apply(Activation activation, OpenBlasMatrix z, OpenBlasMatrix out) {
    ActivationFormulas formulas = ActivationFormulas.of(activation);
    forEachChunk(List.of(z), (c, length) -> formulas.value(elements, c[0], c[0]), List.of(out));
  }

  @Override
  protected void applyDerivative(Activation activation, OpenBlasMatrix z, OpenBlasMatrix out) {
    ActivationFormulas formulas = ActivationFormulas.of(activation);
    forEachChunk(
        List.of(z), (c, length) -> formulas.derivative(elements, c[0], c[0]), List.of(out));
  }

  @Override
  protected void applyAndDerive(Activation activation, OpenBlasMatrix z, OpenBlasMatrix out) {
    ActivationFormulas formulas = ActivationFormulas.of(activation);
    forEachChunk(
        List.of(z), (c, length) -> formulas.both(elements, c[0], c[0], c[1]), List.of(out, z));
  }

  @Override
  protected Activity applyBoth(
      Activation activation, OpenBlasMatrix z, OpenBlasMatrix out, OpenBlasMatrix slope) {
    ActivationFormulas formulas = ActivationFormulas.of(activation);
    counter.start(z.rows());
    forEachChunk(
        List.of(z),
        (c, length) -> {
          formulas.both(elements, c[0], c[0], c[1]);
          counter.add(c[0], c[1], length);
        },
        List.of(out, slope));
    return counter.result();
  }

  @Override
  protected void adamStep(
      AdamStep step,
      OpenBlasMatrix gradient,
      OpenBlasMatrix first,
      OpenBlasMatrix second,
      OpenBlasMatrix parameters) {
    forEachChunk(
        List.of(parameters, first, second, gradient),
        (c, length) -> elements.adam(step, c[3], c[1], c[2], c[0]),
        List.of(parameters, first, second));
  }

  @Override
  protected void hadamard(OpenBlasMatrix b, OpenBlasMatrix a) {
    forEachChunk(List.of(a, b), (c, length) -> elements.multiply(c[0], c[1], c[0]), List.of(a));
  }

  /** A computation on entries of several matrices. */
  private interface Loop {
    /**
     * @param chunks the same entries of each matrix, overwritten by results
     * @param length how many there are; zeros follow them
     */
    void run(float[][] chunks, int length);
  }

  /** The first chunks go to the matrices in {@code out} when the loop is through. */
  private void forEachChunk(List<OpenBlasMatrix> in, Loop loop, List<OpenBlasMatrix> out) {
    long size = in.get(0).size();
    for (long first = 0; first < size; first += Chunk.LENGTH) {
      int length = (int) Math.min(Chunk.LENGTH, size - first);
      for (int i = 0; i < in.size(); i++) {
        in.get(i).load(first, chunks[i], length);
        Arrays.fill(chunks[i], length, Chunk.LENGTH, 0);
      }
      loop.run(chunks, length);
      for (int i = 0; i < out.size(); i++) {
        out.get(i).store(chunks[i], first, length);
      }
    }
  }

  @Override
  protected void axpy(float alpha, OpenBlasMatrix b, OpenBlasMatrix a) {
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
  protected void copyEntries(OpenBlasMatrix source, OpenBlasMatrix target) {
    Pointer.memcpy(target.data(), source.data(), source.size() * Float.BYTES);
  }

  @Override
  public void close() {
    super.close();
    memory.close();
    perColumn.deallocate();
    ones.deallocate();
    grams.close();
  }
}
