package org.phasemap.predict.graph;

import java.util.ArrayList;
import java.util.List;
import org.phasemap.network.graph.Norm;
import org.phasemap.network.graph.Operation;
import org.phasemap.theory.OutsideDomainException;

/**
 * Layer and RMS norm over the channels of each column, in the limit of many (ARCHITECTURES 2.3): a
 * number divides the column, so what was Gaussian stays so.
 */
final class FeatureNorms {
  private FeatureNorms() {}

  static Signal of(Operation.Normalise normalise, Signal from) {
    double[][] deviation = deviation(normalise.norm(), from);
    List<Part> parts = new ArrayList<>();
    for (Part part : from.parts()) {
      parts.add(divided(part, normalise, deviation));
    }
    return new Signal(from.shape(), from.pairs(), parts, null, deviation, null);
  }

  private static double[][] deviation(Norm norm, Signal from) {
    boolean isSingle = from.parts().size() == 1;
    OutsideDomainException.unless(
        isSingle || from.parts().stream().allMatch(Part::isCentred),
        "layer norm over channels of different means");
    double[][] q = from.covariance().q();
    double[][] deviation = new double[q.length][q[0].length];
    for (int i = 0; i < q.length; i++) {
      for (int k = 0; k < q[i].length; k++) {
        double mean = norm == Norm.LAYER && isSingle ? from.only().mean()[i][k] : 0;
        deviation[i][k] = Math.sqrt(q[i][k] - mean * mean);
        OutsideDomainException.unless(
            deviation[i][k] > 0, "a norm has nothing to divide by: the signal has died out");
      }
    }
    return deviation;
  }

  private static Part divided(Part part, Operation.Normalise normalise, double[][] deviation) {
    boolean centres = normalise.norm() == Norm.LAYER;
    double gamma = normalise.gamma();
    Covariance s = part.covariance();
    Covariance next = Covariance.zero(s.inputs(), s.pairs());
    double[][] mean = Part.zeros(s);
    for (int i = 0; i < mean.length; i++) {
      for (int k = 0; k < mean[i].length; k++) {
        double taken = centres ? part.mean()[i][k] : 0;
        double square = s.q()[i][k] - taken * taken;
        next.q()[i][k] = gamma * gamma * square / deviation[i][k] / deviation[i][k];
        mean[i][k] = gamma * (part.mean()[i][k] - taken) / deviation[i][k];
      }
    }
    for (int block = 0; block < s.inputs().blocks(); block++) {
      for (int c = 0; c < s.pairs().classes(); c++) {
        next.deficit()[block][c] = gamma * gamma * deficit(part, centres, deviation, block, c);
      }
    }
    Law law = part.law() == Law.GAUSSIAN ? Law.GAUSSIAN : Law.OTHER;
    return new Part(part.channels(), law, next, mean, 1, null);
  }

  /** Half the mean squared difference of z_a/s_a and z_b/s_b, without their means. */
  private static double deficit(
      Part part, boolean centres, double[][] deviation, int block, int c) {
    Covariance s = part.covariance();
    int i = s.inputs().first(block);
    int j = s.inputs().second(block);
    int a = s.pairs().kind(s.pairs().first(c));
    int b = s.pairs().kind(s.pairs().second(c));
    double meanA = centres ? part.mean()[i][a] : 0;
    double meanB = centres ? part.mean()[j][b] : 0;
    double ra = 1 / deviation[i][a];
    double rb = 1 / deviation[j][b];
    double apart = s.deficit()[block][c] - 0.5 * (meanA - meanB) * (meanA - meanB);
    double squareA = s.q()[i][a] - meanA * meanA;
    double squareB = s.q()[j][b] - meanB * meanB;
    return apart * ra * rb + 0.5 * (ra - rb) * (squareA * ra - squareB * rb);
  }
}
