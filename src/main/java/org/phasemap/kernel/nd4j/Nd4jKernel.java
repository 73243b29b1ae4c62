package org.phasemap.kernel.nd4j;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.phasemap.kernel.Activity;
import org.phasemap.kernel.ActivityCounter;
import org.phasemap.kernel.AdamStep;
import org.phasemap.kernel.CheckedKernel;
import org.phasemap.kernel.Chunk;
import org.phasemap.kernel.IntervalCounter;
import org.phasemap.kernel.RandomNumbers;
import org.phasemap.kernel.Stream;
import org.phasemap.kernel.TruncatedNormal;
import org.phasemap.kernel.formula.ActivationFormulas;
import org.phasemap.kernel.openblas.OpenBlasLibrary;
import org.phasemap.network.Activation;

/** ND4J: on the CPU anywhere, on NVIDIA's GPUs with its CUDA backend on the class path. */
final class Nd4jKernel extends CheckedKernel<Nd4jMatrix> {
  static final String NAME = "nd4j";

  /** Entries that elementwise work takes at a time, which bounds its scratch. */
  private static final int PART = 1 << 20;

  /** Random numbers uploaded at a time. */
  private static final int UPLOAD = 1 << 16;

  private final RandomNumbers random = new RandomNumbers();
  private final Nd4jElements elements = new Nd4jElements();
  private final ActivityCounter counter = new ActivityCounter();

  Nd4jKernel() {
    super(Nd4jMatrix.class);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  protected Nd4jMatrix allocate(int rows, int columns) {
    return new Nd4jMatrix(open(), rows, columns);
  }

  @Override
  protected void clear(Nd4jMatrix a) {
    a.clear();
  }

  @Override
  protected void gaussian(Nd4jMatrix out, Stream stream) {
    Upload upload = new Upload(out);
    random.gaussian(stream, out.size(), upload);
    upload.flush();
  }

  @Override
  protected void uniform(Nd4jMatrix out, Stream stream) {
    Upload upload = new Upload(out);
    random.uniform(stream, out.size(), upload);
    upload.flush();
  }

  @Override
  protected void truncated(Nd4jMatrix uniforms) {
    parts(uniforms, uniforms, (u, z) -> TruncatedNormal.of(elements, u, z));
  }

  @Override
  protected void keepBelow(float p, Nd4jMatrix uniforms, Nd4jMatrix weights) {
    parts(uniforms, weights, (u, w) -> elements.keepBelow(p, u, w));
  }

  @Override
  protected void gemm(Nd4jMatrix a, Nd4jMatrix b, Nd4jMatrix out) {
    Nd4j.gemm(a.array(), b.array(), out.array(), false, false, 1, 0);
  }

  @Override
  protected void gemmAdd(Nd4jMatrix a, Nd4jMatrix b, Nd4jMatrix out) {
    Nd4j.gemm(a.array(), b.array(), out.array(), false, false, 1, 1);
  }

  @Override
  protected void gemmTransposed(Nd4jMatrix a, Nd4jMatrix b, Nd4jMatrix out) {
    Nd4j.gemm(a.array(), b.array(), out.array(), true, false, 1, 0);
  }

  @Override
  protected void gemmOuter(float alpha, Nd4jMatrix a, Nd4jMatrix b, Nd4jMatrix out) {
    Nd4j.gemm(a.array(), b.array(), out.array(), false, true, alpha, 1);
  }

  @Override
  protected void gemmBlocks(Stack<Nd4jMatrix> a, Stack<Nd4jMatrix> b, Stack<Nd4jMatrix> out) {
    for (int k = 0; k < out.count(); k++) {
      Nd4j.gemm(block(a, k), block(b, k), block(out, k), false, false, 1, 0);
    }
  }

  @Override
  protected void gemmTransposedBlocks(
      Stack<Nd4jMatrix> a, Stack<Nd4jMatrix> b, Stack<Nd4jMatrix> out) {
    for (int k = 0; k < out.count(); k++) {
      Nd4j.gemm(block(a, k), block(b, k), block(out, k), true, false, 1, 0);
    }
  }

  /** On a CPU this is OpenBLAS too. */
  @Override
  protected void gemmShared(Nd4jMatrix a, Stack<Nd4jMatrix> b, Stack<Nd4jMatrix> out) {
    gemmShared(a, b, out, false);
  }

  @Override
  protected void gemmSharedTransposed(Nd4jMatrix a, Stack<Nd4jMatrix> b, Stack<Nd4jMatrix> out) {
    gemmShared(a, b, out, true);
  }

  private static void gemmShared(
      Nd4jMatrix a, Stack<Nd4jMatrix> b, Stack<Nd4jMatrix> out, boolean transposed) {
    if (OpenBlasLibrary.roundsColumnsAlike()) {
      Nd4j.gemm(a.array(), b.all().array(), out.all().array(), transposed, false, 1, 0);
    } else {
      for (int k = 0; k < out.count(); k++) {
        Nd4j.gemm(a.array(), block(b, k), block(out, k), transposed, false, 1, 0);
      }
    }
  }

  @Override
  protected void gemmOuterBlocks(
      float[] alpha, Stack<Nd4jMatrix> a, Stack<Nd4jMatrix> b, float beta, Stack<Nd4jMatrix> out) {
    for (int k = 0; k < out.count(); k++) {
      Nd4j.gemm(block(a, k), block(b, k), block(out, k), false, true, alpha[k], beta);
    }
  }

  private static INDArray block(Stack<Nd4jMatrix> stack, int k) {
    return Nd4jMatrix.columnMajor(
        stack.all().array(), (long) k * stack.step(), stack.all().rows(), stack.columns());
  }

  @Override
  protected double[] gramBlocks(Nd4jMatrix a, int n, int m) {
    int blocks = (int) (a.size() / n / m);
    long entries = (long) n * m;
    int batch = (int) Math.max(1, Math.min(blocks, PART / entries));
    double[] result = new double[Math.multiplyExact(blocks, Math.multiplyExact(m, m))];
    for (int block = 0; block < blocks; block += batch) {
      int count = Math.min(batch, blocks - block);
      try (INDArray wide =
              Nd4jMatrix.flat(a.flat(), block * entries, count * entries).castTo(DataType.DOUBLE);
          INDArray grams = Nd4j.createUninitializedDetached(DataType.DOUBLE, count, m, m)) {
        INDArray transposed = blocks(wide, count, m, n, n, 1);
        INDArray plain = blocks(wide, count, n, m, 1, n);
        Nd4j.exec(
            DynamicCustomOp.builder("matmul")
                .addInputs(transposed, plain)
                .addOutputs(grams)
                .build());
        double[] part = grams.data().asDouble();
        System.arraycopy(part, 0, result, block * m * m, part.length);
      }
    }
    return result;
  }

  private static INDArray blocks(
      INDArray wide, long count, long rows, long columns, long rowStride, long columnStride) {
    return Nd4j.create(
        wide.data(),
        new long[] {count, rows, columns},
        new long[] {rows * columns, rowStride, columnStride},
        0,
        'c');
  }

  @Override
  protected void count(Nd4jMatrix a, IntervalCounter counter) {
    float[] values = a.read();
    int[] bits = new int[Chunk.LENGTH];
    for (int first = 0; first < values.length; first += bits.length) {
      int length = Math.min(bits.length, values.length - first);
      Arrays.fill(bits, length, bits.length, 0);
      for (int i = 0; i < length; i++) {
        bits[i] = Float.floatToRawIntBits(values[first + i]);
      }
      counter.add(bits);
    }
  }

  @Override
  protected void columnScale(float[] scale, Nd4jMatrix a) {
    try (INDArray row = vector(scale, 1, scale.length)) {
      a.array().muliRowVector(row);
    }
  }

  @Override
  protected void biasAdd(Nd4jMatrix bias, float[] scale, Nd4jMatrix a) {
    try (INDArray column = vector(scale, scale.length, 1)) {
      Nd4j.gemm(bias.array(), column, a.array(), false, true, 1, 1);
    }
  }

  @Override
  protected void biasAddBlocks(Stack<Nd4jMatrix> bias, Stack<Nd4jMatrix> a) {
    try (INDArray ones = Nd4j.valueArrayOf(new long[] {a.columns(), 1}, 1, DataType.FLOAT)) {
      for (int k = 0; k < a.count(); k++) {
        Nd4j.gemm(block(bias, k), ones, block(a, k), false, true, 1, 1);
      }
    }
  }

  @Override
  protected void rowSumAddBlocks(
      float[] alpha, Stack<Nd4jMatrix> a, float beta, Stack<Nd4jMatrix> bias) {
    try (INDArray ones = Nd4j.valueArrayOf(new long[] {a.columns(), 1}, 1, DataType.FLOAT)) {
      for (int k = 0; k < a.count(); k++) {
        Nd4j.gemm(block(a, k), ones, block(bias, k), false, false, alpha[k], beta);
      }
    }
  }

  private static INDArray vector(float[] values, long rows, long columns) {
    INDArray vector = Nd4j.createUninitializedDetached(DataType.FLOAT, 'f', rows, columns);
    vector.data().setData(values);
    return vector;
  }

  @Override
  protected void apply(Activation activation, Nd4jMatrix z, Nd4jMatrix out) {
    parts(z, out, (x, y) -> ActivationFormulas.of(activation).value(elements, x, y));
  }

  @Override
  protected void applyDerivative(Activation activation, Nd4jMatrix z, Nd4jMatrix out) {
    parts(z, out, (x, y) -> ActivationFormulas.of(activation).derivative(elements, x, y));
  }

  @Override
  protected void applyAndDerive(Activation activation, Nd4jMatrix z, Nd4jMatrix out) {
    apply(activation, z, out);
    applyDerivative(activation, z, z);
  }

  @Override
  protected void adamStep(
      AdamStep step,
      Nd4jMatrix gradient,
      Nd4jMatrix first,
      Nd4jMatrix second,
      Nd4jMatrix parameters) {
    first.flat().muli(step.beta1());
    axpy((float) (1 - step.beta1()), gradient, first);
    second.flat().muli(step.beta2());
    try (INDArray square = gradient.flat().mul(gradient.flat());
        INDArray root = Nd4j.createUninitializedDetached(DataType.FLOAT, gradient.size())) {
      second.flat().addi(square.muli(1 - step.beta2()));
      root.assign(second.flat()).muli(1 / step.correction2());
      Transforms.sqrt(root, false).addi(step.epsilon());
      INDArray change = first.flat().div(root, square);
      parameters.flat().subi(change.muli(step.rate() / step.correction1()));
    }
  }

  @Override
  protected Activity applyBoth(
      Activation activation, Nd4jMatrix z, Nd4jMatrix out, Nd4jMatrix slope) {
    ActivationFormulas formulas = ActivationFormulas.of(activation);
    long size = z.size();
    for (long done = 0; done < size; done += PART) {
      long count = Math.min(PART, size - done);
      elements.length(count);
      formulas.both(
          elements,
          Nd4jMatrix.flat(z.flat(), done, count),
          Nd4jMatrix.flat(out.flat(), done, count),
          Nd4jMatrix.flat(slope.flat(), done, count));
    }
    counter.start(z.rows());
    float[] values = out.read();
    float[] slopes = slope.read();
    for (int first = 0; first < values.length; first += Chunk.LENGTH) {
      int end = Math.min(values.length, first + Chunk.LENGTH);
      counter.add(
          Arrays.copyOfRange(values, first, end),
          Arrays.copyOfRange(slopes, first, end),
          end - first);
    }
    return counter.result();
  }

  @Override
  protected void hadamard(Nd4jMatrix b, Nd4jMatrix a) {
    a.flat().muli(b.flat());
  }

  @Override
  protected void axpy(float alpha, Nd4jMatrix b, Nd4jMatrix a) {
    Nd4j.getBlasWrapper().level1().axpy(a.size(), alpha, b.flat(), a.flat());
  }

  @Override
  protected void copyEntries(Nd4jMatrix from, Nd4jMatrix to) {
    to.flat().assign(from.flat());
  }

  private interface Part {
    void run(INDArray x, INDArray y);
  }

  private void parts(Nd4jMatrix x, Nd4jMatrix y, Part work) {
    long size = x.size();
    for (long done = 0; done < size; done += PART) {
      long count = Math.min(PART, size - done);
      elements.length(count);
      if (count == size) {
        work.run(x.flat(), y.flat());
      } else {
        work.run(Nd4jMatrix.flat(x.flat(), done, count), Nd4jMatrix.flat(y.flat(), done, count));
      }
    }
  }

  @Override
  public void close() {
    super.close();
    elements.close();
  }

  /** Collects numbers and moves them to a matrix in large parts. */
  private static final class Upload implements RandomNumbers.Sink {
    private final Nd4jMatrix to;
    private final float[] waiting;
    private long uploaded;
    private int count;

    Upload(Nd4jMatrix to) {
      this.to = to;
      waiting = new float[(int) Math.min(UPLOAD, to.size())];
    }

    @Override
    public void accept(long first, float[] values, int length) {
      System.arraycopy(values, 0, waiting, count, length);
      count += length;
      if (count == waiting.length) {
        flush();
      }
    }

    void flush() {
      if (count > 0) {
        to.upload(uploaded, Arrays.copyOf(waiting, count));
        uploaded += count;
        count = 0;
      }
    }
  }
}
