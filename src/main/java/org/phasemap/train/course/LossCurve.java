package org.phasemap.train.course;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Loss and accuracy at about eight log-spaced steps a decade, from the first, and at the last. */
public final class LossCurve {
  private static final double RATIO = Math.pow(10, 1.0 / 8);

  private int[] steps = new int[16];
  private double[] losses = new double[16];
  private double[] accuracies = new double[16];
  private int size;
  private int due = 1;
  private int lastStep;
  private double lastLoss;
  private double lastAccuracy;

  /**
   * Takes what every step's minibatch gave, in order.
   *
   * @param step from 1
   */
  public void record(int step, double loss, double accuracy) {
    lastStep = step;
    lastLoss = loss;
    lastAccuracy = accuracy;
    if (step >= due) {
      keep();
      due = after(step);
    }
  }

  private static int after(int step) {
    return Math.max(step + 1, (int) Math.round(step * RATIO));
  }

  /** Steps that are kept, up to the last of them that may come; that one is kept besides. */
  public static int[] due(int last) {
    return IntStream.iterate(1, step -> step <= last, LossCurve::after).toArray();
  }

  /** Keeps the last step too. */
  public void finish() {
    if (lastStep > 0 && steps[size - 1] != lastStep) {
      keep();
    }
  }

  int[] steps() {
    return Arrays.copyOf(steps, size);
  }

  double[] losses() {
    return Arrays.copyOf(losses, size);
  }

  double[] accuracies() {
    return Arrays.copyOf(accuracies, size);
  }

  private void keep() {
    if (size == steps.length) {
      steps = Arrays.copyOf(steps, 2 * size);
      losses = Arrays.copyOf(losses, 2 * size);
      accuracies = Arrays.copyOf(accuracies, 2 * size);
    }
    steps[size] = lastStep;
    losses[size] = lastLoss;
    accuracies[size] = lastAccuracy;
    size++;
  }
}
