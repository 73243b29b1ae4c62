package org.phasemap.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Method;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.MutableURLClassLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasemap.data.FileAccess;
import org.phasemap.spec.file.SpecReader;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.table.Tables;
import org.phasemap.sweep.progress.SweepListener;

/**
 * What RAPIDS would run on a GPU, asked without one: its plug-in explains each plan of SQL, under
 * {@code conf/spark/rapids.conf}, and Spark runs it on the CPU. Run by {@code ./mvnw -Prapids test
 * -Dtest=RapidsTest}, which fetches the plug-in (576 MB). A sweep is run for it: a list of SQL here
 * would miss what is added.
 */
class RapidsTest {
  /**
   * Where rows come from the JVM, which made them, and where they are handed to it. All between
   * must run on the GPU.
   */
  private static final Set<String> EDGES =
      Set.of(
          "RDDScanExec",
          "LocalTableScanExec",
          "DeserializeToObjectExec",
          "CreateExternalRow",
          "MapObjects",
          "LambdaVariable",
          "StaticInvoke",
          "Invoke");

  private static final Pattern FALLBACK = Pattern.compile("(?m)^\\s*!\\s*(?:\\w+ )?<(\\w+)>.*$");

  private static final List<String> EXPLAINED = Collections.synchronizedList(new ArrayList<>());

  @TempDir private static Path folder = Path.of("");

  private static SparkSession spark;
  private static ResultsFolder results;

  @BeforeAll
  static void sweep() throws IOException {
    listen();
    spark = session();
    results =
        ResultsFolder.at(
            folder.resolve("small").toString(), spark.sparkContext().hadoopConfiguration());
    // Twice with more to do, so that tables are read and built again.
    for (int replicates : new int[] {1, 2}) {
      new Sweep(
              () -> spark,
              spark.sparkContext().hadoopConfiguration(),
              SpecReader.read(
                  Path.of("src/test/resources/org/phasemap/cli/small.yaml"),
                  List.of("replicates=" + replicates),
                  FileAccess.PLAIN),
              results,
              new SweepListener() {})
          .run(Set.of());
    }
  }

  @AfterAll
  static void stop() throws IOException {
    spark.close();
  }

  private static SparkSession session() throws IOException {
    // The plug-in loads itself through the class loader that spark-submit would have set.
    Thread.currentThread()
        .setContextClassLoader(
            new MutableURLClassLoader(new URL[0], Thread.currentThread().getContextClassLoader()));
    SparkSession.Builder builder =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "2");
    Properties conf = conf();
    for (String name : conf.stringPropertyNames()) {
      if (!name.startsWith("spark.executor")) {
        builder.config(name, conf.getProperty(name));
      }
    }
    return builder
        .config("spark.rapids.sql.mode", "explainOnly")
        .config("spark.rapids.sql.explain", "ALL")
        // Adaptive plans are explained before their stages are known, as falling back.
        .config("spark.sql.adaptive.enabled", "false")
        .getOrCreate();
  }

  private static Properties conf() throws IOException {
    Properties conf = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of("conf/spark/rapids.conf"))) {
      conf.load(reader);
    }
    return conf;
  }

  /** Keeps what the plug-in writes to its log about plans. */
  private static void listen() {
    AbstractAppender appender =
        new AbstractAppender("explained", null, null, false, Property.EMPTY_ARRAY) {
          @Override
          public void append(LogEvent event) {
            EXPLAINED.add(event.getMessage().getFormattedMessage());
          }
        };
    appender.start();
    String logger = "com.nvidia.spark.rapids.GpuOverrides";
    Configurator.setLevel(logger, Level.WARN);
    ((Logger) LogManager.getLogger(logger)).addAppender(appender);
  }

  private static Set<String> fallbacks() {
    return EXPLAINED.stream()
        .flatMap(text -> FALLBACK.matcher(text).results())
        .filter(match -> !EDGES.contains(match.group(1)))
        .filter(match -> !match.group().contains("ObjectType("))
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void allSqlOfASweepRunsOnTheGpu() {
    String all = String.join("\n", EXPLAINED);
    assertThat(all)
        .contains("*Exec <FileSourceScanExec> will run on GPU")
        .contains("*Exec <HashAggregateExec> will run on GPU")
        .contains("*Exec <ObjectHashAggregateExec> will run on GPU");
    assertThat(fallbacks()).isEmpty();
  }

  @Test
  void aQueryOverCellsRunsOnTheGpu() {
    spark
        .read()
        .parquet(results.files(Tables.CELLS).toArray(String[]::new))
        .createOrReplaceTempView("cells");
    int before = EXPLAINED.size();
    spark
        .sql(
            "select activation, depth, count(*), avg(c_mean - theory_c), stddev_samp(c_mean)"
                + " from cells where phase <> 'critical' group by activation, depth"
                + " order by activation, depth")
        .collectAsList();

    assertThat(EXPLAINED).hasSizeGreaterThan(before);
    assertThat(fallbacks()).isEmpty();
  }

  /** A test that finds nothing would be worthless: a typed map cannot run on a GPU. */
  @Test
  void aFallbackIsFound() {
    int before = EXPLAINED.size();
    spark.range(10).selectExpr("reflect('java.lang.Math', 'abs', 1)").collectAsList();
    List<String> own = List.copyOf(EXPLAINED.subList(before, EXPLAINED.size()));
    EXPLAINED.removeAll(own);

    assertThat(own).anyMatch(text -> FALLBACK.matcher(text).find());
  }

  @Test
  void rapidsKnowsEveryPropertyOfItsConf() throws IOException, ReflectiveOperationException {
    Class<?> type =
        Class.forName(
            "com.nvidia.spark.rapids.RapidsConf$",
            true,
            Thread.currentThread().getContextClassLoader());
    Object module = type.getField("MODULE$").get(null);
    Set<String> known = new TreeSet<>();
    for (Method method : type.getMethods()) {
      String result = method.getReturnType().getName();
      if (method.getParameterCount() == 0
          && (result.endsWith("ConfEntry") || result.endsWith("ConfEntryWithDefault"))) {
        Object entry = method.invoke(module);
        known.add((String) entry.getClass().getMethod("key").invoke(entry));
      }
    }

    assertThat(known).contains("spark.rapids.sql.mode");
    assertThat(conf().stringPropertyNames())
        .filteredOn(name -> name.startsWith("spark.rapids."))
        .isNotEmpty()
        .isSubsetOf(known);
  }
}
