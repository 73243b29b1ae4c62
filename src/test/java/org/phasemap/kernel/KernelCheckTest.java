package org.phasemap.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class KernelCheckTest {
  @ParameterizedTest
  @MethodSource("org.phasemap.kernel.Backends#ofKernels")
  void passesOnEveryBackend(Backend backend) {
    try (Kernel kernel = backend.open()) {
      KernelCheck check = KernelCheck.run(kernel);
      assertThat(check.passes()).as("%s", check).isTrue();
      assertThat(check.backend()).isEqualTo(kernel.name());
      assertThat(check.gflops()).isGreaterThan(0.1);
      assertThat(check.mean()).isEqualTo(check.meanZ() / 512);
    }
  }

  @ParameterizedTest
  @CsvSource({"multiply,1.00001", "multiply,NaN", "fillGaussian,1.02", "fillGaussian,NaN"})
  void failsAKernelThatIsWrong(String operation, double factor) {
    try (Kernel good = Backends.fastest().open()) {
      Kernel wrong =
          (Kernel)
              Proxy.newProxyInstance(
                  Kernel.class.getClassLoader(),
                  new Class<?>[] {Kernel.class},
                  (proxy, method, arguments) -> {
                    Object result = method.invoke(good, arguments);
                    if (method.getName().equals(operation)) {
                      Matrix out = (Matrix) arguments[operation.equals("multiply") ? 2 : 0];
                      float[] values = out.read();
                      for (int i = 0; i < values.length; i++) {
                        values[i] *= (float) factor;
                      }
                      out.write(values);
                    }
                    return result;
                  });
      assertThat(KernelCheck.run(wrong).passes()).isFalse();
    }
  }
}
