package org.phasemap.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.phasemap.chart.map.Facet;
import org.phasemap.chart.map.MapChoice;
import org.phasemap.chart.map.PhaseMap;
import org.phasemap.chart.map.Plane;
import org.phasemap.chart.summary.Agreement;
import org.phasemap.chart.summary.Charts;
import org.phasemap.network.UserException;
import org.phasemap.query.Query;
import org.phasemap.store.HostileFolder;
import org.phasemap.store.ResultsFolder;

/** Drawings follow the sweep: the spec's order, what it wants, and what spans a map. */
class FollowedSweepTest {
  private static final ResultsFolder KEPT = ResultsFolder.open(HostileFolder.KEPT.toString());

  /** The charts of the kept folder as if its spec were another. */
  private interface Drawn {
    void of(Charts charts);
  }

  private static void drawn(String spec, MapChoice choice, Drawn drawn) {
    try (Query query = Query.open(KEPT)) {
      drawn.of(new Charts(query, new SweepInfo("kept", spec, Map.of()), choice));
    }
  }

  private static String spec() {
    return KEPT.specYaml().orElseThrow();
  }

  private static MapChoice axes(String x, String y) {
    return new MapChoice(Optional.empty(), Optional.of(x), Optional.of(y), List.of());
  }

  private static List<String> names(Charts charts) {
    return charts.phaseMaps().maps().stream().map(PhaseMap::name).toList();
  }

  @Test
  void panelsStandInTheOrderOfTheSpec() {
    String other = spec().replace("activation: [relu, tanh]", "activation: [tanh, relu]");

    drawn(
        spec(),
        MapChoice.NONE,
        charts -> assertThat(names(charts)).containsExactly("relu", "tanh"));
    drawn(
        other, MapChoice.NONE, charts -> assertThat(names(charts)).containsExactly("tanh", "relu"));
  }

  @Test
  void aNarrowedAxisShowsWhatTheSpecWants() {
    String narrow = spec().replaceFirst("depth: \\[2, 4\\]", "depth: [4]");
    assertThat(narrow).isNotEqualTo(spec());

    drawn(spec(), MapChoice.NONE, charts -> assertThat(charts.others()).isEmpty());
    drawn(
        narrow,
        MapChoice.NONE,
        charts -> {
          assertThat(charts.others())
              .contains("the folder also holds 8 cells that its spec does not want now: depth L 2");
          assertThat(charts.counts().measured().cells()).isEqualTo(8);
          assertThat(charts.counts().trained().cells()).isEqualTo(4);
          assertThat(charts.heading().conventions()).containsKey("Not shown");
        });
  }

  /** With one depth and one width nothing but σ varies upwards or to the right. */
  @Test
  void oneAxisIsDrawnAsLines() {
    String single =
        spec()
            .replaceFirst("depth: \\[2, 4\\]", "depth: [4]")
            .replaceFirst("keep_probability: \\[1, 0.5\\]", "keep_probability: [1]");

    drawn(
        spec(),
        MapChoice.NONE,
        charts -> assertThat(charts.axes().plane().kind()).isEqualTo(Plane.Kind.MAP));
    drawn(
        single,
        MapChoice.NONE,
        charts ->
            assertThat(charts.axes().plane())
                .isEqualTo(
                    new Plane(
                        "ln_gradient_gain",
                        "sigma_multiplier",
                        "sigma_multiplier",
                        List.of("activation"),
                        Plane.Kind.LINES)));
  }

  /** One σ: boundaries along it would be stripes. */
  @Test
  void depthAloneIsDrawnAsLinesWithErrors() {
    String single = spec().replaceFirst("sigma_multiplier: \\[1, 1.5\\]", "sigma_multiplier: [1]");

    drawn(
        single,
        MapChoice.NONE,
        charts -> {
          Plane plane = charts.axes().plane();
          assertThat(plane.kind()).isEqualTo(Plane.Kind.LINES);
          assertThat(List.of(plane.x(), plane.y())).containsExactly("depth", "keep_probability");
          PhaseMap relu = charts.phaseMaps().maps().get(0);
          assertThat(relu.xs()).containsExactly(2.0, 4.0);
          assertThat(relu.ys()).containsExactly(0.5, 1.0);
          assertThat(relu.spots().get(1).get(0).error()).isPositive();
        });
  }

  @Test
  void axesCanBeChosen() {
    drawn(
        spec(),
        axes("depth", "keep_probability"),
        charts -> {
          assertThat(charts.axes().plane().kind()).isEqualTo(Plane.Kind.MAP);
          assertThat(charts.phaseMaps().facets())
              .extracting(facet -> facet.axis().column())
              .containsExactly("sigma_multiplier");
        });
    drawn(
        spec(),
        axes("depth", "activation"),
        charts ->
            assertThatThrownBy(charts::axes)
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("--y: activation is not allowed; allowed: depth, width"));
    drawn(
        spec(),
        axes("depth", "depth"),
        charts ->
            assertThatThrownBy(charts::axes)
                .hasMessage("--y: depth is not allowed; allowed: another axis than --x"));
    MapChoice unknown =
        new MapChoice(Optional.of("chaos"), Optional.empty(), Optional.empty(), List.of());
    drawn(
        spec(),
        unknown,
        charts ->
            assertThatThrownBy(charts::axes)
                .hasMessageStartingWith("--map: chaos is not allowed; allowed: ln_q, "));
  }

  private static MapChoice facets(String... axes) {
    return new MapChoice(Optional.empty(), Optional.empty(), Optional.empty(), List.of(axes));
  }

  @Test
  void twoAxesHaveADrawingForEachPairOfValues() {
    drawn(
        spec(),
        facets("activation", "keep_probability"),
        charts -> {
          assertThat(names(charts))
              .containsExactly(
                  "relu, keep probability 1",
                  "relu, keep probability 0.5",
                  "tanh, keep probability 1",
                  "tanh, keep probability 0.5");
          assertThat(charts.phaseMaps().facets()).isEmpty();
        });
    drawn(
        spec(),
        facets("keep_probability"),
        charts -> {
          assertThat(names(charts)).containsExactly("keep probability 1", "keep probability 0.5");
          assertThat(charts.phaseMaps().facets())
              .extracting(facet -> facet.axis().column(), Facet::shown)
              .containsExactly(tuple("activation", "relu"));
        });
  }

  @Test
  void whatIsNoFacetIsRefused() {
    Map<MapChoice, String> refused =
        Map.of(
            facets("depth"), "--facet: depth is not allowed; allowed: an axis that is not drawn",
            facets("width", "width"), "--facet: width is not allowed; allowed: an axis that is not",
            facets("width", "input", "init"), "--facet: width,input,init is not allowed; allowed:",
            facets("task"), "--facet: task is not allowed; allowed: activation, depth, width");
    refused.forEach(
        (choice, message) ->
            drawn(
                spec(),
                choice,
                charts -> assertThatThrownBy(charts::axes).hasMessageStartingWith(message)));
  }

  @Test
  void oneOfSomethingIsSingular() {
    assertThat(Counted.of(1, "cell")).isEqualTo("1 cell");
    assertThat(Counted.of(1350, "cell")).isEqualTo("1,350 cells");
    assertThat(new Agreement(1, 100, 100).words()).endsWith("|z| <= 2 in 1, <= 4 in 1 of 1 cell");
  }
}
