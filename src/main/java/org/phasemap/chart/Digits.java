package org.phasemap.chart;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How many significant digits of a chart's numbers are worth printing; {@link #USUAL} if unsaid.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.METHOD})
public @interface Digits {
  /** Digits of numbers that say nothing of themselves. */
  int USUAL = 5;

  /** From 1 to 9. */
  int value();
}
