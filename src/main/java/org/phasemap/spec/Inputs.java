package org.phasemap.spec;

import java.io.Serializable;
import org.phasemap.data.DataSource;

/**
 * What networks are shown at initialisation.
 *
 * @param source what the inputs are, before they are scaled
 * @param count m, number of inputs, 1 to 64
 * @param dimension n₀, components of an input
 * @param scale factor on every component, &gt; 0
 */
public record Inputs(Source source, int count, int dimension, double scale)
    implements Serializable {
  /** What inputs are. */
  public sealed interface Source extends Serializable {}

  /**
   * Gaussian inputs, whitened so that every ‖x‖²/n₀ is exactly q0 and every pairwise correlation
   * exactly c0: the theory then holds for these very inputs, not for their average. They are drawn
   * with the networks' seed; m is at most n₀.
   *
   * @param q0 mean square of an input's components, &gt; 0
   * @param c0 correlation of any two inputs, in [0, 1]
   */
  public record Gaussian(double q0, double c0) implements Source {}

  /**
   * Independent directions, uniform on the sphere ‖x‖² = n₀ q0.
   *
   * @param q0 mean square of an input's components, &gt; 0
   * @param seed of the directions
   */
  public record Sphere(double q0, long seed) implements Source {}

  /**
   * Training examples of a data set, spread over its classes.
   *
   * @param data where they come from
   * @param seed of the choice
   */
  public record Chosen(DataSource data, long seed) implements Source {}

  /** Whitened Gaussian inputs, unscaled. */
  public Inputs(int count, int dimension, double q0, double c0) {
    this(new Gaussian(q0, c0), count, dimension, 1);
  }

  /** What tables call the source. */
  public String name() {
    if (source instanceof Chosen chosen) {
      return chosen.data().name();
    }
    return source instanceof Sphere ? "sphere" : "gaussian";
  }
}
