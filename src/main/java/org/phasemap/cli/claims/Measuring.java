package org.phasemap.cli.claims;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.phasemap.cli.theory.check.ReferenceQuantities;
import org.phasemap.cli.theory.check.ReferenceQuery;
import org.phasemap.cli.theory.parameters.ReferenceParameters;
import org.phasemap.network.UserException;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;

/** Gets the numbers of claims. */
final class Measuring {
  private final ClaimSweeps sweeps;

  Measuring(ClaimSweeps sweeps) {
    this.sweeps = sweeps;
  }

  /** Measures what a claim names and decides. */
  Judgement judged(Claim claim) throws IOException {
    List<Measured> figures = new ArrayList<>();
    for (Figure figure : claim.figures()) {
      try {
        figures.add(measured(figure));
      } catch (UserException | IllegalArgumentException e) {
        throw new UserException(claim.id() + ": " + figure.name() + ": " + e.getMessage(), e);
      }
    }
    return Judgement.of(claim, figures);
  }

  private Measured measured(Figure figure) throws IOException {
    Figure.Source source = figure.source();
    if (source == null) {
      return new Measured(figure, Double.NaN, Double.NaN, ofKey(figure.key()));
    }
    Query tables = sweeps.tables(source.sweep());
    Rows.Row row = row(tables, source);
    double theory =
        figure.theory() == null ? ofKey(figure.key()) : ofCells(tables, source, figure.theory());
    return new Measured(figure, row.number("value"), row.number("error"), theory);
  }

  private static Rows.Row row(Query tables, Figure.Source source) {
    Statistic statistic = source.statistic();
    if (statistic == null) {
      return only(tables.rows(source.expression()));
    }
    long cells =
        only(tables.rows("select count(*) as cells from cells where " + source.where()))
            .whole("cells");
    if (cells != 1) {
      // Cells share random numbers: the error of a mean over several would be too small.
      throw new UserException(
          String.format("where: %s: is of %d cells; allowed: one", source.where(), cells));
    }
    return only(tables.rows(statistic.of(source.expression(), source.where())));
  }

  private static double ofCells(Query tables, Figure.Source source, String theory) {
    String from = source.statistic() == null ? "" : " from cells where " + source.where();
    return only(tables.rows("select cast(" + theory + " as double) as theory" + from))
        .number("theory");
  }

  private static Rows.Row only(Rows rows) {
    if (rows.size() != 1) {
      throw new UserException(String.format("the answer has %d rows; allowed: one", rows.size()));
    }
    return rows.row(0);
  }

  /** A value of {@code theory check} and {@code theory architecture}; NaN without a key. */
  static double ofKey(@Nullable String key) {
    if (key == null) {
      return Double.NaN;
    }
    String[] parts = key.split(" *; *", 3);
    if (parts.length != 3) {
      throw new UserException(
          "key: " + key + " is not allowed; allowed: KEY; ARCH; NAME=VALUE; NAME=VALUE …");
    }
    ReferenceQuery query = new ReferenceQuery(parts[1], ReferenceParameters.parse(parts[2]));
    return ReferenceQuantities.compute(parts[0], query)
        .orElseThrow(() -> new UserException("key: " + parts[0] + ": no such key"));
  }
}
