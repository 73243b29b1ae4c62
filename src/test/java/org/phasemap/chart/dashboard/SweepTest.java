package org.phasemap.chart.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.phasemap.chart.dashboard.Sweep.Workers;
import org.phasemap.chart.dashboard.Targets.Target;
import org.phasemap.store.HostileFolder;
import org.phasemap.store.ResultsFolder;

class SweepTest {
  private final List<Runnable> later = new ArrayList<>();
  private final List<OpenTables> loaded = new ArrayList<>();

  private Sweep sweep() {
    Workers workers =
        new Workers(
            Runnable::run,
            Runnable::run,
            Runnable::run,
            later::add,
            (sweep, tables) -> loaded.add(tables));
    return new Sweep(
        "a",
        () -> ResultsFolder.open(HostileFolder.KEPT.toString()),
        Served.LIMITS,
        new Look(new Configuration(), folder -> new Target(10, 100, 0)),
        workers);
  }

  /** Whoever loads tables may never come: a server that ends forgets what waits. */
  @Test
  void tablesThatWaitToBeLoadedAreClosedWithTheirSweep() {
    Sweep sweep = sweep();
    OpenTables tables = sweep.tables();
    tables.release();
    assertThat(later).hasSize(1);
    tables.session().close();

    sweep.end();
    assertThatThrownBy(tables::session).isInstanceOf(IllegalStateException.class);
    later.get(0).run();
    assertThat(loaded).isEmpty();
  }

  @Test
  void tablesThatAreLoadedStayOpenUntilTheirSweepIsClosed() {
    Sweep sweep = sweep();
    OpenTables tables = sweep.tables();
    later.get(0).run();
    assertThat(loaded).containsExactly(tables);
    tables.release();
    tables.session().close();

    sweep.close();
    assertThatThrownBy(tables::session).isInstanceOf(IllegalStateException.class);
    OpenTables again = sweep.tables();
    assertThat(again).isNotSameAs(tables);
    again.release();
    sweep.end();
  }

  /** A server whose port is taken ends while it prepares. */
  @Test
  void aPreparationEndsWithItsSweeps() {
    Turns turns = new Turns();
    turns.enter();
    Sweeps sweeps =
        new Sweeps(
            List.of(HostileFolder.KEPT.toString()),
            new Configuration(),
            folder -> new Target(10, 100, 0),
            Served.LIMITS,
            turns);
    sweeps.close();
    assertThatCode(() -> sweeps.prepared(sweeps::newest)).doesNotThrowAnyException();
  }
}
