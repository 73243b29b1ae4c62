package org.phasemap.kernel.cuda;

/**
 * A device's memory in bytes.
 *
 * @param free that no process holds
 * @param total of the device
 */
public record DeviceMemory(long free, long total) {
  /** What helps where memory is short. */
  static final String REMEDY =
      "give tasks more memory (spark.phasemap.gpuMemory; beside RAPIDS also"
          + " spark.rapids.memory.gpu.reserve), or put fewer on a GPU (spark.phasemap.gpusPerTask)";
}
