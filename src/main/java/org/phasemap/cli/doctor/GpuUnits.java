package org.phasemap.cli.doctor;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.phasemap.kernel.Backends;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.cuda.CudaDevice;
import org.phasemap.kernel.cuda.DeviceMark;
import org.phasemap.plan.Plan;
import org.phasemap.plan.Unit;
import org.phasemap.plan.cost.Schedule;
import org.phasemap.quantity.Measurement;
import org.phasemap.rows.ReplicateRow;
import org.phasemap.rows.ReplicateRow.Circumstances;
import org.phasemap.spec.file.SpecReader;
import org.phasemap.store.table.Column;
import org.phasemap.store.table.Tables;
import org.phasemap.sweep.DeviceUnits;

/** Units of a small spec, measured on a device without Spark. */
final class GpuUnits {
  private final List<Unit> units;

  private GpuUnits(List<Unit> units) {
    this.units = units;
  }

  /**
   * Those of a spec.
   *
   * @param network its section, in one line
   * @param rest its other sections
   */
  static GpuUnits of(String network, String rest) {
    String yaml = "name: gpu-check\nbackend: cuda\nnetwork: %s\n%s\n".formatted(network, rest);
    return new GpuUnits(Schedule.most(Plan.of(SpecReader.parse(yaml, "gpu-check.yaml"))));
  }

  /** Networks in all. */
  long networks() {
    return units.stream().mapToLong(unit -> unit.cells().size()).sum();
  }

  private List<List<Measurement>> measure(CudaDevice device) {
    try (Kernel kernel = Backends.fastest().open()) {
      return DeviceUnits.measure(device, kernel, units);
    }
  }

  /**
   * Seconds of the device for all, from the first launch to the last, copies included: the quickest
   * of three, after one that does not count.
   */
  double seconds(CudaDevice device) {
    measure(device);
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 3; i++) {
      try (DeviceMark start = device.mark()) {
        measure(device);
        try (DeviceMark end = device.mark()) {
          device.synchronise();
          least = Math.min(least, end.secondsSince(start));
        }
      }
    }
    return least;
  }

  /** SHA-256 of all rows but their times, the same on every device. */
  String rows(CudaDevice device) {
    List<List<Measurement>> measured = measure(device);
    StringBuilder text = new StringBuilder();
    for (int u = 0; u < units.size(); u++) {
      Unit unit = units.get(u);
      Circumstances circumstances =
          new Circumstances(
              unit.replicate(), unit.sampler().id(), unit.backend().id(), 0, unit.cells().size());
      for (int c = 0; c < unit.cells().size(); c++) {
        append(
            ReplicateRow.measured(unit.cells().get(c), circumstances, measured.get(u).get(c)),
            text);
      }
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(digest.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has SHA-256", e);
    }
  }

  /** By name and without empty columns: a later schema has more of them. */
  private static void append(@Nullable Object[] row, StringBuilder text) {
    List<Column> columns = Tables.replicates();
    for (int i = 0; i < row.length; i++) {
      if (row[i] != null) {
        String value = Arrays.deepToString(new Object[] {row[i]});
        text.append(columns.get(i).name()).append('=').append(value).append('\n');
      }
    }
  }
}
