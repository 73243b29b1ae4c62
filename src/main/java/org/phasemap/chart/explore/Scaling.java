package org.phasemap.chart.explore;

import java.util.Locale;

/** What x a collapse may be drawn over. */
public enum Scaling {
  XI_C("L/ξ_c, depth over the scale of correlations") {
    @Override
    double x(double depth, double width, Scales scales) {
      return depth / scales.xiC();
    }
  },
  XI_GRADIENT("L/ξ_∇, depth over the scale of gradients") {
    @Override
    double x(double depth, double width, Scales scales) {
      return depth / scales.xiGradient();
    }
  },
  DEPTH_OVER_WIDTH("L/n, depth over width") {
    @Override
    double x(double depth, double width, Scales scales) {
      return depth / width;
    }
  },
  DEPTH("L, depth alone") {
    @Override
    double x(double depth, double width, Scales scales) {
      return depth;
    }
  };

  private final String label;

  Scaling(String label) {
    this.label = label;
  }

  /** The name that requests use. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a menu calls it. */
  public String label() {
    return label;
  }

  /** Whether it needs the fixed point of a cell's law. */
  boolean isOfLaw() {
    return this == XI_C || this == XI_GRADIENT;
  }

  /** Of a cell; NaN or infinite where the law has no such scale. */
  abstract double x(double depth, double width, Scales scales);
}
