package org.phasemap.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.quantity.Axis;
import org.phasemap.query.Query;
import org.phasemap.query.SyntheticSweep;

class TrainingMapTest {
  @Test
  void aSweepIsAMapForEachChoiceAndAColumnForEachVariance(@TempDir Path folder) throws Exception {
    try (Query query = Query.over(SyntheticSweep.write(folder))) {
      List<TrainingMap> maps = TrainingMap.of(query, CellErrors.SHARED, OptionalDouble.empty());
      long columns =
          query
              .rows(
                  "select count(*) as n from (select distinct activation, keep_probability,"
                      + " sigma_w2 from replicates where task = 'training')")
              .row(0)
              .whole("n");
      long rows =
          query
              .rows("select count(*) as n from replicates where task = 'training'")
              .row(0)
              .whole("n");
      assertThat(maps.stream().mapToLong(map -> map.columns().size()).sum()).isEqualTo(columns);
      assertThat(trials(maps)).hasSize((int) rows);
      long trained =
          query
              .rows("select count(*) as n from replicates where category = 'trained'")
              .row(0)
              .whole("n");
      assertThat(trials(maps).stream().filter(Trial::trained)).hasSize((int) trained);

      long exact =
          query
              .rows(
                  "select count(*) as n from replicates where task = 'training' and"
                      + " category <> 'diverged' and train_accuracy >= 0.7")
              .row(0)
              .whole("n");
      List<TrainingMap> others = TrainingMap.of(query, CellErrors.SHARED, OptionalDouble.of(0.7));
      assertThat(trials(others).stream().filter(Trial::trained)).hasSize((int) exact);

      List<TrainingMap> apart =
          TrainingMap.of(query, CellErrors.INDEPENDENT, OptionalDouble.empty());
      assertThat(trials(apart).stream().map(Trial::replicate)).doesNotHaveDuplicates();
      assertThat(trials(maps).stream().map(Trial::replicate))
          .isSubsetOf(trials(apart).stream().map(Trial::replicate).toList());
    }
  }

  /** Cells that differ in another axis, such as the number of examples, must not share a fit. */
  @Test
  void everyAxisThatIsNotDrawnTellsMapsApart(@TempDir Path folder) throws Exception {
    try (Query query = Query.over(SyntheticSweep.write(folder))) {
      assertThat(notTold(query, OptionalDouble.empty()))
          .containsExactlyInAnyOrder(Axis.TASK, Axis.DEPTH);
      assertThat(notTold(query, OptionalDouble.of(0.7)))
          .containsExactlyInAnyOrder(Axis.TASK, Axis.DEPTH, Axis.ACCURACY_THRESHOLD);
    }
  }

  /** Axes that neither a map's configuration nor its columns' has. */
  private static List<Axis<?>> notTold(Query query, OptionalDouble threshold) {
    TrainingMap map = TrainingMap.of(query, CellErrors.SHARED, threshold).get(0);
    Set<String> told = map.columns().get(0).configuration().keySet();
    return Axis.all().stream().filter(axis -> !told.contains(axis.column())).toList();
  }

  private static List<Trial> trials(List<TrainingMap> maps) {
    return maps.stream()
        .flatMap(map -> map.columns().stream())
        .flatMap(column -> column.trials().stream())
        .toList();
  }
}
