package org.phasemap.network;

import java.io.Serializable;
import java.util.Optional;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.LayerMap;

/**
 * The kind of a network. Who measures, predicts, trains or weighs networks has a {@link Reader}: a
 * new kind does not compile until each of them says what it does with it. Most new architectures
 * are no new kind: they are {@link Layered}, and everyone reads their graph.
 */
public sealed interface Architecture extends Serializable {
  /** Fully connected layers of one width: {@link NetworkConfig}. */
  Architecture MLP = new Mlp();

  /** What a reader says of it. */
  <R> R read(Reader<R> reader);

  /**
   * Whether its layers are z′ = Wφ(z) + b and no more, with σ_w²/fan-in the variance of W, so that
   * φ's edge of chaos is its own, but for borders and finite widths.
   */
  boolean hasPlainLayers();

  /**
   * The map that all its layers have, at every position; empty where layers or positions differ, as
   * with skips, depthwise convolutions and zeros at borders.
   */
  Optional<LayerMap> layerMap();

  /** Answers one question about each kind. */
  interface Reader<R> {
    /** Of fully connected layers. */
    R mlp(Mlp mlp);

    /** Of what a graph of layers describes. */
    R layered(Layered layered);
  }

  /** Fully connected layers of one width. */
  record Mlp() implements Architecture {
    @Override
    public boolean hasPlainLayers() {
      return true;
    }

    @Override
    public Optional<LayerMap> layerMap() {
      return Optional.of(LayerMap.PLAIN);
    }

    @Override
    public <R> R read(Reader<R> reader) {
      return reader.mlp(this);
    }

    @Override
    public String toString() {
      return "mlp";
    }
  }

  /**
   * A network that a graph of layers describes. Its text, {@code toString}, says all of it: tables
   * have it, and cell ids are made from it.
   */
  non-sealed interface Layered extends Architecture {
    /**
     * The network of a depth and width.
     *
     * @param depth L, the number of layers or blocks
     * @param width n: units, channels, or components of a token
     * @param dimension n₀, numbers of an input
     * @throws org.phasemap.network.architecture.Misfit if there is none, with what is allowed
     */
    LayerGraph graph(int depth, int width, int dimension);

    /** Layers after which the kinds of layers come again: 1, or as many as from pool to pool. */
    default int period() {
      return 1;
    }

    @Override
    default boolean hasPlainLayers() {
      return false;
    }

    @Override
    default Optional<LayerMap> layerMap() {
      return Optional.empty();
    }

    /** What the output is to solve as a function of its one input; empty of most networks. */
    default Optional<Equation> equation() {
      return Optional.empty();
    }

    @Override
    default <R> R read(Reader<R> reader) {
      return reader.layered(this);
    }
  }
}
