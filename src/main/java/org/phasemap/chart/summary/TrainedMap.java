package org.phasemap.chart.summary;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.phasemap.analysis.Boundary;
import org.phasemap.analysis.Collapse;
import org.phasemap.analysis.MapColumn;
import org.phasemap.analysis.TrainingMap;

/**
 * What {@code jobs/phasemap boundaries} fits to the trained cells of a map.
 *
 * @param configuration what its cells have in common, by the names of docs/tables.md
 * @param columns the boundary of every column
 * @param collapse L = k ξ_c for each side of the edge of chaos
 * @param scales ξ_c as lines over σ_w², one for each bias variance
 */
public record TrainedMap(
    Map<String, @Nullable Object> configuration,
    List<Column> columns,
    List<Collapse> collapse,
    List<DepthScale> scales) {

  /**
   * A column and its fitted boundary.
   *
   * @param place where it stands
   * @param side of the edge of chaos; null of architectures without one
   * @param xiC depth scale of correlations; NaN where theory has none
   * @param xiGradient depth scale of gradients
   * @param boundary the depth to which its networks can be trained
   */
  public record Column(
      @JsonUnwrapped Place place,
      MapColumn.@Nullable Side side,
      double xiC,
      double xiGradient,
      @JsonUnwrapped Boundary boundary) {
    static Column of(MapColumn column) {
      return new Column(
          Place.of(column.configuration()),
          column.side().orElse(null),
          column.xiC(),
          column.xiGradient(),
          Boundary.of(column.trials()));
    }
  }

  /** Where a column stands; null where its cells have no such axis. */
  public record Place(
      @Nullable Object sigmaMultiplier, @Nullable Object sigmaW2, @Nullable Object sigmaB2) {
    static Place of(Map<String, @Nullable Object> configuration) {
      return new Place(
          configuration.get("sigma_multiplier"),
          configuration.get("sigma_w2"),
          configuration.get("sigma_b2"));
    }
  }

  static TrainedMap of(TrainingMap map, List<Collapse> collapse, DepthScale.Lines lines) {
    return new TrainedMap(
        map.configuration(),
        map.columns().stream().map(Column::of).toList(),
        collapse,
        lines.of(map.columns()));
  }
}
