package org.phasemap.spec;

import java.io.Serializable;
import org.phasemap.network.CellId;
import org.phasemap.quantity.Axis;
import org.phasemap.quantity.AxisValues;

/** The step size, in standard parameterisation. */
public sealed interface LearningRate extends Serializable {
  /** The step size that a cell has on one axis or the other. */
  static LearningRate of(AxisValues values) {
    Double fraction = values.find(Axis.CRITICAL_FRACTION);
    return fraction == null ? new Fixed(values.get(Axis.LEARNING_RATE)) : new Critical(fraction);
  }

  /** As identifiers of cells are made from. */
  String identity();

  /** Adds its value on its axis. */
  void addTo(AxisValues values);

  /**
   * A number.
   *
   * @param rate &gt; 0
   */
  record Fixed(double rate) implements LearningRate {
    @Override
    public String identity() {
      return CellId.bits(rate);
    }

    @Override
    public void addTo(AxisValues values) {
      values.put(Axis.LEARNING_RATE, rate);
    }
  }

  /**
   * Scaled to the network: fraction × 2 m/λ_max, λ_max the largest eigenvalue of the tangent kernel
   * of all its outputs on m examples at initialisation. On the mean over m examples of half the
   * squared error, gradient descent of the linearised network converges below 1 and diverges above.
   * λ_max/m of few examples is larger on average than that of many, so the rate is rather too
   * small.
   *
   * @param fraction &gt; 0
   */
  record Critical(double fraction) implements LearningRate {
    @Override
    public String identity() {
      return "critical|" + CellId.bits(fraction);
    }

    @Override
    public void addTo(AxisValues values) {
      values.put(Axis.CRITICAL_FRACTION, fraction);
    }
  }
}
