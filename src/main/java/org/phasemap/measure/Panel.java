package org.phasemap.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Unit;
import org.phasemap.plan.Unit.Sharing;
import org.phasemap.plan.Variant;

/**
 * Variants whose input columns are multiplied together. Every panel has the same number of columns,
 * unused ones are zero: a product's shape, and so its rounding, does not depend on which cells
 * happen to be measured together.
 */
final class Panel {
  private static final int COLUMNS = 256;

  /** Entries of a panel without weights: 512 kB, within a second-level cache. */
  private static final int WEIGHT_FREE_ENTRIES = 1 << 17;

  private final int inputs;
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

  private Panel(int inputs, int capacity, boolean keepActivations, double[] inputGram) {
    this.inputs = inputs;
    this.keepActivations = keepActivations;
    this.inputGram = inputGram;
    this.columns = capacity * inputs;
  }

  /** Variants of a panel: a property of the unit's kind, not of the cells that are missing. */
  private static int capacity(Unit unit, int inputs) {
    if (unit.sharing() == Sharing.INDEPENDENT) {
      return 1;
    }
    int most = Math.max(1, COLUMNS / inputs);
    long entries = (long) unit.cells().get(0).network().width() * inputs;
    return switch (unit.sampler()) {
      case DENSE -> most;
      case WEIGHT_FREE -> (int) Math.max(1, Math.min(most, WEIGHT_FREE_ENTRIES / entries));
    };
  }

  /**
   * Fills panels with a unit's variants, in order.
   *
   * @param inputGram XᵀX, m × m
   * @param keepActivations whether the backward pass needs φ(z_l)
   */
  static List<Panel> of(Unit unit, double[] inputGram, int inputs, boolean keepActivations) {
    int capacity = capacity(unit, inputs);
    List<Panel> panels = new ArrayList<>();
    for (Map.Entry<Variant, List<Cell>> group : Variant.group(unit.cells()).entrySet()) {
      if (panels.isEmpty() || panels.get(panels.size() - 1).variants.size() == capacity) {
        panels.add(new Panel(inputs, capacity, keepActivations, inputGram));
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

  /** The columns of the i-th variant in a matrix of this panel. */
  Matrix block(Matrix matrix, int variant) {
    return matrix.view(variant * inputs, inputs);
  }

  /** A factor for each column: σ_w/√fan-in of its variant, 0 for unused columns. */
  double[] weightScale(double fanIn) {
    double[] scale = new double[columns];
    for (int v = 0; v < variants.size(); v++) {
      double s = Math.sqrt(variants.get(v).variant().sigmaW2() / fanIn);
      Arrays.fill(scale, v * inputs, (v + 1) * inputs, s);
    }
    return scale;
  }

  /** A factor for each column: σ_b of its variant, 0 for unused columns. */
  double[] biasScale() {
    double[] scale = new double[columns];
    for (int v = 0; v < variants.size(); v++) {
      double s = Math.sqrt(variants.get(v).variant().sigmaB2());
      Arrays.fill(scale, v * inputs, (v + 1) * inputs, s);
    }
    return scale;
  }

  /** XᵀX of the inputs, m × m: one block, which all variants share. */
  double[] inputGram() {
    return inputGram;
  }

  /** HᵀH of each block at layer l &gt;= 1. */
  double[] gram(int layer) {
    return grams.get(layer - 1);
  }

  void addGram(double[] gram) {
    grams.add(gram);
  }

  /** HᵀH of one variant, m × m, at layer l &gt;= 0. */
  double[] gram(int layer, int variant) {
    int block = inputs * inputs;
    return layer == 0
        ? inputGram
        : Arrays.copyOfRange(gram(layer), variant * block, (variant + 1) * block);
  }

  /** Adds φ′(z_l) of the next layer, an empty matrix to be filled. */
  Matrix addDerivative(Kernel kernel, int width) {
    derivatives.add(kernel.matrix(width, columns));
    return derivatives.get(derivatives.size() - 1);
  }

  Matrix derivative(int layer) {
    return derivatives.get(layer - 1);
  }

  /** Adds φ(z_l) of the next layer, a matrix to be filled. */
  Matrix addActivation(Kernel kernel, int width) {
    if (keepActivations || activations.isEmpty()) {
      activations.add(kernel.matrix(width, columns));
    }
    return latestActivation();
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
  }
}
