package org.phasemap.measure.mlp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.measure.finding.VariantState;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Unit;
import org.phasemap.plan.Variant;
import org.phasemap.plan.cost.PanelShape;

/**
 * Variants whose columns are multiplied together. A variant's block of columns is one for each
 * input and, where the Jacobian is probed, a tangent for each input behind them. Every panel has
 * the same number of columns, unused ones are zero: a product's shape, and so its rounding, does
 * not depend on which cells happen to be measured together.
 */
final class Panel {
  private final int inputs;
  private final int block;
  private final int columns;
  private final boolean keepActivations;
  private final double[] inputGram;
  private final List<VariantState> variants = new ArrayList<>();
  private final TreeSet<Integer> depths = new TreeSet<>();

  /** φ(z_l), index l − 1; without masks only that of the latest layer, as the only element. */
  private final List<Matrix> activations = new ArrayList<>();

  /** HᵀH of each block, layer l = 1 to L; index l − 1. */
  private final List<double[]> grams = new ArrayList<>();

  /** φ′(z_l); index l − 1. */
  private final List<Matrix> derivatives = new ArrayList<>();

  /** Tangents at z_L, of each depth L of the panel's cells, of unit length. */
  private final Map<Integer, Matrix> tangents = new TreeMap<>();

  private Panel(int inputs, int block, int capacity, boolean keepActivations, double[] inputGram) {
    this.inputs = inputs;
    this.block = block;
    this.keepActivations = keepActivations;
    this.inputGram = inputGram;
    this.columns = capacity * block;
  }

  /**
   * Fills panels with a unit's variants, in order.
   *
   * @param inputGram XᵀX, m × m
   * @param keepActivations whether the backward pass needs φ(z_l)
   */
  static List<Panel> of(Unit unit, double[] inputGram, int inputs, boolean keepActivations) {
    int capacity = PanelShape.capacity(unit);
    int block = PanelShape.block(unit);
    List<Panel> panels = new ArrayList<>();
    for (Map.Entry<Variant, List<Cell>> group : Variant.group(unit.cells()).entrySet()) {
      if (panels.isEmpty() || panels.get(panels.size() - 1).variants.size() == capacity) {
        panels.add(new Panel(inputs, block, capacity, keepActivations, inputGram));
      }
      Panel panel = panels.get(panels.size() - 1);
      panel.variants.add(new VariantState(group.getKey(), group.getValue(), inputs));
      group.getValue().forEach(cell -> panel.depths.add(cell.network().depth()));
    }
    return panels;
  }

  int columns() {
    return columns;
  }

  int depth() {
    return depths.last();
  }

  /** Depths of the panel's cells, ascending. */
  SortedSet<Integer> depths() {
    return depths;
  }

  List<VariantState> variants() {
    return variants;
  }

  /** Columns of a variant. */
  int block() {
    return block;
  }

  boolean hasTangents() {
    return block > inputs;
  }

  /** The columns of the i-th variant in a matrix of this panel. */
  Matrix block(Matrix matrix, int variant) {
    return matrix.view(variant * block, block);
  }

  /** Those of its inputs. */
  Matrix inputs(Matrix matrix, int variant) {
    return matrix.view(variant * block, inputs);
  }

  /** Those of its tangents. */
  Matrix tangents(Matrix matrix, int variant) {
    return matrix.view(variant * block + inputs, block - inputs);
  }

  /** A factor for each column: σ_w/√fan-in of its variant, 0 for unused columns. */
  double[] weightScale(double fanIn) {
    double[] scale = new double[columns];
    for (int v = 0; v < variants.size(); v++) {
      double s = Math.sqrt(variants.get(v).variant().sigmaW2() / fanIn);
      Arrays.fill(scale, v * block, (v + 1) * block, s);
    }
    return scale;
  }

  /** A factor for each column: σ_b of its variant, 0 for tangents and unused columns. */
  double[] biasScale() {
    double[] scale = new double[columns];
    for (int v = 0; v < variants.size(); v++) {
      double s = Math.sqrt(variants.get(v).variant().sigmaB2());
      Arrays.fill(scale, v * block, v * block + inputs, s);
    }
    return scale;
  }

  /** XᵀX of the inputs, one block, which all variants share; tangents are no inputs: zeros. */
  double[] inputGram() {
    double[] padded = new double[block * block];
    for (int a = 0; a < inputs; a++) {
      System.arraycopy(inputGram, a * inputs, padded, a * block, inputs);
    }
    return padded;
  }

  /** HᵀH of each block at layer l &gt;= 1. */
  double[] gram(int layer) {
    return grams.get(layer - 1);
  }

  void addGram(double[] gram) {
    grams.add(gram);
  }

  /** HᵀH of one variant's inputs, m × m, at layer l &gt;= 0. */
  double[] gram(int layer, int variant) {
    return layer == 0 ? inputGram : ofInputs(gram(layer), variant);
  }

  /** HᵀH of one variant's inputs, m × m, below each of its layers, index l − 1. */
  double[][] gramsBelow(int variant) {
    double[][] below = new double[variants.get(variant).depth()][];
    Arrays.setAll(below, l -> gram(l, variant));
    return below;
  }

  /** Of Gram matrices of all blocks, that of one variant's inputs, m × m. */
  double[] ofInputs(double[] grams, int variant) {
    if (grams.length == inputs * inputs) {
      return grams;
    }
    double[] out = new double[inputs * inputs];
    for (int a = 0; a < inputs; a++) {
      System.arraycopy(grams, (variant * block + a) * block, out, a * inputs, inputs);
    }
    return out;
  }

  /** Of Gram matrices of all blocks, the squares of one variant's tangents. */
  double[] squaresOfTangents(double[] grams, int variant) {
    double[] squares = new double[block - inputs];
    Arrays.setAll(squares, a -> grams[(variant * block + inputs + a) * block + inputs + a]);
    return squares;
  }

  /** Keeps the tangents of z_l for a way down that starts there. */
  void keepTangents(Kernel kernel, int layer, Matrix z) {
    Matrix kept = kernel.scratch(z.rows(), columns);
    kernel.copy(z, kept);
    tangents.put(layer, kept);
  }

  /** Tangents at z_L, in the columns that they have in every matrix of the panel. */
  Matrix keptTangents(int depth) {
    return Objects.requireNonNull(tangents.get(depth));
  }

  /** Adds φ′(z_l) of the next layer, an empty matrix to be filled. */
  Matrix addDerivative(Kernel kernel, int width) {
    derivatives.add(layer(kernel, width));
    return derivatives.get(derivatives.size() - 1);
  }

  Matrix derivative(int layer) {
    return derivatives.get(layer - 1);
  }

  /** Adds φ(z_l) of the next layer, a matrix to be filled. */
  Matrix addActivation(Kernel kernel, int width) {
    if (keepActivations || activations.isEmpty()) {
      activations.add(layer(kernel, width));
    }
    return latestActivation();
  }

  /** Columns that no variant uses stay zero. */
  private Matrix layer(Kernel kernel, int width) {
    return variants.size() * block == columns
        ? kernel.scratch(width, columns)
        : kernel.matrix(width, columns);
  }

  /** φ(z_l) of the layer added last. */
  Matrix latestActivation() {
    return activations.get(activations.size() - 1);
  }

  /** φ(z_l), l &gt;= 1, of a panel that keeps them. */
  Matrix activation(int layer) {
    return activations.get(layer - 1);
  }

  /** Frees the panel's matrices. */
  void close() {
    activations.forEach(Matrix::close);
    derivatives.forEach(Matrix::close);
    tangents.values().forEach(Matrix::close);
  }
}
