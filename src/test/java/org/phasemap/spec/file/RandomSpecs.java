package org.phasemap.spec.file;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.phasemap.data.DataSource;
import org.phasemap.kernel.Backends;
import org.phasemap.network.Activation;
import org.phasemap.network.Architecture;
import org.phasemap.network.CellId;
import org.phasemap.network.InitScheme;
import org.phasemap.network.activation.Activations;
import org.phasemap.network.architecture.Families;
import org.phasemap.network.architecture.Family;
import org.phasemap.network.architecture.RandomArchitectures;
import org.phasemap.quantity.Axis;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.Quantity;
import org.phasemap.spec.Inputs;
import org.phasemap.spec.NetworkAxes;
import org.phasemap.spec.Replicates;
import org.phasemap.spec.Spec;
import org.phasemap.spec.Training;

/** Specs that use all of the format, numbers of every magnitude included. */
final class RandomSpecs {
  private final Random random;

  private RandomSpecs(Random random) {
    this.random = random;
  }

  static Spec next(Random random) {
    return new RandomSpecs(random).spec();
  }

  private Spec spec() {
    int count = 1 + random.nextInt(64);
    EnumSet<Probe> probes = EnumSet.of(one(Probe.values()), one(Probe.values()));
    if (probes.stream().anyMatch(Probe::needsJacobian)) {
      // Most widths here are too large for them.
      probes = EnumSet.of(Probe.JACOBIAN);
    }
    Training training = RandomTraining.of(random, data(), network());
    boolean trains = random.nextBoolean();
    if (trains && random.nextInt(4) == 0) {
      probes.clear();
    }
    NetworkAxes network = network();
    boolean weights = probes.stream().anyMatch(Probe::needsWeights);
    if (!trains && !weights && random.nextBoolean()) {
      network = network.with(Axis.ARCHITECTURE, axis(this::architecture));
    }
    return new Spec(
        List.of("01-quickstart", "2026", "null", "1e5", "a..b_c", "0x1F").get(random.nextInt(6)),
        new Spec.Draws(
            random.nextLong(), sampler(network, probes), one(Spec.RandomNumbers.values())),
        replicates(probes, count),
        new Spec.Initialisation(
            network,
            new Inputs(source(), count, count + random.nextInt(1000), magnitude(-6, 5)),
            probes,
            1),
        trains ? training : null,
        random.nextBoolean()
            ? Optional.empty()
            : Optional.of(Backends.all().get(random.nextInt(Backends.all().size()))),
        new Spec.Limits(10_000_000 + random.nextInt(90_000_000), 1 + random.nextInt(1000)));
  }

  private Inputs.Source source() {
    long seed = random.nextLong() >>> 1;
    return switch (random.nextInt(4)) {
      case 0 -> new Inputs.Gaussian(magnitude(-6, 5), random.nextDouble());
      case 1 -> new Inputs.Sphere(magnitude(-6, 5), seed);
      default -> new Inputs.Chosen(files(false), seed);
    };
  }

  private DataSource data() {
    long seed = random.nextLong() >>> 1;
    int dimension = 1 + random.nextInt(10_000);
    return switch (random.nextInt(6)) {
      case 0 -> new DataSource.Bundled();
      case 1 ->
          new DataSource.Clusters(
              2 + random.nextInt(999), dimension, 5 + random.nextInt(1000), magnitude(-6, 5), seed);
      case 2 -> new DataSource.TeacherStudent(2, dimension, 5 + random.nextInt(1000), seed);
      case 3 ->
          new DataSource.Sequences(
              4, 5, 5 * (1 + random.nextInt(2000)), 5 + random.nextInt(1000), seed);
      case 4 ->
          new DataSource.Retrieval(
              4, 5, 5 * (2 + random.nextInt(1999)), 5 + random.nextInt(1000), seed);
      default -> files(true);
    };
  }

  private DataSource.Files files(boolean training) {
    DataSource.Format format = one(DataSource.Format.values());
    boolean table = format == DataSource.Format.CSV || format == DataSource.Format.PARQUET;
    String path =
        List.of("/a/b", "hdfs://host:9000/it's a \"path\": #1", "/ä/C:/x").get(random.nextInt(3));
    return new DataSource.Files(
        format,
        path,
        table && training && random.nextBoolean() ? "/test.csv" : null,
        table && (training || random.nextBoolean()) ? "the 'class'" : null,
        CellId.of(path).repeat(4));
  }

  private Replicates replicates(EnumSet<Probe> probes, int inputs) {
    Map<Quantity, Double> until = new HashMap<>();
    for (Quantity quantity : Quantity.all()) {
      if (quantity.mayDecide()
          && quantity.isMeasured(probes, inputs, 1)
          && random.nextInt(4) == 0) {
        until.put(quantity, magnitude(-300, 5));
      }
    }
    int min = 2 + random.nextInt(9_999);
    return until.isEmpty()
        ? Replicates.fixed(1 + random.nextInt(10_000))
        : new Replicates(min, min + random.nextInt(10_001 - min), until);
  }

  private Spec.SamplerChoice sampler(NetworkAxes network, Set<Probe> probes) {
    boolean weights = probes.stream().anyMatch(Probe::needsWeights);
    boolean masked = network.values(Axis.KEEP_PROBABILITY).stream().anyMatch(p -> p < 1);
    boolean uniform =
        network.values(Axis.INIT).stream().anyMatch(init -> !init.law().isIsotropic());
    Spec.SamplerChoice any = one(Spec.SamplerChoice.values());
    boolean layered =
        network.values(Axis.ARCHITECTURE).stream().anyMatch(a -> !a.equals(Architecture.MLP));
    return masked || uniform || weights || layered ? Spec.SamplerChoice.AUTO : any;
  }

  private NetworkAxes network() {
    NetworkAxes weights =
        random.nextBoolean()
            ? new NetworkAxes(
                Map.of(
                    Axis.INIT,
                    axis(() -> one(InitScheme.values())),
                    Axis.SIGMA_MULTIPLIER,
                    axis(() -> magnitude(-6, 5))),
                random.nextBoolean())
            : new NetworkAxes(
                Map.of(Axis.SIGMA_W2, axis(() -> magnitude(-300, 11))), random.nextBoolean());
    return weights
        .with(Axis.ACTIVATION, axis(this::activation))
        .with(Axis.DEPTH, axis(() -> 1 + random.nextInt(100_000)))
        .with(Axis.WIDTH, axis(() -> 1 + random.nextInt(1 << 20)))
        .with(Axis.SIGMA_B2, axis(() -> random.nextInt(4) == 0 ? 0.0 : magnitude(-300, 11)))
        .with(
            Axis.KEEP_PROBABILITY,
            random.nextBoolean() ? List.of(1.0) : axis(() -> magnitude(-6, -1)));
  }

  /** One that goes with every width and every input. */
  private Architecture architecture() {
    List<Family> any =
        Families.all().stream()
            .filter(family -> List.of("mlp", "densenet", "autoencoder").contains(family.kind()))
            .toList();
    return RandomArchitectures.of(any.get(random.nextInt(any.size())), random);
  }

  private Activation activation() {
    Activation activation = one(Activations.all().toArray(Activation[]::new));
    boolean sloped = activation.slope() != 0 && random.nextBoolean();
    return sloped
        ? Activations.parse(activation.family() + "(" + 10 * random.nextGaussian() + ")")
        : activation;
  }

  private double magnitude(int fromExponent, int toExponent) {
    int exponent = fromExponent + random.nextInt(toExponent - fromExponent + 1);
    double x = (1 + 9 * random.nextDouble()) * Math.pow(10, exponent);
    return random.nextInt(3) == 0 ? Double.parseDouble("1e" + exponent) : x;
  }

  private <T> List<T> axis(Supplier<T> value) {
    Set<T> values = new LinkedHashSet<>();
    IntStream.rangeClosed(0, random.nextInt(5)).forEach(i -> values.add(value.get()));
    return List.copyOf(values);
  }

  private <T> T one(T[] values) {
    return values[random.nextInt(values.length)];
  }
}
