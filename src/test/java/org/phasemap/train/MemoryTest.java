package org.phasemap.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.phasemap.data.DataSet;
import org.phasemap.data.Digits;
import org.phasemap.kernel.Kernel;
import org.phasemap.network.NetworkConfig;
import org.phasemap.network.WeightLaw;
import org.phasemap.network.activation.Activations;
import org.phasemap.spec.Recipe;

/** A run leaves no native memory behind, however it ends. */
class MemoryTest {
  private static final NetworkConfig NETWORK =
      new NetworkConfig(Activations.parse("tanh"), 4, 32, WeightLaw.NORMAL, 1.5, 0.05, 0.5);
  private static final DataSet DIGITS = Digits.load();

  private static void train(Kernel kernel, double learningRate) {
    Recipe recipe = Recipes.sgd(64, 5, learningRate, 0.9);
    Trainer.train(kernel, List.of(NETWORK), recipe, DIGITS, 1, 0);
  }

  @Test
  void aRunThatEndsOrDivergesFreesItsMatrices() {
    try (Kernel kernel = TestKernels.fastest()) {
      train(kernel, 0.1);
      long before = Pointer.totalBytes();
      train(kernel, 0.1);
      train(kernel, 1e30);
      assertThat(Pointer.totalBytes()).isLessThanOrEqualTo(before);
    }
  }

  @Test
  void aRunThatFailsFreesItsMatrices() {
    try (Kernel kernel = TestKernels.fastest()) {
      train(kernel, 0.1);
      long before = Pointer.totalBytes();
      for (String operation : new String[] {"fillUniform", "keepBelow", "activateAndDerive"}) {
        assertThatThrownBy(() -> train(failingAt(operation, kernel), 0.1))
            .isInstanceOf(IllegalStateException.class)
            .hasMessage(operation);
      }
      assertThat(Pointer.totalBytes()).isLessThanOrEqualTo(before);
    }
  }

  private static Kernel failingAt(String operation, Kernel kernel) {
    return (Kernel)
        Proxy.newProxyInstance(
            Kernel.class.getClassLoader(),
            new Class<?>[] {Kernel.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals(operation)) {
                throw new IllegalStateException(operation);
              }
              try {
                return method.invoke(kernel, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
