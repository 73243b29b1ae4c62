package org.phasemap.rows;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.jspecify.annotations.Nullable;
import org.phasemap.quantity.Category;

/**
 * What the replicates of a cell come to.
 *
 * @param configuration the cell's columns, in order
 * @param measured rows
 * @param failed rows
 * @param categories rows of each {@link Category}, in its order
 * @param scalars of {@link ReplicateFigures#AVERAGED}; null where no row has a value
 */
public record CellFigures(
    @Nullable Object[] configuration,
    long measured,
    long failed,
    long[] categories,
    @Nullable Scalar[] scalars)
    implements Serializable {
  /** The quantiles of a {@link Scalar}, in order. */
  public static final List<Double> PROBABILITIES = List.of(0.05, 0.5, 0.95);

  /**
   * A column of replicates.
   *
   * @param count of values
   * @param mean of these
   * @param sd their standard deviation, of n − 1; NaN for one value
   * @param quantiles the smallest values that at least such shares do not exceed; empty where not
   *     asked for
   */
  public record Scalar(long count, double mean, double sd, double[] quantiles)
      implements Serializable {}

  /** A random network among the figures of a cell. */
  private record Network(ReplicateFigures figures, int index) {
    int replicate() {
      return figures.replicates()[index];
    }

    double value(int quantity) {
      return figures.values()[index * ReplicateFigures.AVERAGED.size() + quantity];
    }
  }

  /** From all rows of a cell, in no order. */
  public static CellFigures of(Iterable<ReplicateFigures> parts) {
    List<ReplicateFigures> figures = new ArrayList<>();
    parts.forEach(figures::add);
    // Sums of doubles depend on their order: it is that of the replicates' numbers, however many
    // commits they came in.
    List<Network> networks =
        figures.stream()
            .flatMap(
                part ->
                    IntStream.range(0, part.replicates().length)
                        .mapToObj(index -> new Network(part, index)))
            .sorted(Comparator.comparingInt(Network::replicate))
            .toList();
    @Nullable Scalar[] scalars = new Scalar[ReplicateFigures.AVERAGED.size()];
    for (int i = 0; i < scalars.length; i++) {
      int quantity = i;
      double[] values =
          networks.stream()
              .mapToDouble(n -> n.value(quantity))
              .filter(v -> !Double.isNaN(v))
              .toArray();
      scalars[i] = values.length > 0 ? scalar(values) : null;
    }
    return new CellFigures(
        figures.get(0).configuration(),
        figures.stream().mapToLong(ReplicateFigures::measured).sum(),
        figures.stream().mapToLong(ReplicateFigures::failed).sum(),
        sum(figures),
        scalars);
  }

  private static long[] sum(List<ReplicateFigures> figures) {
    long[] sum = new long[Category.values().length];
    Arrays.setAll(sum, i -> figures.stream().mapToLong(part -> part.categories()[i]).sum());
    return sum;
  }

  /** Rows of a category. */
  @SuppressWarnings("EnumOrdinal") // a map would box
  public long count(Category category) {
    return categories[category.ordinal()];
  }

  private static Scalar scalar(double[] values) {
    double mean = StatUtils.mean(values);
    double sd = values.length > 1 ? Math.sqrt(StatUtils.variance(values, mean)) : Double.NaN;
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] quantiles =
        PROBABILITIES.stream()
            .mapToDouble(p -> sorted[(int) Math.max(0, Math.ceil(p * sorted.length) - 1)])
            .toArray();
    return new Scalar(values.length, mean, sd, quantiles);
  }
}
