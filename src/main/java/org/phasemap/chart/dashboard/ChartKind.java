package org.phasemap.chart.dashboard;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.phasemap.chart.explore.Answered;
import org.phasemap.chart.explore.CellMap;
import org.phasemap.chart.explore.Collapsed;
import org.phasemap.chart.explore.Drawn;
import org.phasemap.chart.explore.Parallel;
import org.phasemap.chart.explore.Scaling;
import org.phasemap.chart.explore.Scatter;
import org.phasemap.chart.explore.Slice;
import org.phasemap.chart.explore.View;
import org.phasemap.chart.explore.selection.Columns;
import org.phasemap.chart.explore.selection.Frame;
import org.phasemap.chart.explore.selection.Selection;
import org.phasemap.quantity.Axis;
import org.phasemap.query.NamedQuery;
import org.phasemap.query.Query;

/** The charts that a request may ask for by name. */
enum ChartKind {
  MAP {
    @Override
    Drawing draw(Query query, Asked asked) {
      View view = asked.choice("view", View.MEAN, Arrays.asList(View.values()), View::id);
      CellMap map = map(query, asked, view);
      return new Drawing(map, map.columns());
    }
  },
  LINES {
    @Override
    Drawing draw(Query query, Asked asked) {
      Frame frame = asked.plane();
      asked.quantity();
      Selection cells = asked.lastly();
      return new Drawing(
          asked.exploration().lines(query, asked.task(), cells, frame), Columns.NONE);
    }
  },
  SLICE {
    @Override
    Drawing draw(Query query, Asked asked) {
      Frame frame = asked.curves();
      Drawn drawn = asked.quantity();
      Selection cells = asked.lastly();
      Slice slice = asked.exploration().slice(query, asked.task(), cells, frame, drawn);
      return new Drawing(slice, slice.table());
    }
  },
  AGREEMENT {
    @Override
    Drawing draw(Query query, Asked asked) {
      Drawn drawn = asked.quantity();
      Selection cells = asked.lastly();
      Scatter scatter = asked.exploration().agreement(query, asked.task(), cells, drawn);
      return new Drawing(scatter, scatter.scatter());
    }
  },
  PARALLEL {
    @Override
    Drawing draw(Query query, Asked asked) {
      Drawn drawn = asked.quantity();
      List<Axis<?>> axes = asked.coordinates();
      Selection cells = asked.lastly();
      Parallel parallel = asked.exploration().parallel(query, cells, axes, drawn);
      return new Drawing(parallel, parallel.columns());
    }
  },
  COLLAPSE {
    @Override
    Drawing draw(Query query, Asked asked) {
      Scaling scale =
          asked.choice("scale", Scaling.XI_C, Arrays.asList(Scaling.values()), Scaling::id);
      Axis<?> by = asked.by();
      Drawn drawn = asked.quantity();
      Selection cells = asked.lastly();
      Collapsed collapsed = asked.exploration().collapse(query, cells, by, drawn, scale);
      return new Drawing(collapsed, collapsed.columns());
    }
  },
  /** The answer to a query of {@code dashboards/sql}. */
  TABLE {
    @Override
    Drawing draw(Query query, Asked asked) {
      List<NamedQuery> all = NamedQuery.all();
      NamedQuery named = asked.choice("query", all.get(0), all, NamedQuery::name);
      asked.all();
      Answered answered = Answered.of(query, named);
      return new Drawing(answered, answered.columns());
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

  /** A map of what is asked. */
  static CellMap map(Query query, Asked asked, View view) {
    Frame frame = asked.plane();
    Drawn drawn = asked.quantity();
    Selection cells = asked.lastly();
    return asked.exploration().map(query, asked.task(), cells, frame, drawn, view);
  }

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<ChartKind> all() {
    return Arrays.asList(values());
  }
}
