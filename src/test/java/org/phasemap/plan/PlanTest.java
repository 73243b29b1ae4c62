package org.phasemap.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.phasemap.network.SplitMix64;
import org.phasemap.network.UserException;
import org.phasemap.network.WeightLaw;
import org.phasemap.plan.cost.CostModel;
import org.phasemap.plan.cost.Schedule;
import org.phasemap.spec.Spec;
import org.phasemap.spec.file.SpecReader;

class PlanTest {
  private static final String YAML =
      """
      name: planned
      replicates: 3
      network:
        activation: [relu, tanh]
        depth: [2, 5]
        width: [16, 32]
        sigma_multiplier: [0.5, 1, 2]
        keep_probability: [1, 0.25]
      training:
        network: {depth: 2, width: 16, sigma_multiplier: 1, keep_probability: 1}
        replicates: 2
      """;

  private static Spec spec(String yaml) {
    return SpecReader.parse(yaml, "test.yaml");
  }

  private static List<String> rows(List<Unit> units) {
    List<String> rows = new ArrayList<>();
    for (Unit unit : units) {
      unit.cells().forEach(cell -> rows.add(cell.id() + "/" + unit.replicate()));
    }
    return rows;
  }

  @Test
  void unitsHoldEveryReplicateOfEveryCellOnce() {
    Plan plan = Plan.of(spec(YAML));
    List<String> rows = rows(Schedule.most(plan));

    assertThat(plan.cells()).hasSize(2 * 2 * 2 * 3 * 2 + 2);
    assertThat(plan.rows()).isEqualTo(48 * 3 + 2 * 2);
    assertThat(rows).hasSize((int) plan.rows()).doesNotHaveDuplicates();
  }

  @Test
  void cellsOfAUnitShareWidthMaskAndTask() {
    for (Unit unit : Schedule.most(Plan.of(spec(YAML)))) {
      assertThat(unit.cells()).extracting(Cell::task).containsOnly(unit.task());
      assertThat(unit.cells()).extracting(c -> c.network().width()).satisfies(PlanTest::equal);
      assertThat(unit.cells())
          .extracting(c -> c.network().keepProbability())
          .satisfies(PlanTest::equal);
    }
  }

  private static void equal(List<?> values) {
    assertThat(new HashSet<>(values)).hasSize(1);
  }

  @Test
  void autoIsWeightFreeWhereThatIsExact() {
    String yaml =
        YAML.replace(
            "  sigma_multiplier: [",
            "  init: [he_normal, he_uniform, orthogonal]\n  sigma_multiplier: [");
    List<Unit> units = Schedule.most(Plan.of(spec(yaml)));

    assertThat(units).extracting(Unit::sampler).contains(Sampler.values());
    for (Unit unit : units) {
      for (Cell cell : unit.cells()) {
        boolean dense =
            cell.task() instanceof Task.Training
                || cell.network().keepProbability() < 1
                || cell.network().weightLaw() == WeightLaw.UNIFORM;
        assertThat(unit.sampler()).isEqualTo(dense ? Sampler.DENSE : Sampler.WEIGHT_FREE);
      }
    }
    assertThat(Schedule.most(Plan.of(spec(yaml + "sampler: dense\n"))))
        .extracting(Unit::sampler)
        .containsOnly(Sampler.DENSE);
  }

  @Test
  void independentCellsHaveUnitsAndSeedsOfTheirOwn() {
    List<Unit> common = Schedule.most(Plan.of(spec(YAML)));
    Plan plan = Plan.of(spec(YAML + "random_numbers: independent\n"));
    List<Unit> units = Schedule.most(plan);

    assertThat(common).extracting(Unit::seed).containsOnly(1L);
    assertThat(common).extracting(Unit::sharing).containsOnly(Unit.Sharing.COMMON);
    assertThat(rows(units)).containsExactlyInAnyOrderElementsOf(rows(common));
    assertThat(units).hasSize((int) plan.rows()).allMatch(unit -> unit.cells().size() == 1);
    assertThat(units).extracting(Unit::sharing).containsOnly(Unit.Sharing.INDEPENDENT);
    assertThat(units.stream().map(unit -> unit.cells().get(0) + " " + unit.seed()).distinct())
        .hasSize(plan.cells().size());
    assertThat(units.stream().map(Unit::seed).distinct()).hasSize(plan.cells().size());
  }

  @Test
  void seedsAreMixedAsSplitMix64Does() {
    // The first outputs of SplitMix64 from 0: its state grows by the golden ratio.
    long golden = 0x9e3779b97f4a7c15L;
    assertThat(SplitMix64.mixed(golden)).isEqualTo(0xe220a8397b1dcdafL);
    assertThat(SplitMix64.mixed(2 * golden)).isEqualTo(0x6e789e6aa1b965f4L);
  }

  @Test
  void cellsMayEndEarly() {
    Plan plan = Plan.of(spec(YAML.replace("s: 3", "s: {min: 2, max: 5, until: {c: 0.1}}")));

    assertThat(plan.fewestRows()).isEqualTo(48 * 2 + 2 * 2);
    assertThat(plan.rows()).isEqualTo(48 * 5 + 2 * 2);
    assertThat(rows(Schedule.fewest(plan))).hasSize(100);
    assertThat(rows(Schedule.most(plan))).hasSize(244).containsAll(rows(Schedule.fewest(plan)));
  }

  @Test
  void aCellKeepsItsIdInAnotherSweep() {
    Set<String> ids = new HashSet<>();
    Plan.of(spec(YAML)).cells().forEach(cell -> ids.add(cell.id()));
    String wider = YAML.replace("planned", "other").replace("[0.5, 1, 2]", "[0.25, 0.5, 1, 2, 4]");
    Set<String> more = new HashSet<>();
    Plan.of(spec(wider)).cells().forEach(cell -> more.add(cell.id()));

    assertThat(more).hasSize(82).containsAll(ids);
  }

  @Test
  void longUnitsComeFirstAndBigOnesAreCut() {
    Plan plan =
        Plan.of(
            spec(
                """
                name: big
                replicates: 1
                network:
                  activation: tanh
                  depth: [4, 64]
                  width: 1024
                  sigma_multiplier: {from: 0.5, to: 2, count: 1000}
                """));
    List<Unit> units = Schedule.most(plan);

    assertThat(units).hasSizeGreaterThan(1);
    assertThat(units)
        .extracting(CostModel::seconds)
        .isSortedAccordingTo((a, b) -> Double.compare(b, a));
    assertThat(units).extracting(CostModel::bytes).allMatch(bytes -> bytes < 512e6);
  }

  @Test
  void variantsOfWideNetworksStillShareTheirWeights() {
    Plan plan =
        Plan.of(
            spec(
                """
                name: wide
                replicates: 1
                network:
                  activation: tanh
                  depth: 8
                  width: 4096
                  sigma_multiplier: {from: 0.5, to: 2, count: 16}
                """));

    // Drawing 8 layers costs 0.4 s, and a layer takes 67 MB, once for all.
    assertThat(Schedule.most(plan)).hasSize(1);
  }

  @Test
  void unitsOfSmallNetworksAreCutBeforeTheirRowsFillTheHeap() {
    String yaml =
        """
        name: small
        replicates: 1
        network: {activation: relu, depth: 1, width: 2, sigma_w2: {from: 1, to: 3, count: 9001}}
        inputs: {count: 1, dimension: 1}
        probes: [signal]
        """;
    assertThat(Schedule.most(Plan.of(spec(yaml))))
        .extracting(unit -> unit.cells().size())
        .containsExactlyInAnyOrder(4000, 4000, 1001);
  }

  @Test
  void tasksKeepEveryUnitAndTheirOrderAndBalance() {
    List<Unit> units = Schedule.most(Plan.of(spec(YAML)));
    double longest = CostModel.seconds(units.get(0));
    double all = units.stream().mapToDouble(CostModel::seconds).sum();
    List<List<Unit>> tasks = Schedule.tasks(units, 1);

    assertThat(tasks.stream().flatMap(List::stream)).containsExactlyElementsOf(units);
    assertThat(tasks)
        .isNotEmpty()
        .allSatisfy(
            task ->
                assertThat(task.stream().mapToDouble(CostModel::seconds).sum())
                    .isLessThanOrEqualTo(Math.max(longest, all / 50)));
    // Two neighbours could not have been one task.
    for (int i = 1; i < tasks.size(); i++) {
      double two =
          Stream.of(tasks.get(i - 1), tasks.get(i))
              .flatMap(List::stream)
              .mapToDouble(CostModel::seconds)
              .sum();
      assertThat(two).isGreaterThan(all / 50);
    }
  }

  @Test
  void rescalingForSparsityKeepsTheEffectiveVariance() {
    String yaml =
        YAML.replace(
            "keep_probability: [1, 0.25]",
            "keep_probability: [1, 0.25]\n  rescale_for_sparsity: true");
    for (Cell cell : Plan.of(spec(yaml)).cells()) {
      if (cell.scheme() != null && cell.scheme().sigmaMultiplier() == 1) {
        assertThat(cell.network().effectiveSigmaW2()).isEqualTo(2);
      }
    }
  }

  @Test
  void theCriticalInitIsTheActivationsOwnEdgeOfChaos() {
    String yaml =
        """
        name: critical
        network: {activation: tanh, depth: 3, width: 8, init: critical, sigma_b2: 0.05}
        """;

    // Reference table, row crit_sw2_tanh_sb2_0.05.
    assertThat(Plan.of(spec(yaml)).cells().get(0).network().sigmaW2())
        .isCloseTo(1.7609546396067373, org.assertj.core.data.Offset.offset(1e-9));
  }

  /** 2/(λ²(1 + α²)): SELU has a kink at 0. */
  @Test
  void theCriticalInitWithoutBiasIsThatOfTheSlopesAtZero() {
    String yaml =
        """
        name: critical
        network: {activation: [selu, tanh, gelu], depth: 3, width: 8, init: critical}
        """;

    assertThat(Plan.of(spec(yaml)).cells())
        .extracting(cell -> cell.network().sigmaW2())
        // 1/φ′(0)² to the bit, so that the cells keep their ids.
        .containsExactly(1 / (0.5 * (SELU_LEFT * SELU_LEFT + SELU_RIGHT * SELU_RIGHT)), 1.0, 4.0);
  }

  private static final double SELU_RIGHT = 1.0507009873554805;
  private static final double SELU_LEFT = SELU_RIGHT * 1.6732632423543772;

  @Test
  void anActivationWithoutCriticalPointIsTheUsersMistake() {
    String yaml =
        """
        name: critical
        network: {activation: softplus, depth: 3, width: 8, init: critical}
        """;

    assertThatThrownBy(() -> Plan.of(spec(yaml)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "network.init: critical is not allowed with activation softplus at sigma_b2 0.0: it has"
                + " no critical point there; allowed: any other init, or sigma_w2");
  }
}
