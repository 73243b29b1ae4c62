package org.phasemap.measure.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.phasemap.kernel.DeviceFailure;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.cuda.CudaDevice;
import org.phasemap.kernel.cuda.EmulatedCuda;
import org.phasemap.kernel.cuda.EmulatedCuda.Setting;
import org.phasemap.kernel.openblas.OpenBlas;
import org.phasemap.plan.Unit;
import org.phasemap.quantity.Measurement;

/** Leaves out barriers of an emulated device, one after the other. */
public final class Barriers implements AutoCloseable {
  /** Backwards, shuffled, forwards, shuffled otherwise. */
  private static final List<String> ORDERS = List.of("1", "2", "0", "3");

  /** One that ends its line is part of a macro. */
  private static final Pattern BARRIER =
      Pattern.compile("^\\s+(?!.*\\\\$)(SYNC|warp_barrier|barrier|grid_barrier)\\(");

  private final EmulatedCuda emulated;

  /** What a device does of units. */
  public interface Doing {
    List<List<Measurement>> of(CudaDevice device, Kernel kernel, List<Unit> units);
  }

  /** On a copy of the device; a launch that fails takes its device with it, so there are many. */
  public Barriers(Path folder) {
    emulated = EmulatedCuda.installCopy(folder);
    emulated.set(Setting.DEVICES, "64");
  }

  /**
   * Those without which no order of threads shows.
   *
   * @param which of the barriers, {@code file:line} each
   * @param differ whether measurements of the units differ
   */
  List<String> unseen(
      List<Unit> units,
      Predicate<String> which,
      BiPredicate<List<Measurement>, List<Measurement>> differ) {
    return unseen(DevicePropagation::measure, units, which, differ);
  }

  /**
   * Those without which no order of threads shows.
   *
   * @param doing what is done of the units
   */
  public List<String> unseen(
      Doing doing,
      List<Unit> units,
      Predicate<String> which,
      BiPredicate<List<Measurement>, List<Measurement>> differ) {
    List<List<Measurement>> expected = measure(doing, units, 0);
    List<String> unseen = new ArrayList<>();
    int ordinal = 0;
    for (String barrier : emulated.barriers().stream().filter(which).toList()) {
      emulated.leaveOut(barrier);
      boolean seen = false;
      for (int i = 0; i < ORDERS.size() && !seen; i++) {
        emulated.set(Setting.ORDER, ORDERS.get(i));
        try {
          List<List<Measurement>> found = measure(doing, units, ordinal);
          for (int u = 0; u < found.size(); u++) {
            seen |= differ.test(expected.get(u), found.get(u));
          }
        } catch (DeviceFailure e) {
          seen = true;
          ordinal++;
        }
      }
      if (!seen) {
        unseen.add(barrier);
      }
    }
    return unseen;
  }

  /**
   * Barriers of sources that no launch has reached so far, and so have not been left out, {@code
   * file:line} each.
   *
   * @param sources of src/main/cuda
   */
  List<String> unreached(List<String> sources) {
    Set<String> reached =
        emulated.barriers().stream()
            .map(barrier -> barrier.substring(barrier.lastIndexOf('/') + 1))
            .collect(Collectors.toSet());
    List<String> unreached = new ArrayList<>();
    for (String source : sources) {
      List<String> lines = lines(Path.of("src/main/cuda", source));
      for (int number = 1; number <= lines.size(); number++) {
        String place = source + ":" + number;
        if (BARRIER.matcher(lines.get(number - 1)).find() && !reached.contains(place)) {
          unreached.add(place);
        }
      }
    }
    return unreached;
  }

  private static List<String> lines(Path source) {
    try {
      return Files.readAllLines(source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<List<Measurement>> measure(Doing doing, List<Unit> units, int ordinal) {
    try (CudaDevice device = CudaDevice.open(ordinal);
        Kernel kernel = new OpenBlas().open()) {
      return doing.of(device, kernel, units);
    }
  }

  @Override
  public void close() {
    emulated.reset();
  }
}
