package org.phasemap.predict;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.commons.math3.stat.StatUtils;
import org.phasemap.data.DataSource;
import org.phasemap.kernel.Backends;
import org.phasemap.kernel.Kernel;
import org.phasemap.measure.Probers;
import org.phasemap.network.Activation;
import org.phasemap.network.Architecture;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.network.architecture.Misfit;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Sampler;
import org.phasemap.plan.Task;
import org.phasemap.plan.Unit;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.Quantity;
import org.phasemap.spec.Inputs;
import org.phasemap.theory.width.Band;

/**
 * Bands of random cells of every family beside what networks measure: {@code BandCalibration
 * FILE.csv CELLS SEED [FAMILY …]}. CELLS are drawn of each family, measured as a sweep of
 * independent cells measures them, and written with a line for each quantity that may have a band.
 */
public final class BandCalibration {
  /** Products of numbers that a network may take, so that a cell takes a second or less. */
  private static final double MOST_PRODUCTS = 1.5e9;

  /** Two networks are as many as have a spread; 32 see a bias of a fifth of it. */
  private static final Integer[] REPLICATES = {2, 3, 8, 8, 32};

  private BandCalibration() {}

  /** Writes the file. */
  public static void main(String[] args) throws IOException {
    int cells = Integer.parseInt(args[1]);
    long seed = Long.parseLong(args[2]);
    List<CalibratedFamily> families = new ArrayList<>();
    for (int i = 3; i < args.length; i++) {
      families.add(CalibratedFamily.valueOf(args[i]));
    }
    if (families.isEmpty()) {
      families.addAll(List.of(CalibratedFamily.values()));
    }
    try (Kernel kernel = Backends.fastest().open();
        PrintWriter out = new PrintWriter(Files.newBufferedWriter(Path.of(args[0])))) {
      out.println("family,cell,replicates,quantity,expected,expected_sd,mean,z");
      for (CalibratedFamily family : families) {
        Random random = new Random(seed * 1009 + family.name().hashCode());
        for (int i = 0; i < cells; i++) {
          compare(kernel, family, random, out);
        }
        out.flush();
      }
    }
  }

  /** Draws a cell, measures it where it has any band, and writes its lines. */
  private static void compare(
      Kernel kernel, CalibratedFamily family, Random random, PrintWriter out) {
    Cell cell = cell(family, random);
    Task.Propagation task = (Task.Propagation) cell.task();
    Bands bands =
        Predictors.predict(List.of(cell))
            .get(0)
            .prediction()
            .map(Prediction::bands)
            .orElse(Bands.none(cell.network().depth()));
    List<Quantity> quantities =
        Quantity.all().stream()
            .filter(q -> q.theory().hasBand() && task.probes().contains(q.probe()))
            .toList();
    int replicates = CalibratedFamily.pick(random, REPLICATES);
    long seed = random.nextLong();
    boolean isKnown = quantities.stream().anyMatch(q -> bands.of(q).reliable());
    List<Measurement> found =
        isKnown ? measured(kernel, cell, replicates, seed) : List.<Measurement>of();
    for (Quantity quantity : quantities) {
      Band band = bands.of(quantity);
      double mean = StatUtils.mean(found.stream().mapToDouble(m -> m.number(quantity)).toArray());
      double z = band.z(mean, replicates);
      boolean isCompared = band.reliable() && Double.isFinite(z);
      out.printf(
          Locale.ROOT,
          "%s,\"%s; %s\",%d,%s,%s,%s,%s,%s%n",
          family,
          cell.network(),
          task.inputs(),
          replicates,
          quantity.column(),
          isCompared ? band.mean() : "",
          isCompared ? band.standardDeviation() : "",
          isCompared ? mean : "",
          isCompared ? z : "");
    }
  }

  private static List<Measurement> measured(Kernel kernel, Cell cell, int replicates, long seed) {
    List<Measurement> found = new ArrayList<>();
    for (int r = 0; r < replicates; r++) {
      Unit unit = new Unit(seed, r, Sampler.DENSE, Unit.Sharing.INDEPENDENT, List.of(cell));
      found.addAll(Probers.of(cell.network().architecture()).measure(kernel, unit));
    }
    return found;
  }

  private static Cell cell(CalibratedFamily family, Random random) {
    while (true) {
      Architecture architecture = family.of(random);
      Inputs inputs = inputs(random, family.dimension(random, architecture));
      NetworkConfig network =
          new NetworkConfig(
              architecture,
              activation(family, random),
              logUniform(random, 1, 64),
              4 * logUniform(random, 2, 64),
              random.nextInt(8) == 0
                  ? CalibratedFamily.pick(random, WeightLaw.values())
                  : WeightLaw.NORMAL,
              0.4 * Math.pow(10, random.nextDouble()),
              random.nextBoolean() ? 0 : 0.02 * Math.pow(50, random.nextDouble()),
              random.nextInt(3) == 0 ? 0.3 + 0.7 * random.nextDouble() : 1);
      if (fits(network, inputs)) {
        List<Probe> probes = new ArrayList<>(List.of(Probe.SIGNAL, Probe.GRADIENT));
        if (family == CalibratedFamily.MLP) {
          probes.addAll(List.of(Probe.JACOBIAN, Probe.NTK));
        }
        return new Cell(network, null, new Task.Propagation(inputs, probes));
      }
    }
  }

  /** Mostly ReLU, of which most bands of layers are. */
  private static Activation activation(CalibratedFamily family, Random random) {
    return family == CalibratedFamily.MLP || random.nextInt(4) == 0
        ? CalibratedFamily.pick(
            random, Activations.TANH, Activations.RELU, Activations.ERF, Activations.GELU)
        : Activations.RELU;
  }

  private static Inputs inputs(Random random, int dimension) {
    int count = CalibratedFamily.pick(random, 1, 2, 2, 4, 6);
    if (dimension == 64 && random.nextInt(3) == 0) {
      Inputs.Source digits = new Inputs.Chosen(new DataSource.Bundled(), random.nextInt(9));
      return new Inputs(digits, count, dimension, 1);
    }
    double q0 = CalibratedFamily.pick(random, 1.0, 1.0, 0.2, 3.0);
    return new Inputs(count, dimension, q0, count == 1 ? 0 : 0.95 * random.nextDouble());
  }

  private static boolean fits(NetworkConfig network, Inputs inputs) {
    double positions = 1;
    if (network.architecture() instanceof Architecture.Layered layered) {
      try {
        int depth = 1;
        positions =
            layered
                .graph(depth, network.width(), inputs.dimension())
                .layer(depth)
                .shape()
                .positions();
      } catch (Misfit e) {
        return false; // heads or groups that do not divide the width
      }
    }
    double products = 9 * positions * inputs.count() * network.depth();
    return products * network.width() * network.width() < MOST_PRODUCTS;
  }

  /** Whole, from low to high, even in the logarithm. */
  private static int logUniform(Random random, int low, int high) {
    return (int) Math.floor(low * Math.pow((high + 1.0) / low, random.nextDouble()));
  }
}
