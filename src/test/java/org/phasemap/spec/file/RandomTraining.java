package org.phasemap.spec.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.phasemap.data.DataSource;
import org.phasemap.network.activation.Activations;
import org.phasemap.quantity.Axis;
import org.phasemap.spec.EarlyStop;
import org.phasemap.spec.Engine;
import org.phasemap.spec.LearningRate;
import org.phasemap.spec.Loss;
import org.phasemap.spec.NetworkAxes;
import org.phasemap.spec.Optimiser;
import org.phasemap.spec.Procedure;
import org.phasemap.spec.Training;

/** Random trainings that a spec could give. */
final class RandomTraining {
  private RandomTraining() {}

  static Training of(Random random, DataSource data, NetworkAxes drawn) {
    boolean biases = random.nextBoolean();
    boolean foreign = random.nextInt(4) == 0;
    NetworkAxes network = biases ? drawn : drawn.with(Axis.SIGMA_B2, List.of(0.0));
    if (foreign) {
      network = network.with(Axis.ACTIVATION, List.of(Activations.parse("tanh")));
    }
    return new Training(
        data,
        network,
        1 + random.nextInt(10_000),
        new Training.Axes(
            optimisers(random, foreign),
            rates(random),
            IntStream.rangeClosed(1, 1 + random.nextInt(3)).map(i -> i * 1000).boxed().toList()),
        new Procedure(
            foreign ? Engine.DEEPLEARNING4J : Engine.KERNEL,
            random.nextBoolean() ? Loss.MSE : Loss.CROSS_ENTROPY,
            new Procedure.Layers(biases, random.nextBoolean() ? 1 : random.nextDouble()),
            new Procedure.Ending(
                1 + random.nextInt(10_000_000), random.nextBoolean() ? null : stop(random)),
            new Procedure.Findings(
                1 - random.nextDouble(), 1 + random.nextInt(1024), random.nextBoolean())));
  }

  private static List<Optimiser> optimisers(Random random, boolean foreign) {
    double mu = 0.99 * random.nextDouble();
    List<Optimiser> optimisers = new ArrayList<>();
    optimisers.add(new Optimiser.Adam(0.9 * random.nextDouble(), random.nextDouble() / 2, 1e-8));
    optimisers.add(foreign ? new Optimiser.Sgd() : new Optimiser.Momentum(mu));
    optimisers.add(new Optimiser.Nesterov(mu));
    return optimisers.subList(0, 1 + random.nextInt(3));
  }

  private static List<LearningRate> rates(Random random) {
    double first = 1e-3 + random.nextDouble();
    return random.nextBoolean()
        ? List.of(new LearningRate.Fixed(first), new LearningRate.Fixed(2 * first))
        : List.of(new LearningRate.Critical(first), new LearningRate.Critical(3 * first));
  }

  private static EarlyStop stop(Random random) {
    Double loss = random.nextBoolean() ? random.nextDouble() : null;
    Double accuracy = loss == null || random.nextBoolean() ? 1 - random.nextDouble() : null;
    return new EarlyStop(loss, accuracy, 1 + random.nextInt(100));
  }
}
