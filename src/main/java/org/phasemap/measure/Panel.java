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
import org.phasemap.plan.Variant;

/**
 * Variants whose input columns are multiplied together. Every panel has the same number of columns,
 * unused ones are zero: a product's shape, and so its rounding, does not depend on which cells
 * happen to be measured together.
 */
final class Panel {
  private static final int COLUMNS = 256;

  private final int inputs;
  private final int columns;
  private final boolean keepActivations;
  private final List<VariantState> variants = new ArrayList<>();
  private final TreeSet<Integer> depths = new TreeSet<>();

  /** φ(z_l), index l − 1; without masks only that of the latest layer, as the only element. */
  private final List<Matrix> activations = new ArrayList<>();

  /** φ′(z_l); index l − 1. */
  private final List<Matrix> derivatives = new ArrayList<>();

  private Panel(int inputs, boolean keepActivations) {
    this.inputs = inputs;
    this.keepActivations = keepActivations;
    this.columns = capacity(inputs) * inputs;
  }

  private static int capacity(int inputs) {
    return Math.max(1, COLUMNS / inputs);
  }

  /**
   * Fills panels with a unit's variants, in order.
   *
   * @param keepActivations whether the backward pass needs φ(z_l), as it does under a mask
   */
  static List<Panel> of(List<Cell> cells, int inputs, boolean keepActivations) {
    List<Panel> panels = new ArrayList<>();
    for (Map.Entry<Variant, List<Cell>> group : Variant.group(cells).entrySet()) {
      if (panels.isEmpty() || panels.get(panels.size() - 1).variants.size() == capacity(inputs)) {
        panels.add(new Panel(inputs, keepActivations));
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
