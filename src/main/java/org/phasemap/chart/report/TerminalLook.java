package org.phasemap.chart.report;

import java.util.List;
import org.phasemap.chart.map.PhaseMap.Spot;

/** How a terminal shows a spot of a map. */
interface TerminalLook {
  /**
   * What stands in a cell.
   *
   * @param cell characters it is wide, 1 to 3
   * @return as many
   */
  String glyphs(Spot spot, int cell);

  /** Escape sequence that sets the colours of a cell; not asked for where there are none. */
  String background(Spot spot);

  /** What the terminal can show. */
  Colours colours();

  /** What symbols, colours and marks mean, as lines. */
  List<String> legend();
}
