package org.phasemap.measure.device;

import java.util.List;
import org.phasemap.plan.Task;

/** Networks that a device measures in one launch, as their results are read. */
interface MeasuredBatch {
  Task.Propagation task();

  int width();

  /** Of the deepest network. */
  int depth();

  List<DeviceNetwork> networks();

  /** M, of the device's M × M matrices; the first belong to the inputs. */
  int columns();

  boolean hasTangents();

  /** What rounding leaves of gradients that cancel, as a share of their products' sizes. */
  double rounding();
}
