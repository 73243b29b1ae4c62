package org.phasemap.predict.graph;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.LayerGraph.Node;
import org.phasemap.network.graph.Norm;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Operation.Weighted;
import org.phasemap.network.graph.Padding;

/**
 * How much of a squared gradient at a node below, summed over channels and positions, one at a node
 * above makes: Σ_below = reach · Σ_above along all paths between them. Example: through x + s W
 * φ(x) it is 1 + s² σ_w² E φ′². By node, part and kind of position.
 */
final class Reaches {
  private final Setting setting;
  private final LayerGraph graph;
  private final List<Signal> signals;
  private final Map<Integer, double[] @Nullable []> reach = new HashMap<>();

  private Reaches(Setting setting, LayerGraph graph, List<Signal> signals) {
    this.setting = setting;
    this.graph = graph;
    this.signals = signals;
  }

  /** Which paths. */
  interface Choice {
    /** Whether a part of an activation or a norm is where they start. */
    boolean isStart(int node, int part);
  }

  /** From a node up, from all that it has; empty where an operation is none that is followed. */
  static Optional<Reaches> from(
      Setting setting, LayerGraph graph, List<Signal> signals, int bottom) {
    Reaches found = new Reaches(setting, graph, signals);
    double[] ones = new double[signals.get(bottom).pairs().kinds()];
    Arrays.fill(ones, 1);
    found.reach.put(bottom, new double[][] {ones});
    return found.ascend(bottom + 1, found, (node, part) -> false)
        ? Optional.of(found)
        : Optional.empty();
  }

  /** The part of these that goes through some activations or norms, from there on. */
  Reaches through(int bottom, Choice choice) {
    Reaches found = new Reaches(setting, graph, signals);
    found.ascend(bottom + 1, this, choice);
    return found;
  }

  /** At a node; null where nothing goes through it. */
  double @Nullable [] @Nullable [] at(int node) {
    return reach.get(node);
  }

  private boolean ascend(int from, Reaches all, Choice choice) {
    for (int at = from; at < graph.readout(); at++) {
      Node node = graph.nodes().get(at);
      if (node.from().stream().anyMatch(all.reach::containsKey)) {
        if (!isFollowed(node, at)) {
          return false;
        }
        pass(at, node, all, choice);
      }
    }
    return true;
  }

  private boolean isFollowed(Node node, int at) {
    Operation operation = node.operation();
    if (operation instanceof Operation.Normalise normalise) {
      Operation below = graph.nodes().get(node.from().get(0)).operation();
      boolean isOfStream = below instanceof Weighted || below instanceof Operation.Sum;
      return normalise.norm() != Norm.BATCH && isOfStream;
    }
    boolean isEnd =
        operation instanceof Operation.Flatten || operation instanceof Operation.Average;
    return (operation instanceof Weighted weighted && isFollowed(weighted))
        || operation instanceof Operation.Activate
        || operation instanceof Operation.Sum
        || operation instanceof Operation.Concatenate
        || (isEnd && at == graph.readout() - 1);
  }

  /**
   * Whether channels mix, and gradients at one position alone make those below. Where an image is
   * mirrored at its borders, one tap reads a number from two positions, whose gradients' product
   * counts too.
   */
  private static boolean isFollowed(Weighted weighted) {
    boolean isMirrored =
        weighted.taps().padding() == Padding.REFLECT && weighted.taps().kernel() > 1;
    return weighted.groups() == 1 && !weighted.taps().transposed() && !isMirrored;
  }

  private void pass(int at, Node node, Reaches all, Choice choice) {
    int parts = signals.get(at).parts().size();
    double[] @Nullable [] own = new double[parts][];
    boolean isAny = false;
    for (int p = 0; p < parts; p++) {
      own[p] = part(at, node, p, choice.isStart(at, p) ? all : this);
      isAny |= own[p] != null;
    }
    if (isAny) {
      reach.put(at, own);
    }
  }

  /** From paths to what is below a node. */
  private double @Nullable [] part(int at, Node node, int part, Reaches below) {
    Operation operation = node.operation();
    if (operation instanceof Weighted weighted) {
      return weighted(at, node, weighted);
    }
    if (operation instanceof Operation.Sum sum) {
      return sum(node, sum);
    }
    if (operation instanceof Operation.Concatenate) {
      return below.part(node.from().get(part), 0);
    }
    double[] own = below.part(node.from().get(0), part);
    if (own == null) {
      return null;
    }
    return operation instanceof Operation.Normalise normalise
        ? times(divided(at, normalise), own)
        : operation instanceof Operation.Activate ? times(slopes(at, part), own) : own;
  }

  private double @Nullable [] part(int node, int part) {
    double[] @Nullable [] parts = reach.get(node);
    return parts == null ? null : parts[part];
  }

  /** γ² over the squared length, by kind of position. */
  private double[] divided(int at, Operation.Normalise normalise) {
    double[] deviation = signals.get(at).deviation()[0].clone();
    for (int k = 0; k < deviation.length; k++) {
      deviation[k] = normalise.gamma() * normalise.gamma() / deviation[k] / deviation[k];
    }
    return deviation;
  }

  /** E φ′² by kind of position. */
  double[] slopes(int at, int part) {
    Part own = signals.get(at).parts().get(part);
    PositionPairs pairs = signals.get(at).pairs();
    double[][] slopes = own.slopes();
    double[] each = new double[pairs.kinds()];
    for (int k = 0; k < each.length; k++) {
      each[k] = slopes == null ? 1 : slopes[setting.inputs().own(0)][pairs.diagonal(k)];
    }
    return each;
  }

  private static double[] times(double[] a, double[] b) {
    double[] product = a.clone();
    for (int k = 0; k < a.length; k++) {
      product[k] *= b[k];
    }
    return product;
  }

  private double @Nullable [] weighted(int at, Node node, Weighted weighted) {
    double[] @Nullable [] below = reach.get(node.from().get(0));
    if (below == null) {
      return null;
    }
    Signal from = signals.get(node.from().get(0));
    double[] mixed = new double[from.pairs().kinds()];
    for (int p = 0; p < below.length; p++) {
      double[] part = below[p];
      double share = (double) from.parts().get(p).channels() / from.channels();
      for (int k = 0; part != null && k < mixed.length; k++) {
        mixed[k] += share * part[k];
      }
    }
    List<Integer> grid = from.shape().grid();
    double factor = signals.get(at).weights().gain() / weighted.taps().fan(grid);
    return setting.taps(weighted.taps(), grid).upPositions(factor, mixed);
  }

  private double @Nullable [] sum(Node node, Operation.Sum sum) {
    double[] all = null;
    for (int i = 0; i < node.from().size(); i++) {
      double[] @Nullable [] term = reach.get(node.from().get(i));
      double[] own = term == null ? null : term[0];
      double square = sum.factors().get(i) * sum.factors().get(i);
      for (int k = 0; own != null && k < own.length; k++) {
        all = all == null ? new double[own.length] : all;
        all[k] += square * own[k];
      }
    }
    return all;
  }
}
