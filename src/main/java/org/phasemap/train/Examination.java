package org.phasemap.train;

import org.jspecify.annotations.Nullable;
import org.phasemap.data.DataSet;
import org.phasemap.data.Examples;
import org.phasemap.kernel.Kernel;
import org.phasemap.quantity.Measurement;
import org.phasemap.spec.LearningRate;
import org.phasemap.spec.Recipe;
import org.phasemap.train.course.Course;
import org.phasemap.train.course.TrainedFigures;
import org.phasemap.train.loss.Criterion;
import org.phasemap.train.loss.Evaluation;
import org.phasemap.train.mlp.TangentKernel;
import org.phasemap.train.model.Arena;
import org.phasemap.train.model.GradientNorm;
import org.phasemap.train.model.Minibatches;
import org.phasemap.train.model.Model;
import org.phasemap.train.model.Parameters;
import org.phasemap.train.model.Pass;

/** What is measured of single networks before and after training, on their first minibatch. */
public final class Examination {
  private final Kernel kernel;
  private final Model model;
  private final Recipe recipe;
  private final DataSet data;
  private final Criterion criterion;
  private final Pass pass;
  private final float[] features;
  private final int[] labels;

  /**
   * What a network is before its first update.
   *
   * @param rate its learning rate
   * @param lnGradientNorm of the first minibatch's loss
   * @param tangentKernel null where nobody asks for its change
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Start(double rate, double lnGradientNorm, double @Nullable [] tangentKernel) {}

  /**
   * @param arena owner of the buffers of one network's passes
   * @param batches on the first minibatch
   */
  Examination(
      Kernel kernel, Arena arena, Model model, Recipe recipe, DataSet data, Minibatches batches) {
    this.kernel = kernel;
    this.model = model;
    this.recipe = recipe;
    this.data = data;
    this.criterion = model.criterion(recipe, data);
    this.pass = model.pass(kernel, arena, recipe.batchSize(), 1);
    this.features = batches.features().clone();
    this.labels = batches.labels().clone();
  }

  /** Looks at a network before its first update. */
  Start start(Parameters network) {
    boolean critical = recipe.learningRate() instanceof LearningRate.Critical;
    double @Nullable [] theta = critical || recipe.ntkDrift() ? tangentKernel(network) : null;
    return new Start(
        rate(recipe, theta), lnGradientNorm(network), recipe.ntkDrift() ? theta : null);
  }

  /**
   * The step size. 0 where the kernel vanishes or is not finite: none would be right.
   *
   * @param theta null where the recipe asks for no kernel
   */
  public static double rate(Recipe recipe, double @Nullable [] theta) {
    if (recipe.learningRate() instanceof LearningRate.Critical critical && theta != null) {
      double largest = TangentKernel.largestEigenvalue(theta);
      return largest > 0 && Double.isFinite(largest)
          ? critical.fraction() * 2 * examples(recipe) / largest
          : 0;
    }
    return ((LearningRate.Fixed) recipe.learningRate()).rate();
  }

  /** What training came to. */
  Measurement result(Parameters network, Start start, Course course) {
    Evaluation train = evaluate(network, data.train());
    Evaluation test = evaluate(network, data.test());
    double drift =
        start.tangentKernel == null
            ? Double.NaN
            : TangentKernel.drift(start.tangentKernel, tangentKernel(network));
    return new TrainedFigures(train, test, course.curve(), course.updates())
        .measurement(
            start.rate,
            new TrainedFigures.GradientNorms(start.lnGradientNorm, lnGradientNorm(network)),
            drift,
            course.stepsToThreshold(),
            course.outcome(train));
  }

  private Evaluation evaluate(Parameters network, Examples examples) {
    return Evaluation.of(
        x -> pass.forward(network, x), criterion, examples, recipe.batchSize(), model.order());
  }

  private double lnGradientNorm(Parameters network) {
    float[] logits = pass.forward(network, features);
    float[] gradient = new float[logits.length];
    criterion.of(features).gradient(logits, 0, labels, gradient);
    GradientNorm norm = new GradientNorm(kernel, network);
    pass.backward(network, gradient, norm);
    return norm.ln();
  }

  private double[] tangentKernel(Parameters network) {
    return model.tangentKernel(kernel, network, features, examples(recipe));
  }

  /** Examples whose tangent kernel is measured. */
  public static int examples(Recipe recipe) {
    return Math.min(recipe.ntkExamples(), recipe.batchSize());
  }
}
