package org.phasemap.kernel.graph;

import java.util.List;
import java.util.stream.IntStream;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.graph.weighing.Weighings;
import org.phasemap.network.Activation;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.LayerGraph.Node;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Shape;

/** Who evaluates each operation. */
final class Steps implements AutoCloseable {
  /** What a bias counts at each position: of jets, in the value alone. */
  private static final double[] JET = {1, 0, 0};

  private static final double[] ONE = {1};

  private final Kernel kernel;
  private final LayerGraph graph;
  private final Activation activation;
  private final int batch;
  private final Weighings weighings;

  Steps(Kernel kernel, LayerGraph graph, Activation activation, int batch) {
    this.kernel = kernel;
    this.graph = graph;
    this.activation = activation;
    this.batch = batch;
    weighings = new Weighings(kernel, batch);
  }

  /** One for each node. */
  List<Step> all() {
    return graph.nodes().stream().map(this::step).toList();
  }

  @Override
  public void close() {
    weighings.close();
  }

  private Step step(Node node) {
    List<Shape> from = node.from().stream().map(i -> graph.nodes().get(i).shape()).toList();
    return node.operation().read(new Reader(from));
  }

  private final class Reader implements Operation.Reader<Step> {
    private final List<Shape> from;

    Reader(List<Shape> from) {
      this.from = from;
    }

    private int channels() {
      return from.get(0).channels();
    }

    private int positions() {
      return from.get(0).positions();
    }

    @Override
    public Step given(Operation.Given given) {
      if (graph.hasJets()) {
        return new JetInput();
      }
      return given.planes() == 1
          ? new Reshaping()
          : new PlanesApart(given.planes(), given.shape().size());
    }

    @Override
    public Step tokens(Operation.Tokens tokens) {
      return new Embedding(tokens, from.get(0).size() / (tokens.tokens() + 1));
    }

    @Override
    public Step weighted(Operation.Weighted weighted) {
      return new Weighting(
          kernel, weighings.of(weighted, from.get(0)), graph.hasJets() ? JET : ONE);
    }

    @Override
    public Step activate(Operation.Activate activate) {
      return graph.hasJets() ? new JetActivating(activation) : new Activating(kernel, activation);
    }

    @Override
    public Step normalise(Operation.Normalise normalise) {
      return new Normalising(normalise, channels());
    }

    @Override
    public Step sum(Operation.Sum sum) {
      return new Addition(kernel, sum.factors());
    }

    @Override
    public Step concatenate(Operation.Concatenate concatenate) {
      return new Concatenation(from.stream().map(Shape::channels).toList());
    }

    @Override
    public Step attend(Operation.Attend attend) {
      return new Attending(kernel, channels(), attend.heads(), positions(), batch);
    }

    @Override
    public Step pool(Operation.Pool pool) {
      int[][] windows = pool.windows(from.get(0).grid());
      return switch (pool.kept()) {
        case MEAN -> new Averaging(channels(), positions(), windows);
        case MAX -> new Maximum(channels(), positions(), windows);
      };
    }

    @Override
    public Step average(Operation.Average average) {
      int[][] whole = {IntStream.range(0, positions()).toArray()};
      return new Averaging(channels(), positions(), whole);
    }

    @Override
    public Step flatten(Operation.Flatten flatten) {
      return new Reshaping();
    }
  }
}
