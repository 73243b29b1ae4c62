package org.phasemap.chart.map;

import java.util.List;
import java.util.Locale;
import org.phasemap.quantity.Look;
import org.phasemap.quantity.Quantity;

/**
 * A quantity that maps offer.
 *
 * @param id its column in {@code replicates}
 * @param label what a menu calls it
 * @param note what it is
 * @param kind how it is coloured: a {@link Look} in lower case
 */
public record MapQuantity(String id, String label, String note, String kind) {
  /** All of them, in the order of the columns. */
  public static List<MapQuantity> all() {
    return Quantity.all().stream()
        .filter(quantity -> quantity.look() != Look.NONE)
        .map(
            quantity ->
                new MapQuantity(
                    quantity.column(),
                    quantity.label(),
                    quantity.meaning(),
                    quantity.look().name().toLowerCase(Locale.ROOT)))
        .toList();
  }
}
