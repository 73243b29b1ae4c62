package org.phasemap.train.device;

import java.nio.DoubleBuffer;
import org.phasemap.data.DataSet;
import org.phasemap.data.Examples;
import org.phasemap.quantity.Measurement;
import org.phasemap.spec.Recipe;
import org.phasemap.train.course.Course;
import org.phasemap.train.course.LossCurve;
import org.phasemap.train.course.TrainedFigures;
import org.phasemap.train.device.DeviceTrainingLayout.Result;
import org.phasemap.train.loss.Criteria;
import org.phasemap.train.loss.Evaluation;

/**
 * What a device says of the networks that it has trained.
 *
 * @param due steps whose figures a curve keeps
 * @param curves [network][due + 1][2]: loss and accuracy where they are due, then of the last step
 * @param results [network][{@link Result}]
 */
@SuppressWarnings("ArrayRecordComponent")
record DeviceTrainingResults(DataSet data, int[] due, DoubleBuffer curves, DoubleBuffer results) {
  /**
   * All that is known of a network.
   *
   * @param rate learning rate that it was given
   */
  Measurement measurement(int network, Recipe recipe, double rate) {
    double bound = Course.bound(Criteria.of(recipe.loss(), data.classes()));
    Evaluation train = evaluation(network, data.train(), Result.TRAIN_LOSS, Result.TRAIN_RIGHT);
    Evaluation test = evaluation(network, data.test(), Result.TEST_LOSS, Result.TEST_RIGHT);
    int threshold = (int) result(network, Result.THRESHOLD_STEP);
    return new TrainedFigures(train, test, curve(network), (int) result(network, Result.UPDATES))
        .measurement(
            rate,
            new TrainedFigures.GradientNorms(
                lnNorm(network, Result.SQUARE_AT_START), lnNorm(network, Result.SQUARE_AT_END)),
            Double.NaN,
            threshold == 0 ? null : threshold,
            Course.outcome(recipe, bound, result(network, Result.DIVERGED) != 0, train));
  }

  private double lnNorm(int network, Result square) {
    return Math.log(result(network, square)) / 2;
  }

  private Evaluation evaluation(int network, Examples examples, Result loss, Result right) {
    int count = examples.count();
    return new Evaluation(result(network, loss) / count, result(network, right) / count);
  }

  private LossCurve curve(int network) {
    LossCurve curve = new LossCurve();
    int last = (int) result(network, Result.LAST_STEP);
    int first = network * 2 * (due.length + 1);
    for (int i = 0; i < due.length && due[i] <= last; i++) {
      curve.record(due[i], curves.get(first + 2 * i), curves.get(first + 2 * i + 1));
    }
    int end = first + 2 * due.length;
    curve.record(last, curves.get(end), curves.get(end + 1));
    curve.finish();
    return curve;
  }

  @SuppressWarnings("EnumOrdinal") // The order is the device's.
  private double result(int network, Result which) {
    return results.get(network * Result.values().length + which.ordinal());
  }
}
