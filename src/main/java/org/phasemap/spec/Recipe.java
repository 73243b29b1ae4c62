package org.phasemap.spec;

import java.io.Serializable;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.CellId;
import org.phasemap.quantity.Axis;
import org.phasemap.quantity.AxisValues;

/**
 * How the networks of a cell are trained.
 *
 * @param optimiser how parameters follow gradients
 * @param learningRate its step size
 * @param batchSize examples a step
 * @param procedure what all cells of a sweep have in common
 */
public record Recipe(
    Optimiser optimiser, LearningRate learningRate, int batchSize, Procedure procedure)
    implements Serializable {
  /** What trains networks. */
  public Engine engine() {
    return procedure.engine();
  }

  /** What is minimised. */
  public Loss loss() {
    return procedure.loss();
  }

  /** Most updates. */
  public int steps() {
    return procedure.ending().steps();
  }

  /** When to end earlier; null for never. */
  public @Nullable EarlyStop stop() {
    return procedure.ending().early();
  }

  /** Whether layers have biases, drawn and trained. */
  public boolean biases() {
    return procedure.layers().biases();
  }

  /** Factor on the read-out's weights at initialisation. */
  public double readoutScale() {
    return procedure.layers().readoutScale();
  }

  /** Training accuracy from which a network counts as trained, in (0, 1]. */
  public double accuracyThreshold() {
    return procedure.findings().accuracyThreshold();
  }

  /** Examples whose tangent kernel is measured where it is needed. */
  public int ntkExamples() {
    return procedure.findings().ntkExamples();
  }

  /** Whether the tangent kernel's change is measured. */
  public boolean ntkDrift() {
    return procedure.findings().ntkDrift();
  }

  /**
   * All of it, as identifiers of cells are made from; what early versions had not, if it is set.
   */
  public String identity() {
    StringJoiner identity = new StringJoiner("|");
    identity.add(engine().id()).add(loss().id()).add(optimiser.id()).add(learningRate.identity());
    identity.add(batchSize + "x" + steps()).add("biases " + biases());
    if (readoutScale() != 1) {
      identity.add("readout " + CellId.bits(readoutScale()));
    }
    EarlyStop stop = stop();
    if (stop != null) {
      identity.add(stop.identity());
    }
    identity.add(CellId.bits(accuracyThreshold()));
    return identity.add("ntk " + ntkExamples() + " " + ntkDrift()).toString();
  }

  /** Adds its values on the axes. */
  public void addTo(AxisValues values) {
    values
        .put(Axis.BATCH_SIZE, batchSize)
        .put(Axis.STEPS, steps())
        .put(Axis.ENGINE, engine().id())
        .put(Axis.LOSS, loss().id())
        .put(Axis.OPTIMISER, optimiser.id())
        .put(Axis.BIASES, biases())
        .put(Axis.ACCURACY_THRESHOLD, accuracyThreshold());
    learningRate.addTo(values);
    EarlyStop stop = stop();
    if (stop != null) {
      values
          .put(Axis.STOP_LOSS, stop.loss())
          .put(Axis.STOP_ACCURACY, stop.accuracy())
          .put(Axis.STOP_STEPS, stop.steps());
    }
  }
}
