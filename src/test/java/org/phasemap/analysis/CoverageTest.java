package org.phasemap.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasemap.network.Architecture;

/**
 * How often the 95 % intervals hold the truth. {@code -Dphasemap.coverage.runs=40} draws more than
 * a build has time for, and prints the rows of the tables in docs/boundaries.md.
 */
class CoverageTest {
  private static final int FEW = 10;

  private static final int RUNS = Integer.getInteger("phasemap.coverage.runs", FEW);

  static IntStream replicates() {
    return RUNS == FEW ? IntStream.of(2, 3, 5, 16) : IntStream.of(2, 3, 4, 5, 8, 16, 32, 64, 128);
  }

  private static final List<List<Integer>> MAPS =
      List.of(
          List.of(5, 7, 10, 14, 20, 28, 40, 56, 80),
          List.of(10, 16, 25, 40, 63, 100),
          List.of(4, 5, 6, 8, 10, 12, 16, 24, 48, 96, 192));

  /**
   * From steeper than any map's gaps to as wide as a map: P falls 0.9 to 0.1 over e^0.4 to e^2.6.
   */
  private static final double[] SCALES = {0.1, 0.3, 0.6};

  /**
   * Cells that share no random numbers; what was measured of those that do; one tolerance a
   * replicate.
   */
  private static final double[] SHARES = {0, 0.25, 0.999};

  /**
   * Averaged over maps, scales and places of the boundary from the shallowest depth to the deepest.
   * Independent cells miss what their closed ends may; of up to five networks that share their luck
   * no one can tell how much, so that their intervals may be longer, but not shorter.
   */
  @ParameterizedTest
  @MethodSource("replicates")
  void boundariesLieInTheirIntervals(int replicates) {
    StringBuilder row = new StringBuilder("| " + replicates);
    for (double share : SHARES) {
      Coverage of = boundaries(replicates, share);
      row.append(" | ").append(of);
      double longer = share == 0 ? 0.01 : 0.03;
      assertThat(of.share())
          .as("%s shared", share)
          .isBetween(
              of.nominal() - 0.015 - 4 * of.standardError(),
              of.nominal() + longer + 4 * of.standardError());
    }
    print(row.append(" |"));
  }

  private static Coverage boundaries(int replicates, double share) {
    Coverage coverage = new Coverage();
    for (List<Integer> depths : MAPS) {
      double from = Math.log(depths.get(0));
      double range = Math.log(depths.get(depths.size() - 1)) - from;
      for (double scale : SCALES) {
        Random random = new Random(Objects.hash(depths, replicates, scale, share));
        SimulatedMap map = new SimulatedMap(depths, replicates, scale, share, 0);
        for (int run = 0; run < RUNS; run++) {
          double truth = from + range * random.nextDouble();
          Boundary boundary = Boundary.of(map.draw(random, truth).get(0));
          coverage.add(Math.exp(truth), boundary.low(), boundary.high());
        }
      }
    }
    return coverage;
  }

  /** Four columns and nine, with and without differences of k, independent and shared luck. */
  @ParameterizedTest
  @MethodSource("replicates")
  void multiplesLieInTheirIntervals(int replicates) {
    StringBuilder row = new StringBuilder("| " + replicates);
    Coverage all = new Coverage();
    for (int columns : new int[] {4, 9}) {
      for (double spread : new double[] {0, 0.2}) {
        for (boolean shared : new boolean[] {false, true}) {
          Coverage of = multiples(replicates, columns, spread, shared);
          row.append(" | ").append(of);
          all.add(of);
        }
      }
    }
    print(row.append(" | ").append(all).append(" |"));
    assertThat(all.share()).isBetween(0.95 - 4 * all.standardError(), 0.985);
  }

  /** tanh, σ_b² = 0.05, chaotic: ξ_c from 24 to 3; k = 6, columns spread about it. */
  private static Coverage multiples(int replicates, int columns, double spread, boolean shared) {
    List<Integer> depths = List.of(8, 12, 18, 27, 40, 60, 90, 135, 200);
    SimulatedMap map =
        new SimulatedMap(depths, replicates, 0.25, shared ? 0.25 : 0, shared ? 0.35 : 0);
    List<MapColumn> bare =
        IntStream.range(0, columns)
            .mapToObj(i -> NetworkLawTest.tanh(Architecture.MLP, 2 + 2.0 * i / (columns - 1)))
            .map(law -> new MapColumn(Map.of(), law, List.of()))
            .toList();
    double[] lnXi = bare.stream().mapToDouble(column -> Math.log(column.xiC())).toArray();
    Random random = new Random(Objects.hash(replicates, columns, spread, shared));
    Coverage coverage = new Coverage();
    for (int run = 0; run < 3 * RUNS; run++) {
      double[] middles =
          Arrays.stream(lnXi)
              .map(ln -> Math.log(6) + ln + spread * random.nextGaussian())
              .toArray();
      List<List<Trial>> drawn = map.draw(random, middles);
      List<MapColumn> all = new ArrayList<>();
      for (int c = 0; c < columns; c++) {
        all.add(new MapColumn(Map.of(), bare.get(c).law(), drawn.get(c)));
      }
      Collapse collapse = Collapse.of(all, MapColumn.Side.CHAOTIC);
      coverage.add(6, collapse.low(), collapse.high());
    }
    return coverage;
  }

  private static void print(CharSequence row) {
    if (RUNS != FEW) {
      System.out.printf(Locale.ROOT, "%s%n", row);
    }
  }
}
