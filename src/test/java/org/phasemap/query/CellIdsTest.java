package org.phasemap.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CellIdsTest {
  private static final List<String> SORTED =
      List.of(
          "0000000000000000",
          "3346779b6387f7ce",
          "7fffffffffffffff",
          "8000000000000000",
          "ffffffffffffffff");

  private static List<@Nullable Object> read(String rows) throws Exception {
    try (Query query = new Query(DuckDb.open(), Limits.ofThisMachine())) {
      String sql =
          "select case when "
              + CellIds.IS_ONE
              + " then "
              + CellIds.NUMBER
              + " end as cell_id"
              + " from (values "
              + rows
              + ") ids(cell_id) order by 1 nulls last";
      return Objects.requireNonNull(query.columns(sql, Condition.ALL).get("cell_id"));
    }
  }

  @Test
  void numbersComeBackAsTheIdsThatTheyWereInTheirOrder() throws Exception {
    List<@Nullable Object> ids =
        read(
            "('8000000000000000'), ('ffffffffffffffff'), ('3346779b6387f7ce'),"
                + " ('7fffffffffffffff'), ('0000000000000000')");
    assertThat(ids).isInstanceOf(CellIds.class).isEqualTo(SORTED);
    assertThat(ids.subList(1, 3)).isInstanceOf(CellIds.class).isEqualTo(SORTED.subList(1, 3));
  }

  @Test
  void whatIsNoIdIsNoNumber() throws Exception {
    List<@Nullable Object> ids =
        read("('3346779b6387f7ce'), ('3346779B6387F7CE'), ('1'), ('0x46779b6387f7ce'), (null)");
    assertThat(ids).containsExactly("3346779b6387f7ce", null, null, null, null);
    StringBuilder json = new StringBuilder();
    ((CellIds) ids).appendTo(json, 0);
    ((CellIds) ids).appendTo(json, 1);
    assertThat(json).hasToString("\"3346779b6387f7ce\"null");
  }
}
