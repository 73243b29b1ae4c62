package org.phasemap.predict.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.Activation;
import org.phasemap.theory.OutsideDomainException;
import org.phasemap.theory.architecture.skip.Increment;
import org.phasemap.theory.architecture.skip.StreamLaw;

/**
 * Residual streams whose numbers are not Gaussian: φ after the sum, or batch norm at the end of a
 * branch that φ sees. The law of one number is followed, of each input and position; what two of
 * them have in common once φ has bent it is not known.
 */
final class Streams {
  /** Each takes milliseconds a layer. */
  private static final int MOST_LAWS = 256;

  private final Activation activation;

  Streams(Activation activation) {
    this.activation = activation;
  }

  /** Of φ of Gaussian numbers. */
  StreamLaws active(Part gaussian) {
    return new StreamLaws(() -> through(laws(gaussian)));
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
    Map<Sum, StreamLaw> known = new HashMap<>();
    double[] q = all(branch.covariance().q());
    boolean isSphere = branch.law() == Law.SPHERE;
    for (StreamLaw law : laws(x)) {
      double variance = ActivationTable.rounded(factor * factor * q[sums.size()]);
      Increment added =
          isSphere && variance > 0
              ? Increment.normalised(variance, branch.covariance().inputs().count())
              : Increment.normal(variance);
      sums.add(
          known.computeIfAbsent(new Sum(law, added), sum -> sum.law.plus(sum.added, activation)));
    }
    return sums;
  }

  /** Positions that are alike by symmetry have one law. */
  private record Sum(StreamLaw law, Increment added) {}

  private List<StreamLaw> through(List<StreamLaw> laws) {
    Map<StreamLaw, StreamLaw> known = new HashMap<>();
    return laws.stream()
        .map(law -> known.computeIfAbsent(law, each -> each.through(activation)))
        .toList();
  }

  private List<StreamLaw> laws(Part part) {
    StreamLaws stream = part.stream();
    if (stream != null) {
      return stream.all();
    }
    double[] q = all(part.covariance().q());
    OutsideDomainException.unless(
        q.length <= MOST_LAWS,
        "an activation of a sum at more than " + MOST_LAWS + " positions of all inputs");
    Map<Double, StreamLaw> known = new HashMap<>();
    return Arrays.stream(q)
        .mapToObj(
            each ->
                known.computeIfAbsent(
                    ActivationTable.rounded(each), v -> StreamLaw.normal(v, activation)))
        .toList();
  }

  private static double[] all(double[][] byInput) {
    return Arrays.stream(byInput).flatMapToDouble(Arrays::stream).toArray();
  }

  /** φ of numbers of known law. */
  Part activate(Part part, StreamLaws stream) {
    Covariance s = part.covariance();
    Covariance next = Covariance.zero(s.inputs(), s.pairs());
    double[][] mean = Part.zeros(s);
    StreamLaws active = new StreamLaws(() -> through(stream.all()));
    Iterator<StreamLaw> laws = active.all().iterator();
    for (int i = 0; i < mean.length; i++) {
      for (int k = 0; k < mean[i].length; k++) {
        StreamLaw law = laws.next();
        mean[i][k] = activation.isOdd() ? 0 : law.mean(x -> x);
        next.q()[i][k] = law.mean(x -> x * x);
      }
    }
    for (int block = 0; block < s.inputs().blocks(); block++) {
      for (int c = 0; c < s.pairs().classes(); c++) {
        boolean isItself = s.inputs().isOwn(block) && s.pairs().isDiagonal(c);
        next.deficit()[block][c] = isItself ? 0 : Double.NaN;
      }
    }
    return new Part(part.channels(), Law.OTHER, next, mean, 1, null, active, null);
  }

  /**
   * Gradients under φ at the points of a part's laws, [law][point].
   *
   * @param fresh second moment of what does not depend on the number, by law
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

  /** Means of numbers at the points of a part's laws. */
  double[] means(Part part, double[][] values) {
    List<StreamLaw> laws = laws(part);
    double[] means = new double[laws.size()];
    Arrays.setAll(means, i -> laws.get(i).mean(values[i]));
    return means;
  }

  /** The same numbers at the points of the part that a sum's branch was added to. */
  static double[][] below(StreamLaws sum, double[][] values) {
    double[][] below = new double[values.length][];
    Arrays.setAll(below, i -> sum.all().get(i).given(values[i]));
    return below;
  }
}
