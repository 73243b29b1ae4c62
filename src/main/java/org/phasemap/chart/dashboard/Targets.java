package org.phasemap.chart.dashboard;

import java.io.IOException;
import org.phasemap.store.ResultsFolder;

/** Who knows what a sweep is to become; charts know no plan. */
public interface Targets {
  /**
   * What a sweep's spec wants.
   *
   * @param cells of the spec
   * @param rows of {@code replicates} that are wanted, as far as is known by now
   * @param missing of these
   */
  record Target(long cells, long rows, long missing) {}

  /**
   * That of a folder as it is now.
   *
   * @throws org.phasemap.network.UserException if its spec cannot be read
   */
  Target of(ResultsFolder folder) throws IOException;
}
