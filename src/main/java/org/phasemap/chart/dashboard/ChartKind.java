package org.phasemap.chart.dashboard;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.phasemap.chart.explore.CellMap;
import org.phasemap.chart.explore.Columns;
import org.phasemap.chart.explore.Drawn;
import org.phasemap.chart.explore.Frame;
import org.phasemap.chart.explore.Selection;
import org.phasemap.chart.explore.View;
import org.phasemap.query.Query;

/** The charts that a request may ask for by name. */
enum ChartKind {
  MAP {
    @Override
    Drawing draw(Query query, Asked asked) {
      View view = asked.choice("view", View.MEAN, Arrays.asList(View.values()), View::id);
      Frame frame = asked.plane();
      Drawn drawn = asked.quantity();
      Selection selection = asked.lastly();
      CellMap map =
          asked.exploration().map(query, asked.task(), selection, frame, drawn, view);
      return new Drawing(map, map.columns());
    }
  };

  /**
   * A chart, and the table that it shows.
   *
   * @param chart as JSON has it
   * @param table as files have it
   */
  record Drawing(Object chart, Columns table) {}

  /** Draws it. */
  abstract Drawing draw(Query query, Asked asked);

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<ChartKind> all() {
    return Arrays.asList(values());
  }
}
