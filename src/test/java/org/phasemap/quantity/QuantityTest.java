package org.phasemap.quantity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class QuantityTest {
  private static List<Measured> measured() {
    return Stream.concat(Quantity.all().stream(), Arrays.stream(Profile.values()))
        .sorted(Comparator.comparingInt(Measured::place))
        .toList();
  }

  /** Columns are only ever added, so a later version's stand behind. */
  @Test
  void everyPlaceIsTakenOnceAndLaterVersionsStandBehind() {
    // The table's own: unit_seconds, unit_rows and outputs.
    assertThat(Stream.concat(measured().stream().map(Measured::place), Stream.of(27, 28, 70)))
        .doesNotHaveDuplicates();
    assertThat(measured()).extracting(Measured::since).isSorted();
    assertThat(measured()).extracting(Measured::column).doesNotHaveDuplicates();
  }

  @Test
  void everythingIsNamedAndExplained() {
    for (Measured each : measured()) {
      assertThat(each.meaning()).as(each.column()).isNotBlank();
      assertThat(each.symbol()).as(each.column()).isNotBlank();
    }
    assertThat(Quantity.all())
        .extracting(Quantity::label)
        .doesNotHaveDuplicates()
        .doesNotContain("");
  }

  @Test
  void logarithmsAreNamedSo() {
    for (Quantity quantity : Quantity.all()) {
      assertThat(quantity.domain() == Domain.LN)
          .as(quantity.column())
          .isEqualTo(quantity.column().startsWith("ln_"));
    }
  }

  @Test
  void aQuantityIsFoundByItsColumn() {
    for (Quantity quantity : Quantity.all()) {
      assertThat(Quantity.of(quantity.column())).isSameAs(quantity);
    }
  }

  /** What has a z is averaged, and what decides how many networks are measured too. */
  @Test
  void whatTheoryPredictsIsAveraged() {
    for (Quantity quantity : Quantity.all()) {
      assertThat(quantity.isAveraged() || quantity.theory() == Theory.NONE)
          .as(quantity.column())
          .isTrue();
    }
  }

  @Test
  void correlationsNeedTwoInputsAndOutputKernelsTwoOutputs() {
    Set<Probe> all = Set.of(Probe.values());
    assertThat(SignalQuantity.C.isMeasured(all, 1, 2)).isFalse();
    assertThat(SignalQuantity.C.isMeasured(all, 2, 1)).isTrue();
    assertThat(KernelQuantity.LN_NTK_OUTPUTS_SCALE.isMeasured(all, 2, 1)).isFalse();
    assertThat(KernelQuantity.LN_NTK_OUTPUTS_SCALE.isMeasured(all, 1, 2)).isTrue();
    assertThat(SignalQuantity.LN_Q.isMeasured(EnumSet.of(Probe.GRADIENT), 2, 2)).isFalse();
    assertThat(TrainedQuantity.TRAIN_LOSS.isMeasured(all, 2, 2)).isFalse();
  }

  /** An enum that is touched first starts its interface, which must not ask for its constants. */
  @Test
  void anyFamilyMayBeTouchedFirst() throws IOException, ClassNotFoundException {
    URL classes = Quantity.class.getProtectionDomain().getCodeSource().getLocation();
    for (Class<?> family : Quantity.class.getPermittedSubclasses()) {
      try (URLClassLoader fresh =
          new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
        assertThat(Class.forName(family.getName(), true, fresh).getEnumConstants()).isNotEmpty();
      }
    }
  }
}
