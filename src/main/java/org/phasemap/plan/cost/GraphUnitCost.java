package org.phasemap.plan.cost;

import java.util.List;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Sampler;
import org.phasemap.plan.Unit;
import org.phasemap.spec.Spec.SamplerChoice;

/** Of graphs of layers: they go one after the other. */
interface GraphUnitCost extends UnitCost {
  @Override
  default Sampler sampler(Cell cell, SamplerChoice choice) {
    return Sampler.DENSE;
  }

  @Override
  default List<List<Cell>> pieces(Unit unit) {
    return unit.cells().stream().map(List::of).toList();
  }

  @Override
  default double sharedSeconds(Unit unit) {
    return SECONDS_PER_UNIT;
  }

  @Override
  default double sharedBytes(Unit unit) {
    return 0;
  }

  @Override
  default double copies(Unit unit) {
    return 0;
  }

  @Override
  default double together(Unit unit, double bytes, double more) {
    return Math.max(bytes, more);
  }
}
