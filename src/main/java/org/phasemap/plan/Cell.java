package org.phasemap.plan;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.Architecture;
import org.phasemap.network.CellId;
import org.phasemap.network.InitScheme;
import org.phasemap.network.NetworkConfig;
import org.phasemap.quantity.Axis;
import org.phasemap.quantity.AxisValues;

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
   * The cell with these values on the axes of networks.
   *
   * @throws NullPointerException that names an axis without a value
   */
  public static Cell of(AxisValues at, Task task) {
    NetworkConfig network =
        new NetworkConfig(
            Objects.requireNonNullElse(at.find(Axis.ARCHITECTURE), Architecture.MLP),
            at.get(Axis.ACTIVATION),
            at.get(Axis.DEPTH),
            at.get(Axis.WIDTH),
            at.get(Axis.WEIGHT_LAW),
            at.get(Axis.SIGMA_W2),
            at.get(Axis.SIGMA_B2),
            at.get(Axis.KEEP_PROBABILITY));
    InitScheme init = at.find(Axis.INIT);
    Scheme scheme = init == null ? null : new Scheme(init, at.get(Axis.SIGMA_MULTIPLIER));
    return new Cell(network, scheme, task);
  }

  /** Its values on the axes of networks. The order is part of every cell's id: append. */
  private AxisValues ofNetwork() {
    AxisValues values =
        new AxisValues()
            .put(Axis.ACTIVATION, network.activation())
            .put(Axis.DEPTH, network.depth())
            .put(Axis.WIDTH, network.width())
            .put(Axis.WEIGHT_LAW, network.weightLaw())
            .put(Axis.SIGMA_W2, network.sigmaW2())
            .put(Axis.SIGMA_B2, network.sigmaB2())
            .put(Axis.KEEP_PROBABILITY, network.keepProbability());
    if (scheme != null) {
      values.put(Axis.INIT, scheme.init()).put(Axis.SIGMA_MULTIPLIER, scheme.sigmaMultiplier());
    }
    // Early versions had nothing but MLPs.
    return network.architecture().equals(Architecture.MLP)
        ? values
        : values.put(Axis.ARCHITECTURE, network.architecture());
  }

  /** Its values on all axes; those that only its data can say are missing. */
  public AxisValues values() {
    AxisValues values = ofNetwork().put(Axis.TASK, task.id());
    task.addTo(values);
    return values;
  }

  /** Hash of all that it is, the same in whatever sweep it stands. */
  public String id() {
    return CellId.of(ofNetwork().identity() + "|" + task.identity());
  }
}
