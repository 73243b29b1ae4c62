package org.phasemap.predict;

import java.util.List;
import org.phasemap.plan.Cell;

/** What theory says of one kind of task on networks of one architecture. */
interface Predictor {
  /** Cells of equal groups are predicted together. */
  Record group(Cell cell);

  /** Of the cells of a group, in its order. */
  List<Outlook> predict(List<Cell> group);
}
