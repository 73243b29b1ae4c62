package org.phasemap.plan;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.CellId;
import org.phasemap.network.InitScheme;
import org.phasemap.network.NetworkConfig;

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
   * Hash of everything above, the same in whatever sweep the cell stands. Records print their
   * components in order, so their text is canonical.
   */
  public String id() {
    return CellId.of(network + "|" + scheme + "|" + task);
  }
}
