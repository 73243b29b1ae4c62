package org.phasemap.chart.regress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.phasemap.analysis.regress.BoundaryShift;
import org.phasemap.analysis.regress.Change;
import org.phasemap.analysis.regress.Comparison;
import org.phasemap.analysis.regress.Grid;
import org.phasemap.analysis.regress.Region;
import org.phasemap.analysis.regress.Side;
import org.phasemap.analysis.regress.SubjectResult;
import org.phasemap.analysis.regress.TheoryCheck;

/** For programs. Fields are only ever added; what has no number is null. */
public final class ComparisonJson {
  /** Of the fields' meaning. */
  public static final int VERSION = 1;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ComparisonJson() {}

  /** The whole model. */
  public static String of(Comparison c) {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", VERSION);
    root.put("state", id(c.state()));
    root.put("headline", Told.headline(c));
    root.set("baseline", side(c.baseline()));
    root.set("candidate", side(c.candidate()));
    root.put("pairing", id(c.pairing()));
    ArrayNode problems = root.putArray("problems");
    c.problems().forEach(problems::add);
    ArrayNode notes = root.putArray("notes");
    c.notes().forEach(notes::add);
    root.put("level", c.level());
    ObjectNode counts = root.putObject("counts");
    counts.put("cells", c.counts().cells());
    counts.put("rows", c.counts().rows());
    counts.put("equal_rows", c.counts().equalRows());
    counts.put("tests", c.counts().tests());
    counts.put("changed", c.found());
    counts.put("undecided", c.undecided());
    ArrayNode subjects = root.putArray("quantities");
    c.subjects().forEach(result -> subjects.add(subject(result)));
    ArrayNode regions = root.putArray("regions");
    c.regions().forEach(region -> regions.add(region(region)));
    ArrayNode changes = root.putArray("changes");
    c.changes().forEach(change -> changes.add(change(change, c.grid())));
    ArrayNode boundaries = root.putArray("boundaries");
    c.boundaries().forEach(shift -> boundaries.add(boundary(shift)));
    ArrayNode theory = root.putArray("theory");
    c.theory().forEach(check -> theory.add(theory(check)));
    ObjectNode cost = root.putObject("microseconds_per_row");
    put(cost, "before", c.cost().before());
    put(cost, "after", c.cost().after());
    c.accepted()
        .ifPresent(
            a ->
                root.putObject("accepted")
                    .put("run", a.run())
                    .put("by", a.by())
                    .put("at", a.at())
                    .put("reason", a.reason()));
    try {
      return JSON.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is plain data", e);
    }
  }

  private static @Nullable ObjectNode side(@Nullable Side side) {
    if (side == null) {
      return null;
    }
    ObjectNode node = JSON.createObjectNode();
    node.put("path", side.path()).put("name", side.name()).put("digest", side.digest());
    node.put("schema", side.schema()).put("measured", side.measured());
    ObjectNode provenance = node.putObject("provenance");
    side.provenance().forEach(provenance::put);
    return node;
  }

  private static ObjectNode subject(SubjectResult result) {
    ObjectNode node = JSON.createObjectNode();
    node.put("quantity", result.subject().id()).put("label", result.subject().label());
    node.put("tests", result.tests()).put("beyond", result.beyond());
    node.put("changed", result.changed()).put("worse", result.worse());
    node.put("undecided", result.undecided()).put("largest", result.largest());
    return node;
  }

  private static ObjectNode region(Region region) {
    ObjectNode node = JSON.createObjectNode();
    node.put("where", region.where()).put("cells", region.cells()).put("share", region.share());
    ArrayNode effects = node.putArray("effects");
    for (Region.Effect effect : region.effects()) {
      effects
          .addObject()
          .put("quantity", effect.subject().id())
          .put("cells", effect.cells())
          .put("worse", effect.worse())
          .put("difference", effect.difference());
    }
    return node;
  }

  private static ObjectNode change(Change change, Grid grid) {
    ObjectNode node = JSON.createObjectNode();
    node.put("cell_id", change.cell());
    ObjectNode where = node.putObject("where");
    List<Integer> place = Objects.requireNonNull(grid.places().get(change.cell()));
    for (int a = 0; a < grid.axes().size(); a++) {
      int at = place.get(a);
      where.put(grid.axes().get(a).column(), at < 0 ? null : grid.axes().get(a).values().get(at));
    }
    node.put("quantity", change.subject().id()).put("verdict", id(change.verdict()));
    node.put("networks", change.networks());
    put(node, "before", change.before());
    put(node, "after", change.after());
    node.put("tolerance", change.tolerance()).put("test", change.test().label());
    put(node, "p", change.p());
    return node;
  }

  private static ObjectNode boundary(BoundaryShift shift) {
    ObjectNode node = JSON.createObjectNode();
    node.put("where", shift.where()).put("before", shift.before()).put("after", shift.after());
    put(node, "low", shift.low());
    put(node, "high", shift.high());
    return node.put("replicates", shift.replicates());
  }

  private static ObjectNode theory(TheoryCheck check) {
    ObjectNode node = JSON.createObjectNode();
    node.put("quantity", check.quantity().column()).put("cells", check.cells());
    node.put("mean", check.mean()).put("sd", check.deviation()).put("distance", check.distance());
    return node.put("p", check.p()).put("departs", check.departs());
  }

  private static void put(ObjectNode node, String field, double number) {
    if (Double.isFinite(number)) {
      node.put(field, number);
    } else {
      node.putNull(field);
    }
  }

  private static String id(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
