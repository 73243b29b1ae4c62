package org.phasemap.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.network.UserException;
import org.phasemap.store.table.Column;
import org.phasemap.store.table.Tables;

class QueryTest {
  @TempDir static Path folder;
  private static Query query;

  @BeforeAll
  static void openTables() throws Exception {
    query = Query.over(SyntheticSweep.write(folder));
  }

  @AfterAll
  static void close() {
    query.close();
  }

  @Test
  void tablesHoldEveryCommittedRow() {
    Rows rows = query.rows("select task, count(*) as n from cells group by task order by task");
    assertThat(rows.columns()).containsExactly("task", "n");
    assertThat(rows.row(0).whole("n")).isEqualTo(1350);
    assertThat(rows.row(1).text("task")).isEqualTo("training");
    assertThat(rows.row(1).whole("n")).isEqualTo(195);
    assertThat(query.rows("from replicates limit 1").columns())
        .containsExactlyElementsOf(Tables.replicates().stream().map(Column::name).toList());
  }

  @Test
  void listsAreNumbers() {
    Rows rows =
        query.rows("select [1, null, 2.5] as a, null as b, 'x' as c, cast('nan' as double) as d");
    assertThat(rows.row(0).numbers("a")).containsExactly(1.0, Double.NaN, 2.5);
    assertThat(rows.row(0).numbers("b")).isEmpty();
    assertThat(rows.row(0).number("b")).isNaN();
    assertThat(rows.row(0).text("b")).isEmpty();
    assertThatThrownBy(() -> rows.row(0).text("e"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no column e in [a, b, c, d]");
  }

  /** Whatever they hold, values are compared and never read as SQL. */
  @Test
  void valuesAreBound() {
    String count = "select count(*) as n from cells where %s";
    Condition tanh = Condition.is("activation", "tanh");
    Condition deep = Condition.of("depth between ? and ?", 16, 64);
    long both = query.rows(count, Condition.allOf(List.of(tanh, deep))).row(0).whole("n");
    assertThat(both)
        .isEqualTo(
            query
                .rows(
                    "select count(*) as n from cells where activation = 'tanh'"
                        + " and depth between 16 and 64")
                .row(0)
                .whole("n"))
        .isPositive();
    assertThat(query.rows(count, Condition.allOf(List.of())).row(0).whole("n")).isEqualTo(1545);
    String hostile = "x' or true; drop table cells --";
    assertThat(query.rows(count, Condition.is("activation", hostile)).row(0).whole("n")).isZero();
    assertThat(query.rows("select ? as a, ? as b", hostile, 0.1).row(0).text("a"))
        .isEqualTo(hostile);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "copy cells to '%s/out.csv'",
        "copy cells to '%s/cells.parquet'",
        "copy (select 1) to '/dev/stdout'",
        "export database '%s/dump'",
        "select * from read_parquet('%s/cells.parquet')",
        "select * from '%s/cells.parquet'",
        "select * from read_text('/etc/hostname')",
        "select * from glob('%s/*')",
        "attach '%s/other.db' as other",
        "set enable_external_access = true",
        "reset lock_configuration",
        "set allowed_directories = ['/']",
        "install httpfs",
        "load httpfs",
        "select * from read_csv('http://localhost/x')"
      })
  void userSqlReachesNoFile(String sql) throws Exception {
    byte[] before = Files.readAllBytes(folder.resolve("cells.parquet"));
    assertThatThrownBy(() -> query.rows(sql.formatted(folder)))
        .isInstanceOf(UserException.class)
        .message()
        .doesNotContain("\n")
        .isNotBlank();
    assertThat(folder.resolve("out.csv")).doesNotExist();
    assertThat(Files.readAllBytes(folder.resolve("cells.parquet"))).isEqualTo(before);
  }

  @Test
  void wrongSqlIsTheUsersMistakeInOneLine() {
    assertThatThrownBy(() -> query.rows("select depht from cells"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("Binder Error: Referenced column \"depht\" not found")
        .hasMessageContaining("\"depth\"")
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"select 1; select 2", "select ';' ; /* ; */ select 2", ";;select 1;\nfrom cells"})
  void severalStatementsAreRefused(String sql) {
    assertThatThrownBy(() -> query.rows(sql))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("several statements are not allowed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1;",
        "select 1 ; -- ; and more",
        "select ';a' as \"b;c\", e'\\';' as d, $$;e$$ as f /* ; g */ ;;",
        ";select 1"
      })
  void oneStatementMayHaveSemicolons(String sql) {
    assertThat(query.rows(sql).size()).isEqualTo(1);
  }

  @Test
  void whatIsNotSeenReachesNoTerminal() {
    assertThat(print("select 'a' || chr(27) || '[31m' as t, 'ab'::blob as b", Format.TABLE))
        .contains("a?[31m", "0x6162")
        .doesNotContain("\u001b");
    assertThat(query.rows("select chr(27) || chr(8238) as t").row(0).text("t")).isEqualTo("??");
  }

  @Test
  void anAnswerHasItsTimeAndItsMemory() throws Exception {
    Limits second = new Limits(Duration.ofSeconds(1), 256);
    try (Query limited = Query.over(Map.of("cells", List.of()), second)) {
      assertThatThrownBy(() -> limited.rows("select count(*) from range(1000000000000) a"))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "--timeout: no answer within 1 seconds; allowed: a longer one, or 0 for none");
    }
    Limits little = new Limits(Duration.ZERO, Limits.LEAST_MEGABYTES);
    try (Query limited = Query.over(Map.of("cells", List.of()), little)) {
      assertThatThrownBy(
              () ->
                  limited.rows(
                      "select max(x) from (select distinct range * 7 as x from range(50000000))"))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("--memory: 64 megabytes are too few");
    }
    assertThatThrownBy(() -> new Limits(Duration.ZERO, 1))
        .hasMessage("--memory: 1 is not allowed; allowed: 64 to 16777216 megabytes");
  }

  @Test
  void printsTablesForReading() {
    assertThat(print("select 'relu' as activation, 2.0/3 as x, 12 as n, [1, 2] as l", Format.TABLE))
        .isEqualTo(
            """
            activation         x   n  l
            --------------------------------
            relu        0.666667  12  [1, 2]
            (1 row)
            """);
  }

  @Test
  void printsCsvWithEveryDigit() {
    assertThat(
            print("select 'a,\"b\"' as t, 2.0::double/3 as x, null as e, [1,2] as l", Format.CSV))
        .isEqualTo("t,x,e,l\n\"a,\"\"b\"\"\",0.6666666666666666,,\"[1,2]\"\n");
  }

  @Test
  void printsJsonThatParses() throws Exception {
    JsonNode rows =
        new ObjectMapper()
            .readTree(
                print(
                    "select unnest([1.5, 'nan'::double]) as x, 'é' as t, [1] as l, null as e",
                    Format.JSON));
    assertThat(rows.toString())
        .isEqualTo(
            "[{\"x\":1.5,\"t\":\"é\",\"l\":[1],\"e\":null},"
                + "{\"x\":\"NaN\",\"t\":\"é\",\"l\":[1],\"e\":null}]");
  }

  @Test
  void tablesWithoutFilesAreEmpty() {
    try (Query empty = Query.over(Map.of("cells", List.of(), "replicates", List.of()))) {
      assertThat(empty.rows("select z_ln_q from cells").size()).isZero();
      assertThat(empty.rows("select count(*) as n from replicates").row(0).whole("n")).isZero();
    }
  }

  private static String print(String sql, Format format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    query.print(sql, new PrintStream(bytes, true, StandardCharsets.UTF_8), format);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void everyNamedQueryRunsAndCountsWhatIsThere() {
    for (NamedQuery named : NamedQuery.all()) {
      Rows rows = query.rows(named.sql());
      assertThat(rows.columns()).as(named.name()).isNotEmpty();
      if (!List.of("failures", "cost").contains(named.name())) {
        assertThat(rows.size()).as(named.name()).isPositive();
      }
    }
    long cells = 0;
    for (Rows.Row row : query.rows(named("counts"))) {
      cells += row.whole("cells");
    }
    assertThat(cells).isEqualTo(query.rows("select count(*) as n from cells").row(0).whole("n"));
    long networks = 0;
    for (Rows.Row row : query.rows(named("categories"))) {
      networks += row.whole("networks");
      double shares =
          row.number("finite_share") + row.number("exploded_share") + row.number("vanished_share");
      assertThat(shares).isEqualTo(1);
    }
    assertThat(networks)
        .isEqualTo(
            query
                .rows("select count(*) as n from replicates where task = 'propagation'")
                .row(0)
                .whole("n"));
    assertThat(query.rows(named("worst-cells")).row(0).number("z_ln_q"))
        .isEqualTo(
            query.rows("select arg_max(z_ln_q, abs(z_ln_q)) as z from cells").row(0).number("z"));
  }

  private static String named(String name) {
    return NamedQuery.all().stream()
        .filter(q -> q.name().equals(name))
        .findFirst()
        .orElseThrow()
        .sql();
  }
}
