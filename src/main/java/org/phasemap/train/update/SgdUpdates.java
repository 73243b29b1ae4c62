package org.phasemap.train.update;

import java.util.Arrays;
import java.util.List;
import org.phasemap.kernel.Kernel;
import org.phasemap.train.model.Layer;
import org.phasemap.train.model.LayerGradient;
import org.phasemap.train.model.Parameters;

/** θ ← θ − η g in one product; dropped weights stay zero. */
final class SgdUpdates implements Updates {
  private final Kernel kernel;
  private Parameters parameters = new Parameters(List.of());
  private double[] factors = {};

  SgdUpdates(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void begin(Parameters parameters, double[] rates) {
    this.parameters = parameters;
    this.factors = Arrays.stream(rates).map(rate -> -rate).toArray();
  }

  @Override
  public void accept(int index, LayerGradient gradient) {
    Layer layer = parameters.layers().get(index);
    gradient.addTo(kernel, factors, 1, layer);
    layer.applyMask(kernel, layer);
  }

  @Override
  public void move(int from, int to) {
    // Has no state.
  }
}
