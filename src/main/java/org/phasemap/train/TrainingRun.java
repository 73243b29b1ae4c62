package org.phasemap.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.phasemap.data.DataSet;
import org.phasemap.kernel.Kernel;
import org.phasemap.network.NetworkConfig;
import org.phasemap.quantity.Measurement;
import org.phasemap.spec.Recipe;
import org.phasemap.train.course.Course;
import org.phasemap.train.loss.Criterion;
import org.phasemap.train.model.Arena;
import org.phasemap.train.model.Minibatches;
import org.phasemap.train.model.Model;
import org.phasemap.train.model.Parameters;
import org.phasemap.train.model.Pass;
import org.phasemap.train.model.Replicate;
import org.phasemap.train.update.Optimisers;
import org.phasemap.train.update.Updates;

/**
 * Networks of one shape on their way through the same minibatches, side by side. One that diverges
 * or is done leaves, and the last one takes its place; nobody's numbers depend on the others.
 */
final class TrainingRun {
  private final Kernel kernel;
  private final Criterion criterion;
  private final Minibatches batches;
  private final Parameters parameters;
  private final Pass pass;
  private final Updates updates;
  private final Examination examination;
  private final List<Runner> runners = new ArrayList<>();
  private final @Nullable Measurement[] results;
  private final float[] logitGradient;
  private Parameters active;
  private double[] rates;

  /**
   * A network that is still trained; its place is that in the list.
   *
   * @param number of the network, in the caller's order
   */
  private record Runner(int number, Course course, Examination.Start start) {}

  /**
   * @param arena owner of everything outside the heap
   * @param networks of the model's shape, all with masks or none
   */
  TrainingRun(
      Kernel kernel,
      Arena arena,
      Model model,
      List<NetworkConfig> networks,
      Recipe recipe,
      DataSet data,
      Replicate replicate) {
    int count = networks.size();
    this.kernel = kernel;
    this.criterion = model.criterion(recipe, data);
    this.batches = new Minibatches(kernel, arena, data.train(), recipe.batchSize(), replicate);
    this.parameters = model.draw(kernel, arena, networks, recipe, replicate);
    this.pass = model.pass(kernel, arena, recipe.batchSize(), count);
    this.updates = Optimisers.updates(recipe.optimiser(), kernel, arena, parameters);
    batches.advance();
    this.examination = new Examination(kernel, arena, model, recipe, data, batches);
    this.results = new Measurement[count];
    this.logitGradient = new float[pass.logitStep() * count];
    for (int k = 0; k < count; k++) {
      runners.add(
          new Runner(k, new Course(recipe, criterion), examination.start(parameters.view(k, 1))));
    }
    this.active = parameters;
    this.rates = rates();
  }

  /** Trains all networks to their ends; results in their order. */
  List<Measurement> run() {
    step();
    while (!runners.isEmpty()) {
      next();
    }
    return Arrays.stream(results).map(Objects::requireNonNull).toList();
  }

  /** A step on the next minibatch. */
  void next() {
    batches.advance();
    step();
  }

  /** One update of every network but those whose minibatch says that they have ended. */
  private void step() {
    float[] logits = pass.forward(active, batches.features());
    List<Integer> leaving = new ArrayList<>();
    for (int k = 0; k < runners.size(); k++) {
      if (!look(k, logits)) {
        leaving.add(k);
        finish(k);
      }
    }
    if (leaving.size() < runners.size()) {
      updates.begin(active, rates);
      pass.backward(active, Arrays.copyOf(logitGradient, used()), updates);
    }
    for (int k = 0; k < runners.size(); k++) {
      if (!leaving.contains(k) && runners.get(k).course.hasEnded()) {
        leaving.add(k);
        finish(k);
      }
    }
    leaving.sort(null);
    for (int i = leaving.size() - 1; i >= 0; i--) {
      leave(leaving.get(i));
    }
    if (!leaving.isEmpty() && !runners.isEmpty()) {
      active = parameters.view(0, runners.size());
      rates = rates();
    }
  }

  private boolean look(int k, float[] logits) {
    int first = k * pass.logitStep();
    int[] labels = batches.labels();
    Criterion ofBatch = criterion.of(batches.features());
    double loss = ofBatch.gradient(logits, first, labels, logitGradient);
    int right = ofBatch.right(logits, first, labels, labels.length);
    return runners.get(k).course.record(loss, (double) right / labels.length);
  }

  private void finish(int k) {
    Runner runner = runners.get(k);
    results[runner.number] = examination.result(parameters.view(k, 1), runner.start, runner.course);
  }

  private void leave(int k) {
    int last = runners.size() - 1;
    if (k < last) {
      parameters.move(kernel, last, k);
      updates.move(last, k);
      runners.set(k, runners.get(last));
    }
    runners.remove(last);
  }

  private int used() {
    return pass.logitStep() * runners.size();
  }

  private double[] rates() {
    return runners.stream().mapToDouble(runner -> runner.start.rate()).toArray();
  }
}
