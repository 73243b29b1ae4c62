package org.phasemap.kernel.graph;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.phasemap.kernel.graph.parameter.GraphParameters;
import org.phasemap.kernel.graph.parameter.NodeWeights;
import org.phasemap.network.Activation;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.LayerGraph.Node;
import org.phasemap.network.graph.Norm;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Shape;

/**
 * A graph in float64, entry by entry as the operations' definitions have them. Values are [input]
 * [position][channel]; derivatives are had by differences.
 */
final class ReferenceNetwork {
  private final LayerGraph graph;
  private final Activation activation;
  private final List<double @Nullable []> weights = new ArrayList<>();
  private final List<double @Nullable []> biases = new ArrayList<>();
  private double margin = Double.POSITIVE_INFINITY;

  ReferenceNetwork(LayerGraph graph, Activation activation, GraphParameters parameters) {
    this.graph = graph;
    this.activation = activation;
    for (int i = 0; i < graph.nodes().size(); i++) {
      boolean weighted = graph.nodes().get(i).operation() instanceof Operation.Weighted;
      NodeWeights own = weighted ? parameters.of(i) : null;
      weights.add(own == null ? null : widened(own.weights().all().read()));
      biases.add(own == null || own.bias() == null ? null : widened(own.bias().read()));
    }
  }

  static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  /** Entries of a node's weights, to be changed. */
  double[] weights(int node) {
    double[] own = weights.get(node);
    if (own == null) {
      throw new IllegalArgumentException("no weights at " + node);
    }
    return own;
  }

  /**
   * Values of all nodes, as a batch's matrix has them.
   *
   * @param shifted node whose value is shifted; −1 for none
   */
  List<double[]> forward(double[] inputs, int batch, int shifted, double[] shift) {
    List<double[]> values = new ArrayList<>();
    for (int i = 0; i < graph.nodes().size(); i++) {
      Node node = graph.nodes().get(i);
      List<double[]> in = node.from().stream().map(values::get).toList();
      List<Shape> shapes = node.from().stream().map(j -> graph.nodes().get(j).shape()).toList();
      double[] value = value(i, node, in.isEmpty() ? List.of(inputs) : in, shapes, batch);
      if (i == shifted) {
        for (int k = 0; k < value.length; k++) {
          value[k] += shift[k];
        }
      }
      values.add(value);
    }
    return values;
  }

  private double[] value(int i, Node node, List<double[]> in, List<Shape> shapes, int batch) {
    double[] h = in.get(0);
    double[] out = new double[node.shape().size() * batch];
    int channels = node.shape().channels();
    int positions = node.shape().positions();
    Operation operation = node.operation();
    if (operation instanceof Operation.Given || operation instanceof Operation.Flatten) {
      return h.clone();
    } else if (operation instanceof Operation.Activate) {
      for (int k = 0; k < out.length; k++) {
        out[k] = activation.value(h[k]);
      }
    } else if (operation instanceof Operation.Tokens tokens) {
      for (int k = 0; k < out.length; k++) {
        int input = k / node.shape().size();
        int token = k / channels % positions;
        int part = input * (positions + 1) * channels + k % channels;
        out[k] =
            Math.sqrt(tokens.cosine()) * h[part]
                + Math.sqrt(1 - tokens.cosine()) * h[part + (token + 1) * channels];
      }
    } else if (operation instanceof Operation.Sum sum) {
      for (int k = 0; k < out.length; k++) {
        for (int j = 0; j < in.size(); j++) {
          out[k] += sum.factors().get(j) * in.get(j)[k];
        }
      }
    } else if (operation instanceof Operation.Concatenate) {
      int first = 0;
      for (int j = 0; j < in.size(); j++) {
        int own = shapes.get(j).channels();
        for (int k = 0; k < in.get(j).length; k++) {
          out[k / own * channels + first + k % own] = in.get(j)[k];
        }
        first += own;
      }
    } else if (operation instanceof Operation.Average) {
      int from = shapes.get(0).positions();
      for (int k = 0; k < h.length; k++) {
        out[k / channels / from * channels + k % channels] += h[k] / from;
      }
    } else if (operation instanceof Operation.Pool pool) {
      pool(pool, h, shapes.get(0), out, batch);
    } else if (operation instanceof Operation.Normalise normalise) {
      normalise(normalise, h, channels, out);
    } else if (operation instanceof Operation.Attend attend) {
      attend(attend.heads(), in, channels, positions, out, batch);
    } else if (operation instanceof Operation.Weighted weighted) {
      weigh(weighted, i, h, shapes.get(0), node.shape(), out);
    }
    return out;
  }

  /**
   * Least variance that was divided by so far, as a share of a mean square where that is large, or
   * distance of the two largest of a window: at 0 there is no derivative, and rounding is all.
   */
  double margin() {
    return margin;
  }

  private void pool(Operation.Pool pool, double[] h, Shape from, double[] out, int batch) {
    int channels = from.channels();
    int outputs = out.length / channels / batch;
    double share = (double) outputs / from.positions();
    boolean max = pool.kept() == Operation.Kept.MAX;
    boolean[] seen = new boolean[out.length];
    for (int k = 0; k < h.length; k++) {
      int position = k / channels % from.positions();
      int to = 0;
      int rest = from.positions();
      for (int extent : from.grid()) {
        rest /= extent;
        to = to * (extent / pool.window()) + position / rest % extent / pool.window();
      }
      int at = (k / channels / from.positions() * outputs + to) * channels + k % channels;
      if (max && seen[at]) {
        margin = Math.min(margin, Math.abs(out[at] - h[k]));
      }
      out[at] = max ? (seen[at] ? Math.max(out[at], h[k]) : h[k]) : out[at] + share * h[k];
      seen[at] = true;
    }
  }

  private void normalise(Operation.Normalise normalise, double[] h, int channels, double[] out) {
    boolean batch = normalise.norm() == Norm.BATCH;
    int size = batch ? h.length / channels : channels;
    for (int group = 0; group < h.length / size; group++) {
      int first = batch ? group : group * channels;
      int step = batch ? channels : 1;
      double mean = 0;
      for (int k = 0; k < size && normalise.norm() != Norm.RMS; k++) {
        mean += h[first + k * step] / size;
      }
      double variance = 0;
      for (int k = 0; k < size; k++) {
        variance += Math.pow(h[first + k * step] - mean, 2) / size;
      }
      margin = Math.min(margin, variance / (1 + mean * mean));
      for (int k = 0; k < size; k++) {
        out[first + k * step] =
            variance < 1e-28
                ? 0
                : normalise.gamma() * (h[first + k * step] - mean) / Math.sqrt(variance);
      }
    }
  }

  private static void attend(
      int heads, List<double[]> in, int channels, int tokens, double[] out, int batch) {
    int size = channels / heads;
    for (int input = 0; input < batch; input++) {
      for (int head = 0; head < heads; head++) {
        for (int i = 0; i < tokens; i++) {
          double[] weights = new double[tokens];
          double sum = 0;
          for (int j = 0; j < tokens; j++) {
            double logit = 0;
            for (int c = 0; c < size; c++) {
              logit +=
                  in.get(0)[(input * tokens + i) * channels + head * size + c]
                      * in.get(1)[(input * tokens + j) * channels + head * size + c];
            }
            weights[j] = Math.exp(logit / Math.sqrt(size));
            sum += weights[j];
          }
          for (int j = 0; j < tokens; j++) {
            for (int c = 0; c < size; c++) {
              out[(input * tokens + i) * channels + head * size + c] +=
                  weights[j] / sum * in.get(2)[(input * tokens + j) * channels + head * size + c];
            }
          }
        }
      }
    }
  }

  private void weigh(
      Operation.Weighted weighted, int node, double[] h, Shape from, Shape to, double[] out) {
    int[][] sources = weighted.taps().sources(from.grid());
    int in = from.channels() / weighted.groups();
    int rows = to.channels() / weighted.groups();
    double[] bias = biases.get(node);
    for (int k = 0; k < out.length; k++) {
      int channel = k % to.channels();
      int position = k / to.channels() % to.positions();
      int input = k / to.size();
      int group = channel / rows;
      out[k] = bias == null ? 0 : bias[channel];
      for (int tap = 0; tap < sources.length; tap++) {
        int source = sources[tap][position];
        for (int c = 0; source >= 0 && c < in; c++) {
          int column = (group * sources.length + tap) * in + c;
          out[k] +=
              weights(node)[column * rows + channel % rows]
                  * h[(input * from.positions() + source) * from.channels() + group * in + c];
        }
      }
    }
  }
}
