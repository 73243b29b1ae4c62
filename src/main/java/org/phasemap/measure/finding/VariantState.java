package org.phasemap.measure.finding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.measure.result.FirstSteps;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Variant;

/** What one variant's forward pass leaves behind, and the tangent kernel of each of its depths. */
public final class VariantState {
  private final Variant variant;
  private final List<Cell> cells;
  private final int inputs;

  private final List<Signal> signal = new ArrayList<>();
  private final List<TokenSignal> tokens = new ArrayList<>();
  private final List<FormatCounts> formats = new ArrayList<>();
  private double step;
  private final List<double[]> lnTangents = new ArrayList<>();
  private final TreeMap<Integer, Backward> backward = new TreeMap<>();

  /** One depth's backward pass; index l − 1 is layer l. */
  public static final class Backward {
    /** ln ‖δ_l‖², averaged over the inputs. */
    public final double[] lnDelta;

    /** ln ‖∂f/∂W_l‖², averaged over the inputs. */
    public final double[] lnWeightGradient;

    /** ‖Σ_a ∂f_a/∂W_l‖² over the inputs a. */
    public final double[] batchGradient;

    /** Of δ_l. */
    public final FormatCounts[] formats;

    /** Of J = ∂z_L/∂z_1; null where it is not probed. */
    public @Nullable JacobianMoments jacobian;

    /** ln of ‖φ(z_L)‖²/n over ‖x‖²/n₀, averaged over the inputs. */
    public double lnNormRatio = Double.NaN;

    /** Kernels summed over layers, m × m. */
    public final double[] theta;

    public final double[] standardTheta;

    /** What each layer adds to their traces. */
    public final double[] layerTrace;

    public final double[] standardLayerTrace;

    /** Of each layer; empty where they are an MLP's. */
    public List<FirstSteps.LayerWeights> layerWeights = List.of();

    /** Kernels of several outputs; null where there is one. */
    public @Nullable OutputKernel outputs;

    /** Along the input; null where there is no equation to solve. */
    public @Nullable DerivativeMoments derivatives;

    /** Of ∂z_L/∂z_1. */
    public double lnLargestSquare = Double.NaN;

    public double[] squaredSingularValues = new double[0];

    /** ln of the largest squared modulus of its eigenvalues. */
    public double lnSpectralRadius = Double.NaN;

    /** Of queries' and keys' weights over those of values, index l − 1; empty without attention. */
    public double[] lnQueryKeyGradient = new double[0];

    Backward(int depth, int inputs) {
      lnDelta = new double[depth];
      formats = new FormatCounts[depth];
      lnWeightGradient = new double[depth];
      batchGradient = new double[depth];
      theta = new double[inputs * inputs];
      standardTheta = new double[inputs * inputs];
      layerTrace = new double[depth];
      standardLayerTrace = new double[depth];
    }
  }

  /**
   * Of a network that nothing has gone through yet.
   *
   * @param cells of the variant, which differ in depth
   * @param inputs m
   */
  public VariantState(Variant variant, List<Cell> cells, int inputs) {
    this.variant = variant;
    this.cells = cells;
    this.inputs = inputs;
    for (Cell cell : cells) {
      int depth = cell.network().depth();
      backward.put(depth, new Backward(depth, inputs));
    }
  }

  public Variant variant() {
    return variant;
  }

  public List<Cell> cells() {
    return cells;
  }

  /** Of the deepest cell. */
  public int depth() {
    return backward.lastKey();
  }

  /** Of the next layer. */
  public void addSignal(Signal layer) {
    signal.add(layer);
  }

  Signal signal(int layer) {
    return signal.get(layer - 1);
  }

  /** Of the next layer. */
  public void addTokens(TokenSignal layer) {
    tokens.add(layer);
  }

  /** Index l − 1; empty where inputs are vectors. */
  List<TokenSignal> tokens() {
    return tokens;
  }

  /** Tangents begin at layer 1. */
  public void startTangents() {
    lnTangents.add(new double[inputs]);
  }

  /**
   * The tangents' next layer.
   *
   * @param factors by which their squares have grown
   */
  public void growTangents(double[] factors) {
    double[] ln = lnTangents.get(lnTangents.size() - 1).clone();
    Arrays.setAll(ln, a -> ln[a] + Math.log(factors[a]));
    lnTangents.add(ln);
  }

  /** ln ‖∂z_l/∂z_1 v‖²/‖v‖² of each input's tangent v; index l − 1. */
  public List<double[]> lnTangents() {
    return lnTangents;
  }

  /** Counts the next layer's activations; layer 1 sets the step of the 8-bit grid. */
  public void addFormats(Kernel kernel, Matrix h) {
    if (formats.isEmpty()) {
      step = FormatCounts.calibratedStep(h);
    }
    formats.add(FormatCounts.ofSignals(kernel, h, step));
  }

  /** Of the next layer's activations. */
  public void addFormats(FormatCounts counts) {
    formats.add(counts);
  }

  /** Of φ(z_l), index l − 1. */
  public List<FormatCounts> formats() {
    return formats;
  }

  /** The pass that starts at a depth, or null where no cell has it. */
  public @Nullable Backward backward(int depth) {
    return backward.get(depth);
  }
}
