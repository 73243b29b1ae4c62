package org.phasemap.plan.cost;

import java.util.List;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Sampler;
import org.phasemap.plan.Unit;
import org.phasemap.spec.Spec.SamplerChoice;

/** What one kind of task costs on networks of one architecture, and what cells of it share. */
interface UnitCost {
  /** A kernel of its own, the inputs, the rows of the result. */
  double SECONDS_PER_UNIT = 50e-6;

  /**
   * What becomes of a cell's result: statistics, a row, its way into a staged file and from there
   * into one that stays ({@code RowBenchmark}).
   */
  double SECONDS_PER_ROW = 110e-6;

  /**
   * The sampler of a cell: weight-free where its law is exact, no probe needs weights and the spec
   * does not ask for dense.
   */
  Sampler sampler(Cell cell, SamplerChoice choice);

  /** What cells have in common that can be measured together; equal where they can. */
  Record company(Cell cell);

  /** Cells of a unit that cannot be measured apart without losing what they share, in order. */
  List<List<Cell>> pieces(Unit unit);

  /** Estimated seconds on one core. */
  double seconds(Unit unit);

  /** The part of {@link #seconds} that is for rows. */
  default double rowSeconds(Unit unit) {
    return unit.cells().size() * SECONDS_PER_ROW;
  }

  /** The part of {@link #seconds} that does not grow with the pieces. */
  double sharedSeconds(Unit unit);

  /** Bytes outside the heap that a unit needs at its peak. */
  double bytes(Unit unit);

  /** The part of {@link #bytes} that does not grow with the pieces. */
  double sharedBytes(Unit unit);

  /** The part of {@link #bytes} that processors without AVX-512 alone need. */
  double copies(Unit unit);

  /** Bytes of pieces of one unit, which are held together or one after the other. */
  double together(Unit unit, double bytes, double more);
}
