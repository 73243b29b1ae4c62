package org.phasemap.chart.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.query.Limits;
import org.phasemap.query.SweepFolder;
import org.phasemap.query.SyntheticSweep;
import org.phasemap.store.ResultsFolder;

/** Several sweeps together keep to the server's memory. */
class TurnsTest {
  private static final Limits LIMITS = new Limits(Duration.ofSeconds(30), 200);
  private static final long LONG = TimeUnit.SECONDS.toNanos(20);
  private static final List<OpenTables> SWEEPS = new ArrayList<>();

  @TempDir private static Path root = Path.of("");

  @BeforeAll
  static void open() throws Exception {
    SweepFolder.write(root.resolve("a"), SyntheticSweep.write(root));
    ResultsFolder folder = ResultsFolder.at(root.resolve("a").toString(), new Configuration());
    for (int i = 0; i < 3; i++) {
      SWEEPS.add(OpenTables.of(folder, "state " + i, i, LIMITS));
    }
  }

  @AfterAll
  static void close() {
    SWEEPS.forEach(OpenTables::release);
  }

  private static List<OpenTables> sweep(int i) {
    return SWEEPS.subList(i, i + 1);
  }

  @Test
  void aThirdSweepWaitsUntilOneOfTwoIsNoLongerBusy() throws Exception {
    Turns turns = new Turns();
    assertThat(turns.take(sweep(0), 0)).isTrue();
    assertThat(turns.take(sweep(0), 0)).isTrue();
    assertThat(turns.take(sweep(1), 0)).isTrue();
    assertThat(turns.take(sweep(2), 0)).isFalse();
    assertThat(turns.take(SWEEPS.subList(0, 2), 0)).isTrue(); // Two that are busy, compared.
    turns.end(SWEEPS.subList(0, 2));
    var third =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return turns.take(sweep(2), LONG);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    turns.end(sweep(0));
    assertThat(third.isDone()).isFalse();
    turns.end(sweep(0));
    assertThat(third.get(20, TimeUnit.SECONDS)).isTrue();
    assertThat(turns.take(sweep(0), 0)).isFalse();
  }

  @Test
  void whatTakesLongWaitsUntilNobodyIsWaiting() throws Exception {
    Turns turns = new Turns();
    turns.enter();
    turns.take(sweep(0), 0);
    CompletableFuture<Boolean> begun =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                turns.awaitQuiet(1, LONG);
                return turns.take(sweep(0), 0);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    turns.leave();
    Thread.sleep(20);
    assertThat(begun.isDone()).isFalse();
    turns.end(sweep(0));
    assertThat(begun.get(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void itDoesNotWaitForEver() throws Exception {
    Turns turns = new Turns();
    turns.enter();
    turns.awaitQuiet(LONG, 1_000_000);
    assertThat(turns.take(sweep(0), 0)).isTrue();
  }
}
