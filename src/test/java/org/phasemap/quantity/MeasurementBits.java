package org.phasemap.quantity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A measurement as a list in which equal numbers are equal to the bit. */
public final class MeasurementBits {
  private MeasurementBits() {}

  /** What was measured, and its category. */
  public static List<String> of(Measurement measurement) {
    List<String> found = new ArrayList<>(List.of(measurement.category().id()));
    for (Quantity quantity : Quantity.all()) {
      found.add(quantity.column() + " " + Double.toHexString(measurement.number(quantity)));
    }
    for (Profile profile : Profile.values()) {
      found.add(
          profile.column()
              + " "
              + Arrays.stream(measurement.profile(profile)).mapToObj(Double::toHexString).toList());
    }
    return found;
  }
}
