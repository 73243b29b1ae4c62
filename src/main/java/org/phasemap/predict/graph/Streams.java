package org.phasemap.predict.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.Activation;
import org.phasemap.theory.architecture.skip.Increment;
import org.phasemap.theory.architecture.skip.StreamLaw;

/**
 * Residual streams of vectors whose numbers are not Gaussian: φ after the sum, or batch norm at the
 * end of a branch that φ sees. The law of one number of an input is followed; what two inputs have
 * in common once φ has bent it is not known.
 */
final class Streams {
  private final Activation activation;

  Streams(Activation activation) {
    this.activation = activation;
  }

  /** Of φ of Gaussian vectors. */
  StreamLaws active(Part gaussian) {
    return new StreamLaws(
        () -> laws(gaussian).stream().map(law -> law.through(activation)).toList());
  }

  /**
   * Of x + s·branch; null where it is not known.
   *
   * @param factor s
   */
  @Nullable StreamLaws sum(Part x, Part branch, double factor) {
    boolean isKnown =
        (x.law() == Law.GAUSSIAN || x.stream() != null)
            && (branch.law() == Law.GAUSSIAN || branch.law() == Law.SPHERE);
    return isKnown ? new StreamLaws(() -> added(x, branch, factor)) : null;
  }

  private List<StreamLaw> added(Part x, Part branch, double factor) {
    List<StreamLaw> sums = new ArrayList<>();
    for (StreamLaw law : laws(x)) {
      double variance = factor * factor * branch.covariance().q()[sums.size()][0];
      Increment added =
          branch.law() == Law.SPHERE && variance > 0
              ? Increment.normalised(variance, branch.covariance().inputs().count())
              : Increment.normal(variance);
      sums.add(law.plus(added, activation));
    }
    return sums;
  }

  private List<StreamLaw> laws(Part part) {
    StreamLaws stream = part.stream();
    return stream == null
        ? Arrays.stream(part.covariance().q()).map(q -> StreamLaw.normal(q[0], activation)).toList()
        : stream.all();
  }

  /** φ of numbers of known law. */
  Part activate(Part part, StreamLaws stream) {
    Covariance s = part.covariance();
    Covariance next = Covariance.zero(s.inputs(), s.pairs());
    double[][] mean = Part.zeros(s);
    StreamLaws active =
        new StreamLaws(() -> stream.all().stream().map(law -> law.through(activation)).toList());
    for (int i = 0; i < mean.length; i++) {
      StreamLaw law = active.of(i);
      mean[i][0] = activation.isOdd() ? 0 : law.mean(x -> x);
      next.q()[i][0] = law.mean(x -> x * x);
    }
    for (int block = 0; block < s.inputs().blocks(); block++) {
      next.deficit()[block][0] = s.inputs().isOwn(block) ? 0 : Double.NaN;
    }
    return new Part(part.channels(), Law.OTHER, next, mean, 1, null, active);
  }

  /**
   * Gradients under φ at the points of a part's laws, [input][point].
   *
   * @param fresh second moment of what does not depend on the number, by input
   * @param along what does, at the same points; null where nothing does
   */
  double[][] under(Part part, double[] fresh, double @Nullable [][] along) {
    List<StreamLaw> laws = laws(part);
    double[][] under = new double[laws.size()][];
    for (int i = 0; i < under.length; i++) {
      under[i] = laws.get(i).each(x -> activation.derivative(x) * activation.derivative(x));
      for (int j = 0; j < under[i].length; j++) {
        under[i][j] *= fresh[i] + (along == null ? 0 : along[i][j]);
      }
    }
    return under;
  }

  /** Means of numbers at the points of a part's laws, by input. */
  double[] means(Part part, double[][] values) {
    List<StreamLaw> laws = laws(part);
    double[] means = new double[laws.size()];
    Arrays.setAll(means, i -> laws.get(i).mean(values[i]));
    return means;
  }

  /** The same numbers at the points of the part that a sum's branch was added to. */
  static double[][] below(StreamLaws sum, double[][] values) {
    double[][] below = new double[values.length][];
    Arrays.setAll(below, i -> sum.of(i).given(values[i]));
    return below;
  }
}
