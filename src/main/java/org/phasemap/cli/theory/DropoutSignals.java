package org.phasemap.cli.theory;

import java.util.Optional;
import org.phasemap.theory.limit.DropoutMaps;
import org.phasemap.theory.limit.FixedPoint;
import org.phasemap.theory.limit.LayerLaw;
import org.phasemap.theory.limit.LayerStatistics;
import org.phasemap.theory.limit.PhasePoint;
import org.phasemap.theory.limit.SignalMaps;
import org.phasemap.theory.limit.Trajectory;

/**
 * Signals under inverted dropout of hidden units; inputs are not dropped.
 *
 * @param law without dropout
 * @param keep share of units kept; 1 is no dropout
 * @param q0 of the start
 * @param c0 of the start
 */
record DropoutSignals(LayerLaw law, double keep, double q0, double c0) {
  /** The law of one signal's variance. */
  LayerLaw varianceLaw() {
    return keep == 1 ? law : new DropoutMaps(law, keep).varianceLaw();
  }

  /** Variance of the first pre-activations where q0 is that of inputs. */
  double firstQ() {
    return law.sigmaW2() * q0 + law.sigmaB2();
  }

  /** The point that signals flow to, at the attractor of their variance. */
  PhasePoint phasePoint(Optional<FixedPoint> attractor) {
    return new DropoutMaps(law, keep).phasePoint(attractor);
  }

  /** Layers 1 … depth, q0 and c0 being those of inputs. */
  Trajectory fromInputs(int depth) {
    if (keep == 1) {
      return SignalMaps.propagate(law, q0, c0, depth);
    }
    double first = firstQ();
    double delta = first > 0 ? law.sigmaW2() * q0 / first * (1 - c0) : 1 - c0;
    return propagate(first, delta, depth);
  }

  /** Layers 1 … depth, q0 and c0 being those of the first. */
  Trajectory fromPreActivations(int depth) {
    return propagate(q0, 1 - c0, depth);
  }

  private Trajectory propagate(double q1, double oneMinusC1, int depth) {
    Trajectory t = SignalMaps.propagateFrom(varianceLaw(), q1, oneMinusC1, depth);
    if (keep == 1) {
      return t;
    }
    DropoutMaps maps = new DropoutMaps(law, keep);
    double delta = oneMinusC1;
    for (int l = 0; l < depth; l++) {
      LayerStatistics layer = LayerStatistics.of(law, t.q()[l]);
      t.oneMinusC()[l] = delta;
      t.chiC()[l] = layer.chiC(delta);
      delta = maps.nextOneMinusC(layer, delta);
    }
    return t;
  }
}
