package org.phasemap.predict.graph;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.phasemap.network.Activation;
import org.phasemap.theory.OutsideDomainException;
import org.phasemap.theory.architecture.norm.field.NormedField;

/**
 * Batch norm of Gaussian channels over inputs and positions, and over given inputs. Of given inputs
 * there are no tangent kernels: {@link NetworkTheory#missing} says so.
 */
final class PositionBatches {
  private final Activation activation;
  private final InputPairs inputs;
  private final Map<PositionPairs, NormedPairs> known = new HashMap<>();

  PositionBatches(Activation activation, InputPairs inputs) {
    this.activation = activation;
    this.inputs = inputs;
  }

  private NormedPairs normed(Covariance s) {
    return known.computeIfAbsent(s.pairs(), pairs -> NormedPairs.of(inputs, pairs));
  }

  /** The normalised channels. */
  Part of(Part part, double gamma) {
    Covariance s = part.covariance();
    OutsideDomainException.unless(
        part.law() == Law.GAUSSIAN, "no formula for batch norm of what is not Gaussian");
    if (gamma == 0) {
      return Part.centred(part.channels(), Law.GAUSSIAN, Covariance.zero(inputs, s.pairs()));
    }
    NormedPairs pairs = normed(s);
    NormedField field = new NormedField(pairs.algebra(), pairs.entries(s), activation, gamma);
    Covariance next = pairs.covariance(s, field.normalised());
    return new Part(part.channels(), Law.FIELD, next, Part.zeros(next), gamma, null, null, field);
  }

  /** φ of normalised channels. */
  Part activate(Part normed) {
    Covariance s = normed.covariance();
    NormedField.Values values = field(normed).values();
    Covariance next = normed(s).covariance(s, values.products());
    double[][] mean = Part.zeros(next);
    for (int i = 0; i < mean.length && !activation.isOdd(); i++) {
      System.arraycopy(values.means(), i * mean[i].length, mean[i], 0, mean[i].length);
    }
    return new Part(normed.channels(), Law.OTHER, next, mean, 1, null);
  }

  /** Gradients under the norm from those above its φ. */
  double[][] down(Part normed, double[][] gradient) {
    NormedPairs pairs = normed(normed.covariance());
    return pairs.blocks(field(normed).down(pairs.entries(gradient)));
  }

  /** The same where no φ follows. */
  double[][] downLinear(Part normed, double[][] gradient) {
    boolean isNone = Arrays.stream(gradient).flatMapToDouble(Arrays::stream).allMatch(g -> g == 0);
    if (isNone || normed.field() == null) {
      return BlockArrays.map(gradient, (block, c, g) -> 0);
    }
    NormedPairs pairs = normed(normed.covariance());
    return pairs.blocks(field(normed).downLinear(pairs.entries(gradient)));
  }

  private static NormedField field(Part normed) {
    return Objects.requireNonNull(normed.field(), "not normalised");
  }
}
