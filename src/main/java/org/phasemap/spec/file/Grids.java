package org.phasemap.spec.file;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.phasemap.quantity.Axis;
import org.phasemap.spec.NetworkAxes;
import org.phasemap.spec.yaml.Field;
import org.phasemap.spec.yaml.Place;
import org.phasemap.spec.yaml.Section;

/** Reads the axes of a grid. */
final class Grids {
  private static final List<Field<?>> SCHEME =
      List.of(NetworkFormat.INIT.field(), NetworkFormat.SIGMA_MULTIPLIER.field());
  private static final Field<?> VARIANCE = NetworkFormat.SIGMA_W2.field();

  private final Section section;
  private final @Nullable NetworkAxes main;
  private final Map<Axis<?>, List<?>> lists = new LinkedHashMap<>();

  private Grids(Section section, @Nullable NetworkAxes main) {
    this.section = section;
    this.main = main;
  }

  /** A grid of its own. */
  static NetworkAxes read(Section section) {
    return new Grids(section, null).axes();
  }

  /** A grid that takes from another what it does not say. */
  static NetworkAxes read(Section section, NetworkAxes main) {
    return new Grids(section, main).axes();
  }

  private NetworkAxes axes() {
    boolean scheme = SCHEME.stream().anyMatch(section::has);
    boolean inherited = !scheme && main != null && main.lists().containsKey(Axis.SIGMA_W2);
    boolean variance = section.has(VARIANCE) || inherited;
    for (AxisField<?> axis : NetworkFormat.AXES) {
      boolean instead = variance ? SCHEME.contains(axis.field()) : axis.field().equals(VARIANCE);
      if (!instead) {
        read(axis);
      }
    }
    Boolean rescale = section.find(NetworkFormat.RESCALE_FOR_SPARSITY);
    if (rescale == null) {
      rescale =
          main == null
              ? section.read(NetworkFormat.RESCALE_FOR_SPARSITY)
              : main.rescaleForSparsity();
    }
    return new NetworkAxes(lists, rescale);
  }

  private <T> void read(AxisField<T> axis) {
    List<T> values = section.find(axis.field());
    if (axis.field().equals(VARIANCE) && values != null) {
      refuseScheme();
    }
    if (values == null && main != null && main.lists().containsKey(axis.axis())) {
      values = main.values(axis.axis());
    }
    if (values == null && !axis.field().isOptional()) {
      values = section.read(axis.field());
    }
    if (values != null) {
      lists.put(axis.axis(), values);
    }
  }

  private void refuseScheme() {
    for (Field<?> other : SCHEME) {
      if (section.has(other)) {
        Place place = section.at(VARIANCE);
        throw place.wrong(
            place.node().shown()
                + " is given beside "
                + other.key()
                + "; allowed: sigma_w2, or init and sigma_multiplier");
      }
    }
  }
}
