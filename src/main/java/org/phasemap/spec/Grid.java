package org.phasemap.spec;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.phasemap.spec.NetworkAxes.Scheme;
import org.phasemap.spec.NetworkAxes.Variance;
import org.phasemap.spec.NetworkAxes.Weights;

/** Reads the axes of a grid, and counts its cells. */
public final class Grid {
  private Grid() {}

  /** A grid of its own. */
  static NetworkAxes read(Section section) {
    return new NetworkAxes(
        section.read(Format.ACTIVATION),
        section.read(Format.DEPTH),
        section.read(Format.WIDTH),
        weights(section, null),
        section.read(Format.SIGMA_B2),
        section.read(Format.KEEP_PROBABILITY),
        section.read(Format.RESCALE_FOR_SPARSITY));
  }

  /** A grid that takes from another what it does not say. */
  static NetworkAxes read(Section section, NetworkAxes main) {
    return new NetworkAxes(
        or(section.find(Format.ACTIVATION), main.activation()),
        or(section.find(Format.DEPTH), main.depth()),
        or(section.find(Format.WIDTH), main.width()),
        weights(section, main.weights()),
        or(section.find(Format.SIGMA_B2), main.sigmaB2()),
        or(section.find(Format.KEEP_PROBABILITY), main.keepProbability()),
        or(section.find(Format.RESCALE_FOR_SPARSITY), main.rescaleForSparsity()));
  }

  private static Weights weights(Section section, @Nullable Weights main) {
    List<Double> sigmaW2 = section.find(Format.SIGMA_W2);
    boolean scheme = section.has(Format.INIT) || section.has(Format.SIGMA_MULTIPLIER);
    if (sigmaW2 != null) {
      if (scheme) {
        Field<?> other = section.has(Format.INIT) ? Format.INIT : Format.SIGMA_MULTIPLIER;
        Place place = section.at(Format.SIGMA_W2);
        throw place.wrong(
            place.node().shown()
                + " is given beside "
                + other.key()
                + "; allowed: sigma_w2, or init and sigma_multiplier");
      }
      return new Variance(sigmaW2);
    }
    if (main instanceof Variance && !scheme) {
      return main;
    }
    if (main instanceof Scheme inherited) {
      return new Scheme(
          or(section.find(Format.INIT), inherited.init()),
          or(section.find(Format.SIGMA_MULTIPLIER), inherited.sigmaMultiplier()));
    }
    return new Scheme(section.read(Format.INIT), section.read(Format.SIGMA_MULTIPLIER));
  }

  private static <T> T or(@Nullable T given, T inherited) {
    return given == null ? inherited : given;
  }

  /** How many values each axis has, by field. */
  static Map<String, Integer> sizes(NetworkAxes grid) {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    sizes.put(Format.ACTIVATION.key(), grid.activation().size());
    sizes.put(Format.DEPTH.key(), grid.depth().size());
    sizes.put(Format.WIDTH.key(), grid.width().size());
    if (grid.weights() instanceof Scheme scheme) {
      sizes.put(Format.INIT.key(), scheme.init().size());
      sizes.put(Format.SIGMA_MULTIPLIER.key(), scheme.sigmaMultiplier().size());
    } else if (grid.weights() instanceof Variance variance) {
      sizes.put(Format.SIGMA_W2.key(), variance.sigmaW2().size());
    }
    sizes.put(Format.SIGMA_B2.key(), grid.sigmaB2().size());
    sizes.put(Format.KEEP_PROBABILITY.key(), grid.keepProbability().size());
    return sizes;
  }

  private static Map<String, Integer> sizes(Training training) {
    Map<String, Integer> sizes = sizes(training.network());
    sizes.put(TrainingFormat.OPTIMISER.key(), training.optimiser().size());
    sizes.put(TrainingFormat.LEARNING_RATE.key(), training.learningRate().size());
    sizes.put(TrainingFormat.BATCH_SIZE.key(), training.batchSize().size());
    return sizes;
  }

  /** How many cells the grid has. */
  static BigInteger cells(NetworkAxes grid) {
    return cells(sizes(grid));
  }

  /** How many cells are trained. */
  static BigInteger cells(Training training) {
    return cells(sizes(training));
  }

  private static BigInteger cells(Map<String, Integer> sizes) {
    return sizes.values().stream()
        .map(BigInteger::valueOf)
        .reduce(BigInteger.ONE, BigInteger::multiply);
  }

  /** The number of cells and where it comes from: {@code 54 cells (depth 9 × activation 6)}. */
  static String cellsInWords(NetworkAxes grid) {
    return cellsInWords(sizes(grid));
  }

  /** The same of what is trained. */
  static String cellsInWords(Training training) {
    return cellsInWords(sizes(training));
  }

  private static String cellsInWords(Map<String, Integer> sizes) {
    String factors =
        sizes.entrySet().stream()
            .filter(axis -> axis.getValue() > 1)
            .map(axis -> axis.getKey() + " " + axis.getValue())
            .collect(Collectors.joining(" × "));
    BigInteger cells = cells(sizes);
    String noun = cells.equals(BigInteger.ONE) ? " cell" : " cells";
    return cells + noun + (factors.isEmpty() ? "" : " (" + factors + ")");
  }
}
