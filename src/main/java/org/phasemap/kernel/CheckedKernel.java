package org.phasemap.kernel;

import static org.phasemap.kernel.Shapes.described;
import static org.phasemap.kernel.Shapes.perBlock;
import static org.phasemap.kernel.Shapes.perColumn;
import static org.phasemap.kernel.Shapes.requireColumn;
import static org.phasemap.kernel.Shapes.requireDistinct;
import static org.phasemap.kernel.Shapes.requireElementwise;
import static org.phasemap.kernel.Shapes.requireEqualShapes;
import static org.phasemap.kernel.Shapes.requireProduct;

import java.util.List;
import org.phasemap.network.Activation;

/** Checks shapes, overlaps and ownership once for all backends, and keeps the open matrices. */
public abstract class CheckedKernel<M extends ColumnMatrix> implements Kernel {
  private final Class<M> type;
  private final OpenMatrices open = new OpenMatrices();
  private Runnable guard = () -> {};
  private boolean closed;

  protected CheckedKernel(Class<M> type) {
    this.type = type;
  }

  /** A matrix of any entries. */
  protected abstract M allocate(int rows, int columns);

  protected abstract void clear(M a);

  protected abstract void gaussian(M out, Stream stream);

  protected abstract void uniform(M out, Stream stream);

  protected abstract void truncated(M uniforms);

  /** {@code p} is the least float that is not below the caller's. */
  protected abstract void keepBelow(float p, M uniforms, M weights);

  protected abstract void gemm(M a, M b, M out);

  /** out += a b. */
  protected abstract void gemmAdd(M a, M b, M out);

  protected abstract void gemmTransposed(M a, M b, M out);

  protected abstract void gemmOuter(float alpha, M a, M b, M out);

  protected abstract void gemmBlocks(Stack<M> a, Stack<M> b, Stack<M> out);

  protected abstract void gemmTransposedBlocks(Stack<M> a, Stack<M> b, Stack<M> out);

  /** One a for several blocks b. */
  protected abstract void gemmShared(M a, Stack<M> b, Stack<M> out);

  /** The same of aᵀ. */
  protected abstract void gemmSharedTransposed(M a, Stack<M> b, Stack<M> out);

  protected abstract void gemmOuterBlocks(
      float[] alpha, Stack<M> a, Stack<M> b, float beta, Stack<M> out);

  /**
   * Of the entries of each m columns.
   *
   * @param rows of a column, which need not be those of {@code a}
   */
  protected abstract double[] gramBlocks(M a, int rows, int m);

  /** Of all columns. */
  protected double[] gramOfAll(M a) {
    return gramBlocks(a, a.rows(), a.columns());
  }

  protected abstract void count(M a, IntervalCounter counter);

  protected abstract void columnScale(float[] scale, M a);

  protected abstract void biasAdd(M bias, float[] scale, M a);

  protected abstract void biasAddBlocks(Stack<M> bias, Stack<M> a);

  protected abstract void rowSumAddBlocks(float[] alpha, Stack<M> a, float beta, Stack<M> bias);

  protected abstract void apply(Activation activation, M z, M out);

  protected abstract void applyDerivative(Activation activation, M z, M out);

  protected abstract Activity applyBoth(Activation activation, M z, M out, M slope);

  protected abstract void applyAndDerive(Activation activation, M z, M out);

  protected abstract void adamStep(AdamStep step, M gradient, M first, M second, M parameters);

  protected abstract void hadamard(M b, M a);

  protected abstract void axpy(float alpha, M b, M a);

  protected abstract void copyEntries(M from, M to);

  /**
   * Blocks of this kernel's own matrix.
   *
   * @param columns of a block
   * @param step entries from one block to the next; 0 where one block serves all
   */
  public record Stack<M>(M all, int columns, int step, int count) {}

  /** Those that this kernel has made and that are not closed. */
  public final OpenMatrices open() {
    return open;
  }

  @Override
  public final void guard(Runnable guard) {
    this.guard = guard;
  }

  @Override
  public final Matrix matrix(int rows, int columns) {
    M matrix = open(rows, columns);
    clear(matrix);
    return matrix;
  }

  @Override
  public final Matrix scratch(int rows, int columns) {
    return open(rows, columns);
  }

  private M open(int rows, int columns) {
    guard.run();
    if (closed) {
      throw new IllegalStateException("Cannot make a matrix: the kernel is closed");
    }
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "Cannot make a %d x %d matrix: both must be >= 1".formatted(rows, columns));
    }
    M matrix = allocate(rows, columns);
    open.add(matrix);
    return matrix;
  }

  @Override
  public final void fillGaussian(Matrix out, Stream stream) {
    gaussian(own(out), stream);
  }

  @Override
  public final void fillUniform(Matrix out, Stream stream) {
    uniform(own(out), stream);
  }

  @Override
  public final void fillTruncated(Matrix out, Stream stream) {
    uniform(own(out), stream);
    truncated(own(out));
  }

  @Override
  public final void keepBelow(double p, Matrix uniforms, Matrix weights) {
    M u = own(uniforms);
    M w = own(weights);
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("Cannot keep below %s: must be 0 to 1".formatted(p));
    }
    requireEqualShapes("keepBelow", u, w);
    requireDistinct("keepBelow", w, u);
    keepBelow(ceiling(p), u, w);
  }

  @Override
  public final void multiply(Matrix a, Matrix b, Matrix out) {
    M x = own(a);
    M y = own(b);
    M z = own(out);
    requireProduct("multiply", x, y, z, a.columns() == b.rows(), a.rows(), b.columns());
    gemm(x, y, z);
  }

  @Override
  public final void addProduct(Matrix a, Matrix b, Matrix out) {
    M x = own(a);
    M y = own(b);
    M z = own(out);
    requireProduct("addProduct", x, y, z, a.columns() == b.rows(), a.rows(), b.columns());
    gemmAdd(x, y, z);
  }

  @Override
  public final void multiplyTransposed(Matrix a, Matrix b, Matrix out) {
    M x = own(a);
    M y = own(b);
    M z = own(out);
    requireProduct("multiplyTransposed", x, y, z, a.rows() == b.rows(), a.columns(), b.columns());
    gemmTransposed(x, y, z);
  }

  @Override
  public final void addOuterProduct(double alpha, Matrix a, Matrix b, Matrix out) {
    M x = own(a);
    M y = own(b);
    M z = own(out);
    requireProduct("addOuterProduct", x, y, z, a.columns() == b.columns(), a.rows(), b.rows());
    gemmOuter((float) alpha, x, y, z);
  }

  @Override
  public final void multiply(Blocks a, Blocks b, Blocks out) {
    requireProducts("multiply", a, b, out, a.columns() == b.rows(), a.rows(), b.columns());
    if (a.count() < out.count()) {
      gemmShared(own(a.block(0)), stack(b), stack(out));
    } else {
      gemmBlocks(stack(a), factor(b, out.count()), stack(out));
    }
  }

  @Override
  public final void multiplyTransposed(Blocks a, Blocks b, Blocks out) {
    requireProducts(
        "multiplyTransposed", a, b, out, a.rows() == b.rows(), a.columns(), b.columns());
    if (a.count() < out.count()) {
      gemmSharedTransposed(own(a.block(0)), stack(b), stack(out));
    } else {
      gemmTransposedBlocks(stack(a), factor(b, out.count()), stack(out));
    }
  }

  @Override
  public final void addOuterProducts(double[] alpha, Blocks a, Blocks b, double beta, Blocks out) {
    requireProducts("addOuterProducts", a, b, out, a.columns() == b.columns(), a.rows(), b.rows());
    gemmOuterBlocks(
        perBlock("addOuterProducts", alpha, out),
        factor(a, out.count()),
        factor(b, out.count()),
        (float) beta,
        stack(out));
  }

  @Override
  public final double[] gram(Matrix a, int m) {
    M x = own(a);
    if (m < 1 || a.columns() % m != 0) {
      throw new IllegalArgumentException("Cannot cut %s into blocks of %d columns".formatted(a, m));
    }
    return gramBlocks(x, x.rows(), m);
  }

  @Override
  public final double[] gramOfParts(Matrix a, int parts) {
    M x = own(a);
    if (parts < 1 || x.size() % parts != 0) {
      throw new IllegalArgumentException("Cannot cut %s into %d parts".formatted(a, parts));
    }
    return gramBlocks(x, Math.toIntExact(x.size() / parts), parts);
  }

  @Override
  public final double[] wideGram(Matrix a) {
    return gramOfAll(own(a));
  }

  @Override
  public final long[] countOutside(float[] low, float[] high, Matrix a) {
    M x = own(a);
    IntervalCounter counter = new IntervalCounter(low, high);
    count(x, counter);
    return counter.result();
  }

  @Override
  public final void scaleColumns(double[] scale, Matrix a) {
    M x = own(a);
    columnScale(perColumn("scaleColumns", scale, x), x);
  }

  @Override
  public final void addBias(Matrix bias, double[] scale, Matrix a) {
    M x = own(a);
    M b = own(bias);
    requireColumn("addBias", b, x);
    requireDistinct("addBias", x, b);
    biasAdd(b, perColumn("addBias", scale, x), x);
  }

  @Override
  public final void addBias(Blocks bias, Blocks a) {
    requireColumns("addBias", bias, a);
    biasAddBlocks(stack(bias), stack(a));
  }

  @Override
  public final void addRowSums(double[] alpha, Blocks a, double beta, Blocks bias) {
    requireColumns("addRowSums", bias, a);
    rowSumAddBlocks(perBlock("addRowSums", alpha, a), stack(a), (float) beta, stack(bias));
  }

  @Override
  public final void activate(Activation activation, Matrix z, Matrix out) {
    M x = own(z);
    M y = own(out);
    requireElementwise("activate", x, y);
    apply(activation, x, y);
  }

  @Override
  public final void derivative(Activation activation, Matrix z, Matrix out) {
    M x = own(z);
    M y = own(out);
    requireElementwise("derivative", x, y);
    applyDerivative(activation, x, y);
  }

  @Override
  public final Activity activate(Activation activation, Matrix z, Matrix out, Matrix slope) {
    M x = own(z);
    M y = own(out);
    M d = own(slope);
    requireElementwise("activate", x, y);
    requireEqualShapes("activate", x, d);
    requireDistinct("activate", d, x);
    requireDistinct("activate", d, y);
    return applyBoth(activation, x, y, d);
  }

  @Override
  public final void activateAndDerive(Activation activation, Matrix z, Matrix out) {
    M x = own(z);
    M y = own(out);
    requireEqualShapes("activateAndDerive", x, y);
    requireDistinct("activateAndDerive", y, x);
    applyAndDerive(activation, x, y);
  }

  @Override
  public final void adam(
      AdamStep step, Matrix gradient, Matrix first, Matrix second, Matrix parameters) {
    List<M> all = List.of(own(gradient), own(first), own(second), own(parameters));
    for (int i = 1; i < all.size(); i++) {
      requireEqualShapes("adam", all.get(0), all.get(i));
      for (M other : all.subList(0, i)) {
        requireDistinct("adam", all.get(i), other);
      }
    }
    adamStep(step, all.get(0), all.get(1), all.get(2), all.get(3));
  }

  @Override
  public final void multiplyElements(Matrix b, Matrix a) {
    M x = own(b);
    M y = own(a);
    requireEqualShapes("multiplyElements", x, y);
    requireDistinct("multiplyElements", y, x);
    hadamard(x, y);
  }

  @Override
  public final void add(double alpha, Matrix b, Matrix a) {
    M x = own(b);
    M y = own(a);
    requireEqualShapes("add", x, y);
    requireDistinct("add", y, x);
    axpy((float) alpha, x, y);
  }

  @Override
  public final void copy(Matrix from, Matrix to) {
    M x = own(from);
    M y = own(to);
    requireEqualShapes("copy", x, y);
    requireDistinct("copy", y, x);
    copyEntries(x, y);
  }

  @Override
  public void close() {
    closed = true;
    open.close();
  }

  private M own(Matrix matrix) {
    guard.run();
    if (!type.isInstance(matrix) || !type.cast(matrix).isOf(open)) {
      throw new IllegalArgumentException("Cannot use %s: another kernel made it".formatted(matrix));
    }
    M mine = type.cast(matrix);
    mine.requireOpen();
    return mine;
  }

  /** For a float u, u &lt; p exactly if u &lt; ceiling(p). */
  public static float ceiling(double p) {
    float nearest = (float) p;
    return nearest < p ? Math.nextUp(nearest) : nearest;
  }

  private Stack<M> stack(Blocks blocks) {
    return new Stack<>(own(blocks.all()), blocks.columns(), blocks.step(), blocks.count());
  }

  /** A factor of {@code count} products. */
  private Stack<M> factor(Blocks blocks, int count) {
    int step = blocks.count() < count ? 0 : blocks.step();
    return new Stack<>(own(blocks.all()), blocks.columns(), step, count);
  }

  private void requireProducts(
      String operation,
      Blocks a,
      Blocks b,
      Blocks out,
      boolean innerAgrees,
      int rows,
      int columns) {
    boolean isShared = a.count() == 1 || b.count() == 1;
    boolean countsAgree =
        Math.max(a.count(), b.count()) == out.count() && (isShared || a.count() == b.count());
    if (!innerAgrees || !countsAgree || out.rows() != rows || out.columns() != columns) {
      throw new IllegalArgumentException(
          "Cannot %s: %s by %s into %s"
              .formatted(operation, described(a), described(b), described(out)));
    }
    requireDistinct(operation, own(out.all()), own(a.all()));
    requireDistinct(operation, own(out.all()), own(b.all()));
  }

  private void requireColumns(String operation, Blocks bias, Blocks a) {
    if (bias.rows() != a.rows() || bias.columns() != 1 || bias.count() != a.count()) {
      throw new IllegalArgumentException(
          "Cannot %s: %s for %s".formatted(operation, described(bias), described(a)));
    }
    requireDistinct(operation, own(a.all()), own(bias.all()));
  }
}
