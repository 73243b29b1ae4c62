package org.phasemap.measure;

import java.util.Arrays;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.Stream.Purpose;
import org.phasemap.network.WeightLaw;
import org.phasemap.plan.PanelShape;
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
 * of Ĝ and Ξ serves all variants of the unit; each has its exact law.
 */
final class WeightFreeConnections extends Connections {
  /** Δ outside the frame is a difference of float32 products. */
  private static final double ORTHOGONAL_CUT = 1e-6;

  /** Columns of a block. */
  private final int m;

  private final boolean orthogonal;
  private final boolean[] all;

  /** Ĝ and, as the last column, b. */
  private final Matrix drawn;

  private final Matrix xi;
  private double[] drawnGram = new double[0];
  private double[] frameGram = new double[0];
  private double[] xiGram = new double[0];
  private Prepared[] prepared = new Prepared[0];
  private int layer;

  /** Q of the current panel's variants whose H X would lose its digits, in their columns. */
  private final Matrix frames;

  /** Q before its second orthonormalisation. */
  private final Matrix rough;

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
    drawn = kernel.matrix(width(), m + 1);
    xi = kernel.matrix(width(), m);
    frames = kernel.matrix(width(), PanelShape.capacity(unit) * m);
    rough = kernel.matrix(width(), m);
  }

  @Override
  boolean needsActivations() {
    return true;
  }

  @Override
  void enterUpwards(int layer) {
    drawForward(layer);
    fillBias(layer, drawn.view(m, 1));
    drawnGram = kernel.gram(drawn, m + 1);
  }

  private void drawForward(int layer) {
    this.layer = layer;
    Matrix g = drawn.view(0, m);
    kernel.fillGaussian(g, stream(layer, Purpose.FORWARD));
    if (orthogonal) {
      frameGram = kernel.gram(g, m);
      if (fanIn(layer) > width()) {
        // The frame has n₀ rows, of which the layer shows n.
        try (Matrix rest = kernel.matrix(fanIn(layer) - width(), m)) {
          kernel.fillGaussian(rest, stream(layer, Purpose.FORWARD_REST));
          double[] more = kernel.gram(rest, m);
          Arrays.setAll(frameGram, i -> frameGram[i] + more[i]);
        }
      }
    }
  }

  @Override
  double[] up(Panel panel, Matrix z) {
    double[] grams = layer == 1 ? panel.inputGram() : panel.gram(layer - 1);
    double[] weightScale = panel.weightScale(fanIn(layer));
    double[] biasScale = panel.biasScale();
    double frameScale = orthogonal ? Math.sqrt(Math.max(width(), fanIn(layer))) : 1;
    float[] coefficients = new float[(m + 1) * panel.columns()];
    double[] gramZ = new double[panel.columns() * m];
    double[] a = new double[0];
    for (int v = 0; v < panel.variants().size(); v++) {
      if (v == 0 || layer > 1) {
        GramFactor factor = factor(grams, v);
        a = orthogonal ? SquareProducts.product(frame(factor), factor.r(), m) : factor.r();
      }
      double scale = weightScale[v * m] * frameScale;
      double bias = biasScale[v * m];
      for (int column = 0; column < m; column++) {
        int to = (v * m + column) * (m + 1);
        for (int row = 0; row < m; row++) {
          coefficients[to + row] = (float) (scale * a[row * m + column]);
        }
        coefficients[to + m] = (float) biasScale[v * m + column];
      }
      addGram(a, scale, bias, gramZ, v * m * m);
    }
    try (Matrix up = kernel.matrix(m + 1, panel.columns())) {
      up.write(coefficients);
      kernel.multiply(drawn, up, z);
    }
    return gramZ;
  }

  /**
   * zᵀz = scale² Aᵀ(ĜᵀĜ)A + scale bias (Aᵀĝ 1ᵀ + 1 ĝᵀA) + bias² bᵀb 11ᵀ, ĝ = Ĝᵀb; for tangents, 1
   * is 0.
   */
  private void addGram(double[] a, double scale, double bias, double[] out, int offset) {
    double[] weights = new double[m * m];
    double[] mixed = new double[m];
    for (int i = 0; i < m; i++) {
      System.arraycopy(drawnGram, i * (m + 1), weights, i * m, m);
      double g = drawnGram[i * (m + 1) + m];
      for (int j = 0; j < m; j++) {
        mixed[j] += g * a[i * m + j];
      }
    }
    double[] squared =
        SquareProducts.transposedProduct(a, SquareProducts.product(weights, a, m), m);
    double own = bias * bias * drawnGram[(m + 1) * (m + 1) - 1];
    for (int i = 0; i < m; i++) {
      int one = i < inputs.columns() ? 1 : 0;
      for (int j = 0; j < m; j++) {
        int other = j < inputs.columns() ? 1 : 0;
        out[offset + i * m + j] =
            scale * scale * squared[i * m + j]
                + scale * bias * (other * mixed[i] + one * mixed[j])
                + one * other * own;
      }
    }
  }

  @Override
  void enterDownwards(int layer) {
    this.layer = layer;
    if (layer == 1) {
      return;
    }
    drawForward(layer);
    kernel.fillGaussian(xi, stream(layer, Purpose.BACKWARD));
    if (orthogonal) {
      xiGram = kernel.gram(xi, m);
    }
  }

  @Override
  void prepare(Panel panel) {
    if (layer == 1) {
      return;
    }
    Matrix h = panel.activation(layer - 1);
    prepared = new Prepared[panel.variants().size()];
    try (Matrix products = kernel.matrix(m, panel.columns())) {
      kernel.multiplyTransposed(xi, h, products);
      float[] xiH = products.read();
      for (int v = 0; v < prepared.length; v++) {
        GramFactor factor = factor(panel.gram(layer - 1), v);
        double[] frame = orthogonal ? frame(factor) : new double[0];
        double[] x = factor.inverse();
        if (factor.isWellConditioned()) {
          double[] b = SquareProducts.transposedProduct(x, widened(xiH, v), m);
          prepared[v] = new Prepared(panel.block(h, v), x, b, frame, factor.rank());
        } else {
          prepared[v] = orthonormalised(panel.block(h, v), factor, frame, panel.block(frames, v));
        }
      }
    }
  }

  /** Q itself, by Gram–Schmidt twice: the second time makes up for the digits that H X has lost. */
  private Prepared orthonormalised(Matrix h, GramFactor factor, double[] frame, Matrix q) {
    try (Matrix small = kernel.matrix(m, m)) {
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
      kernel.copy(h, q);
      kernel.scaleColumns(root, q);
      kernel.scaleColumns(root, q);
      small.write(columns(x));
      kernel.multiply(q, small, rough);
      GramFactor again = factor.again(kernel.gram(rough, m));
      small.write(columns(again.inverse()));
      kernel.multiply(rough, small, q);
      kernel.multiplyTransposed(xi, q, small);
      double[] identity = new double[m * m];
      for (int i = 0; i < m; i++) {
        identity[i * m + i] = again.independent()[i] ? 1 : 0;
      }
      return new Prepared(q, identity, widened(small.read(), 0), frame, again.rank());
    }
  }

  private float[] columns(double[] rows) {
    float[] columns = new float[m * m];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < m; j++) {
        columns[j * m + i] = (float) rows[i * m + j];
      }
    }
    return columns;
  }

  /** Block v of column-major m × m blocks, transposed: its columns are the result's rows. */
  private double[] widened(float[] blocks, int v) {
    double[] wide = new double[m * m];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = blocks[v * m * m + i];
    }
    return wide;
  }

  @Override
  void down(Panel panel, Matrix delta, double[] gram, Matrix out) {
    double[] weightScale = panel.weightScale(width());
    float[] coefficients = new float[m * panel.columns()];
    float[][] along = new float[prepared.length][];
    try (Matrix small = kernel.matrix(m, panel.columns());
        Matrix c = kernel.matrix(m, m)) {
      kernel.multiplyTransposed(drawn.view(0, m), delta, small);
      float[] gDelta = small.read();
      for (int v = 0; v < prepared.length; v++) {
        double[] p = new double[m * m];
        for (int i = 0; i < m; i++) {
          for (int j = 0; j < m; j++) {
            p[i * m + j] = gDelta[(v * m + j) * m + i];
          }
        }
        along[v] = descend(prepared[v], p, gram, v, weightScale[v * m], coefficients);
      }
      small.write(coefficients);
      kernel.multiply(xi, small, out);
      for (int v = 0; v < prepared.length; v++) {
        c.write(along[v]);
        kernel.addOuterProduct(1, prepared[v].basis, c, panel.block(out, v));
      }
    }
  }

  /**
   * Writes a variant's coefficients of Ξ.
   *
   * @param p ĜᵀΔ
   * @return those of the basis, transposed
   */
  private float[] descend(
      Prepared up, double[] p, double[] gram, int v, double scale, float[] coefficients) {
    double[] s;
    double[] inFrame = p;
    double frameScale = 1;
    if (orthogonal) {
      frameScale = Math.sqrt(width());
      inFrame = SquareProducts.transposedProduct(up.frame, p, m);
      s = outsideFrame(up, inFrame, gram, v);
    } else {
      s = GramFactor.of(gram, v * m * m, m, GramFactor.CUT, all, m).r();
    }
    double[] rest = SquareProducts.product(up.b, s, m);
    for (int i = 0; i < rest.length; i++) {
      rest[i] = inFrame[i] - rest[i];
    }
    double[] c = SquareProducts.product(up.x, rest, m);
    float[] along = new float[m * m];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < m; j++) {
        coefficients[(v * m + j) * m + i] = (float) (scale * frameScale * s[i * m + j]);
        // Column-major and transposed: row by row.
        along[i * m + j] = (float) (scale * frameScale * c[i * m + j]);
      }
    }
    return along;
  }

  /** Coefficients of Ξ for the part of Δ outside the frame: L⁻¹S, L from Ξ's part outside Q. */
  private double[] outsideFrame(Prepared up, double[] inFrame, double[] gram, int v) {
    double[] within = SquareProducts.transposedProduct(inFrame, inFrame, m);
    double[] outside = new double[m * m];
    for (int i = 0; i < outside.length; i++) {
      outside[i] = gram[v * m * m + i] - within[i];
    }
    GramFactor s =
        GramFactor.of(outside, 0, m, ORTHOGONAL_CUT, all, Math.min(m, width() - up.rank));
    double[] free = SquareProducts.transposedProduct(up.b, up.b, m);
    for (int i = 0; i < free.length; i++) {
      free[i] = xiGram[i] - free[i];
    }
    GramFactor l = GramFactor.of(free, 0, m, GramFactor.CUT, s.independent(), m);
    return SquareProducts.product(l.inverse(), s.r(), m);
  }

  private GramFactor factor(double[] grams, int v) {
    return GramFactor.of(grams, v * m * m, m, GramFactor.CUT, all, fanIn(layer));
  }

  /** T: the columns of Ĝ T that belong to independent columns of H are orthonormal. */
  private double[] frame(GramFactor factor) {
    return GramFactor.of(frameGram, 0, m, GramFactor.CUT, factor.independent(), m).inverse();
  }

  @Override
  public void close() {
    frames.close();
    rough.close();
    drawn.close();
    xi.close();
  }
}
