package org.phasemap.train.course;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.phasemap.quantity.Category;
import org.phasemap.spec.EarlyStop;
import org.phasemap.spec.Recipe;
import org.phasemap.train.loss.Criterion;
import org.phasemap.train.loss.Evaluation;

/** What is kept of one network while it is trained, and whether it goes on. */
public final class Course {
  /** Minibatches whose mean accuracy says that the threshold is reached. */
  public static final int WINDOW = 10;

  /** A run whose loss passes this × that of a network that knows nothing has diverged. */
  private static final double DIVERGENCE_FACTOR = 1e4;

  /** Sums of shares are rounded. */
  private static final double SLACK = 1e-12;

  private final Recipe recipe;
  private final double bound;
  private final LossCurve curve = new LossCurve();
  private final Deque<Double> window = new ArrayDeque<>();
  private double windowSum;
  private int updates;
  private int streak;
  private @Nullable Integer stepsToThreshold;
  private boolean diverged;
  private boolean done;

  /** Of a network before its first step. */
  public Course(Recipe recipe, Criterion criterion) {
    this.recipe = recipe;
    this.bound = bound(criterion);
  }

  /** A run whose loss passes it has diverged. */
  public static double bound(Criterion criterion) {
    return DIVERGENCE_FACTOR * criterion.ignorance();
  }

  /** Right answers in {@link #WINDOW} minibatches from which the threshold is reached. */
  public static double reached(Recipe recipe) {
    return WINDOW * (recipe.accuracyThreshold() - SLACK) * recipe.batchSize();
  }

  /**
   * Takes the figures of a step's minibatch before its update.
   *
   * @return whether the update is to be made
   */
  public boolean record(double loss, double accuracy) {
    int step = updates + 1;
    curve.record(step, loss, accuracy);
    diverged = isDiverged(loss);
    if (!diverged) {
      look(step, accuracy);
      done = isDone(loss, accuracy);
    }
    if (diverged || done) {
      return false;
    }
    updates++;
    return true;
  }

  private void look(int step, double accuracy) {
    window.addLast(accuracy);
    windowSum += accuracy;
    if (window.size() > WINDOW) {
      windowSum -= window.removeFirst();
    }
    boolean reached =
        window.size() == WINDOW && windowSum >= WINDOW * (recipe.accuracyThreshold() - SLACK);
    if (reached && stepsToThreshold == null) {
      stepsToThreshold = step;
    }
  }

  private boolean isDone(double loss, double accuracy) {
    EarlyStop stop = recipe.stop();
    if (stop == null) {
      return false;
    }
    boolean holds =
        (stop.loss() == null || loss <= stop.loss())
            && (stop.accuracy() == null || accuracy >= stop.accuracy());
    streak = holds ? streak + 1 : 0;
    return streak >= stop.steps();
  }

  /** Whether a loss is not finite or past the bound. */
  private boolean isDiverged(double loss) {
    return !(loss <= bound);
  }

  /** Whether there is nothing more to do. */
  public boolean hasEnded() {
    return diverged || done || updates == recipe.steps();
  }

  /** Made so far. */
  public int updates() {
    return updates;
  }

  /** The first step whose last {@link #WINDOW} minibatches reached the threshold; null for none. */
  public @Nullable Integer stepsToThreshold() {
    return stepsToThreshold;
  }

  /** The curve up to the last step. */
  public LossCurve curve() {
    curve.finish();
    return curve;
  }

  /** What has become of the network, given its figures on the training set. */
  public Category outcome(Evaluation train) {
    return outcome(recipe, bound, diverged, train);
  }

  /**
   * What has become of a network.
   *
   * @param bound of its loss
   * @param diverged whether it left for that
   */
  public static Category outcome(Recipe recipe, double bound, boolean diverged, Evaluation train) {
    if (diverged || !(train.loss() <= bound)) {
      return Category.DIVERGED;
    }
    return train.accuracy() >= recipe.accuracyThreshold() ? Category.TRAINED : Category.STALLED;
  }
}
