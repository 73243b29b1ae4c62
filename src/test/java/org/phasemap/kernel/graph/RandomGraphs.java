package org.phasemap.kernel.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.phasemap.network.graph.LayerGraph;
import org.phasemap.network.graph.Norm;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Padding;
import org.phasemap.network.graph.Parameterisation;
import org.phasemap.network.graph.Shape;
import org.phasemap.network.graph.Taps;

/** Small graphs of any operations. */
@SuppressWarnings("EnumOrdinal") // any whole number will do
final class RandomGraphs {
  private final Random random;
  private final LayerGraph.Builder builder = new LayerGraph.Builder();
  private final List<Integer> nodes = new ArrayList<>();

  private RandomGraphs(long seed) {
    // Seeds side by side begin alike.
    random = new Random(seed * 0x9E3779B97F4A7C15L);
  }

  static LayerGraph of(long seed) {
    return new RandomGraphs(seed).graph();
  }

  private LayerGraph graph() {
    int last = start();
    for (int i = 0; i < 6; i++) {
      nodes.add(last);
      last = next(last);
      if (i % 2 == 0) {
        builder.endLayer(last);
      }
    }
    int seen =
        random.nextBoolean()
            ? builder.add(new Operation.Flatten(), last)
            : builder.add(new Operation.Average(), last);
    return builder.readout(Operation.Weighted.dense(1 + random.nextInt(2)), seen);
  }

  private int start() {
    Shape shape =
        switch (random.nextInt(4)) {
          case 0 -> Shape.vector(6);
          case 1 -> new Shape(4, List.of(4));
          case 2 -> new Shape(2, List.of(4, 6));
          default -> Shape.vector(20);
        };
    int given = builder.add(new Operation.Given(shape));
    int x = shape.channels() == 20 ? builder.add(new Operation.Tokens(4, 0.3), given) : given;
    return builder.add(Operation.Weighted.dense(4), x);
  }

  private int next(int from) {
    Shape shape = builder.shape(from);
    return switch (random.nextInt(9)) {
      case 0 -> builder.add(new Operation.Activate(), from);
      case 1 -> builder.add(new Operation.Normalise(norm(), 0.7), from);
      case 2 -> sum(from, shape);
      case 3 -> joined(from, shape);
      case 4 -> attention(from, shape);
      case 5 -> pooled(from, shape);
      default -> builder.add(weighted(shape), from);
    };
  }

  private Norm norm() {
    return List.of(Norm.BATCH, Norm.LAYER, Norm.RMS).get(random.nextInt(3));
  }

  private int sum(int from, Shape shape) {
    List<Integer> alike = nodes.stream().filter(i -> builder.shape(i).equals(shape)).toList();
    int other = alike.get(random.nextInt(alike.size()));
    return builder.add(new Operation.Sum(List.of(0.8, 1.0, -0.5)), from, other, from);
  }

  private int joined(int from, Shape shape) {
    List<Integer> alike =
        nodes.stream().filter(i -> builder.shape(i).grid().equals(shape.grid())).toList();
    int other = alike.get(random.nextInt(alike.size()));
    int joined = builder.add(new Operation.Concatenate(), from, other);
    return builder.add(Operation.Weighted.dense(4), joined);
  }

  private int attention(int from, Shape shape) {
    Operation.Weighted projection = Operation.Weighted.dense(shape.channels()).unbiased();
    int heads = shape.channels() % 2 == 0 ? 2 : 1;
    return builder.add(
        new Operation.Attend(heads),
        builder.add(projection, from),
        builder.add(projection, from),
        from);
  }

  private int pooled(int from, Shape shape) {
    Operation.Kept kept = Operation.Kept.values()[random.nextInt(2)];
    boolean even = shape.grid().stream().allMatch(extent -> extent % 2 == 0);
    return builder.add(new Operation.Pool(kept, even ? 2 : 1), from);
  }

  private Operation.Weighted weighted(Shape shape) {
    boolean transposed = random.nextInt(4) == 0;
    Taps taps =
        new Taps(
            1 + random.nextInt(3),
            1 + random.nextInt(2),
            Padding.values()[random.nextInt(3)],
            transposed);
    int groups = List.of(1, 2, shape.channels()).get(random.nextInt(3));
    groups = shape.channels() % groups == 0 ? groups : 1;
    int channels = groups * Math.max(1, 4 / groups) * (random.nextInt(4) == 0 ? 2 : 1);
    Parameterisation parameterisation =
        Arrays.asList(Parameterisation.values()).get(random.nextInt(3));
    return new Operation.Weighted(
        channels, taps, groups, 1.5, random.nextBoolean(), parameterisation);
  }
}
