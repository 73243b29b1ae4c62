package org.phasemap.kernel.graph.parameter;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;
import org.phasemap.kernel.Stream;
import org.phasemap.kernel.Stream.Purpose;
import org.phasemap.kernel.Weights;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.graph.LayerGraph.Node;
import org.phasemap.network.graph.Operation.Weighted;
import org.phasemap.network.graph.Parameterisation;
import org.phasemap.network.graph.Shape;

/**
 * The random numbers of networks that share them: all of one replicate, whatever their σ_w, σ_b,
 * activation and depth. Weights G have variance 1 where they are kept; W = √(gain² σ_w²/fan-in) G.
 * They are drawn once, and kept while they fit.
 */
public final class WeightDraws implements AutoCloseable {
  /** Numbers that are kept: 256 MiB. */
  private static final long KEPT = 1L << 26;

  /** Layers that streams have room for, and so the step from one number of weights to the next. */
  private static final int LAYERS = 1 << 16;

  private final Kernel kernel;
  private final long seed;
  private final int replicate;
  private final Map<Key, Matrix> kept = new HashMap<>();
  private long numbers;

  private record Key(
      WeightLaw law,
      double keepProbability,
      Parameterisation parameterisation,
      int rows,
      int columns,
      int groups,
      double fanIn,
      int stream,
      Purpose purpose) {}

  /**
   * Nothing is drawn yet.
   *
   * @param seed of the spec
   * @param replicate number of the random network
   */
  public WeightDraws(Kernel kernel, long seed, int replicate) {
    this.kernel = kernel;
    this.seed = seed;
    this.replicate = replicate;
  }

  /**
   * The parameters of a node.
   *
   * @param from shape of what goes in
   */
  public NodeWeights draw(NetworkConfig network, Node node, Shape from) {
    Weighted operation = (Weighted) node.operation();
    int groups = operation.groups();
    int columns = operation.taps().count(from.grid()) * from.channels() / groups;
    int rows = operation.channels() / groups;
    double keep = network.keepProbability();
    boolean readout = node.layer() == 0;
    Key key =
        new Key(
            readout ? WeightLaw.NORMAL : network.weightLaw(),
            keep,
            operation.parameterisation(),
            rows,
            columns,
            groups,
            operation.fanIn(from),
            stream(node),
            readout ? Purpose.READOUT : Purpose.WEIGHTS);
    Blocks weights = new Blocks(copy(key), columns, columns);
    double variance = operation.gain2() * network.sigmaW2() / key.fanIn();
    scale(Math.sqrt(variance), weights.all());
    return new NodeWeights(weights, bias(network, node), keep < 1 ? mask(key) : null);
  }

  /** Number of the streams of a node's weights; layer l of an MLP has l. */
  private static int stream(Node node) {
    if (node.layer() >= LAYERS) {
      throw new IllegalArgumentException("layer " + node.layer() + " of " + LAYERS);
    }
    return node.layer() + node.number() * LAYERS;
  }

  /**
   * Standard normal numbers that belong to a node besides its weights: the first columns are the
   * same however many there are.
   *
   * @return the caller's to close
   */
  public Matrix columns(Node node, Purpose purpose, int rows, int columns) {
    return copy(
        new Key(
            WeightLaw.NORMAL,
            1,
            Parameterisation.PLAIN,
            rows,
            columns,
            1,
            columns,
            stream(node),
            purpose));
  }

  /** The bias of a node; null where there is none. */
  public @Nullable Matrix bias(NetworkConfig network, Node node) {
    if (!((Weighted) node.operation()).biased() || network.sigmaB2() == 0) {
      return null;
    }
    Matrix bias = kernel.scratch(node.shape().channels(), 1);
    Purpose purpose = node.layer() == 0 ? Purpose.READOUT_BIAS : Purpose.BIASES;
    Weights.drawBias(kernel, network.sigmaB2(), named(stream(node), purpose), bias);
    return bias;
  }

  private Matrix mask(Key key) {
    Matrix mask = kernel.scratch(key.rows(), key.columns() * key.groups());
    Purpose purpose = key.purpose() == Purpose.READOUT ? Purpose.READOUT_MASK : Purpose.MASK;
    Weights.drawMask(kernel, key.keepProbability(), named(key.stream(), purpose), mask);
    return mask;
  }

  private Stream named(int number, Purpose purpose) {
    return new Stream(seed, replicate, number, purpose);
  }

  private Matrix copy(Key key) {
    Matrix drawn = kept.get(key);
    if (drawn == null) {
      drawn = drawUnit(key);
      long size = (long) drawn.rows() * drawn.columns();
      if (numbers + size > KEPT) {
        return drawn;
      }
      numbers += size;
      kept.put(key, drawn);
    }
    Matrix copy = kernel.scratch(drawn.rows(), drawn.columns());
    kernel.copy(drawn, copy);
    return copy;
  }

  private Matrix drawUnit(Key key) {
    Matrix g = kernel.scratch(key.rows(), key.columns() * key.groups());
    Weights.drawUnit(
        kernel,
        key.law(),
        named(key.stream(), key.purpose()),
        new Blocks(g, key.columns(), key.columns()));
    if (key.keepProbability() < 1) {
      try (Matrix mask = mask(key)) {
        kernel.multiplyElements(mask, g);
      }
    }
    switch (key.parameterisation()) {
      case PLAIN -> {}
      case WEIGHT_NORM -> {
        float[] entries = g.read();
        normaliseRows(entries, key);
        g.write(entries);
      }
      case SPECTRAL_NORM -> {
        float[] rows = stacked(g.read(), key);
        double largest = SpectralNorm.of(rows, key.rows() * key.groups());
        scale(largest > 0 ? Math.sqrt(key.fanIn()) / largest : 0, g);
      }
    }
    return g;
  }

  /** Rows v become √k v/|v|, k entries of a row. */
  private static void normaliseRows(float[] entries, Key key) {
    int block = key.rows() * key.columns();
    for (int first = 0; first < entries.length; first += block) {
      for (int row = first; row < first + key.rows(); row++) {
        double square = 0;
        for (int i = row; i < first + block; i += key.rows()) {
          square += (double) entries[i] * entries[i];
        }
        double factor = square > 0 ? Math.sqrt(key.columns() / square) : 0;
        for (int i = row; i < first + block; i += key.rows()) {
          entries[i] = (float) (factor * entries[i]);
        }
      }
    }
  }

  /** Groups' rows one below the other: C_out × (taps · C_in/groups). */
  private static float[] stacked(float[] blocks, Key key) {
    if (key.groups() == 1) {
      return blocks;
    }
    float[] stacked = new float[blocks.length];
    int all = key.rows() * key.groups();
    for (int group = 0; group < key.groups(); group++) {
      for (int column = 0; column < key.columns(); column++) {
        System.arraycopy(
            blocks,
            (group * key.columns() + column) * key.rows(),
            stacked,
            column * all + group * key.rows(),
            key.rows());
      }
    }
    return stacked;
  }

  private void scale(double factor, Matrix matrix) {
    double[] factors = new double[matrix.columns()];
    Arrays.fill(factors, factor);
    kernel.scaleColumns(factors, matrix);
  }

  @Override
  public void close() {
    kept.values().forEach(Matrix::close);
  }
}
