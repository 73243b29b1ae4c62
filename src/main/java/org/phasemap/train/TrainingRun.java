package org.phasemap.train;

import org.phasemap.data.DataSet;
import org.phasemap.kernel.Kernel;
import org.phasemap.network.NetworkConfig;

/** One network on its way through the training set. */
final class TrainingRun {
  private final TrainingConfig config;
  private final DataSet data;
  private final SoftmaxCrossEntropy criterion;
  private final Backpropagation network;
  private final GradientSink optimiser;
  private final Minibatches batches;
  private final LossCurve curve = new LossCurve();
  private final float[] logitGradient;
  private int updates;
  private boolean diverged;

  TrainingRun(
      Kernel kernel,
      Arena arena,
      NetworkConfig network,
      TrainingConfig config,
      DataSet data,
      Replicate replicate) {
    this.config = config;
    this.data = data;
    this.criterion = new SoftmaxCrossEntropy(data.classes());
    int batch = config.batchSize();
    this.batches = new Minibatches(kernel, arena, data.train(), batch, replicate);
    Parameters parameters =
        Parameters.draw(kernel, arena, network, data.dimension(), data.classes(), replicate);
    this.network =
        new Backpropagation(
            kernel, arena, network, parameters, data.dimension(), data.classes(), batch);
    this.optimiser = new Sgd(kernel, parameters, config.learningRate());
    this.logitGradient = new float[data.classes() * batch];
  }

  /** Takes all steps, or as many as the loss allows. */
  void run() {
    while (updates < config.steps() && !diverged) {
      step();
    }
    curve.finish();
  }

  /** One update, or none if the loss of its minibatch says that the run has diverged. */
  void step() {
    batches.advance();
    float[] logits = network.forward(batches.features());
    double loss = criterion.gradient(logits, batches.labels(), logitGradient);
    curve.record(updates + 1, loss);
    diverged = isDiverged(loss);
    if (!diverged) {
      network.backward(logitGradient, optimiser);
      updates++;
    }
  }

  /**
   * Evaluates the network as it is now.
   *
   * @param startNanos when the run began, by {@link System#nanoTime}
   */
  TrainingResult result(long startNanos) {
    Evaluation train = Evaluation.of(network, criterion, data.train(), config.batchSize());
    Evaluation test = Evaluation.of(network, criterion, data.test(), config.batchSize());
    return new TrainingResult(
        outcome(train),
        train.loss(),
        train.accuracy(),
        test.accuracy(),
        curve.steps(),
        curve.losses(),
        updates,
        (System.nanoTime() - startNanos) * 1e-9);
  }

  private Outcome outcome(Evaluation train) {
    if (diverged || isDiverged(train.loss())) {
      return Outcome.DIVERGED;
    }
    return train.accuracy() >= config.accuracyThreshold() ? Outcome.TRAINED : Outcome.STALLED;
  }

  /** Whether a loss is not finite or past the bound; one class counts as two for the bound. */
  private boolean isDiverged(double loss) {
    double bound = Trainer.DIVERGENCE_FACTOR * Math.log(Math.max(data.classes(), 2));
    return !(loss <= bound);
  }
}
