package org.phasemap.rows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.Phase;
import org.phasemap.plan.Stop;
import org.phasemap.predict.Outlook;
import org.phasemap.predict.Prediction;
import org.phasemap.quantity.Category;
import org.phasemap.quantity.Domain;
import org.phasemap.quantity.Figure;
import org.phasemap.quantity.Measurement;
import org.phasemap.quantity.Profile;
import org.phasemap.quantity.Quantity;
import org.phasemap.quantity.TaskKind;
import org.phasemap.rows.CellFigures.Scalar;
import org.phasemap.store.table.Column;
import org.phasemap.store.table.Tables;
import org.phasemap.theory.width.Band;

/**
 * A row of {@code cells} on its way: first what the plan knows of a cell, then what its replicates
 * came to.
 */
public final class CellRow {
  private static final Map<String, Integer> PLACES = places();

  /** Columns that do not come from replicates. */
  private static final List<Column> PLANNED =
      Tables.cells().stream()
          .filter(
              c ->
                  List.of("cell_id", "phase", "stopped", "no_theory").contains(c.name())
                      || c.name().startsWith("theory_")
                      || c.name().startsWith("expected_"))
          .toList();

  /** Unit roundoff of float32. */
  private static final double ROUNDOFF = 0x1p-24;

  /** How far rounding may move z. */
  private static final double MOVED = 0.1;

  private final @Nullable Object[] row;

  private CellRow(String cellId) {
    row = new Object[Tables.cells().size()];
    row[0] = cellId;
  }

  private static Map<String, Integer> places() {
    Map<String, Integer> places = new HashMap<>();
    for (Column column : Tables.cells()) {
      places.put(column.name(), places.size());
    }
    return places;
  }

  /** Columns of {@link #earlier}. */
  public static List<Column> plannedColumns() {
    return PLANNED;
  }

  /**
   * What is planned and predicted of a cell.
   *
   * @param stop why it has no more replicates; null where it may have more
   */
  public static @Nullable Object[] planned(String cellId, Outlook outlook, @Nullable Stop stop) {
    CellRow row = new CellRow(cellId);
    row.put("stopped", stop == null ? null : stop.id());
    row.put("no_theory", outlook.missing());
    outlook.prediction().ifPresent(row::predict);
    return row.row;
  }

  private void predict(Prediction prediction) {
    Phase phase = prediction.phase();
    put("phase", phase == null ? null : phase.id());
    put("theory_chi1", finite(prediction.chi1()));
    for (Quantity quantity : Quantity.all()) {
      predict(quantity, prediction.limit(), prediction.bands().of(quantity));
    }
    for (Profile profile : Profile.values()) {
      predict(profile, prediction.limit(), prediction.bands().of(profile));
    }
  }

  /**
   * What the table said of a cell that the spec no longer has.
   *
   * @param values of {@link #plannedColumns}
   */
  public static @Nullable Object[] earlier(@Nullable Object[] values) {
    CellRow row = new CellRow((String) Objects.requireNonNull(values[0]));
    for (int i = 0; i < values.length; i++) {
      row.put(PLANNED.get(i).name(), values[i]);
    }
    return row.row;
  }

  private void predict(Quantity quantity, Measurement limit, Band band) {
    if (quantity.theory().hasLimit()) {
      put(Figure.LIMIT.column(quantity), finite(limit.number(quantity)));
    }
    if (quantity.theory().hasBand()) {
      put(Figure.EXPECTED.column(quantity), trusted(band, band.mean()));
      put(Figure.EXPECTED_SD.column(quantity), trusted(band, band.standardDeviation()));
    }
  }

  private void predict(Profile profile, Measurement limit, List<Band> bands) {
    if (profile.theory().hasLimit()) {
      double[] layers = limit.profile(profile);
      put(profile.limitColumn(), layers.length == 0 ? null : layers);
    }
    if (profile.theory().hasBand()) {
      put(
          profile.expectedColumn(),
          bands.stream().map(band -> trusted(band, band.mean())).toList());
      put(
          profile.expectedColumn() + "_sd",
          bands.stream().map(band -> trusted(band, band.standardDeviation())).toList());
    }
  }

  /** A number of a band, null where its first order in 1/n is not enough. */
  private static @Nullable Double trusted(Band band, double number) {
    boolean finite = Double.isFinite(band.mean()) && Double.isFinite(band.standardDeviation());
    return band.reliable() && finite ? number : null;
  }

  private static @Nullable Double finite(double number) {
    return Double.isFinite(number) ? number : null;
  }

  private void put(String column, @Nullable Object value) {
    row[Objects.requireNonNull(PLACES.get(column), column)] = value;
  }

  /**
   * The row of a cell.
   *
   * @param planned of it, or null; is not changed
   */
  public static @Nullable Object[] of(CellFigures figures, @Nullable Object @Nullable [] planned) {
    CellRow row = new CellRow("");
    if (planned != null) {
      System.arraycopy(planned, 0, row.row, 0, planned.length);
    }
    System.arraycopy(figures.configuration(), 0, row.row, 0, figures.configuration().length);
    row.add(figures);
    return row.row;
  }

  private void add(CellFigures figures) {
    put("replicates", figures.measured());
    put("failed", figures.failed());
    put("finite", figures.count(Category.FINITE));
    if (TaskKind.TRAINING.id().equals(row[Objects.requireNonNull(PLACES.get("task"))])) {
      put("trained", figures.count(Category.TRAINED));
      if (figures.measured() > 0) {
        TrainedShare share = TrainedShare.of(figures.count(Category.TRAINED), figures.measured());
        put("p_trained", share.estimate());
        put("p_trained_low", share.low());
        put("p_trained_high", share.high());
      }
    } else {
      put("exploded", figures.count(Category.EXPLODED));
      put("vanished", figures.count(Category.VANISHED));
    }
    for (int i = 0; i < figures.scalars().length; i++) {
      Scalar scalar = figures.scalars()[i];
      if (scalar != null) {
        add(ReplicateFigures.AVERAGED.get(i), scalar, figures.measured());
      }
    }
  }

  private void add(Quantity quantity, Scalar scalar, long measured) {
    put(Figure.MEAN.column(quantity), finite(scalar.mean()));
    put(Figure.SE.column(quantity), finite(scalar.sd() / Math.sqrt((double) scalar.count())));
    // Networks without a value are no random choice of all, so the others' mean has no z.
    if (scalar.count() == measured && quantity.theory().hasBand()) {
      put(Figure.Z.column(quantity), z(quantity, scalar));
    }
    if (Figure.COUNT.isOf(quantity)) {
      put(Figure.COUNT.column(quantity), scalar.count());
      put(Figure.Q05.column(quantity), finite(scalar.quantiles()[0]));
      put(Figure.Q50.column(quantity), finite(scalar.quantiles()[1]));
      put(Figure.Q95.column(quantity), finite(scalar.quantiles()[2]));
    }
  }

  private @Nullable Double z(Quantity quantity, Scalar scalar) {
    Object expected = row[Objects.requireNonNull(PLACES.get(Figure.EXPECTED.column(quantity)))];
    Object spread = row[Objects.requireNonNull(PLACES.get(Figure.EXPECTED_SD.column(quantity)))];
    if (!(expected instanceof Double mean && spread instanceof Double sd)) {
      return null;
    }
    double error = sd / Math.sqrt((double) scalar.count());
    boolean isChance = error > 0 && error >= rounding(quantity) / MOVED;
    return isChance ? finite((scalar.mean() - mean) / error) : null;
  }

  /**
   * How far float32 moves a mean. It rounds σ_w/√n, alike in each layer of each network, so that ln
   * of a squared length moves by 2 roundoffs a layer. Cosines, and means beside their spread, do
   * not depend on that; other errors have no preferred sign.
   */
  private double rounding(Quantity quantity) {
    if (quantity.domain() != Domain.LN) {
      return 0;
    }
    Object depth = Objects.requireNonNull(row[Objects.requireNonNull(PLACES.get("depth"))]);
    return 2 * ((Number) depth).intValue() * ROUNDOFF;
  }
}
