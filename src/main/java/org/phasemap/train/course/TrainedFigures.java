package org.phasemap.train.course;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.phasemap.quantity.Category;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Profile;
import org.phasemap.quantity.TrainedQuantity;
import org.phasemap.train.loss.Evaluation;

/**
 * What training came to.
 *
 * @param train figures on the training set
 * @param test figures on the test set
 * @param curve up to the last step
 * @param updates that were made
 */
public record TrainedFigures(Evaluation train, Evaluation test, LossCurve curve, int updates) {
  /**
   * ln ‖g‖ of the first minibatch's loss.
   *
   * @param start before the first update
   * @param end after the last
   */
  public record GradientNorms(double start, double end) {}

  /**
   * All that a row says of a trained network.
   *
   * @param rate its learning rate
   * @param drift of the tangent kernel; NaN where nobody asks
   * @param threshold first step whose last minibatches reached it; null for none
   */
  public Measurement measurement(
      double rate,
      GradientNorms norms,
      double drift,
      @Nullable Integer threshold,
      Category category) {
    return new Measurement.Builder()
        .put(TrainedQuantity.TRAIN_LOSS, train.loss())
        .put(TrainedQuantity.TRAIN_ACCURACY, train.accuracy())
        .put(TrainedQuantity.TEST_ACCURACY, test.accuracy())
        .put(Profile.CURVE_STEP, Arrays.stream(curve.steps()).asDoubleStream().toArray())
        .put(Profile.CURVE_LOSS, curve.losses())
        .put(Profile.CURVE_ACCURACY, curve.accuracies())
        .put(TrainedQuantity.STEPS_TAKEN, updates)
        .put(TrainedQuantity.STEPS_TO_THRESHOLD, threshold == null ? Double.NaN : threshold)
        .put(TrainedQuantity.LEARNING_RATE_USED, rate)
        .put(TrainedQuantity.LN_GRADIENT_NORM_START, norms.start)
        .put(TrainedQuantity.LN_GRADIENT_NORM_END, norms.end)
        .put(TrainedQuantity.NTK_DRIFT, drift)
        .of(category);
  }
}
