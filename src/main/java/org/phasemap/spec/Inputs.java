package org.phasemap.spec;

import java.io.Serializable;
import org.phasemap.data.DataSource;
import org.phasemap.network.CellId;
import org.phasemap.quantity.Axis;
import org.phasemap.quantity.AxisValues;

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
  public sealed interface Source extends Serializable {
    /** What tables call it. */
    String name();

    /**
     * As identifiers of cells are made from. A scale is a factor on the norms of inputs that have
     * one, and stands beside data.
     */
    String identity(double scale);
  }

  /**
   * Gaussian inputs, whitened so that every ‖x‖²/n₀ is exactly q0 and every pairwise correlation
   * exactly c0: the theory then holds for these very inputs, not for their average. They are drawn
   * with the networks' seed; m is at most n₀.
   *
   * @param q0 mean square of an input's components, &gt; 0
   * @param c0 correlation of any two inputs, in [0, 1]
   */
  public record Gaussian(double q0, double c0) implements Source {
    @Override
    public String name() {
      return "gaussian";
    }

    @Override
    public String identity(double scale) {
      return CellId.bits(scale * scale * q0) + "|" + CellId.bits(c0);
    }
  }

  /**
   * Independent directions, uniform on the sphere ‖x‖² = n₀ q0.
   *
   * @param q0 mean square of an input's components, &gt; 0
   * @param seed of the directions
   */
  public record Sphere(double q0, long seed) implements Source {
    @Override
    public String name() {
      return "sphere";
    }

    @Override
    public String identity(double scale) {
      return name() + "|" + CellId.bits(scale * scale * q0) + "|" + seed;
    }
  }

  /**
   * Training examples of a data set, spread over its classes.
   *
   * @param data where they come from
   * @param seed of the choice
   */
  public record Chosen(DataSource data, long seed) implements Source {
    @Override
    public String name() {
      return data.name();
    }

    @Override
    public String identity(double scale) {
      return data.identity() + "|" + CellId.bits(scale) + "|" + seed;
    }
  }

  /** One number each: the middles of m equal parts of [−1, 1], in order. */
  public record Collocation() implements Source {
    @Override
    public String name() {
      return "collocation";
    }

    @Override
    public String identity(double scale) {
      return name();
    }
  }

  /** Whitened Gaussian inputs, unscaled. */
  public Inputs(int count, int dimension, double q0, double c0) {
    this(new Gaussian(q0, c0), count, dimension, 1);
  }

  /** Planes in which the numbers of an input are stored: {@link DataSource#planes}. */
  public int planes() {
    return source instanceof Chosen chosen ? chosen.data().planes() : 1;
  }

  /** What tables call the source. */
  public String name() {
    return source.name();
  }

  /** All of it, as identifiers of cells are made from. */
  public String identity() {
    return count + "x" + dimension + "|" + source.identity(scale);
  }

  /** Adds its values on the axes; moments that only the data can say are missing. */
  public void addTo(AxisValues values) {
    values
        .put(Axis.INPUT, name())
        .put(Axis.INPUT_COUNT, count)
        .put(Axis.INPUT_DIMENSION, dimension);
    if (source instanceof Gaussian gaussian) {
      values.put(Axis.INPUT_Q0, scale * scale * gaussian.q0()).put(Axis.INPUT_C0, gaussian.c0());
    } else if (source instanceof Chosen) {
      values.put(Axis.INPUT_SCALE, scale);
    }
  }
}
