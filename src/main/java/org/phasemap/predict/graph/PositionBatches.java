package org.phasemap.predict.graph;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.phasemap.network.Activation;
import org.phasemap.theory.OutsideDomainException;
import org.phasemap.theory.architecture.norm.field.NormedField;
import org.phasemap.theory.architecture.norm.field.PairAlgebra;

/** Batch norm of Gaussian channels over inputs and positions: {@link NormedField}. */
final class PositionBatches {
  private final Activation activation;
  private final InputPairs inputs;
  private final Map<PositionPairs, PairAlgebra> algebras = new HashMap<>();

  PositionBatches(Activation activation, InputPairs inputs) {
    this.activation = activation;
    this.inputs = inputs;
  }

  /** The normalised channels. */
  Part of(Part part, double gamma) {
    Covariance s = part.covariance();
    OutsideDomainException.unless(
        inputs.areExchangeable(), "batch norm has formulas for inputs that are exchangeable");
    OutsideDomainException.unless(
        part.law() == Law.GAUSSIAN, "no formula for batch norm of what is not Gaussian");
    if (gamma == 0) {
      return Part.centred(part.channels(), Law.GAUSSIAN, Covariance.zero(inputs, s.pairs()));
    }
    PairAlgebra algebra = algebra(s.pairs());
    NormedField field = new NormedField(algebra, entries(s), activation, gamma);
    Covariance next = covariance(s, field.normalised());
    return new Part(part.channels(), Law.FIELD, next, Part.zeros(next), gamma, null, null, field);
  }

  private PairAlgebra algebra(PositionPairs pairs) {
    return algebras.computeIfAbsent(pairs, p -> p.algebra(inputs.count()));
  }

  /** φ of normalised channels. */
  Part activate(Part normed) {
    Covariance s = normed.covariance();
    NormedField.Values values = field(normed).values();
    double[][] mean = {activation.isOdd() ? new double[values.means().length] : values.means()};
    return new Part(normed.channels(), Law.OTHER, covariance(s, values.products()), mean, 1, null);
  }

  /** Gradients under the norm from those above its φ. */
  double[][] down(Part normed, double[][] gradient) {
    PositionPairs pairs = normed.covariance().pairs();
    double[] above = entries(pairs, gradient);
    return blocks(pairs, field(normed).down(above));
  }

  /** The same where no φ follows. */
  double[][] downLinear(Part normed, double[][] gradient) {
    boolean isNone = Arrays.stream(gradient).flatMapToDouble(Arrays::stream).allMatch(g -> g == 0);
    if (isNone || normed.field() == null) {
      return BlockArrays.map(gradient, (block, c, g) -> 0);
    }
    PositionPairs pairs = normed.covariance().pairs();
    double[] above = entries(pairs, gradient);
    return blocks(pairs, field(normed).downLinear(above));
  }

  private static NormedField field(Part normed) {
    return Objects.requireNonNull(normed.field(), "not normalised");
  }

  private static double[] entries(Covariance s) {
    double[][] products = new double[s.inputs().blocks()][s.pairs().classes()];
    return entries(s.pairs(), BlockArrays.map(products, (block, c, x) -> s.of(block, c)));
  }

  private static double[] entries(PositionPairs pairs, double[][] matrix) {
    int[] classes = pairs.entries();
    double[] entries = new double[matrix.length * classes.length];
    Arrays.setAll(entries, e -> matrix[e / classes.length][classes[e % classes.length]]);
    return entries;
  }

  private static double[][] blocks(PositionPairs pairs, double[] entries) {
    int[] classes = pairs.entries();
    double[][] blocks = new double[entries.length / classes.length][pairs.classes()];
    for (int e = 0; e < entries.length; e++) {
      blocks[e / classes.length][classes[e % classes.length]] = entries[e];
    }
    return blocks;
  }

  private static Covariance covariance(Covariance like, double[] products) {
    double[][] blocks = blocks(like.pairs(), products);
    Covariance s = Covariance.zero(like.inputs(), like.pairs());
    for (int k = 0; k < s.pairs().kinds(); k++) {
      s.q()[0][k] = blocks[0][s.pairs().diagonal(k)];
    }
    for (int block = 0; block < blocks.length; block++) {
      for (int c = 0; c < blocks[block].length; c++) {
        boolean isItself = block == 0 && s.pairs().isDiagonal(c);
        double mean = 0.5 * (s.first(block, c) + s.second(block, c));
        s.deficit()[block][c] = isItself ? 0 : mean - blocks[block][c];
      }
    }
    return s;
  }
}
