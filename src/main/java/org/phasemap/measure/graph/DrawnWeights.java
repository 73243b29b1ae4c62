package org.phasemap.measure.graph;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.Stream.Purpose;
import org.phasemap.kernel.graph.parameter.UnseenWeights;
import org.phasemap.kernel.graph.parameter.WeightDraws;
import org.phasemap.measure.linear.GramFactor;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.graph.LayerGraph.Node;
import org.phasemap.network.graph.Operation.Weighted;
import org.phasemap.network.graph.Shape;

/**
 * Gaussian weights W = s G by what they do to columns, which may be sent up and down in any order,
 * also columns that depend on what has come out. Let Q be the orthonormal columns that have come
 * up, with Y = G Q, and P those that have come down, with X = GᵀP. Given Y and X,
 *
 * <pre>
 * G q = P Xᵀq + (I − P Pᵀ) ξ,  ξ Gaussian,
 * </pre>
 *
 * for a column q that is orthogonal to Q (Bolthausen 2014; Lu 2021, "Householder Dice"). For Gᵀ
 * both change places. It is exact at every width: O(n k) for a column after k others.
 */
final class DrawnWeights implements UnseenWeights {
  /** Share of a column's square that float32 leaves outside the columns that it depends on. */
  private static final double ROUNDING = 1e-12;

  private final Kernel kernel;

  /** s. */
  private final double scale;

  private final @Nullable Matrix bias;
  private final SentColumns ups;
  private final SentColumns downs;

  /** Of a node whose weights are plain; {@code from} is the shape that goes in. */
  DrawnWeights(Kernel kernel, WeightDraws draws, NetworkConfig network, Node node, Shape from) {
    this.kernel = kernel;
    Weighted operation = (Weighted) node.operation();
    scale = Math.sqrt(operation.variance(network.sigmaW2(), from));
    bias = draws.bias(network, node);
    int in = from.channels();
    int out = node.shape().channels();
    ups = new SentColumns(kernel, in, k -> draws.columns(node, Purpose.FORWARD, out, k));
    downs = new SentColumns(kernel, out, k -> draws.columns(node, Purpose.BACKWARD, in, k));
  }

  @Override
  public Blocks weights() {
    return Blocks.of(ups.images());
  }

  @Override
  public @Nullable Matrix bias() {
    return bias;
  }

  @Override
  public @Nullable Matrix mask() {
    return null;
  }

  @Override
  public void up(Matrix h, Matrix z) {
    send(ups, downs, h, z);
  }

  @Override
  public void down(Matrix g, Matrix out) {
    send(downs, ups, g, out);
  }

  @Override
  public Matrix coordinates(Matrix h) {
    Matrix coordinates = kernel.scratch(ups.count(), h.columns());
    kernel.multiplyTransposed(ups.basis(), h, coordinates);
    return coordinates;
  }

  private void send(SentColumns own, SentColumns other, Matrix columns, Matrix out) {
    int k = columns.columns();
    own.reserve(k);
    try (Matrix rest = kernel.scratch(columns.rows(), k);
        Matrix coefficients = kernel.scratch(own.count() + k, k)) {
      kernel.copy(columns, rest);
      double[] along = own.takeAlong(rest);
      double[] gram = kernel.gram(rest, k);
      boolean[] finite = takeOutInfinite(rest, gram);
      GramFactor factor =
          GramFactor.of(gram, k, GramFactor.CUT, independent(gram, along), own.room());
      condition(own.orthonormalise(rest, factor), own.fresh(k), other);
      coefficients.write(coefficients(along, factor, finite));
      kernel.multiply(own.images(k), coefficients, out);
      own.add(k);
      if (!factor.allowsFloat32()) {
        joinTwins(columns, out);
      }
    }
  }

  /** Makes columns zero that are not finite, and their products. */
  private static boolean[] takeOutInfinite(Matrix columns, double[] gram) {
    int k = columns.columns();
    boolean[] finite = new boolean[k];
    for (int a = 0; a < k; a++) {
      finite[a] = gram[a * (k + 1)] < Double.POSITIVE_INFINITY;
      if (!finite[a]) {
        columns.view(a, 1).write(new float[columns.rows()]);
        for (int b = 0; b < k; b++) {
          gram[a * k + b] = 0;
          gram[b * k + a] = 0;
        }
      }
    }
    return finite;
  }

  /** Whether what a column has outside those sent before is more than rounding. */
  private static boolean[] independent(double[] gram, double[] along) {
    int k = (int) Math.round(Math.sqrt(gram.length));
    int before = along.length / k;
    boolean[] independent = new boolean[k];
    for (int a = 0; a < k; a++) {
      double square = 0;
      for (int i = a * before; i < (a + 1) * before; i++) {
        square += along[i] * along[i];
      }
      independent[a] = before == 0 || gram[a * (k + 1)] > ROUNDING * square;
    }
    return independent;
  }

  /** Makes random numbers what comes out of orthonormal columns, given what is known. */
  private void condition(Matrix columns, Matrix fresh, SentColumns other) {
    if (other.count() == 0) {
      return;
    }
    try (Matrix known = kernel.scratch(other.count(), columns.columns());
        Matrix along = kernel.scratch(other.count(), columns.columns())) {
      kernel.multiplyTransposed(other.images(), columns, known);
      kernel.multiplyTransposed(other.basis(), fresh, along);
      kernel.add(-1, along, known);
      kernel.addProduct(other.basis(), known, fresh);
    }
  }

  /** s times QᵀC, above s R of the rest; NaN for columns that are not finite. */
  private float[] coefficients(double[] along, GramFactor factor, boolean[] finite) {
    int k = finite.length;
    int before = along.length / k;
    double[] r = factor.r();
    float[] values = new float[(before + k) * k];
    for (int column = 0; column < k; column++) {
      int to = column * (before + k);
      if (!finite[column]) {
        Arrays.fill(values, to, to + before + k, Float.NaN);
        continue;
      }
      for (int i = 0; i < before; i++) {
        values[to + i] = (float) (scale * along[column * before + i]);
      }
      for (int row = 0; row < k; row++) {
        values[to + before + row] = (float) (scale * r[row * k + column]);
      }
    }
    return values;
  }

  /** Columns that are equal or opposite come out so to the bit: chaos grows any difference. */
  private void joinTwins(Matrix columns, Matrix out) {
    float[] entries = columns.read();
    int rows = columns.rows();
    for (int b = 1; b < columns.columns(); b++) {
      for (int a = 0; a < b; a++) {
        int sign = sign(entries, a * rows, b * rows, rows);
        if (sign != 0) {
          kernel.copy(out.view(a, 1), out.view(b, 1));
          if (sign < 0) {
            kernel.scaleColumns(new double[] {-1}, out.view(b, 1));
          }
          break;
        }
      }
    }
  }

  /** 1 or −1 where two lists are equal or opposite; 0 elsewhere. */
  private static int sign(float[] entries, int first, int second, int rows) {
    boolean equal = true;
    boolean opposite = true;
    for (int i = 0; i < rows && (equal || opposite); i++) {
      equal &= entries[first + i] == entries[second + i];
      opposite &= entries[first + i] == -entries[second + i];
    }
    return equal ? 1 : opposite ? -1 : 0;
  }

  @Override
  public void close() {
    ups.close();
    downs.close();
    if (bias != null) {
      bias.close();
    }
  }
}
