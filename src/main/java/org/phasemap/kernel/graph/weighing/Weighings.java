package org.phasemap.kernel.graph.weighing;

import java.util.HashMap;
import java.util.Map;
import org.phasemap.kernel.Kernel;
import org.phasemap.network.graph.Operation;
import org.phasemap.network.graph.Shape;
import org.phasemap.network.graph.Taps;

/**
 * The geometries of a network: layers that are alike share one, so its tile stays in the cache from
 * layer to layer.
 */
public final class Weighings implements AutoCloseable {
  private final Kernel kernel;
  private final int batch;
  private final Map<Geometry, Weighing> known = new HashMap<>();

  public Weighings(Kernel kernel, int batch) {
    this.kernel = kernel;
    this.batch = batch;
  }

  public Weighing of(Operation.Weighted operation, Shape from) {
    return known.computeIfAbsent(Geometry.of(operation, from), this::made);
  }

  private Weighing made(Geometry of) {
    Shape from = of.from();
    if (of.taps().equals(Taps.ONE) && of.groups() == 1) {
      return new DenseWeighing(kernel, from.positions());
    }
    Patches patches =
        new Patches(of.taps().sources(from.grid()), from.positions(), from.channels(), of.groups());
    return of.groups() == from.channels() && of.groups() == of.channels()
        ? new DepthwiseConvolving(patches)
        : new Convolving(kernel, patches, from.grid(), of.groups(), of.channels(), batch);
  }

  @Override
  public void close() {
    known.values().forEach(Weighing::close);
  }
}
