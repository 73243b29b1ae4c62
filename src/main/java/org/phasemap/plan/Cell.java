package org.phasemap.plan;

import java.io.Serializable;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.CellId;
import org.phasemap.network.InitScheme;
import org.phasemap.network.NetworkConfig;
import org.phasemap.spec.Inputs;

/**
 * One point of the grid, fully resolved.
 *
 * @param network what is measured
 * @param scheme how its σ_w² came about; null where the spec gives it
 * @param task what is done with it
 */
public record Cell(NetworkConfig network, @Nullable Scheme scheme, Task task)
    implements Serializable {

  /**
   * An initialisation scheme and the factor on its σ_w.
   *
   * @param init the scheme
   * @param sigmaMultiplier the factor
   */
  public record Scheme(InitScheme init, double sigmaMultiplier) implements Serializable {}

  /**
   * Hash of everything above, the same in whatever sweep the cell stands. Doubles enter by their
   * bits: their decimal text differs between JDKs.
   */
  public String id() {
    NetworkConfig n = network;
    StringJoiner canonical = new StringJoiner("|");
    canonical.add(n.activation().kind().name()).add(bits(n.activation().slope()));
    canonical.add(n.depth() + "x" + n.width()).add(n.weightLaw().name());
    canonical.add(bits(n.sigmaW2())).add(bits(n.sigmaB2())).add(bits(n.keepProbability()));
    if (scheme != null) {
      canonical.add(scheme.init().name()).add(bits(scheme.sigmaMultiplier()));
    }
    canonical.add(task.id());
    if (task instanceof Task.Propagation propagation) {
      Inputs inputs = propagation.inputs();
      canonical.add(inputs.count() + "x" + inputs.dimension());
      canonical.add(bits(inputs.q0())).add(bits(inputs.c0()));
      canonical.add(propagation.probes().toString());
      if (propagation.outputs() > 1) {
        canonical.add(propagation.outputs() + " outputs");
      }
    } else if (task instanceof Task.Training training) {
      canonical.add(training.data()).add(training.batchSize() + "x" + training.steps());
      canonical.add(bits(training.learningRate())).add(bits(training.accuracyThreshold()));
    }
    return CellId.of(canonical.toString());
  }

  private static String bits(double x) {
    return Long.toHexString(Double.doubleToLongBits(x));
  }
}
