package org.phasemap.train.law;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.phasemap.train.DrawnStart;

/** Trains one network of a recipe on the digits, as docs/spec.md says. */
final class PlainTraining {
  private static final double DIVERGED = 1e4;

  /** How many minibatches together decide steps_to_threshold. */
  private static final int WINDOW = 10;

  private final Recipe recipe;
  private final Digits.Split digits;
  private final PlainNetwork network;
  private final Supplier<Digits> batches;
  private final PlainLoss loss;
  private final List<Double> accuracies = new ArrayList<>();
  private final Map<String, Double> found = new TreeMap<>();

  private PlainTraining(
      Recipe recipe, Digits.Split digits, PlainNetwork network, Supplier<Digits> batches) {
    this.recipe = recipe;
    this.digits = digits;
    this.network = network;
    this.batches = batches;
    loss = PlainLoss.of(recipe);
  }

  /**
   * What docs/tables.md calls by these names; what a network has not is absent. {@code loss_k} and
   * {@code accuracy_k} are those of the minibatch of step k.
   */
  static Outcome of(Recipe recipe, Digits.Split digits, Random random) {
    PlainNetwork network = PlainNetwork.drawn(recipe, random);
    return new PlainTraining(recipe, digits, network, epochs(recipe, digits.training(), random))
        .run();
  }

  /** The same from the product's random numbers: its parameters and its minibatches. */
  static Outcome of(Recipe recipe, Digits.Split digits, DrawnStart start) {
    Iterator<DrawnStart.Batch> batches = start.batches().iterator();
    return new PlainTraining(
            recipe, digits, PlainNetwork.of(recipe, start.layers()), () -> batch(batches.next()))
        .run();
  }

  private static Digits batch(DrawnStart.Batch batch) {
    double[][] x = new double[batch.labels().length][Digits.PIXELS];
    for (int i = 0; i < x.length; i++) {
      int first = i * Digits.PIXELS;
      Arrays.setAll(x[i], j -> batch.features()[first + j]);
    }
    return new Digits(x, batch.labels());
  }

  /** Every epoch a new permutation; what does not fill a batch at its end is left out. */
  private static Supplier<Digits> epochs(Recipe recipe, Digits training, Random random) {
    int[] batch = new int[(int) recipe.trainingNumber("batch_size", 64)];
    List<Integer> epoch = new ArrayList<>();
    IntStream.range(0, training.y().length).forEach(epoch::add);
    int[] position = {epoch.size()};
    return () -> {
      if (position[0] + batch.length > epoch.size()) {
        Collections.shuffle(epoch, random);
        position[0] = 0;
      }
      Arrays.setAll(batch, i -> epoch.get(position[0] + i));
      position[0] += batch.length;
      return training.of(batch);
    };
  }

  private Outcome run() {
    Digits first = batches.get();
    int m = Math.min((int) recipe.trainingNumber("ntk_examples", 16), first.y().length);
    double[][] shown = Arrays.copyOf(first.x(), m);
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
  private boolean steps(Digits first, double eta) {
    PlainOptimiser optimiser = new PlainOptimiser(recipe, network.parameters().length);
    int most = (int) recipe.trainingNumber("steps", 200);
    int held = 0;
    Digits batch = first;
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
      batch = batches.get();
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

  /** Means over a minibatch; the gradient is that of the mean loss. */
  private double[] lossAndAccuracy(Digits batch, double[] gradient) {
    double[] e = new double[Digits.CLASSES];
    double sum = 0;
    double right = 0;
    int count = batch.y().length;
    for (int i = 0; i < count; i++) {
      double[] f = network.outputs(batch.x()[i]);
      int label = batch.y()[i];
      sum += loss.of(f, label, e);
      right += argmax(f) == label ? 1 : 0;
      for (int o = 0; o < e.length; o++) {
        e[o] /= count;
      }
      network.addGradient(e, gradient);
    }
    return new double[] {sum / count, right / count};
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
