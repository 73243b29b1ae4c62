package org.phasemap.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.phasemap.kernel.cuda.CudaBackend;
import org.phasemap.kernel.cuda.EmulatedCuda;
import org.phasemap.plan.Plan;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.plan.cost.Schedule;
import org.phasemap.spec.file.SpecReader;
import org.phasemap.store.table.Column;
import org.phasemap.store.table.Tables;

/** What takes too long on a device is a failed row, as on the CPU. */
class DeviceLimitTest {
  /** Trained to its end, a network would take the emulated device minutes. */
  private static final String SPEC =
      """
      name: slow
      backend: cuda
      replicates: 1
      network: {activation: tanh, width: 2, depth: 1, sigma_w2: 1}
      inputs: {count: 2, dimension: 3}
      training:
        data: {kind: clusters, classes: 2, dimension: 3, examples: 80}
        batch_size: 1
        steps: 2000000
        learning_rate: 0.001
        replicates: 1
      """;

  private static final List<Column> COLUMNS = Tables.replicates();

  private EmulatedCuda emulated;

  @BeforeEach
  void install() {
    emulated = EmulatedCuda.install();
  }

  @AfterEach
  void reset() {
    emulated.reset();
  }

  @Test
  void aLaunchThatTrainsForTooLongIsAFailedRow() {
    assertThat(row(Task.Training.class, 2))
        .containsEntry("error_message", "took longer than 2.0 s (limits.cell_seconds)")
        .containsEntry("backend", CudaBackend.ID);
  }

  /** A launch that measures takes seconds at most: between two of them is soon enough. */
  @Test
  void soIsANetworkThatIsMeasuredForTooLong() {
    assertThat(row(Task.Propagation.class, 1e-9))
        .containsEntry("error_message", "took longer than 1.0E-9 s (limits.cell_seconds)")
        .containsEntry("backend", CudaBackend.ID);
    assertThat(row(Task.Propagation.class, 600)).containsEntry("status", "measured");
  }

  private static Map<String, String> row(Class<? extends Task> task, double cellSeconds) {
    List<Unit> units =
        Schedule.most(Plan.of(SpecReader.parse(SPEC, "slow.yaml"))).stream()
            .filter(unit -> task.isInstance(unit.task()))
            .toList();
    @Nullable Object[] row = UnitRunner.run(units, cellSeconds).rows().get(0);
    return Stream.of("status", "error_message", "backend")
        .collect(Collectors.toMap(column -> column, column -> String.valueOf(row[place(column)])));
  }

  private static int place(String column) {
    return COLUMNS.indexOf(Tables.replicatesColumn(column));
  }
}
