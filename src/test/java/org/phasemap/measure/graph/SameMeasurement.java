package org.phasemap.measure.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumSet;
import java.util.Set;
import org.phasemap.quantity.JacobianQuantity;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Profile;
import org.phasemap.quantity.Quantity;
import org.phasemap.quantity.StepQuantity;

/** Two measurements of one network, which at most rounding sets apart. */
final class SameMeasurement {
  private static final double ROUNDING = 1e-3;

  private SameMeasurement() {}

  /**
   * Compares every number.
   *
   * @param tolerance of those that are no differences of others
   */
  static void assertSame(Measurement found, Measurement expected, double tolerance, String where) {
    Set<Quantity> cancelling =
        Set.of(
            StepQuantity.LN_SGD_STEP_MAX,
            StepQuantity.LN_SGD_STEP_MIN,
            JacobianQuantity.JACOBIAN_RELATIVE_VARIANCE);
    for (Quantity quantity : Quantity.all()) {
      assertClose(
          found.number(quantity),
          expected.number(quantity),
          cancelling.contains(quantity) ? ROUNDING : tolerance,
          where + " " + quantity);
    }
    for (Profile profile : EnumSet.allOf(Profile.class)) {
      double[] list = found.profile(profile);
      assertThat(list).as(where + " " + profile).hasSameSizeAs(expected.profile(profile));
      for (int l = 0; l < list.length; l++) {
        assertClose(
            list[l], expected.profile(profile)[l], ROUNDING, where + " " + profile + " " + l);
      }
    }
    assertThat(found.category()).isEqualTo(expected.category());
  }

  /** Compares every number to the bit. */
  static void assertEqual(Measurement found, Measurement expected) {
    for (Quantity quantity : Quantity.all()) {
      assertThat(Double.valueOf(found.number(quantity)))
          .as(quantity.toString())
          .isEqualTo(Double.valueOf(expected.number(quantity)));
    }
    for (Profile profile : EnumSet.allOf(Profile.class)) {
      assertThat(found.profile(profile))
          .as(profile.toString())
          .isEqualTo(expected.profile(profile));
    }
  }

  private static void assertClose(double found, double expected, double tolerance, String where) {
    if (Double.isFinite(expected)) {
      assertThat(found).as(where).isCloseTo(expected, within(tolerance * (1 + Math.abs(expected))));
    } else {
      assertThat(Double.valueOf(found)).as(where).isEqualTo(Double.valueOf(expected));
    }
  }
}
