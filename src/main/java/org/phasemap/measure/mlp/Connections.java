package org.phasemap.measure.mlp;

import java.util.List;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.Stream;
import org.phasemap.kernel.Stream.Purpose;
import org.phasemap.measure.input.InputRelations;
import org.phasemap.measure.input.InputRelations.Twin;
import org.phasemap.network.NetworkConfig;
import org.phasemap.plan.Unit;
import org.phasemap.plan.Variant;
import org.phasemap.plan.cost.PanelShape;

/**
 * The random weights and biases of a unit's networks, as what they do to columns: all that a probe
 * knows of them. A layer is entered, then every panel is sent through it; first upwards, layer by
 * layer, then downwards.
 *
 * <p>Probes know columns, not weights, so each is written once for explicit weights and for the
 * weight-free law. Biases are explicit in both, which leaves conditioning to the weights alone.
 */
abstract class Connections implements AutoCloseable {
  final Kernel kernel;
  final NetworkConfig network;
  final Matrix inputs;

  /** Columns of a variant: its inputs and, where the Jacobian is probed, a tangent for each. */
  final int block;

  /** What is known of the inputs. */
  final InputRelations relations;

  private final Unit unit;

  Connections(Kernel kernel, Unit unit, Matrix inputs) {
    this.kernel = kernel;
    this.unit = unit;
    this.inputs = inputs;
    network = unit.cells().get(0).network();
    block = PanelShape.block(unit);
    relations = InputRelations.of(inputs.read(), inputs.columns());
  }

  final int width() {
    return network.width();
  }

  /** Columns that a network's weights see, n₀ or n. */
  final int fanIn(int layer) {
    return layer == 1 ? inputs.rows() : width();
  }

  /** Whether a backward pass needs φ(z_l) of every layer. */
  abstract boolean needsActivations();

  /** Panels that are sent up and down at the same time, in order: they share what is drawn. */
  List<List<Panel>> together(List<Panel> panels) {
    return List.of(panels);
  }

  /** Gram matrices of a panel's blocks of columns, to the accuracy that the sampler needs. */
  double[] gram(Matrix columns) {
    return kernel.gram(columns, block);
  }

  /** Draws layer l for the way up. */
  abstract void enterUpwards(int layer);

  /**
   * z_l = (σ_w/√n_{l−1}) G_l h_{l−1} + σ_b b 1ᵀ. Tangents have no bias, and none at layer 1 yet.
   *
   * @param z n × columns, overwritten
   * @return zᵀz of each block of the panel
   */
  abstract double[] up(Panel panel, Matrix z);

  /** Draws layer l again, for the way down. */
  abstract void enterDownwards(int layer);

  /** Prepares a panel for the layer entered, before it is sent {@link #down}. */
  abstract void prepare(Panel panel);

  /**
   * (σ_w/√n_{l−1}) G_lᵀ δ_l.
   *
   * @param gram δᵀδ of each block of the panel
   * @param out n × columns, overwritten
   */
  abstract void down(Panel panel, Matrix delta, double[] gram, Matrix out);

  /**
   * Makes z_l of inputs that networks cannot tell apart the same to the bit. Products may sum their
   * columns in different orders, and chaotic networks grow the difference.
   */
  final void joinSignals(Panel panel, int layer, Matrix z) {
    for (int v = 0; v < panel.variants().size(); v++) {
      Variant variant = panel.variants().get(v).variant();
      boolean keepsSign = layer == 1 || variant.activation().isOdd();
      for (Twin twin : relations.twins(variant.activation(), variant.sigmaB2())) {
        join(panel.inputs(z, v), twin, keepsSign ? twin.sign() : 1);
      }
    }
  }

  /** The same of ∂f/∂φ(z_l), in the columns of one variant's inputs; f is odd or even with φ. */
  final void joinGradients(Variant variant, Matrix gradients) {
    for (Twin twin : relations.twins(variant.activation(), variant.sigmaB2())) {
      join(gradients, twin, 1);
    }
  }

  private void join(Matrix columns, Twin twin, int sign) {
    Matrix column = columns.view(twin.column(), 1);
    kernel.copy(columns.view(twin.original(), 1), column);
    if (sign < 0) {
      kernel.scaleColumns(new double[] {sign}, column);
    }
  }

  /** The read-out vector of unit variance, n × 1, normal whatever the law. */
  Matrix readout() {
    Matrix readout = kernel.matrix(width(), 1);
    kernel.fillGaussian(readout, stream(0, Purpose.READOUT));
    return readout;
  }

  /** Tangents at z_1: Gaussian, one for each input, n × m. */
  final Matrix tangents() {
    Matrix tangents = kernel.matrix(width(), inputs.columns());
    kernel.fillGaussian(tangents, stream(1, Purpose.TANGENTS));
    return tangents;
  }

  /** b_l of unit variance. */
  final void fillBias(int layer, Matrix bias) {
    kernel.fillGaussian(bias, stream(layer, Purpose.BIASES));
  }

  final Stream stream(int layer, Purpose purpose) {
    return new Stream(unit.seed(), unit.replicate(), layer, purpose);
  }

  @Override
  public abstract void close();
}
