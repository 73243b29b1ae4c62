package org.phasemap.train.law;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Trains one network of a recipe on the digits, as docs/spec.md says. */
final class PlainTraining {
  private static final double DIVERGED = 1e4;

  /** How many minibatches together decide steps_to_threshold. */
  private static final int WINDOW = 10;

  private final Recipe recipe;
  private final Digits.Split digits;
  private final Random random;
  private final PlainNetwork network;
  private final PlainLoss loss;
  private final int batchSize;
  private final List<Integer> epoch = new ArrayList<>();
  private final List<Double> accuracies = new ArrayList<>();
  private final Map<String, Double> found = new TreeMap<>();
  private int position;

  private PlainTraining(Recipe recipe, Digits.Split digits, Random random) {
    this.recipe = recipe;
    this.digits = digits;
    this.random = random;
    network = new PlainNetwork(recipe, random);
    loss = PlainLoss.of(recipe);
    batchSize = (int) recipe.trainingNumber("batch_size", 64);
    IntStream.range(0, digits.training().y().length).forEach(epoch::add);
    position = epoch.size();
  }

  /**
   * What docs/tables.md calls by these names; what a network has not is absent. {@code loss_k} and
   * {@code accuracy_k} are those of the minibatch of step k.
   */
  static Outcome of(Recipe recipe, Digits.Split digits, Random random) {
    return new PlainTraining(recipe, digits, random).run();
  }

  private Outcome run() {
    int[] first = minibatch();
    int m = Math.min((int) recipe.trainingNumber("ntk_examples", 16), batchSize);
    double[][] shown =
        Arrays.stream(first)
            .limit(m)
            .mapToObj(i -> digits.training().x()[i])
            .toArray(double[][]::new);
    boolean drifts = recipe.text("ntk_drift", "false").equals("true");
    double critical = recipe.trainingNumber("learning_rate.critical", Double.NaN);
    PlainKernel start =
        drifts || !Double.isNaN(critical)
            ? PlainKernel.of(network, shown)
            : new PlainKernel(new double[0][]);
    double eta =
        Double.isNaN(critical)
            ? recipe.trainingNumber("learning_rate", 0.1)
            : critical * 2 * m / start.largestEigenvalue();
    found.put("learning_rate_used", eta);
    boolean diverged = !steps(first, eta);
    double[] training = evaluate(digits.training());
    diverged |= isDiverged(training[0]);
    if (!diverged) {
      found.put("train_loss", training[0]);
      found.put("train_accuracy", training[1]);
      found.put("test_accuracy", evaluate(digits.test())[1]);
      double[] gradient = new double[network.parameters().length];
      lossAndAccuracy(first, gradient);
      found.put("ln_gradient_norm_end", lnNorm(gradient));
      if (drifts) {
        found.put("ntk_drift", PlainKernel.of(network, shown).drift(start));
      }
    }
    boolean reached = training[1] >= recipe.trainingNumber("accuracy_threshold", 0.5);
    putStepsToThreshold();
    return new Outcome(diverged ? "diverged" : reached ? "trained" : "stalled", found);
  }

  /** Whether no minibatch's loss said that the network diverges. */
  private boolean steps(int[] first, double eta) {
    PlainOptimiser optimiser = new PlainOptimiser(recipe, network.parameters().length);
    int most = (int) recipe.trainingNumber("steps", 200);
    int held = 0;
    int[] batch = first;
    for (int step = 1; step <= most; step++) {
      double[] gradient = new double[network.parameters().length];
      double[] seen = lossAndAccuracy(batch, gradient);
      if (step == 1) {
        found.put("ln_gradient_norm_start", lnNorm(gradient));
      }
      accuracies.add(seen[1]);
      found.put("loss_" + step, seen[0]);
      found.put("accuracy_" + step, seen[1]);
      held = isDone(seen) ? held + 1 : 0;
      found.put("steps_taken", step - 1.0);
      if (isDiverged(seen[0]) || held == (int) recipe.trainingNumber("stop.steps", 10)) {
        return !isDiverged(seen[0]);
      }
      optimiser.update(network.parameters(), gradient, eta);
      found.put("steps_taken", (double) step);
      batch = minibatch();
    }
    return true;
  }

  private boolean isDone(double[] seen) {
    double lossBound = recipe.trainingNumber("stop.loss", Double.NaN);
    double accuracyBound = recipe.trainingNumber("stop.accuracy", Double.NaN);
    return (!Double.isNaN(lossBound) || !Double.isNaN(accuracyBound))
        && (Double.isNaN(lossBound) || seen[0] <= lossBound)
        && (Double.isNaN(accuracyBound) || seen[1] >= accuracyBound);
  }

  private boolean isDiverged(double value) {
    return !(value <= DIVERGED * loss.guess());
  }

  /** Every epoch a new permutation; what does not fill a batch at its end is left out. */
  private int[] minibatch() {
    if (position + batchSize > epoch.size()) {
      Collections.shuffle(epoch, random);
      position = 0;
    }
    int[] batch = new int[batchSize];
    Arrays.setAll(batch, i -> epoch.get(position + i));
    position += batchSize;
    return batch;
  }

  /** Means over a minibatch; the gradient is that of the mean loss. */
  private double[] lossAndAccuracy(int[] batch, double[] gradient) {
    double[] e = new double[Digits.CLASSES];
    double sum = 0;
    double right = 0;
    for (int i : batch) {
      double[] f = network.outputs(digits.training().x()[i]);
      int label = digits.training().y()[i];
      sum += loss.of(f, label, e);
      right += argmax(f) == label ? 1 : 0;
      for (int o = 0; o < e.length; o++) {
        e[o] /= batch.length;
      }
      network.addGradient(e, gradient);
    }
    return new double[] {sum / batch.length, right / batch.length};
  }

  private double[] evaluate(Digits part) {
    double[] e = new double[Digits.CLASSES];
    double sum = 0;
    double right = 0;
    for (int i = 0; i < part.y().length; i++) {
      double[] f = network.outputs(part.x()[i]);
      sum += loss.of(f, part.y()[i], e);
      right += argmax(f) == part.y()[i] ? 1 : 0;
    }
    return new double[] {sum / part.y().length, right / part.y().length};
  }

  private static double lnNorm(double[] gradient) {
    return Math.log(Arrays.stream(gradient).map(g -> g * g).sum()) / 2;
  }

  private static int argmax(double[] f) {
    int best = 0;
    for (int o = 1; o < f.length; o++) {
      best = f[o] > f[best] ? o : best;
    }
    return best;
  }

  private void putStepsToThreshold() {
    double threshold = recipe.trainingNumber("accuracy_threshold", 0.5);
    for (int step = WINDOW; step <= accuracies.size(); step++) {
      double mean =
          accuracies.subList(step - WINDOW, step).stream()
              .mapToDouble(Double::doubleValue)
              .average()
              .orElseThrow();
      if (mean >= threshold - 1e-12) {
        found.put("steps_to_threshold", (double) step);
        return;
      }
    }
  }
}
