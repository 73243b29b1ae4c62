package org.phasemap.measure.mlp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.Stream.Purpose;
import org.phasemap.measure.linear.GramFactor;
import org.phasemap.measure.linear.SquareProducts;
import org.phasemap.network.WeightLaw;
import org.phasemap.plan.Unit;

/**
 * Networks without their weights: a layer draws only what G_l does to the m columns that come up
 * and to those that come down, from the exact joint law at every width (Bolthausen 2014; Bayati and
 * Montanari 2011). O(n m²) a layer.
 *
 * <p>Up: with HᵀH = RᵀR the columns of Q = H R⁺ are orthonormal, so G H = (G Q) R, and G Q is a
 * fresh n × m Gaussian matrix Ĝ. Down: given that, G = Ĝ Qᵀ + G′(I − Q Qᵀ) with G′ fresh; with ΔᵀΔ
 * = SᵀS
 *
 * <pre>
 * GᵀΔ = Q ĜᵀΔ + (I − Q Qᵀ) Ξ S,  Ξ Gaussian.
 * </pre>
 *
 * For orthogonal weights G Q is √n times a uniformly random frame Ĝ T, T from the factor of ĜᵀĜ; S
 * is the factor of what Δ has outside that frame, and Ξ is made a frame orthogonal to Q. One draw
 * of Ĝ and Ξ, kept while the unit is measured, serves all its variants; each has its exact law.
 */
final class WeightFreeConnections extends Connections {
  /** Δ outside the frame is a difference of float32 products. */
  private static final double ORTHOGONAL_CUT = 1e-6;

  /** Columns of a variant. */
  private final int m;

  private final boolean orthogonal;
  private final boolean[] all;

  /** What each layer draws, and what it draws to come down; index l − 1. */
  private final List<Up> ups = new ArrayList<>();

  private final TreeMap<Integer, Down> downs = new TreeMap<>();

  /** Of H_{l−1} of the variant that went up last; index l − 1. */
  private final List<GramFactor> factors = new ArrayList<>();

  /** Q of a variant whose H X would lose its digits, and Q before its second orthonormalisation. */
  private final Matrix frame;

  private final Matrix rough;
  private final Matrix coefficients;
  private final Matrix small;

  /** The Gram matrix factored last, and its factor. */
  private double[] factored = new double[0];

  private @Nullable GramFactor latest;
  private int layer;
  private @Nullable Prepared prepared;

  /**
   * @param drawn Ĝ and, as the last column, b
   * @param g Ĝ
   * @param gram of {@code drawn}, (m + 1) × (m + 1)
   * @param frameGram ĜᵀĜ of the whole frame, which may have more rows than the layer
   */
  private record Up(Matrix drawn, Matrix g, double[] gram, double[] frameGram) {}

  /**
   * @param gram ΞᵀΞ, for orthogonal weights alone
   */
  private record Down(Matrix xi, double[] gram) {}

  /**
   * What a variant's way down through a layer needs of its way up.
   *
   * @param basis n × m; basis x is Q
   * @param x m × m
   * @param b QᵀΞ
   * @param frame T
   * @param rank of H
   */
  private record Prepared(Matrix basis, double[] x, double[] b, double[] frame, int rank) {}

  WeightFreeConnections(Kernel kernel, Unit unit, Matrix inputs) {
    super(kernel, unit, inputs);
    m = block;
    orthogonal = network.weightLaw() == WeightLaw.ORTHOGONAL;
    all = new boolean[m];
    Arrays.fill(all, true);
    frame = kernel.matrix(width(), m);
    rough = kernel.matrix(width(), m);
    coefficients = kernel.matrix(m + 1, m);
    small = kernel.matrix(m, m);
  }

  @Override
  boolean needsActivations() {
    return true;
  }

  /** One variant after the other: its layers stay in the cache, and only one variant's are held. */
  @Override
  List<List<Panel>> together(List<Panel> panels) {
    return panels.stream().map(List::of).toList();
  }

  /** Summed in float32, in a third of the time, where the columns are far from dependent. */
  @Override
  double[] gram(Matrix columns) {
    kernel.multiplyTransposed(columns, columns, small);
    double[] gram = widened(small.read());
    return factorOf(gram).allowsFloat32() ? gram : kernel.gram(columns, m);
  }

  private GramFactor factorOf(double[] gram) {
    if (latest == null || factored != gram) {
      latest = GramFactor.of(gram, m, GramFactor.CUT, all, width());
      factored = gram;
    }
    return latest;
  }

  @Override
  void enterUpwards(int layer) {
    this.layer = layer;
    if (layer > ups.size()) {
      ups.add(drawUp());
    }
    if (layer == 1) {
      factors.clear();
    }
  }

  private Up drawUp() {
    Matrix drawn = kernel.matrix(width(), m + 1);
    Matrix g = drawn.view(0, m);
    kernel.fillGaussian(g, stream(layer, Purpose.FORWARD));
    fillBias(layer, drawn.view(m, 1));
    double[] gram = kernel.gram(drawn, m + 1);
    return new Up(drawn, g, gram, orthogonal ? frameGram(g) : new double[0]);
  }

  private double[] frameGram(Matrix g) {
    double[] gram = kernel.gram(g, m);
    if (fanIn(layer) > width()) {
      // The frame has n₀ rows, of which the layer shows n.
      try (Matrix rest = kernel.matrix(fanIn(layer) - width(), m)) {
        kernel.fillGaussian(rest, stream(layer, Purpose.FORWARD_REST));
        double[] more = kernel.gram(rest, m);
        Arrays.setAll(gram, i -> gram[i] + more[i]);
      }
    }
    return gram;
  }

  @Override
  double[] up(Panel panel, Matrix z) {
    Up up = ups.get(layer - 1);
    GramFactor factor =
        layer == 1
            ? GramFactor.of(panel.inputGram(), m, GramFactor.CUT, all, fanIn(1))
            : factorOf(panel.gram(layer - 1));
    factors.add(factor);
    double[] a = factor.r();
    double scale = panel.weightScale(fanIn(layer))[0];
    double[] bias = panel.biasScale();
    if (orthogonal) {
      a = SquareProducts.product(frame(factor), a, m);
      scale *= Math.sqrt(Math.max(width(), fanIn(layer)));
    }
    float[] values = new float[(m + 1) * m];
    for (int column = 0; column < m; column++) {
      int to = column * (m + 1);
      for (int row = 0; row < m; row++) {
        values[to + row] = (float) (scale * a[row * m + column]);
      }
      values[to + m] = (float) bias[column];
    }
    coefficients.write(values);
    kernel.multiply(up.drawn, coefficients, z);
    joinSignals(panel, layer, z);
    return gramOfZ(up.gram, a, scale, bias[0]);
  }

  /**
   * zᵀz = scale² Aᵀ(ĜᵀĜ)A + scale bias (Aᵀĝ 1ᵀ + 1 ĝᵀA) + bias² bᵀb 11ᵀ, ĝ = Ĝᵀb; for tangents, 1
   * is 0.
   */
  private double[] gramOfZ(double[] drawnGram, double[] a, double scale, double bias) {
    double[] weights = new double[m * m];
    double[] mixed = new double[m];
    for (int i = 0; i < m; i++) {
      System.arraycopy(drawnGram, i * (m + 1), weights, i * m, m);
      double g = drawnGram[i * (m + 1) + m];
      for (int j = 0; j < m; j++) {
        mixed[j] += g * a[i * m + j];
      }
    }
    double[] gram = SquareProducts.transposedProduct(a, SquareProducts.product(weights, a, m), m);
    double own = bias * bias * drawnGram[(m + 1) * (m + 1) - 1];
    for (int i = 0; i < m; i++) {
      int one = i < inputs.columns() ? 1 : 0;
      for (int j = 0; j < m; j++) {
        int other = j < inputs.columns() ? 1 : 0;
        gram[i * m + j] =
            scale * scale * gram[i * m + j]
                + scale * bias * (other * mixed[i] + one * mixed[j])
                + one * other * own;
      }
    }
    return gram;
  }

  @Override
  void enterDownwards(int layer) {
    this.layer = layer;
    if (layer > 1 && !downs.containsKey(layer)) {
      Matrix xi = kernel.matrix(width(), m);
      kernel.fillGaussian(xi, stream(layer, Purpose.BACKWARD));
      downs.put(layer, new Down(xi, orthogonal ? kernel.gram(xi, m) : new double[0]));
    }
  }

  @Override
  void prepare(Panel panel) {
    if (layer == 1) {
      return;
    }
    Matrix h = panel.activation(layer - 1);
    GramFactor factor = factors.get(layer - 1);
    double[] t = orthogonal ? frame(factor) : new double[0];
    if (factor.isWellConditioned()) {
      kernel.multiplyTransposed(drawnDown().xi, h, small);
      double[] x = factor.inverse();
      double[] b = SquareProducts.transposedProduct(x, widened(small.read()), m);
      prepared = new Prepared(h, x, b, t, factor.rank());
    } else {
      prepared = orthonormalised(h, factor, t);
    }
  }

  private Down drawnDown() {
    return Objects.requireNonNull(downs.get(layer));
  }

  /** Q itself, by Gram–Schmidt twice: the second time makes up for the digits that H X has lost. */
  private Prepared orthonormalised(Matrix h, GramFactor factor, double[] t) {
    // Columns of length 1; in two steps, as a factor may exceed float32's range.
    double[] root = new double[m];
    double[] x = factor.inverse();
    for (int a = 0; a < m; a++) {
      double length = factor.length(a);
      root[a] = length > 0 ? 1 / Math.sqrt(length) : 0;
      for (int b = 0; b < m; b++) {
        x[a * m + b] *= length;
      }
    }
    kernel.copy(h, frame);
    kernel.scaleColumns(root, frame);
    kernel.scaleColumns(root, frame);
    small.write(columns(1, x));
    kernel.multiply(frame, small, rough);
    GramFactor again = factor.again(kernel.gram(rough, m));
    small.write(columns(1, again.inverse()));
    kernel.multiply(rough, small, frame);
    kernel.multiplyTransposed(drawnDown().xi, frame, small);
    double[] identity = new double[m * m];
    for (int i = 0; i < m; i++) {
      identity[i * m + i] = again.independent()[i] ? 1 : 0;
    }
    return new Prepared(frame, identity, widened(small.read()), t, again.rank());
  }

  /** Rows, scaled, as the columns of a matrix. */
  private float[] columns(double scale, double[] rows) {
    float[] columns = new float[m * m];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < m; j++) {
        columns[j * m + i] = (float) (scale * rows[i * m + j]);
      }
    }
    return columns;
  }

  /** A matrix's columns as the rows of its transpose. */
  private static double[] widened(float[] columns) {
    double[] rows = new double[columns.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = columns[i];
    }
    return rows;
  }

  @Override
  void down(Panel panel, Matrix delta, double[] gram, Matrix out) {
    Prepared up = Objects.requireNonNull(prepared);
    kernel.multiplyTransposed(delta, ups.get(layer - 1).g, small);
    // ĜᵀΔ: what is read is its transpose's transpose.
    double[] inFrame = widened(small.read());
    double scale = panel.weightScale(width())[0];
    double[] s;
    if (orthogonal) {
      scale *= Math.sqrt(width());
      inFrame = SquareProducts.transposedProduct(up.frame, inFrame, m);
      s = outsideFrame(up, inFrame, gram);
    } else {
      s = factorOf(gram).r();
    }
    double[] along = SquareProducts.product(up.x, less(inFrame, up.b, s), m);
    small.write(columns(scale, s));
    kernel.multiply(drawnDown().xi, small, out);
    float[] transposed = new float[m * m];
    for (int i = 0; i < transposed.length; i++) {
      transposed[i] = (float) (scale * along[i]);
    }
    small.write(transposed);
    kernel.addOuterProduct(1, up.basis, small, out);
  }

  /** from − b s. */
  private double[] less(double[] from, double[] b, double[] s) {
    double[] rest = SquareProducts.product(b, s, m);
    for (int i = 0; i < rest.length; i++) {
      rest[i] = from[i] - rest[i];
    }
    return rest;
  }

  /** from − bᵀb. */
  private double[] lessSquare(double[] from, double[] b) {
    double[] rest = SquareProducts.transposedProduct(b, b, m);
    for (int i = 0; i < rest.length; i++) {
      rest[i] = from[i] - rest[i];
    }
    return rest;
  }

  /** Coefficients of Ξ for the part of Δ outside the frame: L⁻¹S, L from Ξ's part outside Q. */
  private double[] outsideFrame(Prepared up, double[] inFrame, double[] gram) {
    int most = Math.min(m, width() - up.rank);
    GramFactor s = GramFactor.of(lessSquare(gram, inFrame), m, ORTHOGONAL_CUT, all, most);
    double[] free = lessSquare(drawnDown().gram, up.b);
    GramFactor l = GramFactor.of(free, m, GramFactor.CUT, s.independent(), m);
    return SquareProducts.product(l.inverse(), s.r(), m);
  }

  /** T: the columns of Ĝ T that belong to independent columns of H are orthonormal. */
  private double[] frame(GramFactor factor) {
    double[] gram = ups.get(layer - 1).frameGram;
    return GramFactor.of(gram, m, GramFactor.CUT, factor.independent(), m).inverse();
  }

  @Override
  public void close() {
    ups.forEach(up -> up.drawn.close());
    downs.values().forEach(down -> down.xi.close());
    frame.close();
    rough.close();
    coefficients.close();
    small.close();
  }
}
