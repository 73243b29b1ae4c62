package org.phasemap.chart.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ValueScaleTest {
  @Test
  void lossesOfNetworksThatDivergedDoNotTakeAllTheColours() {
    double[] losses =
        DoubleStream.concat(
                DoubleStream.iterate(4, loss -> loss + 0.25).limit(30), DoubleStream.of(1e5, 6e6))
            .toArray();
    ValueScale scale = ValueScale.of("plain", losses);

    assertThat(scale.low()).isEqualTo(4);
    assertThat(scale.high()).isBetween(11.25, 12.0);
    assertThat(scale.below()).isFalse();
    assertThat(scale.above()).isTrue();
  }

  @Test
  void fewValuesAmongEqualOnesKeepTheirColours() {
    double[] shares = new double[20];
    shares[3] = 1;
    shares[7] = 2;

    assertThat(ValueScale.of("plain", shares).high()).isEqualTo(2);
  }
}
