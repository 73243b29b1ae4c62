package org.phasemap.cli.doctor;

import java.io.PrintStream;
import java.util.Locale;
import org.phasemap.kernel.DeviceCheck;
import org.phasemap.kernel.cuda.Ceilings;
import org.phasemap.kernel.cuda.CudaBackend;
import org.phasemap.kernel.cuda.CudaDevice;
import org.phasemap.kernel.cuda.DeviceDraw;
import org.phasemap.kernel.cuda.DeviceMemory;

/**
 * What {@code jobs/gpu-check} runs on a machine with a GPU that has nothing else: is the device
 * right, and how fast is it? Without Spark.
 */
final class GpuCheck {
  /** Of the device's memory: what keeps the 256 dense networks of the table. */
  private static final long BYTES = 2L << 30;

  private final CudaDevice device;
  private final PrintStream out;
  private int wrong;

  private GpuCheck(CudaDevice device, PrintStream out) {
    this.device = device;
    this.out = out;
  }

  /**
   * Checks the first device.
   *
   * @param arguments {@code bits} for the quick part alone, which takes no time
   */
  public static void main(String[] arguments) {
    // All networks of a row of the table in one launch.
    new CudaBackend().gpus().orElseThrow().bind(0, BYTES);
    try (CudaDevice device = CudaDevice.open()) {
      GpuCheck check = new GpuCheck(device, System.out);
      check.describe();
      check.draw();
      check.rows();
      if (arguments.length == 0) {
        check.ceilings();
        check.speed();
      }
      if (check.wrong > 0) {
        throw new IllegalStateException(check.wrong + " checks failed");
      }
    }
  }

  private void describe() {
    DeviceMemory memory = device.memory();
    say(
        "device: %s, compute capability %s, %d multiprocessors, %,d bytes of shared memory a"
            + " block, %.1f of %.1f GB free, driver for CUDA %s",
        device.description(),
        device.capability(),
        device.multiprocessors(),
        device.sharedMemoryPerBlock(),
        memory.free() / 1e9,
        memory.total() / 1e9,
        device.driverVersion());
  }

  private void draw() {
    DeviceCheck check = DeviceDraw.check(device);
    verdict(
        check.passes(),
        "random numbers: %,d of %,d have Java's bits",
        check.numbers() - check.different(),
        check.numbers());
  }

  private void ceilings() {
    Ceilings ceilings = Ceilings.measure(device, device.isEmulated() ? 1e-4 : 1);
    say(
        "ceilings: copy %.3g GB/s, float32 %.3g TFLOP/s, float64 %.3g TFLOP/s",
        ceilings.copyBytes() / 1e9, ceilings.flops() / 1e12, ceilings.flops64() / 1e12);
  }

  /** The emulated device's. Whoever changes a number of these rows takes it from GpuCheckTest. */
  private static final String ROWS =
      "ac36af2c3049ca6c94ac3a6322d8dfdc03573dd236ebaf8bd3c5655b426ecccc";

  /** The same of networks with explicit weights. */
  private static final String DENSE_ROWS =
      "1258001b3496307a27627c94017abcfe1c3ba8bf136fed5e3ced5943ca5cde0e";

  /** Weight-free and orthogonal; layer 1 shows part of a frame. */
  private static final String ORTHOGONAL_ROWS =
      "0d9fc8211e4e4987ff55a592670ec6cfea8be3ad40d4babe1fef5da49e6a0cf3";

  /** Of more inputs than a warp has lanes. */
  private static final String WIDE_ROWS =
      "438adbead4a7e413b72bf4ee4e3fbf6ae7f1487cc0940339fff195c906dfac4c";

  /** Explicit weights and several outputs. */
  private static final String OUTPUTS_ROWS =
      "5cb20793991fd60cf6c4d554fe04dce693dd3c006355dd4a9fcd42d29d64c138";

  /** The same of trained networks. */
  private static final String TRAINED_ROWS =
      "cca822bb0f684437c3c7185fb4dc4abc3f036158e337759bec27afdd7af29753";

  private void rows() {
    rows(
        "weight-free",
        ROWS,
        GpuUnits.of(
            "{activation: [tanh, relu, gelu], depth: [3, 5], width: 96, sigma_w2: [1, 2.5]}",
            "seed: 5\nreplicates: 2\ninputs: {count: 8, dimension: 40}"));
    rows(
        "dense",
        DENSE_ROWS,
        GpuUnits.of(
            "{activation: [tanh, relu, gelu], depth: [3, 5], width: 96, sigma_w2: [1, 2.5],"
                + " keep_probability: [1, 0.5]}",
            "sampler: dense\nseed: 5\nreplicates: 2\ninputs: {count: 8, dimension: 40}"));
    rows(
        "orthogonal weight-free",
        ORTHOGONAL_ROWS,
        GpuUnits.of(
            "{activation: [tanh, relu], depth: 4, width: [40, 96], init: orthogonal}",
            "seed: 5\nreplicates: 2\ninputs: {count: 8, dimension: 60}"));
    rows(
        "wide weight-free",
        WIDE_ROWS,
        GpuUnits.of(
            "{activation: [tanh, relu], depth: 3, width: 96, sigma_w2: 2}",
            "seed: 5\nreplicates: 1\ninputs: {count: 40, dimension: 60}"));
    rows(
        "ten-output dense",
        OUTPUTS_ROWS,
        GpuUnits.of(
            "{activation: [tanh, relu], depth: [2, 3], width: 40, sigma_w2: [1, 2.5]}",
            "sampler: dense\noutputs: 10\nprobes: [ntk, curvature]\nseed: 5\nreplicates: 2\n"
                + "inputs: {count: 8, dimension: 40}"));
    rows(
        "trained",
        TRAINED_ROWS,
        GpuUnits.of(
            "{activation: [tanh, relu, gelu], depth: [2, 3], width: 20, sigma_w2: 1.5,"
                + " keep_probability: [1, 0.5]}",
            "seed: 5\nprobes: []\ntraining: {steps: 9, replicates: 1, batch_size: 32, optimiser:"
                + " [sgd, adam], data: {kind: clusters, classes: 3, dimension: 9, examples: 80}}"));
  }

  private void rows(String sampler, String expected, GpuUnits units) {
    String rows = units.rows(device);
    verdict(
        rows.equals(expected),
        "rows: those of %,d %s networks have SHA-256 %s; expected %s",
        units.networks(),
        sampler,
        rows,
        expected);
  }

  /** Of the table in docs/gpu.md. */
  private void speed() {
    if (device.isEmulated()) {
      say("speed: not measured, for the device is emulated");
      return;
    }
    String wide =
        "{activation: tanh, depth: 64, width: 1024, sigma_w2: {from: 1, to: 3, count: 32}}";
    String shown = "replicates: 8\ninputs: {count: 16, dimension: 1024}";
    speed(wide, shown);
    speed(
        "{activation: tanh, depth: 32, width: 64, sigma_w2: {from: 1, to: 3, count: 32}}",
        "replicates: 64\ninputs: {count: 16, dimension: 64}");
    speed(wide, "sampler: dense\n" + shown);
    trainingSpeed();
  }

  /** Of a step alone: twice as many steps less as many. Both evaluate once. */
  private void trainingSpeed() {
    int steps = 100;
    String network =
        "{activation: tanh, depth: 32, width: 64, sigma_w2: {from: 1, to: 3, count: 32}}";
    String training = "probes: []\ntraining: {replicates: 64, batch_size: 64, steps: %d}";
    GpuUnits once = GpuUnits.of(network, training.formatted(steps));
    double seconds = GpuUnits.of(network, training.formatted(2 * steps)).seconds(device);
    say(
        "speed: %.3f µs a step and network, %,d networks trained side by side, %s, batches of 64",
        (seconds - once.seconds(device)) / steps / once.networks() * 1e6, once.networks(), network);
  }

  private void speed(String network, String rest) {
    GpuUnits units = GpuUnits.of(network, rest);
    double seconds = units.seconds(device);
    say(
        "speed: %.3f µs a network, %,d networks, %s, %s",
        seconds / units.networks() * 1e6, units.networks(), network, rest.replace('\n', ' '));
  }

  private void verdict(boolean right, String format, Object... values) {
    say((right ? "ok    " : "WRONG ") + format, values);
    wrong += right ? 0 : 1;
  }

  private void say(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
