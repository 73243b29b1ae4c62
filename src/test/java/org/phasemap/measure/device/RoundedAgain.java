package org.phasemap.measure.device;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.phasemap.kernel.Blocks;
import org.phasemap.kernel.Kernel;
import org.phasemap.kernel.Matrix;

/**
 * A kernel whose products round in other ways: each entry moves by up to a spacing of float32, as
 * it does when its terms are summed in another order. What that makes of a measured number is the
 * number's own error. (Larger weights are no such test: they keep columns parallel that are.)
 */
final class RoundedAgain implements InvocationHandler {
  private static final double SPACING = 0x1p-23;
  private static final Set<String> PRODUCTS =
      Set.of("multiply", "multiplyTransposed", "addOuterProduct");

  private final Kernel kernel;
  private final Random random;

  private RoundedAgain(Kernel kernel, long seed) {
    this.kernel = kernel;
    this.random = new Random(seed);
  }

  /** One of its many ways. */
  static Kernel of(Kernel kernel, long seed) {
    return (Kernel)
        Proxy.newProxyInstance(
            Kernel.class.getClassLoader(),
            new Class<?>[] {Kernel.class},
            new RoundedAgain(kernel, seed));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    try {
      Object result = method.invoke(kernel, arguments);
      if (PRODUCTS.contains(method.getName())) {
        Object out = arguments[arguments.length - 1];
        round(out instanceof Blocks blocks ? blocks.all() : (Matrix) out);
      }
      return result;
    } catch (InvocationTargetException e) {
      throw Objects.requireNonNull(e.getCause());
    }
  }

  private void round(Matrix out) {
    float[] entries = out.read();
    for (int i = 0; i < entries.length; i++) {
      entries[i] = (float) (entries[i] * (1 + SPACING * (2 * random.nextDouble() - 1)));
    }
    out.write(entries);
  }
}
