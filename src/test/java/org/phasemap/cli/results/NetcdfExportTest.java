package org.phasemap.cli.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.cli.Ran;
import org.phasemap.kernel.cuda.Tool;
import org.phasemap.store.HostileFolder;

/** What {@code export} writes as netCDF, read back by UCAR's own ncdump. CI installs it. */
class NetcdfExportTest {
  private static final String KEPT = HostileFolder.KEPT.toString();

  @TempDir private Path folder = Path.of("");

  /** A file in words, numbers to their last bit. */
  private static String dump(Path file) {
    Tool.require("ncdump");
    return Tool.run("ncdump", "-p", "9,17", file.toString());
  }

  private static List<String> values(String dump, String variable) {
    String data = dump.substring(dump.indexOf("\ndata:"));
    Matcher matcher = Pattern.compile("\n " + variable + " =([^;]*);").matcher(data);
    assertThat(matcher.find()).as(variable).isTrue();
    return Pattern.compile(",").splitAsStream(matcher.group(1)).map(String::strip).toList();
  }

  private static List<String> query(String sql) {
    Ran ran = Ran.of("query", KEPT, sql, "--format", "csv");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    return ran.out().lines().skip(1).toList();
  }

  private Ran export(String name, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("export", KEPT, folder.resolve(name).toString()));
    arguments.addAll(List.of(more));
    return Ran.of(arguments.toArray(String[]::new));
  }

  @Test
  void axesAreDimensionsAndQuantitiesArraysOverThem() throws Exception {
    Ran ran = export("c.nc", "--task", "propagation");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("16 rows");
    String dump = dump(folder.resolve("c.nc"));

    assertThat(dump)
        .contains("double ln_q_mean(activation, keep_probability, sigma_multiplier, depth) ;")
        .contains("ln_q_mean:units = \"nat\" ;")
        .contains("depth:long_name = \"depth L\" ;")
        .contains("int width ;");
    assertThat(values(dump, "depth"))
        .isEqualTo(query("select distinct depth from cells order by 1"));
    String order =
        " from cells where task = 'propagation' order by activation, keep_probability,"
            + " sigma_multiplier, depth";
    assertThat(values(dump, "ln_q_mean").stream().map(Double::valueOf).toList())
        .isEqualTo(query("select ln_q_mean" + order).stream().map(Double::valueOf).toList());
    assertThat(values(dump, "cell_id").stream().map(id -> id.replace("\"", "")).toList())
        .isEqualTo(query("select cell_id" + order));
  }

  /** The trained networks have other axes, so that the two together fill no grid. */
  @Test
  void rowsWithoutAGridStandInARow() throws Exception {
    Ran ran = export("c.nc");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.err()).contains("fill no grid", "'cell'", "--task propagation");
    String dump = dump(folder.resolve("c.nc"));

    assertThat(dump).contains("cell = 20 ;", "double ln_q_mean(cell) ;", "int depth(cell) ;");
    assertThat(values(dump, "steps")).contains("_", query("select max(steps) from cells").get(0));
  }

  @Test
  void networksHaveADimensionOfTheirOwn() throws Exception {
    Ran ran = export("r.nc", "--table", "replicates", "--task", "propagation");
    assertThat(ran.exitCode()).as(ran.err()).isZero();

    assertThat(dump(folder.resolve("r.nc")))
        .contains(
            "double ln_q(activation, keep_probability, sigma_multiplier, depth, replicate) ;");
  }

  @Test
  void aTaskThatTheSweepHasNotIsRefused() {
    Ran ran = export("c.csv", "--task", "nonsense");

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err())
        .isEqualTo("phasemap: --task: nonsense is not allowed; allowed: propagation, training\n");
    assertThat(folder).isEmptyDirectory();
    assertThat(export("c.csv", "--task", "training").out()).contains("4 rows");
  }
}
