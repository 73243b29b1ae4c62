package org.phasemap.sweep;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.cli.claims.MeasuredClaims;
import org.phasemap.sweep.table.FiguresOfCells;

/** Sweeps in one session, by subject: it takes longer to open than most of them to run. */
class SweepIT {
  @TempDir private static Path folder = Path.of("");

  @BeforeAll
  static void open() throws IOException {
    SweepSubject.open(folder);
  }

  @AfterAll
  static void close() {
    SweepSubject.close();
  }

  @Nested
  class Pieces extends SweepsInPieces {}

  @Nested
  class Adaptive extends AdaptiveSweeps {}

  @Nested
  class Stopped extends StoppedSweeps {}

  @Nested
  class Failing extends FailingSweeps {}

  @Nested
  class Refused extends RefusedSweeps {}

  @Nested
  class TablesOf extends TablesOfSweeps {}

  @Nested
  class OnDevices extends TrainedOnDevices {}

  @Nested
  class Figures extends FiguresOfCells {}

  @Nested
  class Claims extends MeasuredClaims {}
}
