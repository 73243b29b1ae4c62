package org.phasemap.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasemap.network.Activation;
import org.phasemap.network.Architecture;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.network.architecture.Place;
import org.phasemap.network.architecture.Plain;
import org.phasemap.network.graph.Norm;
import org.phasemap.network.graph.Parameterisation;
import org.phasemap.plan.Cell;
import org.phasemap.plan.Task;
import org.phasemap.quantity.JacobianQuantity;
import org.phasemap.quantity.KernelQuantity;
import org.phasemap.quantity.Probe;
import org.phasemap.quantity.Profile;
import org.phasemap.quantity.Quantity;
import org.phasemap.spec.Inputs;

/** The graph of a plain network has the MLP's predictions: two walks that share no recursion. */
class PlainGraphPredictionTest {
  private static final Architecture PLAIN =
      new Plain(Norm.NONE, Place.BEFORE, 1, Parameterisation.PLAIN);

  private static final List<Probe> PROBES =
      List.of(Probe.SIGNAL, Probe.GRADIENT, Probe.NTK, Probe.OPTIMISER, Probe.CURVATURE);

  /** What the graph's theory leaves out. */
  private static final Set<Quantity> LEFT_OUT = Set.of(JacobianQuantity.JACOBIAN_RELATIVE_VARIANCE);

  static Stream<Activation> activations() {
    return Activations.all().stream();
  }

  @ParameterizedTest
  @MethodSource("activations")
  void plainGraphIsTheMlp(Activation activation) {
    Random random = new Random(activation.hashCode());
    for (Inputs inputs : List.of(inputs(3, random), inputs(1, random), sphere(random))) {
      double sigmaW2 = 0.7 + 2 * random.nextDouble();
      double sigmaB2 = random.nextBoolean() ? 0 : 0.3 * random.nextDouble();
      double p = random.nextBoolean() ? 1 : 0.5;
      for (int depth : new int[] {1, 2, 7}) {
        Task task = new Task.Propagation(inputs, PROBES);
        assertSame(
            prediction(PLAIN, activation, depth, sigmaW2, sigmaB2, p, task),
            prediction(Architecture.MLP, activation, depth, sigmaW2, sigmaB2, p, task));
      }
    }
  }

  private static Inputs inputs(int count, Random random) {
    return new Inputs(count, 40, 0.5 + random.nextDouble(), random.nextDouble());
  }

  private static Inputs sphere(Random random) {
    return new Inputs(new Inputs.Sphere(0.5 + random.nextDouble(), 3), 4, 40, 1);
  }

  private static Prediction prediction(
      Architecture architecture,
      Activation activation,
      int depth,
      double sigmaW2,
      double sigmaB2,
      double p,
      Task task) {
    NetworkConfig network =
        new NetworkConfig(
            architecture, activation, depth, 50, WeightLaw.NORMAL, sigmaW2, sigmaB2, p);
    Cell cell = new Cell(network, null, task);
    return Predictors.predict(List.of(cell)).get(0).prediction().orElseThrow();
  }

  private static void assertSame(Prediction graph, Prediction mlp) {
    String where = mlp.cell().toString();
    assertThat(graph.phase()).as(where).isEqualTo(mlp.phase());
    assertClose(graph.chi1(), mlp.chi1(), where + " chi1");
    for (Quantity quantity : Quantity.all()) {
      if (!LEFT_OUT.contains(quantity)) {
        double expected = mlp.limit().number(quantity);
        // One input has no other: the MLP's theory says what two would have.
        boolean isAlone = quantity == KernelQuantity.NTK_OFF_RATIO || quantity.column().equals("c");
        int count = ((Task.Propagation) mlp.cell().task()).inputs().count();
        if (!(isAlone && count == 1)) {
          assertClose(graph.limit().number(quantity), expected, where + " " + quantity);
        }
      }
    }
    for (Profile profile :
        List.of(Profile.Q, Profile.LN_GRADIENT, Profile.LN_NTK, Profile.LN_NTK_STANDARD)) {
      double[] found = graph.limit().profile(profile);
      for (int l = 0; l < found.length; l++) {
        assertClose(found[l], mlp.limit().profile(profile)[l], where + " " + profile + " " + l);
      }
    }
  }

  /** Kernels' differences of kinked activations at unequal norms are good to 1e-5. */
  private static void assertClose(double found, double expected, String where) {
    if (Double.isNaN(expected)) {
      assertThat(found).as(where).isNaN();
    } else {
      assertThat(found)
          .as(where)
          .isCloseTo(expected, within(1e-7 * Math.max(1, Math.abs(expected))));
    }
  }
}
