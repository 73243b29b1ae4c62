package org.phasemap.spec;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.phasemap.network.InitScheme;
import org.phasemap.network.WeightLaw;
import org.phasemap.spec.NetworkAxes.Scheme;
import org.phasemap.spec.Spec.SamplerChoice;

/** Reads how networks are drawn. The weight-free law is exact for rotation-invariant weights. */
final class Samplers {
  private Samplers() {}

  /**
   * The spec's sampler.
   *
   * @throws org.phasemap.network.UserException where it is weight_free and the grid has masks or
   *     uniform weights
   */
  static SamplerChoice read(Section root, NetworkAxes grid) {
    SamplerChoice sampler = root.read(Format.SAMPLER);
    if (sampler == SamplerChoice.WEIGHT_FREE) {
      check(root.at(Format.SAMPLER), grid);
    }
    return sampler;
  }

  private static void check(Place place, NetworkAxes grid) {
    for (double keep : grid.keepProbability()) {
      if (keep < 1) {
        throw place.wrong(
            String.format(
                "weight_free is not allowed with network.keep_probability %s; allowed: auto, dense,"
                    + " or keep_probability 1",
                Decimals.text(keep)));
      }
    }
    if (grid.weights() instanceof Scheme scheme) {
      for (InitScheme init : scheme.init()) {
        if (init.law() == WeightLaw.UNIFORM) {
          throw place.wrong(
              String.format(
                  "weight_free is not allowed with network.init %s, whose weights are uniform;"
                      + " allowed: auto, dense, or init of %s",
                  init.id(), otherInits()));
        }
      }
    }
  }

  private static String otherInits() {
    return Arrays.stream(InitScheme.values())
        .filter(init -> init.law() != WeightLaw.UNIFORM)
        .map(InitScheme::id)
        .collect(Collectors.joining(", "));
  }
}
