package org.phasemap.measure.device;

import java.util.List;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Variant;

/**
 * A unit's variant in a batch of a device.
 *
 * @param draw number, in the batch, of the random numbers that it takes
 * @param cells by depth, ascending
 * @param firstCell number of the first of them in the batch
 */
record DeviceNetwork(Variant variant, int draw, List<Cell> cells, int firstCell) {
  int depth() {
    return cells.get(cells.size() - 1).network().depth();
  }
}
