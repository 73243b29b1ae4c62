package org.phasemap.chart.explore;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.phasemap.chart.Point;
import org.phasemap.chart.summary.BoundaryLines;
import org.phasemap.chart.summary.DepthScale;
import org.phasemap.network.Activation;
import org.phasemap.network.Architecture;
import org.phasemap.network.activation.Activations;
import org.phasemap.network.architecture.Families;
import org.phasemap.network.graph.LayerMap;
import org.phasemap.quantity.Axis;
import org.phasemap.query.Condition;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;
import org.phasemap.theory.architecture.norm.FeatureNorm;
import org.phasemap.theory.limit.CriticalPoint;
import org.phasemap.theory.limit.EdgeOfChaos;
import org.phasemap.theory.limit.LayerLaw;

/**
 * The lines of one law over a plane of σ and another axis. Networks whose layers all have one map
 * have an edge of chaos; the other lines are those of MLPs.
 *
 * @param architecture its text
 * @param activation its name
 * @param sigmaB2 bias variance
 * @param keep keep probability
 * @param perUnit σ_w² before the mask at a σ of 1: 1 on an axis of σ_w², the scheme's on one of
 *     multipliers
 * @param isMultiplier whether σ_w² goes with the square of the axis
 * @param inputs what networks see; NaN where nothing was measured at initialisation
 * @param sigma from where to where a map reaches along the σ axis
 * @param other and along the other
 */
record PlaneLines(
    String architecture,
    String activation,
    double sigmaB2,
    double keep,
    double perUnit,
    boolean isMultiplier,
    BoundaryLines.Inputs inputs,
    Span sigma,
    Span other) {
  /** More laws on one map, and their lines would cover it. */
  private static final int MOST_LAWS = 8;

  /** How far lines reach past the map, so that they do not end at its frame. */
  private static final double MARGIN = 1.02;

  /** How far past a cell that stands alone. */
  private static final double ALONE = 1.15;

  private static final int POINTS = 49;

  /** From the least to the largest. */
  record Span(double low, double high) {
    /**
     * What the cells of some places reach over, half a step past the outermost, whether the map has
     * equal steps or equal ratios.
     */
    static Span over(@Nullable Object sorted) {
      double[] at =
          sorted instanceof List<?> places
              ? places.stream()
                  .mapToDouble(v -> ((Number) Objects.requireNonNull(v)).doubleValue())
                  .toArray()
              : new double[0];
      if (at.length < 2) {
        double only = at.length == 0 ? Double.NaN : at[0];
        return new Span(only / ALONE, only * ALONE);
      }
      double first = at[0];
      double last = at[at.length - 1];
      double before = at[at.length - 2];
      double low = first - (at[1] - first) / 2;
      double high = last + (last - before) / 2;
      if (first > 0) {
        low = Math.max(Math.min(low, first * Math.sqrt(first / at[1])), first / 4);
        high = Math.max(high, last * Math.sqrt(last / before));
      }
      return new Span(low, high);
    }

    /** Evenly, ends included. */
    double at(int i) {
      return low + (high - low) * i / (POINTS - 1);
    }
  }

  /** The laws that networks of a plane have whose layers all have one map. */
  static List<PlaneLines> of(Query query, Condition condition, Axis<?> sigma, Axis<?> other) {
    boolean multiplier = sigma.equals(Axis.SIGMA_MULTIPLIER);
    String perUnit = multiplier ? "round(c.sigma_w2 / power(c.sigma_multiplier, 2), 9)" : "1.0";
    String sigmaB2 = other.equals(Axis.SIGMA_B2) ? "min(c.sigma_b2)" : "c.sigma_b2";
    String keep =
        other.equals(Axis.KEEP_PROBABILITY) ? "min(c.keep_probability)" : "c.keep_probability";
    List<String> groups =
        new ArrayList<>(
            List.of(
                "c.architecture",
                "c.activation",
                perUnit,
                seen("input_q0"),
                seen("input_c0"),
                seen("input_count")));
    if (!other.equals(Axis.SIGMA_B2)) {
      groups.add(sigmaB2);
    }
    if (!other.equals(Axis.KEEP_PROBABILITY)) {
      groups.add(keep);
    }
    Rows rows =
        query.rows(
            """
            select c.architecture, c.activation, %1$s as per_unit, %2$s as sigma_b2, %3$s as keep, %7$s as input_q0, %8$s as input_c0, %9$s as input_count,
              list_sort(list(distinct c.%5$s)) as s, list_sort(list(distinct c.%6$s)) as o
            from drawn c where c.sigma_w2 > 0 and %%s group by %4$s order by all
            """
                .formatted(
                    perUnit,
                    sigmaB2,
                    keep,
                    String.join(", ", groups),
                    sigma.column(),
                    other.stored() == String.class ? "depth" : other.column(),
                    seen("input_q0"),
                    seen("input_c0"),
                    seen("input_count")),
            condition);
    List<PlaneLines> laws = new ArrayList<>();
    for (Rows.Row row : rows) {
      Optional<LayerMap> map = Families.ofTable(row.text("architecture")).layerMap();
      if (laws.size() < MOST_LAWS && map.isPresent()) {
        laws.add(
            new PlaneLines(
                row.text("architecture"),
                row.text("activation"),
                row.number("sigma_b2"),
                map.get().kept(row.number("keep")),
                row.number("per_unit"),
                multiplier,
                new BoundaryLines.Inputs(
                    row.number("input_q0"), row.number("input_c0"), (int) row.whole("input_count")),
                Span.over(row.value("s")),
                Span.over(row.value("o"))));
      }
    }
    return laws;
  }

  /** Of trained cells what was measured at initialisation beside them. */
  private static String seen(String column) {
    return "case when c.task = 'propagation' then c.%1$s else (select min(m.%1$s) from drawn m where m.task = 'propagation') end"
        .formatted(column);
  }

  /** Lines of laws that were drawn, for the next who looks at them; a second's work each. */
  private static final Map<PlaneLines, Lines> KNOWN =
      Collections.synchronizedMap(
          new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<PlaneLines, Lines> eldest) {
              return size() > MOST_KNOWN;
            }
          });

  private static final int MOST_KNOWN = 500;

  /** Over a plane of σ and depth; points are (σ, L). */
  Lines overDepth() {
    Lines known = KNOWN.get(this);
    if (known == null) {
      known = drawnOverDepth();
      KNOWN.put(this, known);
    }
    return known;
  }

  private Lines drawnOverDepth() {
    double lowest = effective(sigma.low / MARGIN);
    double highest = effective(sigma.high * MARGIN);
    int limit = (int) Math.ceil(other.high * MARGIN);
    Lines lines = Lines.none();
    boolean isMlp = architecture.equals(Architecture.MLP.toString());
    if (isMlp && !Double.isNaN(inputs.inputQ0()) && highest > lowest) {
      BoundaryLines boundaries =
          BoundaryLines.of(activation, sigmaB2, inputs, lowest, highest, limit);
      lines.stable().addAll(moved(boundaries.stable()));
      lines.trainable().addAll(moved(boundaries.trainable()));
      lines.generalising().addAll(moved(boundaries.generalising()));
    }
    lines.edge().addAll(upright(new Span(1, limit)));
    if (map().isNormed()) {
      return lines;
    }
    LayerLaw bare = new LayerLaw(phi(), 1, sigmaB2);
    List<Point> scale =
        DepthScale.of(bare, lowest, highest).xiC().stream()
            .filter(point -> Double.isFinite(point.y()))
            .map(this::moved)
            .toList();
    lines.scales().add(new Lines.Scale(1, "L = ξ_c", scale));
    return lines;
  }

  /** The edge of chaos over a plane of σ and another axis; points are (σ, other). */
  Lines edge(Axis<?> axis) {
    Lines lines = Lines.none();
    if (axis.equals(Axis.SIGMA_B2)) {
      List<Point> edge = new ArrayList<>();
      double[] biases = new double[POINTS];
      for (int i = 0; i < POINTS; i++) {
        biases[i] = bias(i);
      }
      if (map().isNormed()) {
        for (double bias : biases) {
          critical(bias).stream()
              .findFirst()
              .ifPresent(sigmaW2 -> edge.add(new Point(sigma(sigmaW2, keep), bias)));
        }
        lines.edge().add(edge);
        return lines;
      }
      for (List<CriticalPoint> points : EdgeOfChaos.curve(phi(), biases)) {
        points.stream()
            .filter(point -> point.stable() || points.size() == 1)
            .findFirst()
            .ifPresent(point -> edge.add(new Point(sigma(point.sigmaW2(), keep), point.sigmaB2())));
      }
      lines.edge().add(edge);
    } else if (axis.equals(Axis.KEEP_PROBABILITY)) {
      LayerMap map = map();
      for (double sigmaW2 : critical(sigmaB2)) {
        List<Point> edge = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
          double p = Math.min(1, other.at(i));
          edge.add(new Point(sigma(sigmaW2, map.kept(p)), p));
        }
        lines.edge().add(edge);
      }
    } else if (axis.stored() != String.class) {
      lines.edge().addAll(upright(other));
    }
    return lines;
  }

  /** Bias variances, closer to each other near 0, where the edge bends. */
  private double bias(int i) {
    double low = Math.max(0, other.low);
    double share = i / (POINTS - 1.0);
    return low + (other.high - low) * share * share;
  }

  private List<List<Point>> upright(Span along) {
    List<List<Point>> edges = new ArrayList<>();
    for (double sigmaW2 : critical(sigmaB2)) {
      double at = sigma(sigmaW2, keep);
      if (at > sigma.low / MARGIN && at < sigma.high * MARGIN) {
        edges.add(List.of(new Point(at, along.low), new Point(at, along.high)));
      }
    }
    return edges;
  }

  private LayerMap map() {
    return Families.ofTable(architecture).layerMap().orElseThrow();
  }

  /** Effective σ_w² where χ₁ = 1; behind norms those that the map shows. */
  private List<Double> critical(double bias) {
    if (!map().isNormed()) {
      return EdgeOfChaos.points(phi(), bias).stream().map(CriticalPoint::sigmaW2).toList();
    }
    double low = effective(sigma.low / MARGIN);
    double high = effective(sigma.high * MARGIN);
    LayerLaw bare = new LayerLaw(phi(), 1, bias);
    return FeatureNorm.of(map(), bare).map(n -> n.criticalSigmaW2(low, high)).orElse(List.of());
  }

  private Activation phi() {
    return Activations.ofTable(activation);
  }

  private double effective(double at) {
    return keep * perUnit * (isMultiplier ? at * at : at);
  }

  /** Where an effective σ_w² is on the axis. */
  private double sigma(double effective, double kept) {
    double ratio = effective / (kept * perUnit);
    return isMultiplier ? Math.sqrt(ratio) : ratio;
  }

  private Point moved(Point point) {
    return new Point(sigma(point.x(), keep), point.y());
  }

  private List<List<Point>> moved(List<List<Point>> lines) {
    UnaryOperator<List<Point>> all = line -> line.stream().map(this::moved).toList();
    return lines.stream().map(all).toList();
  }
}
