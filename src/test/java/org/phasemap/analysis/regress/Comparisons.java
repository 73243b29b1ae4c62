package org.phasemap.analysis.regress;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.phasemap.analysis.regress.Comparison.Counts;
import org.phasemap.analysis.regress.Grid.GridAxis;
import org.phasemap.quantity.SignalQuantity;

/** Comparisons without sweeps. */
public final class Comparisons {
  private Comparisons() {}

  /** A run. */
  public static Side side(String name, String measured) {
    return new Side(
        "results/" + name,
        name,
        "digest of " + name,
        6,
        measured,
        Map.of("spec", "night", "phasemap", "0.1.0 abc", "backend", "openblas"));
  }

  /** Nothing has changed. */
  public static Comparison good(String run, String measured, double cost) {
    return comparison(run, measured, State.SAME, List.of(), Grid.NONE, cost);
  }

  /** ln q of tanh has changed at two depths; of relu more networks could say. A name is hostile. */
  public static Comparison bad(String run, String measured) {
    GridAxis activation = new GridAxis("activation", "", false, List.of("relu<b>", "tanh"));
    GridAxis depth = new GridAxis("depth", "L", true, List.of("2", "4", "8"));
    Map<String, List<Integer>> places = new LinkedHashMap<>();
    places.put("a", List.of(1, 1));
    places.put("b", List.of(1, 2));
    places.put("c", List.of(0, 0));
    Subject lnQ = Subject.of(SignalQuantity.LN_Q);
    List<Change> changes = new ArrayList<>();
    changes.add(new Change("a", lnQ, 8, 1, 1.5, 1e-3, TestName.T, 1e-9, Verdict.WORSE));
    changes.add(new Change("b", lnQ, 8, 1, 1.7, 1e-3, TestName.T, 0, Verdict.WORSE));
    changes.add(
        new Change("c", lnQ, 8, 0, 0.5, 1e-3, TestName.SIGNED_RANK, 0.008, Verdict.UNDECIDED));
    Grid grid = new Grid(List.of(activation, depth), places);
    return comparison(run, measured, State.REGRESSION, changes, grid, 20);
  }

  /** Two that have nothing to do with each other. */
  public static Comparison impossible(String run) {
    Comparability why =
        new Comparability(
            Pairing.PAIRED, List.of("results/" + run + ": is <of> \"another\" spec"), List.of());
    return Comparison.impossible(side("base", "2026-11-01T01:00:00Z"), side(run, ""), why, 0.01);
  }

  private static Comparison comparison(
      String run, String measured, State state, List<Change> changes, Grid grid, double cost) {
    Subject lnQ = Subject.of(SignalQuantity.LN_Q);
    return new Comparison(
        side("base", "2026-11-01T01:00:00Z"),
        side(run, measured),
        state,
        Pairing.PAIRED,
        List.of(),
        List.of("device: A | B, now C"),
        0.01,
        new Counts(6, 48, 24, 100),
        List.of(SubjectResult.of(lnQ, 6, changes.size(), changes)),
        Regions.of(changes, grid, 6),
        changes,
        grid,
        changes.isEmpty()
            ? List.of()
            : List.of(new BoundaryShift("tanh", 20, 18, 0.8, Double.NaN, 8)),
        List.of(new TheoryCheck(SignalQuantity.C, 100, 0, 1, 0.05, 0.4, false)),
        new Comparison.Cost(10, cost, Map.of("propagation", cost)),
        Optional.empty());
  }
}
