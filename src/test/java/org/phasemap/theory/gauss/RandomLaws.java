package org.phasemap.theory.gauss;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.phasemap.network.Activation;
import org.phasemap.network.activation.Activations;
import org.phasemap.theory.limit.LayerLaw;

/** Activations and random parameters for properties that hold everywhere. */
public final class RandomLaws {
  private static final int DRAWS = 6;

  private RandomLaws() {}

  public static Stream<Activation> activations() {
    return Stream.concat(
        Activations.all().stream(),
        Stream.of(Activations.parse("leaky_relu(0.3)"), Activations.parse("prelu(-0.5)")));
  }

  /** Activations that are neither linear nor homogeneous: they have a scale. */
  public static Stream<Activation> scaled() {
    return activations().filter(f -> !f.isHomogeneous());
  }

  /** Log-uniform variances, the same for every run. */
  public static List<Double> variances(Activation f) {
    Random random = new Random(f.name().hashCode());
    List<Double> q = new ArrayList<>(List.of(0.01, 30.0));
    for (int i = 0; i < DRAWS; i++) {
      q.add(Math.exp(Math.log(0.05) + random.nextDouble() * Math.log(200)));
    }
    return q;
  }

  /** Values of 1 − c over the whole range. */
  public static List<Double> deltas(Activation f) {
    Random random = new Random(f.name().hashCode() + 1);
    List<Double> delta = new ArrayList<>(List.of(1e-9, 1e-3, 1.0));
    for (int i = 0; i < DRAWS; i++) {
      delta.add(2 * random.nextDouble());
    }
    return delta;
  }

  /** Laws with stable signals. */
  public static List<LayerLaw> laws(Activation f) {
    Random random = new Random(f.name().hashCode() + 2);
    List<LayerLaw> laws = new ArrayList<>();
    for (int i = 0; i < DRAWS; i++) {
      laws.add(new LayerLaw(f, 0.3 + 1.5 * random.nextDouble(), 0.3 * random.nextDouble()));
    }
    return laws;
  }
}
