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
  private final NetworkConfig network;
  private final InputPairs inputs;
  private final Alike alike;
  private final ActivationTable activation;
  private final Streams streams;
  private final UnitLaws units;
  private final TokenAttention attention = new TokenAttention();
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
    boolean areImages = graph.nodes().get(0).shape().positions() > 1;
    boolean areGiven = areImages && !inputs.areExchangeable();
    boolean areShifted =
        !areGiven && graph.nodes().stream().allMatch(node -> keepsPositionsAlike(node.operation()));
    alike = areShifted ? Alike.SHIFTED : areGiven ? Alike.NONE : Alike.MIRRORED;
    activation = new ActivationTable(network.activation(), inputs.count());
    streams = new Streams(network.activation());
    units = new UnitLaws(network.activation());
  }

  private record Convolution(Taps taps, List<Integer> grid) {}

  /** Whether an operation treats all positions of a ring alike. */
  private static boolean keepsPositionsAlike(Operation operation) {
    if (operation instanceof Operation.Weighted weighted) {
      Taps taps = weighted.taps();
      boolean wraps = taps.kernel() == 1 || taps.padding() == Padding.CIRCULAR;
      return wraps && taps.stride() == 1 && !taps.transposed();
    }
    return !(operation instanceof Operation.Pool);
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

  /** The windows of a pool. */
  WindowPairs windows(Operation.Pool pool, List<Integer> grid) {
    OutsideDomainException.unless(
        pool.kept() == Operation.Kept.MEAN, "no formula for max pooling across positions");
    List<Integer> out = grid.stream().map(extent -> extent / pool.window()).toList();
    return WindowPairs.of(pool.windows(grid), pairs(grid), pairs(out));
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
