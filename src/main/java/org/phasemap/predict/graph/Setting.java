package org.phasemap.predict.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Padding;
import org.phasemap.network.graph.Taps;
import org.phasemap.predict.graph.PositionPairs.Alike;
import org.phasemap.theory.OutsideDomainException;

/** What networks of one law and one set of inputs have in common, whatever their depth. */
final class Setting {
  /** Positions of a window, whose largest number is an integral of as many dimensions. */
  private static final int MOST_POOLED = 16;

  private final NetworkConfig network;
  private final InputPairs inputs;
  private final Alike alike;
  private final ActivationTable activation;
  private final Streams streams;
  private final UnitLaws units;
  private final TokenAttention attention = new TokenAttention();
  private final PositionBatches positionBatches;
  private final Map<List<Integer>, PositionPairs> pairs = new HashMap<>();
  private final Map<Convolution, TapPairs> taps = new HashMap<>();
  private final Map<Convolution, SharedNumbers> shared = new HashMap<>();

  /**
   * Of networks.
   *
   * @param network of any depth
   * @param graph of one of them
   */
  Setting(NetworkConfig network, InputPairs inputs, LayerGraph graph) {
    this.network = network;
    this.inputs = inputs;
    alike = alike(inputs, graph);
    activation = new ActivationTable(network.activation(), inputs.count());
    streams = new Streams(network.activation());
    units = new UnitLaws(network.activation());
    positionBatches = new PositionBatches(network.activation(), inputs);
  }

  /** What pairs of positions are alike in a network. */
  private static Alike alike(InputPairs inputs, LayerGraph graph) {
    boolean areImages = graph.nodes().get(0).shape().positions() > 1;
    boolean areGiven = areImages && !inputs.areExchangeable();
    boolean areShifted =
        !areGiven && graph.nodes().stream().allMatch(node -> keepsPositionsAlike(node.operation()));
    return areShifted ? Alike.SHIFTED : areGiven ? Alike.NONE : Alike.MIRRORED;
  }

  /** Whether a network of another depth has what this one has: its first layer may tell less. */
  boolean fits(LayerGraph graph) {
    return alike == alike(inputs, graph);
  }

  private record Convolution(Taps taps, List<Integer> grid) {}

  /** Whether an operation treats all positions of a ring alike. */
  private static boolean keepsPositionsAlike(Operation operation) {
    if (operation instanceof Operation.Weighted weighted) {
      Taps taps = weighted.taps();
      boolean wraps = taps.kernel() == 1 || taps.padding() == Padding.CIRCULAR;
      return wraps && taps.stride() == 1 && !taps.transposed();
    }
    return true;
  }

  NetworkConfig network() {
    return network;
  }

  InputPairs inputs() {
    return inputs;
  }

  ActivationTable activation() {
    return activation;
  }

  Streams streams() {
    return streams;
  }

  UnitLaws units() {
    return units;
  }

  TokenAttention attention() {
    return attention;
  }

  PositionBatches positionBatches() {
    return positionBatches;
  }

  PositionPairs pairs(List<Integer> grid) {
    return pairs.computeIfAbsent(grid, g -> PositionPairs.of(g, alike));
  }

  TapPairs taps(Taps of, List<Integer> grid) {
    return taps.computeIfAbsent(
        new Convolution(of, grid), c -> TapPairs.of(of, grid, pairs(grid), pairs(of.out(grid))));
  }

  SharedNumbers shared(Taps of, List<Integer> grid) {
    return shared.computeIfAbsent(
        new Convolution(of, grid),
        c -> new SharedNumbers(of.sources(grid), pairs(grid).positions(), pairs(of.out(grid))));
  }

  /** All positions as one window. */
  WindowPairs everything(List<Integer> grid) {
    return WindowPairs.everything(pairs(grid), pairs(List.of()));
  }

  /** The windows of a pool of means. */
  WindowPairs windows(Operation.Pool pool, List<Integer> grid) {
    return WindowPairs.of(pool.windows(grid), pairs(grid), pairs(out(pool, grid)));
  }

  /** A max pool of φ of Gaussian numbers. */
  MaxPool maxima(Operation.Pool pool, Signal gaussian) {
    List<Integer> grid = gaussian.shape().grid();
    int[][] windows = pool.windows(grid);
    OutsideDomainException.unless(
        windows[0].length <= MOST_POOLED,
        "max pools of more than " + MOST_POOLED + " positions: " + windows[0].length);
    return new MaxPool(network.activation(), gaussian.only(), windows, pairs(out(pool, grid)));
  }

  private static List<Integer> out(Operation.Pool pool, List<Integer> grid) {
    return grid.stream().map(extent -> extent / pool.window()).toList();
  }

  /** Variance of a weight times its fan-in, the mask's share in it. */
  double gain(Operation.Weighted weighted, double fanIn) {
    return network.sigmaW2() * weighted.gain2() * WeightMatrices.factor(network, weighted, fanIn);
  }

  /** What a kept weight counts in NTK parameterisation, times fan-in and mask. */
  double tangentGain(Operation.Weighted weighted) {
    return network.effectiveSigmaW2() * weighted.gain2();
  }
}
