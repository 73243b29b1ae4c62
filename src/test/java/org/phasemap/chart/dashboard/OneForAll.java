package org.phasemap.chart.dashboard;

import java.util.concurrent.Callable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One object for all classes of tests that have it as the argument of their constructors: the first
 * of them makes it, and it is closed after the last.
 */
abstract class OneForAll<T extends AutoCloseable> implements ParameterResolver {
  private final Class<T> type;
  private final Callable<T> maker;

  OneForAll(Class<T> type, Callable<T> maker) {
    this.type = type;
    this.maker = maker;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == type;
  }

  @Override
  public T resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return of(context);
  }

  /** The object, made if it is not there yet. */
  final T of(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.GLOBAL)
        .computeIfAbsent(type, key -> made(), type);
  }

  private T made() {
    try {
      return maker.call();
    } catch (RuntimeException e) {
      throw e; // What aborts a test, too.
    } catch (Exception e) {
      throw new IllegalStateException("no " + type.getSimpleName(), e);
    }
  }
}
